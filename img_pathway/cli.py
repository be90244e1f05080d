"""`img-pathway …`: the one door for people who run, check and try the bot."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from img_pathway.content import ContentError
from img_pathway.serve.settings import Settings, default_root

if TYPE_CHECKING:
    from img_pathway.serve.supervisor import Supervisor


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    settings = Settings(default_root(), getattr(options, "port", 5005), getattr(options, "action_port", 5055))
    try:
        command: Callable[[Settings, argparse.Namespace], int] = options.command
        return command(settings, options)
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"\n{len(error.problems)} to mend. Mend them and run the command again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="img-pathway", description="Eligibility and pathway chatbot for IMGs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[Settings, argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=run)
        return command

    run = add("run", _run, "Start the bot and keep it running; Ctrl-C stops it.")
    run.add_argument("--port", type=int, default=5005, help="port of the chat server (default 5005)")
    run.add_argument("--action-port", type=int, default=5055, help="port of the action server (default 5055)")
    chat = add("chat", _chat, "Talk to the bot in the terminal; starts it when it is not running.")
    chat.add_argument("--port", type=int, default=5005, help="port of the chat server (default 5005)")
    add("check", _check, "Check all content and training data.")
    train = add("train", _train, "Train a model when there is none for the present data.")
    train.add_argument("--force", action="store_true", help="train even if there is one")
    explain = add("explain", _explain, "What the bot knows of a topic.")
    explain.add_argument("topic", nargs="+", help='topic or other name, such as residency or "step 2 ck"')
    explain.add_argument("--all", action="store_true", help="every fact, with its id, date and sources")
    compare = add("compare", _compare, "Topics side by side.")
    compare.add_argument("topics", nargs="+", metavar="TOPIC", help="two to four topics")
    add("quiz", _quiz, "Take the quiz in the terminal, without Rasa.")
    return parser


def _tell(line: str) -> None:
    """Progress on one line of a terminal; in a log only what ends with a line break."""
    if sys.stdout.isatty():
        print(f"\r\033[K{line}", end="", flush=True)
    elif line.endswith("\n"):
        print(line, end="", flush=True)


def _problems(settings: Settings) -> int:
    from img_pathway.staff.check import check

    problems = check(settings.root, date.today())
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"\n{len(problems)} to mend. Mend them and run the command again.", file=sys.stderr)
    return len(problems)


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.staff.check import notices

    if _problems(settings):
        return 1
    for notice in notices(settings.root):
        print(notice)
    print("All content and training data are in order.")
    return 0


def _model(settings: Settings, *, force: bool = False) -> Path:
    from img_pathway.serve.training import model_path, train

    path = model_path(settings)
    if path.exists() and not force:
        return path
    path = train(settings, _tell)
    _tell(f"Trained {path.name}.\n")
    return path


def _train(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.serve.training import TrainingFailed

    if _problems(settings):
        return 1
    try:
        print(f"The model for the present data is {_model(settings, force=options.force).name}.")
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _start(settings: Settings, then: Callable[[Supervisor], object]) -> int:
    """Start the bot, do something while it runs, stop it."""
    from img_pathway.serve.supervisor import CannotStart, Supervisor, bot_parts
    from img_pathway.serve.training import TrainingFailed

    if _problems(settings):
        return 1
    supervisor = None
    try:
        supervisor = Supervisor(settings, bot_parts(settings, _model(settings)), _tell)
        supervisor.start()
        _tell("")
        then(supervisor)
    except (CannotStart, TrainingFailed) as error:
        _tell("")
        print(error, file=sys.stderr)
        return 1
    finally:
        if supervisor:
            supervisor.stop()
    return 0


def _run(settings: Settings, options: argparse.Namespace) -> int:
    def watch(supervisor: Supervisor) -> None:
        print("The bot is running. Ctrl-C stops it.")
        print(f"  See it on a page:     {settings.address}/demo/")
        print("  Talk to it here:      make chat (in another terminal)")
        print(f"  Logs:                 {settings.state / 'log'}", flush=True)
        supervisor.watch()

    return _start(settings, watch)


def _chat(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.serve.chat import chat
    from img_pathway.serve.supervisor import port_in_use

    if port_in_use(settings.port):
        return chat(settings)
    return _start(settings, lambda _: chat(settings))


def _explain(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.staff.terminal import explain

    return explain(settings.data, " ".join(options.topic), every=options.all)


def _compare(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.staff.terminal import compare

    return compare(settings.data, options.topics)


def _quiz(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.staff.terminal import quiz

    return quiz(settings.data)


if __name__ == "__main__":
    sys.exit(main())
