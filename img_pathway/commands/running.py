"""Training and running the bot: train, run, serve, chat, outbox, close, open."""

from __future__ import annotations

import argparse
import getpass
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from img_pathway.commands.shared import Add, in_order, model_for, stop_on_sigterm, tell
from img_pathway.serve.settings import Settings

if TYPE_CHECKING:
    from img_pathway.serve.supervisor import Supervisor

# What a running part writes, such as the database and its log, is for its user alone. Models and content are not: staff
# may make them as another user than the one the bot runs as.
_OWNER_ALONE = 0o077


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
    for parser in (running, chatting):
        parser.add_argument("--draft", action="store_true", help="your folder as it is, whatever is published")
    training = add("train", train, "Train a model when there is none for the present data.")
    training.add_argument("--force", action="store_true", help="train even if there is one")
    sending = add("outbox", outbox, "Deliver enquiries by mail or webhook until stopped; `run` starts it by itself.")
    sending.add_argument("--metrics-port", type=int, help="port for Prometheus (IMG_PATHWAY_METRICS_PORT if left out)")
    closing = add("close", close, "Take no more messages, and tell people so; staff commands go on working.")
    closing.add_argument("--note", default="", help="why, for the other staff")
    closing.add_argument("--by", default=getpass.getuser(), help="who does it (your login if left out)")
    add("open", open_again, "Take messages again.")


def train(settings: Settings, options: argparse.Namespace) -> int:
    """Train where it is needed."""
    from img_pathway.serve.training import TrainingFailed

    if not in_order(settings):
        return 1
    try:
        print(f"The model for the present data is {model_for(settings, force=options.force).name}.")
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

    return _start(settings, watch, draft=options.draft)


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Become the part, so that signals and limits are its own."""
    from img_pathway.serve.readiness import CannotStart, prepare
    from img_pathway.serve.supervisor import action_server, chat_server

    settings, model = _chosen(settings, draft=False)
    if options.part == "chat" and not model.exists():
        print("There is no model for the present data. Make one first: img-pathway train", file=sys.stderr)
        return 1
    os.umask(_OWNER_ALONE)
    try:
        # Actions change nothing, and need none of what chat servers share.
        if options.part == "chat":
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
    return _start(settings, lambda _: talk(settings), draft=options.draft)


def outbox(settings: Settings, options: argparse.Namespace) -> int:
    """Deliver until told to stop."""
    from threading import Event

    from img_pathway.commands.people import enquiry_store
    from img_pathway.enquiry.outbox import keep_delivering, ways_from_environment
    from img_pathway.serve.releases import live_release
    from img_pathway.watching import logs, metrics

    os.umask(_OWNER_ALONE)
    ways = ways_from_environment()
    logs.configure(live_release)
    metrics.serve(options.metrics_port or settings.metrics, settings.interface)
    metrics.show_release(live_release())
    stopping = Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stopping.set())
    keep_delivering(enquiry_store(settings), ways, stopping.is_set)
    return 0


def close(settings: Settings, options: argparse.Namespace) -> int:
    """Close the bot, or say who has done so."""
    from img_pathway.serve.closing import Closing

    closing = Closing(settings.switch)
    if closing.since() is None:
        closing.close(options.by, options.note)
        print("Closed. People are told so, and nothing of theirs is lost. Open it again with: img-pathway open")
    else:
        print(f"It is closed already: {closing.note() or closing.path}")
    return 0


def open_again(settings: Settings, options: argparse.Namespace) -> int:
    """Open the bot, or say that it is open."""
    from img_pathway.serve.closing import Closing

    print("Open: messages are taken again." if Closing(settings.switch).open() else "It is open already.")
    return 0


def _start(settings: Settings, then: Callable[[Supervisor], object], *, draft: bool) -> int:
    """Start the bot, do something while it runs, stop it."""
    from img_pathway.serve.readiness import CannotStart, check_outgoing
    from img_pathway.serve.supervisor import Supervisor, bot_parts
    from img_pathway.serve.training import TrainingFailed

    # Nobody should wait for a training to hear that a setting is wrong.
    check_outgoing(settings)
    # Also before the supervisor watches.
    stop_on_sigterm()
    supervisor = None
    try:
        settings, model = _chosen(settings, draft=draft)
        if settings.home is None:
            if not in_order(settings):
                return 1
            model = model_for(settings)
        os.umask(_OWNER_ALONE)
        supervisor = Supervisor(settings, bot_parts(settings, model), tell)
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


def _chosen(settings: Settings, *, draft: bool) -> tuple[Settings, Path]:
    """What to start: the release that is live and its model, else the folder as it is and the model that it needs."""
    from img_pathway.serve.releases import MODEL, Releases
    from img_pathway.serve.training import content_hash, model_path

    releases = Releases(settings)
    live = None if draft else releases.live()
    if live is None:
        return replace(settings, follows=not draft), model_path(settings)
    home = releases.folder(live)
    tell(f"Release {live} is live (img-pathway models).\n")
    if content_hash(settings.root) != content_hash(home):
        tell("Your folder holds other data: see it with --draft, and publish it with `img-pathway publish`.\n")
    return replace(settings, follows=True, home=home), home / MODEL
