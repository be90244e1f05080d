"""The check of everything that staff edit: all problems in one pass, each with file, line and the right form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from img_pathway.content import ContentError, Problem
from img_pathway.dialogue.bot import load_bot
from img_pathway.staff.action_code import read_action_code
from img_pathway.staff.content_check import check_content
from img_pathway.staff.example_check import check_calibration, check_examples
from img_pathway.staff.link_check import check_links
from img_pathway.staff.phrase_check import check_phrases
from img_pathway.staff.rasa_reading import ask_rasa
from img_pathway.staff.reserved_keys import check_reserved_keys
from img_pathway.staff.safety_check import check_safety
from img_pathway.staff.training_data import read_training_data

_NAMES = re.compile(r'"(\w+)"')


def check(root: Path, today: date, *, slow: bool = False) -> list[Problem]:
    """All problems of a project folder, sorted by file and line; with `slow` also what Rasa says (half a minute).

    Conflicts between rules show only in training.
    """
    content = check_content(root, today)
    data, code = read_training_data(root), read_action_code(root)
    problems = {
        *content.problems,
        *data.problems,
        *code.problems,
        *check_reserved_keys(root),
        *check_examples(data),
        *check_phrases(root),
    }
    # Where a file cannot be read, what it defines seems to be missing everywhere else.
    unread = data.unread | code.unread
    links = [
        *check_links(data, code, content.found),
        *check_calibration(root, data),
        *check_safety(root, {intent.name for intent in data.intents}),
    ]
    problems.update(p for p in links if not unread & set(_NAMES.findall(p.message)))
    if slow and not problems:
        problems.update(ask_rasa(root))
    return sorted(problems)


def notices(root: Path, today: date) -> list[Problem]:
    """What is no mistake but good to know before going live."""
    return [*_demonstration(root), *_season(root, today)]


def _season(root: Path, today: date) -> Iterator[Problem]:
    """A season that has begun without a file of its dates."""
    try:
        season = load_bot(root / "data", today).engine.quiz.season
    except ContentError:
        return
    file = f"data/season/{season.match_year}.yml"
    if not (root / file).exists():
        what = f"the season of the {season.match_year} Match has no file, so people are told that no date is published."
        yield Problem(file, 1, f'{what} Copy the last one and fill in what is (data/README.md, "A new season").')


def _demonstration(root: Path) -> list[Problem]:
    path = root / "data" / "organization.yml"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    return [
        Problem("data/organization.yml", number, "`example: true`: the bot says that it is a demonstration.")
        for number, line in enumerate(lines, 1)
        if line.split("#")[0].split() == ["example:", "true"]
    ]
