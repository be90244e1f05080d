"""One server of the bot as a process: Rasa with the channels, or the actions, with our logs and figures.

Started by its functions, because `rasa run` puts colored lines of its own in the place of a --logging-config-file.
"""

from __future__ import annotations

import argparse
import resource
import sys
from datetime import date

from img_pathway.content.home import home
from img_pathway.dialogue.bot import load_bot
from img_pathway.serve.releases import live_release
from img_pathway.watching import logs, metrics

_OPEN_FILES = 10_000


def command(part: str, *arguments: str) -> list[str]:
    """The command line of a part, `chat` or `actions`, with this Python."""
    return [sys.executable, "-m", "img_pathway.serve.process", part, *arguments]


def main() -> None:
    """Serve until stopped."""
    options = _parser().parse_args()
    _allow_connections()
    logs.configure(live_release)
    metrics.serve(options.metrics_port, options.interface)
    metrics.show_release(live_release())
    if options.part == "actions":
        from rasa_sdk.endpoint import run

        # Read now, and not while the first person waits.
        load_bot(home() / "data", date.today())
        run("actions", options.port)
        return
    import rasa
    from rasa.utils.common import configure_library_logging

    configure_library_logging()
    rasa.run(
        options.model, options.endpoints, credentials=options.credentials, interface=options.interface,
        port=options.port, enable_api=False,
    )  # fmt: skip


def _allow_connections() -> None:
    """Let many people be connected at once: most systems allow 1,024 open files until one asks for more."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _OPEN_FILES if most == resource.RLIM_INFINITY else min(_OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(allowed, wanted), most))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=("chat", "actions"))
    parser.add_argument("--interface", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--metrics-port", type=int)
    for name in ("--model", "--endpoints", "--credentials"):
        parser.add_argument(name)
    return parser


if __name__ == "__main__":
    main()
