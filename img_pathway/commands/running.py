"""Training and running the bot: train, run, serve, chat, outbox."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from img_pathway.commands.shared import Add, in_order, tell
from img_pathway.serve.settings import Settings

if TYPE_CHECKING:
    from img_pathway.serve.supervisor import Supervisor


def register(add: Add) -> None:
    """Add the commands."""
    running = add("run", run, "Start the bot and keep it running; Ctrl-C stops it.")
    serving = add("serve", serve, "Start one part alone, for systemd and the like to keep running.")
    serving.add_argument("part", choices=("chat", "actions"), help="the chat server or the action server")
    for parser in (running, serving):
        parser.add_argument("--port", type=int, default=5005, help="port of the chat server (default 5005)")
        parser.add_argument("--action-port", type=int, default=5055, help="port of the action server (default 5055)")
    chatting = add("chat", chat, "Talk to the bot in the terminal; starts it when it is not running.")
    chatting.add_argument("--port", type=int, default=5005, help="port of the chat server (default 5005)")
    training = add("train", train, "Train a model when there is none for the present data.")
    training.add_argument("--force", action="store_true", help="train even if there is one")
    add("outbox", outbox, "Deliver enquiries by mail or webhook until stopped; `run` starts it by itself.")


def train(settings: Settings, options: argparse.Namespace) -> int:
    """Train where it is needed."""
    from img_pathway.serve.training import TrainingFailed

    if not in_order(settings):
        return 1
    try:
        print(f"The model for the present data is {_model(settings, force=options.force).name}.")
    except TrainingFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Start, and watch until stopped."""

    def watch(supervisor: Supervisor) -> None:
        print("The bot is running. Ctrl-C stops it.")
        print(f"  See it on a page:     {settings.address}/demo/")
        print("  Talk to it here:      make chat (in another terminal)")
        print(f"  Logs:                 {settings.state / 'log'}", flush=True)
        supervisor.watch()

    return _start(settings, watch)


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Become the part, so that signals and limits are its own."""
    from img_pathway.serve.readiness import CannotStart, prepare
    from img_pathway.serve.supervisor import action_server, chat_server
    from img_pathway.serve.training import model_path

    model = model_path(settings)
    if options.part == "chat" and not model.exists():
        print("There is no model for the present data. Make one first: img-pathway train", file=sys.stderr)
        return 1
    try:
        prepare(settings)
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    part = chat_server(settings, model) if options.part == "chat" else action_server(settings)
    os.chdir(settings.root)
    os.execve(part.command[0], part.command, settings.environment)


def chat(settings: Settings, options: argparse.Namespace) -> int:
    """Talk to a bot that runs, or start one for it."""
    from img_pathway.serve.chat import chat as talk
    from img_pathway.serve.supervisor import port_in_use

    if port_in_use(settings.port):
        return talk(settings)
    return _start(settings, lambda _: talk(settings))


def outbox(settings: Settings, options: argparse.Namespace) -> int:
    """Deliver until told to stop."""
    import logging
    import signal
    from threading import Event

    from img_pathway.commands.people import enquiry_store
    from img_pathway.enquiry.outbox import keep_delivering, ways_from_environment

    try:
        ways = ways_from_environment()
    except KeyError as missing:
        print(f"Set {missing.args[0]} in the environment as well (docs/staff.md).", file=sys.stderr)
        return 1
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    stopping = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stopping.set())
    keep_delivering(enquiry_store(settings), ways, stopping.is_set)
    return 0


def _model(settings: Settings, *, force: bool = False) -> Path:
    from img_pathway.serve.training import model_path, train

    path = model_path(settings)
    if path.exists() and not force:
        return path
    path = train(settings, tell)
    tell(f"Trained {path.name}.\n")
    return path


def _start(settings: Settings, then: Callable[[Supervisor], object]) -> int:
    """Start the bot, do something while it runs, stop it."""
    from img_pathway.serve.readiness import CannotStart
    from img_pathway.serve.supervisor import Supervisor, bot_parts
    from img_pathway.serve.training import TrainingFailed

    if not in_order(settings):
        return 1
    supervisor = None
    try:
        supervisor = Supervisor(settings, bot_parts(settings, _model(settings)), tell)
        supervisor.start()
        tell("")
        then(supervisor)
    except (CannotStart, TrainingFailed) as error:
        tell("")
        print(error, file=sys.stderr)
        return 1
    finally:
        if supervisor:
            supervisor.stop()
    return 0
