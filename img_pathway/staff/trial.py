"""A model and its content, tried on the held-out utterances and the test stories, in a process of its own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from img_pathway.serve.launching import Forked, killed_in_the_end
from img_pathway.serve.settings import Settings
from img_pathway.serve.training import content_hash, hash_of
from img_pathway.staff.evaluation import Figures, Heard, figures
from img_pathway.staff.held_out import FOLDER, held_out, judge
from img_pathway.staff.kept_results import keep, result_path
from img_pathway.staff.talk_stories import FOLDER as STORIES
from img_pathway.staff.talk_stories import read_stories, try_story

_ASKED = (f"{FOLDER}/*.yml", f"{STORIES}/*.yml")


@dataclass(frozen=True)
class Tried:
    """An utterance with its label, what judging it came to, and what the bot said."""

    text: str
    label: str
    verdict: str
    said: str
    basis: tuple[str, ...] = ()
    """Ids of what the answer rests on."""

    @property
    def answers(self) -> str:
        """The label, and what was said for it where that is known: entries and outcomes, without their facts."""
        rests_on = ", ".join(id_ for id_ in self.basis if not id_.startswith("fact/") and id_ != self.label)
        return f"{self.label} ({rests_on})" if rests_on else self.label


@dataclass(frozen=True)
class Trial:
    """What a trial came to; `stories` names the ones that went wrong, each with a sentence that says where."""

    utterances: tuple[Tried, ...]
    figures: Figures
    stories: Mapping[str, str]


class TrialFailed(Exception):
    """The bot could not be tried; the message says what it said last."""


def run_trial(settings: Settings, home: Path, model: Path) -> Trial:
    """Try the content of a folder and its model on the project's own utterances and stories; raises TrialFailed."""
    with trying(settings, home, model) as result:
        return result()


@contextmanager
def trying(settings: Settings, home: Path, model: Path) -> Iterator[Callable[[], Trial]]:
    """Begin a trial, and yield a function that waits for its result and raises TrialFailed.

    What was tried today already, with the same program, is not tried again.
    """
    used = hashlib.sha256(model.read_bytes()).hexdigest()
    known = result_path(
        settings.root, "trials", str(date.today()), content_hash(home), used, hash_of(settings.root, _ASKED)
    )
    if known.exists():
        yield partial(_read, known)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        endpoints, found, log = folder / "endpoints.yml", folder / "trial.json", folder / "trial.log"
        # Whatever is said in a trial, an enquiry among it, stays in a database that is gone afterwards.
        endpoints.write_text(f"tracker_store: {{type: SQL, dialect: sqlite, db: {folder / 'trial.db'}}}\n", "utf-8")
        command = [sys.executable, "-m", __name__, str(settings.root), str(model), str(found)]
        environment = {**settings.environment, "IMG_PATHWAY_HOME": str(home), "IMG_PATHWAY_ENDPOINTS": str(endpoints)}
        with killed_in_the_end(Forked(command, settings.root, environment, log)) as process:

            def result() -> Trial:
                if process.wait():
                    last = log.read_text(encoding="utf-8", errors="replace")[-2000:]
                    raise TrialFailed(f"{model.name} could not be tried. It ended with:\n{last}")
                keep(known, found.read_text(encoding="utf-8"))
                return _read(known)

            yield result


def _tried(found: Mapping[str, Any]) -> Tried:
    return Tried(**{**found, "basis": tuple(found["basis"])})


def _read(path: Path) -> Trial:
    read = json.loads(path.read_text(encoding="utf-8"))
    return Trial(tuple(_tried(one) for one in read["utterances"]), read["figures"], read["stories"])


async def _try(root: Path, model: Path, database: Path) -> Trial:
    from img_pathway.channels.talks import Turn
    from img_pathway.content.home import home
    from img_pathway.dialogue.bot import load_bot
    from img_pathway.staff.whole_bot import WholeBot

    bot = WholeBot(model, database, load_bot(home() / "data", date.today()))
    compare, judged, tried = judge(home()), [], []
    for number, utterance in enumerate(held_out(root)):
        answered = await bot.hear(utterance.text, f"utterance-{number}")
        turn = answered.turn
        judged.append(compare(utterance, Heard.of(turn.parsed)))
        label, verdict = judged[-1].heard.label, judged[-1].verdict
        tried.append(Tried(utterance.text, label, verdict, answered.said, tuple(turn.basis)))
    wrong = {}
    for number, story in enumerate(read_stories(root)):

        async def hear(text: str, conversation: str = f"story-{number}") -> Turn:
            return (await bot.hear(text, conversation)).turn

        problem = await try_story(story, hear)
        if problem:
            wrong[story.name] = problem
    return Trial(tuple(tried), figures(judged), wrong)


def main() -> None:
    """Try, and write what it came to into a file."""
    import logging

    from rasa.utils.log_utils import configure_structlog

    # As the server does it; otherwise every message would be printed.
    configure_structlog(logging.ERROR)
    logging.basicConfig(level=logging.ERROR)
    root, model, found = map(Path, sys.argv[1:])
    trial = asyncio.run(_try(root, model, found.with_name("trial.db")))
    found.write_text(json.dumps(asdict(trial)), encoding="utf-8")


if __name__ == "__main__":
    main()
