"""Test stories: read from Rasa's form, talked through, and the first wrong turn named."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from img_pathway.channels.talks import Turn
from img_pathway.content import ContentError
from img_pathway.dialogue.labels import intent_of
from img_pathway.dialogue.understood import Understood
from img_pathway.staff.talk_stories import FOLDER, read_stories, try_story

STORY = """\
version: "3.1"
stories:
  - story: "a greeting, then the quiz"
    steps:
      - user: "hi"
        intent: small_talk/greet
      - action: utter_small_talk
      - user: "check me"
        intent: quiz_start
      - action: quiz_form
      - active_loop: quiz_form
"""


@pytest.fixture()
def root(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "talks.yml").write_text(STORY)
    return tmp_path


def turn(label: str, *steps: tuple[str, str | None]) -> Turn:
    parsed = {"intent": {"name": intent_of(label)}, "understood": Understood("", label=label).to_dict()}
    return Turn("", "", "", 0, "trial", parsed, steps=list(steps))


RIGHT = (
    turn("small_talk/greet", ("action", "utter_small_talk")),
    turn("quiz_start", ("action", "quiz_form"), ("active_loop", "quiz_form")),
)


def tried(root: Path, *turns: Turn) -> str | None:
    (story,) = read_stories(root)
    left = iter(turns)

    async def hear(text: str) -> Turn:
        return next(left)

    return asyncio.run(try_story(story, hear))


def test_a_talk_that_goes_as_written(root: Path) -> None:
    assert tried(root, *RIGHT) is None


def test_another_intent_is_named(root: Path) -> None:
    said = tried(root, turn("small_talk/thanks", ("action", "utter_small_talk")))
    assert said == '"a greeting, then the quiz", turn 1 ("hi"): understood as small_talk/thanks, not small_talk/greet.'


def test_an_intent_stands_for_all_its_labels(root: Path) -> None:
    path = root / FOLDER / "talks.yml"
    path.write_text(path.read_text().replace("small_talk/greet", "small_talk"))
    assert tried(root, *RIGHT) is None


def test_another_doing_is_named(root: Path) -> None:
    said = tried(root, RIGHT[0], turn("quiz_start", ("action", "action_menu")))
    assert said is not None
    assert 'turn 2 ("check me")' in said
    assert "does action_menu, not quiz_form, active_loop quiz_form." in said


def test_what_an_answer_rests_on_may_be_pinned(root: Path) -> None:
    path = root / FOLDER / "talks.yml"
    path.write_text(STORY.replace("intent: quiz_start", "intent: quiz_start\n        basis: [question/goal]"))
    greeting, check = RIGHT
    assert tried(root, greeting, replace(check, replies=[{"basis": ["question/goal", "fact/any"]}])) is None
    said = tried(root, greeting, replace(check, replies=[{"basis": ["question/stage"]}]))
    assert said is not None
    assert said.endswith("the answer rests on question/stage, not on question/goal.")
    assert "rests on nothing, not" in str(tried(root, *RIGHT))


def test_a_key_that_no_story_has_is_refused_with_its_line(root: Path) -> None:
    path = root / FOLDER / "talks.yml"
    path.write_text(path.read_text().replace("- action: utter_small_talk", "- acton: utter_small_talk"))
    with pytest.raises(ContentError) as caught:
        read_stories(root)
    assert ":7: " in str(caught.value.problems[0])


def test_no_story_is_no_error(tmp_path: Path) -> None:
    assert read_stories(tmp_path) == []
