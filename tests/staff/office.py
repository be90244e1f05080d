"""A staff member at work: a folder of their own, the commands of docs/staff.md, and a bot that runs beside them."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from img_pathway.serve.launching import Forked
from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Supervisor, answers
from img_pathway.serve.training import train
from img_pathway.staff import held_out, talk_stories
from img_pathway.staff.gate import snapshot
from img_pathway.staff.trial import run_trial
from tests.serving import ROOT, SECRET, eventually, free_port, present_model
from tests.staff.thinned import keep_some, thin_examples

_COPIED = (
    *("data", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements.lock"),
    *(str(held_out.FOLDER), str(talk_stories.FOLDER)),
)
_SHARED = ("actions", "img_pathway", "widget")


@dataclass
class Office:
    """The folder and the ports of the bot."""

    root: Path
    port: int = field(default_factory=free_port)
    action_port: int = field(default_factory=free_port)

    @staticmethod
    def at(root: Path) -> Office:
        """A folder with the project's content and its present model, which is trained where there is none."""
        Office._copy(root)
        shutil.copy(present_model(), root / "models")
        return Office(root)

    @staticmethod
    def small(root: Path) -> Office:
        """A folder with few examples and few held-out utterances, a model of its own, and the floors that it holds."""
        Office._copy(root)
        thin_examples(root)
        keep_some(root / held_out.FOLDER / "heldout.yml", "  - text: ", 60)
        keep_some(root / talk_stories.FOLDER / "talks.yml", "  - story: ", 1)
        settings = Settings(root)
        model = train(settings, lambda line: None, Forked)
        floors = {"held_out": snapshot(run_trial(settings, root, model).figures)}
        (root / held_out.FOLDER / "baseline.json").write_text(json.dumps(floors), encoding="utf-8")
        return Office(root)

    @staticmethod
    def _copy(root: Path) -> None:
        for name in _COPIED:
            source, target = ROOT / name, root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
        for name in _SHARED:
            (root / name).symlink_to(ROOT / name)
        # A crowd begins more conversations than a household does.
        credentials = yaml.safe_load((root / "credentials.yml").read_text(encoding="utf-8"))
        web = credentials["img_pathway.channels.web.WebInput"]
        limits = dict.fromkeys(("messages", "messages_from_address", "reads"), "1000/minute")
        web |= {"sessions": "100000/hour", **limits}
        (root / "credentials.yml").write_text(yaml.safe_dump(credentials), encoding="utf-8")
        (root / "models").mkdir()
        for path in (ROOT / "models").glob("sentence_vectors*.npz"):
            shutil.copy(path, root / "models")

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tests.staff.forked_command", *words]

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IMG_PATHWAY_")}
        return {**kept, "IMG_PATHWAY_ROOT": str(self.root), "IMG_PATHWAY_SECRET": SECRET, "PYTHONPATH": str(ROOT)}

    def does(self, *words: str, status: int = 0) -> str:
        """Run a command; what it says must end with this status."""
        port = ("--port", str(self.port)) if words[0] in ("publish", "rollback") else ()
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            ended = Forked(self.command(*words, *port), ROOT, self.environment, log).wait()
            said = log.read_text(encoding="utf-8")
        assert ended == status, said
        return said

    @contextmanager
    def running(self) -> Iterator[Supervisor]:
        """`img-pathway run`, with what a client needs to talk to it."""
        ports = ("--port", str(self.port), "--action-port", str(self.action_port))
        bot = Forked(self.command("run", *ports), ROOT, self.environment, self.root / "run.log")
        settings = Settings(self.root, self.port, self.action_port, str(self.root / "conversations.db"))
        try:
            ready = eventually(lambda: bot.poll() is not None or answers(f"{settings.address}/chat/health"))
            assert ready, (self.root / "run.log").read_text()
            assert bot.poll() is None, (self.root / "run.log").read_text()
            yield Supervisor(settings, [], lambda line: None)
        finally:
            bot.terminate()
            bot.wait(60)
