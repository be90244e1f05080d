"""From conversations in a database to what staff look at: what was missed, where people leave, drafts of stories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from img_pathway import cli
from img_pathway.channels.talks import read_talk, read_talks
from img_pathway.channels.turn_outcome import outcome_of
from img_pathway.dialogue.bot import Bot
from img_pathway.staff.inbox import inbox, left_at
from img_pathway.staff.masking import mask
from img_pathway.staff.story_draft import HIDDEN, draft
from tests.staff.events import Events

SECRETS = (
    "amina", "khan", "example.org", "@", "555", "0123", "0-987-654-3", "linkedin", "boston.example", "1990",
)  # fmt: skip


@pytest.fixture
def events(tmp_path: Path) -> Events:
    return Events(tmp_path)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("write to amina.khan@example.org please", "write to [email] please"),
        ("amina @ example . org", "[email]"),
        ("amina dot khan at example dot org", "amina dot [email]"),
        ("call +1 (555) 012-3456 now", "call [number] now"),
        ("ecfmg number 0-987-654-3", "ecfmg number [number]"),
        ("see https://www.linkedin.com/in/amina?x=1 or linkedin.com/in/amina", "see [link] or [link]"),
        ("my name is amina khan and i graduated in 2016", "my name is [name] and i graduated in 2016"),
        ("My name is Amina. Can I do an externship?", "My name is [name] Can I do an externship?"),
        ("I am Dr. Amina Khan, IMG", "I am Dr. [name], IMG"),
        ("hi i'm dr khan from lahore", "hi i'm dr [name] from lahore"),
        ("I am Amina Khan", "I am [name]"),
        ("regards, amina khan", "regards, [name]"),
        ("ask @aminakhan on insta", "ask [handle] on insta"),
        ("born 12/03/1990", "born [number]"),
    ],
)
def test_who_somebody_is_does_not_show(said: str, kept: str) -> None:
    assert mask(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "I am a graduate of 2016, step 1 passed, step 2 ck 245",
        "2015-2016 or 2019/20?",
        "I am Indian and on J-1",
        "is it 1,200 dollars",
        "does dr work without residency count",
        "what is my name on the ecfmg form for",
    ],
)
def test_what_tells_nothing_of_the_person_stays(said: str) -> None:
    assert mask(said) == said


def test_alike_messages_are_one_group_newest_first_with_what_the_bot_thought_of(events: Events, bot: Bot) -> None:
    events.talk("web-1", "2026-11-01").misses("can I waive my letters of recommendation?", "decline")
    events.talk("web-2", "2026-11-05").misses("Can i waive my LETTERS of recommendation")
    events.talk("web-3", "2026-11-03").misses("how cold is boston in january for a rotation")
    found = inbox(read_talks(events.engine), bot).missed
    assert [(m.kinds.total(), m.newest, m.conversation) for m in found] == [
        (2, date(2026, 11, 5), "web-2"),
        (1, date(2026, 11, 3), "web-3"),
    ]
    assert found[0].kinds == {"asked back": 1, "not understood": 1}
    assert found[0].guesses[0] == ("faq/letters_waive", 0.5)


def test_one_shared_word_does_not_make_short_messages_alike(events: Events, bot: Bot) -> None:
    talk = events.talk("web-1")
    for text in ("visa", "visa fee", "visa fee for a rotation in june", "visaa"):
        talk.misses(text)
    assert sorted(m.kinds.total() for m in inbox(read_talks(events.engine), bot).missed) == [1, 1, 2]


def test_what_was_understood_and_what_was_clicked_is_not_in_the_inbox(events: Events, bot: Bot) -> None:
    talk = events.talk("web-1")
    talk.hears("how long is residency", "ask", "ask/length").does("action_answer")
    talk.hears("i want to die", "crisis").does("action_in_their_language", "utter_crisis")
    talk.quiz("stage").form("quiz_form").hears("stage:graduate", "quiz_click").does("action_not_understood")
    assert inbox(read_talks(events.engine), bot).missed == []


def test_each_way_of_missing_has_its_name(events: Events, bot: Bot) -> None:
    talk = events.talk("web-1")
    talk.misses("blub blub blub").misses("bla bla bla", "decline")
    talk.hears("best pizza in town", "decline", "decline/off_topic", ours=False).does("utter_decline")
    talk.quiz("stage").form("quiz_form")
    talk.hears("qwertz", "decline", "decline/off_topic", ours=False).does("quiz_form").says(bot.say("ask_again"))
    talk.hears("I am in danger", "emergency", ours=False).does("utter_emergency")
    kinds = [outcome_of(turn, bot).word for turn in read_talk(events.engine, "web-1")]
    assert kinds == ["asked back", "not understood", "declined", "no answer found", "danger"]
    unread = next(m for m in inbox(read_talks(events.engine), bot).missed if m.text == "qwertz")
    assert unread.question == bot.engine.quiz.questions["stage"].name


def enquire(events: Events, day: str = "2026-11-20") -> None:
    talk = events.talk("web-9", day)
    talk.misses("my name is Amina Khan, mail amina@example.org, born 12/03/1990, www.linkedin.com/in/amina")
    talk.hears("enquiry:start", "quiz_click").sets(enquiry={"told": {}, "asked": "name"}).form("quiz_form")
    talk.does("quiz_form").says("What is your name?")
    talk.misses("amina khan", "decline").sets(enquiry={"told": {"name": "Amina"}, "asked": "phone"})
    talk.time += 10 * 86_400
    talk.misses("+1 555 0123").misses("boston.example near amina khan").sets(enquiry=None, quiz_answer="stopped")
    talk.misses("ecfmg 0-987-654-3 lost")


def test_no_answer_of_an_enquiry_is_ever_shown(events: Events, bot: Bot) -> None:
    enquire(events)
    # Also where the enquiry began before the days that are looked at.
    for since in (None, date(2026, 11, 25)):
        said = " ".join(map(str, inbox(read_talks(events.engine, since), bot).missed)).lower()
        assert "lost" in said
        assert not [secret for secret in SECRETS if secret in said]
    story = draft(read_talk(events.engine, "web-9"), bot).lower()
    assert story.count(HIDDEN.lower()) == 3
    assert not [secret for secret in SECRETS if secret in story]


def test_the_quiz_is_left_where_the_last_question_was_open(events: Events, bot: Bot) -> None:
    silent = events.talk("web-1").hears("check me", "quiz_start").form("quiz_form").quiz("stage").does("quiz_form")
    silent.hears("stage:graduate", "quiz_click").quiz("progress", stage="graduate").does("quiz_form")
    stopped = events.talk("web-2").hears("check me", "quiz_start").form("quiz_form").quiz("oet").does("quiz_form")
    stopped.hears("stop", "quiz_stop").quiz(None).sets(quiz_answer="stopped").does("quiz_form").form(None)
    done = events.talk("web-3").hears("check me", "quiz_start").form("quiz_form").quiz("oet").does("quiz_form")
    done.hears("oet:yes", "quiz_click").quiz(None, oet="yes").sets(quiz_answer="finished").form(None)
    talks = read_talks(events.engine)
    assert {name: left_at(talk) for name, talk in talks.items()} == {"web-1": "progress", "web-2": "oet", "web-3": None}
    names = bot.engine.quiz.questions
    assert inbox(talks, bot).left_at == {names["progress"].name: 1, names["oet"].name: 1}


def test_a_draft_is_a_story_with_words_intents_actions_and_forms(events: Events, bot: Bot) -> None:
    talk = events.talk("web-1").hears('how "long": is\n- residency #1', "ask", "ask/length").does("action_answer")
    talk.hears("check me", "quiz_start").form("quiz_form").quiz("stage").does("quiz_form")
    talk.hears("stage:graduate", "quiz_click").quiz(None).does("quiz_form").form(None)
    turns = read_talk(events.engine, "web-1")
    steps = yaml.safe_load(draft(turns, bot))["stories"][0]["steps"]
    label = bot.engine.quiz.questions["stage"].options["graduate"].label
    assert steps == [
        {"user": 'how "long": is - residency #1', "intent": "ask/length"},
        {"action": "action_answer"},
        {"user": "check me", "intent": "quiz_start"},
        {"active_loop": "quiz_form"},
        {"action": "quiz_form"},
        {"user": label, "intent": "quiz_click"},
        {"action": "quiz_form"},
        {"active_loop": None},
    ]
    plain = yaml.safe_load(draft(turns, bot, training=True))["stories"][0]["steps"]
    assert [step for step in steps if "user" not in step] == [step for step in plain if "intent" not in step]


def test_the_commands_work_from_end_to_end(
    events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    endpoints = tmp_path / "endpoints.yml"
    path = tmp_path / "bot.db"
    endpoints.write_text(f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {path}\n")
    monkeypatch.setenv("IMG_PATHWAY_ENDPOINTS", str(endpoints))
    assert cli.main(["inbox"]) == 0
    assert "Nothing was missed" in capsys.readouterr().out
    events.talk("web-1").misses("can my aunt pay for it")
    assert cli.main(["inbox", "--since", "2026-11-01"]) == 0
    assert "can my aunt pay for it" in capsys.readouterr().out
    target = str(tmp_path / "story.yml")
    assert cli.main(["story", "web-1", "--to", target]) == 0
    assert cli.main(["story", "web-1", "--to", target]) == 1
    assert "already" in capsys.readouterr().err
    assert cli.main(["story", "web-none"]) == 1


def test_the_message_whose_answer_did_not_help_is_in_the_inbox_and_what_said_so_is_not(
    events: Events, bot: Bot
) -> None:
    clicked = events.talk("web-1").hears("how long is residency", "ask", "ask/length").does("action_answer")
    clicked.hears("helped:no", "not_helped").does("action_not_helped")
    typed = events.talk("telegram-1").hears("does my visa run out", "faq", "faq/letters_waive").does("action_answer")
    typed.hears("no that is not it", "not_helped").does("action_not_helped")
    typed.hears("still not it", "not_helped").does("action_not_helped")
    glad = events.talk("web-2").hears("what is eras", "ask", "ask/what").does("action_answer")
    glad.hears("helped:yes", "small_talk", "small_talk/thanks").does("utter_small_talk").hears(
        "that was no help", "not_helped"
    )
    talks = read_talks(events.engine)
    assert [outcome_of(turn, bot).word for turn in talks["telegram-1"]] == ["did not help", "understood", "understood"]
    missed = inbox(talks, bot).missed
    assert {m.text: dict(m.kinds) for m in missed} == {
        "how long is residency": {"did not help": 1},
        "does my visa run out": {"did not help": 1},
    }
    assert bot.say("helped_no") in draft(talks["web-1"], bot)


def test_what_was_missed_anyway_keeps_its_name(events: Events, bot: Bot) -> None:
    talk = events.talk("web-1").misses("blub blub blub", "decline").hears("no help", "not_helped")
    talk.does("action_not_helped")
    assert outcome_of(read_talk(events.engine, "web-1")[0], bot).word == "not understood"
