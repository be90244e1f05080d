"""Servers of tests are forked from a process that has imported Rasa, which is slow to import."""

from __future__ import annotations

import resource
from pathlib import Path

from img_pathway.serve.launching import Forked
from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Part


class ForkedServer(Forked):
    """A forked process with as few open files as most systems allow a program that does not ask for more."""

    @staticmethod
    def run(arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))
        Forked.run(arguments, folder, environment, log)


def forked(part: Part, settings: Settings, **environment: str) -> ForkedServer:
    """Start a part of a bot for a supervisor, with more variables in its environment."""
    return ForkedServer(part.command, settings.root, {**settings.environment, **environment}, part.log)
