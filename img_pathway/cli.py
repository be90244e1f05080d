"""`img-pathway …`: the one door for people who run, check and try the bot."""

from __future__ import annotations

import argparse
import sys

from img_pathway.commands import content, people, releases, running, talks, upkeep
from img_pathway.commands.shared import Run
from img_pathway.content import ContentError
from img_pathway.outgoing import Misconfigured
from img_pathway.serve.settings import Settings, installation


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    settings = installation(
        getattr(options, "port", Settings.port), getattr(options, "action_port", Settings.action_port)
    )
    command: Run = options.command
    try:
        return command(settings, options)
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"\n{len(error.problems)} to mend. Mend them and run the command again.", file=sys.stderr)
        return 1
    except Misconfigured as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="img-pathway", description="Eligibility and pathway chatbot for IMGs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Run, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=run)
        return command

    for kind in (running, releases, content, upkeep, talks, people):
        kind.register(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
