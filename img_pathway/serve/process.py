"""One server of the bot as a process: Rasa with the channels, or the actions, with our logs and figures.

Started by its functions, because `rasa run` puts colored lines of its own in the place of a --logging-config-file.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import sys
from typing import Any

import pluggy

from img_pathway.content.home import home
from img_pathway.serve import sanic_requests
from img_pathway.serve.content_memory import read_ahead, remembered
from img_pathway.serve.releases import Releases, live_release
from img_pathway.serve.settings import Settings, default_root
from img_pathway.watching import heartbeat, logs, metrics

_OPEN_FILES = 10_000
# The largest request that is read, in bytes, as in deploy/nginx: of a messaging platform, and of Rasa, which sends the
# last turns of a conversation with each action.
_MOST_BYTES = {"chat": 256 * 1024, "actions": 2 * 1024 * 1024}


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
    sanic_requests.install()
    os.environ["SANIC_REQUEST_MAX_SIZE"] = str(_MOST_BYTES[options.part])
    heartbeat.arm()
    # Read now, and not while the first person waits.
    remembered(home())
    if options.part == "actions":
        from rasa_sdk.endpoint import run
        from rasa_sdk.plugin import plugin_manager

        if os.environ.get("IMG_PATHWAY_FOLLOW"):
            read_ahead(Releases(Settings(default_root())))
        plugin_manager().register(_Extensions())
        run("actions", options.port)
        return
    import rasa
    from rasa.utils.common import configure_library_logging

    configure_library_logging()
    rasa.run(
        options.model, options.endpoints, credentials=options.credentials, interface=options.interface,
        port=options.port, enable_api=False, server_listeners=[(_watch_loop, "after_server_start")],
    )  # fmt: skip


async def _watch_loop(app: Any, loop: asyncio.AbstractEventLoop) -> None:
    # Only now: while the model is loaded, the loop stands still.
    heartbeat.watch(loop, "requests")


class _Extensions:
    """What rasa_sdk lets others add to the action server."""

    @pluggy.HookimplMarker("rasa_sdk")
    def attach_sanic_app_extensions(self, app: Any) -> None:
        """Watch the loop as soon as it serves."""
        app.register_listener(_watch_loop, "after_server_start")


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
