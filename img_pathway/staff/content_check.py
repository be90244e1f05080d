"""Whether data/knowledge, data/quiz and the single files beside them can be read and fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from img_pathway.content import ContentError, Document, Problem, load_document, nearest
from img_pathway.dialogue.languages import load_languages
from img_pathway.dialogue.organization import Organization, load_organization
from img_pathway.dialogue.phrases import Phrasebook
from img_pathway.enquiry.words import load_enquiry_words
from img_pathway.knowledge.load import Found, read_knowledge, without_guesses
from img_pathway.quiz import Engine, Quiz, load_quiz
from img_pathway.quiz.cases import failures, load_cases
from img_pathway.quiz.words import load_words

_READ_BY_LOADERS = ("organization.yml", "phrases.yml", "safety.yml", "languages.yml", "calibration.yml", "enquiry.yml")
# The bot itself opens the quiz with these goals: for a rotation, and for "I do not know".
_GOALS_OF_THE_BOT = {"clinical": "when somebody asks for a rotation", "unsure": 'when somebody answers "not sure"'}


@dataclass(frozen=True)
class Content:
    """What could be read of the content; `problems` lists what is wrong with it."""

    found: Found
    quiz: Quiz | None
    problems: tuple[Problem, ...]


def check_content(root: Path, today: date) -> Content:
    """Read all content outside data/conversation; a problem in one file hides none in another."""
    data = root / "data"
    found = read_knowledge(data / "knowledge")
    problems = list(found.problems)

    def read(load: Callable[[], Any]) -> Any:
        try:
            return load()
        except ContentError as error:
            problems.extend(without_guesses(error.problems, found.unread))
            return None

    quiz = read(lambda: load_quiz(data / "quiz", found.knowledge, today))
    read(lambda: load_words(data / "quiz" / "words.yml"))
    read(lambda: Phrasebook(data / "phrases.yml"))
    read(lambda: load_languages(data / "languages.yml"))
    read(lambda: load_enquiry_words(data / "enquiry.yml"))
    organization = read(lambda: load_organization(data / "organization.yml", found.knowledge))
    for path in sorted(data.glob("*.yml")):
        if path.name not in _READ_BY_LOADERS:
            read(partial(load_document, path, root))
    if quiz is not None:
        cases = read(lambda: load_cases(data / "quiz", quiz))
        problems += failures(Engine(quiz), cases or ())
    else:
        for path in sorted((data / "quiz").glob("cases_*.yml")):
            read(partial(load_document, path, root))
    problems += _misplaced(root)
    if quiz is not None:
        problems += _links(root, quiz, organization)
    return Content(found, quiz, tuple(problems))


def _misplaced(root: Path) -> Iterator[Problem]:
    """Files that staff mean to be read, and that nothing reads."""
    data = root / "data"
    for path in sorted(data.rglob("*.yaml")):
        yield Problem(path.relative_to(root).as_posix(), 1, f"is not read. Rename it to {path.stem}.yml.")
    # Editors for texts like to add an ending of their own.
    for path in sorted(data.rglob("*.yml.*")):
        name = path.relative_to(root).as_posix()
        yield Problem(name, 1, f"is not read. Rename it to {path.name.split('.yml')[0]}.yml, or take it away.")
    for folder in ("knowledge", "quiz"):
        for path in sorted((data / folder).glob("*/**/*.yml")):
            name = path.relative_to(root).as_posix()
            yield Problem(name, 1, f"is not read. Move it up into data/{folder}.")


def _links(root: Path, quiz: Quiz, organization: Organization | None) -> Iterator[Problem]:
    goals = _document(root, "data/quiz/goals.yml")
    for goal, when in _GOALS_OF_THE_BOT.items():
        if goal not in quiz.goals:
            yield goals.problem(("goals",), f'goal "{goal}" is missing. The bot takes it {when}. Put it back.')
    for i, (_, opening) in enumerate(quiz.openings):
        for goal in opening.goals:
            if goal not in quiz.goals:
                message = f'this opening uses unknown goal "{goal}".{nearest(goal, quiz.goals)}'
                yield _document(root, "data/quiz/result.yml").problem(("openings", i, "goals"), message)
    offered = {outcome.offers for outcome in quiz.outcomes.values()}
    for i, rotation in enumerate(organization.rotations if organization else ()):
        if rotation.kind not in offered:
            yield _document(root, "data/organization.yml").problem(
                ("rotations", i, "kind"),
                f'rotation "{rotation.id}" is of kind "{rotation.kind}", but no outcome in data/quiz has '
                f"`offers: {rotation.kind}`, so nobody is led to it.",
            )


def _document(root: Path, name: str) -> Document:
    try:
        return load_document(root / name, root)
    except ContentError:
        return Document(name, None)
