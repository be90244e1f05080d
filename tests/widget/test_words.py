"""Every word of the interface is in one file per language."""

from __future__ import annotations

import json
import re

import pytest

from tests.serving import ROOT

WIDGET = ROOT / "widget"
LANGUAGES = sorted(path.stem for path in (WIDGET / "words").glob("*.json"))
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in (WIDGET / "src").rglob("*.ts")}
GAPS = re.compile(r"\{\w+\}")


def words(language: str) -> dict[str, str]:
    found = json.loads((WIDGET / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return {str(key): str(value) for key, value in found.items()}


def test_everything_that_is_said_has_english_words() -> None:
    said = {key for source in SOURCES.values() for key in re.findall(r'\bsay\(\s*"(\w+)"', source)}
    assert len(said) > 50
    assert said <= set(words("en"))


def test_no_words_are_left_over() -> None:
    named = {name for source in SOURCES.values() for name in re.findall(r"\b\w+\b", source)}
    assert set(words("en")) <= named


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_same_words_with_the_same_gaps(language: str) -> None:
    english, other = words("en"), words(language)
    assert set(other) <= set(english), "words that nothing says"
    for key, text in other.items():
        assert sorted(GAPS.findall(text)) == sorted(GAPS.findall(english[key])), key
        assert text.strip(), key
    assert other["direction"] in ("ltr", "rtl")


def test_no_sentence_stands_in_the_code() -> None:
    """What people read comes from the files of words: no text between tags, no text in a label."""
    for name, source in SOURCES.items():
        templates = re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "", source)
        bare = re.findall(r"(?:aria-label|placeholder|title)=\"[A-Z][a-z]+", templates)
        assert not bare, (name, bare)
