"""Sentences for people who write in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from img_pathway.content import ContentError
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.languages import load_languages, said_in

ROOT = Path(__file__).parents[2]
CODES = tuple(load_languages(ROOT / "data" / "languages.yml").languages)


@pytest.mark.parametrize("code", CODES)
def test_the_organization_is_named_with_its_page_and_address(bot: Bot, code: str) -> None:
    said = said_in(bot.languages[code], "other_language", bot.organization)
    assert bot.organization.name in said
    assert str(bot.organization.contact.page) in said
    assert bot.organization.contact.email in said
    assert "{" not in said


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("intent", "number"), [("emergency", "911"), ("crisis", "988")])
def test_danger_goes_before_everything_else(bot: Bot, code: str, intent: str, number: str) -> None:
    said = said_in(bot.languages[code], intent, bot.organization)
    assert number in said
    assert said == getattr(bot.languages[code], intent)
    assert bot.organization.contact.email not in said


def test_braces_that_nothing_fills_in_are_refused_with_their_line(tmp_path: Path) -> None:
    sentences = 'name: "X"\n    says: "Y {mail}."\n    emergency: "911"\n    crisis: "988"\n'
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "languages.yml"
    path.write_text(f'english: ["the"]\nlanguages:\n  xx:\n    {sentences}')
    with pytest.raises(ContentError, match=r"data/languages\.yml:5: .*\{mail\}"):
        load_languages(path)
