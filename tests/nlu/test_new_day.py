"""Components of language understanding read content when the model is loaded, and go with the day without reading."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from img_pathway.content import day
from img_pathway.content.home import at_home
from img_pathway.dialogue.understood import Understood
from img_pathway.nlu.component import ContentComponent, heard_of, note
from img_pathway.nlu.entities import EntityReader
from img_pathway.nlu.languages import LanguageReader
from img_pathway.nlu.router import Router
from img_pathway.nlu.safety import SafetyNet
from img_pathway.nlu.words import words_of
from tests.serving import ROOT

COMPONENTS = (EntityReader, SafetyNet, LanguageReader, Router)


def made(kind: type[ContentComponent]) -> ContentComponent:
    defaults: dict[str, Any] = getattr(kind, "get_default_config", dict)()
    return kind(defaults)


def read(component: ContentComponent, text: str) -> dict[str, Any]:
    message = Message({TEXT: text})
    note(message, Understood(text))
    component.process([message])
    return heard_of(message).to_dict()


@pytest.mark.parametrize("kind", COMPONENTS)
def test_a_component_reads_nothing_later(kind: type[ContentComponent], tmp_path: Path, monkeypatch: Any) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with at_home(tmp_path):
        component = made(kind)
        before = read(component, "What is VSLO? I graduated in 2015 and failed Step 1.")
        shutil.rmtree(tmp_path / "data")
        monkeypatch.setattr(day, "today", lambda: date(2031, 4, 1))
        assert read(component, "What is VSLO? I graduated in 2015 and failed Step 1.") == before


def test_words_are_read_with_the_content_of_the_start_on_the_day_on_which_they_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setattr(day, "today", lambda: date(2026, 11, 22))
    words = words_of(data / "knowledge", data / "quiz")
    assert words() is words()
    assert words().reader.today == date(2026, 11, 22)
    shutil.rmtree(data)
    monkeypatch.setattr(day, "today", lambda: date(2027, 4, 1))
    assert words().read(Understood("i graduated two years ago")).told.answers
    assert words().reader.quiz.match_year == 2028
