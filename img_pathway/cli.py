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
    from img_pathway.enquiry.store import EnquiryStore
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
    enquiries = add("enquiries", _enquiries, "Enquiries for rotations: list, show, export, mark, delete.")
    enquiries.add_argument("id", nargs="?", help="the number of an enquiry, to see all of it")
    enquiries.add_argument("--open", action="store_true", help="only those not handled yet")
    enquiries.add_argument("--csv", metavar="FILE", help="write a table for a spreadsheet")
    enquiries.add_argument("--handled-by", metavar="NAME", help="mark the enquiry as handled by you")
    enquiries.add_argument("--delete", action="store_true", help="remove the enquiry for good")
    purge = add("purge", _purge, "Count, and with --yes remove, what is older than so many days.")
    purge.add_argument("--older-than", required=True, metavar="DAYS", help="such as 180d")
    purge.add_argument("--yes", action="store_true", help="remove it; without this nothing is changed")
    add("outbox", _outbox, "Deliver enquiries by mail or webhook until stopped; `run` starts it by itself.")
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


def _enquiries(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.staff.enquiries import export, listed, shown

    store = _enquiry_store(settings)
    if options.csv:
        with Path(options.csv).open("w", encoding="utf-8-sig", newline="") as file:
            export(store.all(open_only=options.open), file)
        print(f"Written to {options.csv}.")
        return 0
    if not options.id:
        print(listed(store, open_only=options.open))
        return 0
    enquiry = store.get(options.id)
    if enquiry is None:
        print(f"There is no enquiry {options.id}. `img-pathway enquiries` lists them.", file=sys.stderr)
        return 1
    if options.delete:
        store.delete(id_=enquiry.id)
        print(f"Enquiry {enquiry.id} is deleted.")
    elif options.handled_by:
        store.handle(enquiry.id, options.handled_by)
        print(f"Enquiry {enquiry.id} is marked as handled by {options.handled_by}.")
    else:
        print(shown(enquiry))
    return 0


def _enquiry_store(settings: Settings) -> EnquiryStore:
    from img_pathway.database.connect import connect, database_url, migrate
    from img_pathway.enquiry.store import EnquiryStore

    engine = connect(database_url(settings.root))
    migrate(engine)
    return EnquiryStore(engine)


def _purge(settings: Settings, options: argparse.Namespace) -> int:
    from img_pathway.database.connect import connect, database_url, migrate
    from img_pathway.staff.purge import days, purge

    try:
        age = days(options.older_than)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    engine = connect(database_url(settings.root))
    migrate(engine)
    found = purge(engine, age, dry_run=not options.yes)
    done = "Removed" if options.yes else "To be removed (add --yes to do it)"
    print(f"{done}: {found.conversations} conversations, {found.enquiries} enquiries.")
    return 0


def _outbox(settings: Settings, options: argparse.Namespace) -> int:
    import logging
    import signal
    from threading import Event

    from img_pathway.enquiry.outbox import keep_delivering, ways_from_environment

    try:
        ways = ways_from_environment()
    except KeyError as missing:
        print(f"Set {missing.args[0]} in the environment as well (docs/staff.md).", file=sys.stderr)
        return 1
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    stopping = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stopping.set())
    keep_delivering(_enquiry_store(settings), ways, stopping.is_set)
    return 0


if __name__ == "__main__":
    sys.exit(main())
