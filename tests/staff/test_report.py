"""The report: figures that add up, and not one word of any person."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import pytest

from img_pathway import cli
from img_pathway.channels.talks import read_talks
from img_pathway.dialogue.bot import Bot
from img_pathway.enquiry.store import EnquiryStore
from img_pathway.staff.figures import Figures, figures
from img_pathway.staff.report import as_html, as_text
from tests.enquiry.kept import kept
from tests.staff.events import Events

SINCE = date(2026, 11, 1)
MONDAY = date(2026, 11, 16)


@pytest.fixture
def events(tmp_path: Path) -> Events:
    made = Events(tmp_path)
    talk = made.talk("web-1", "2026-11-18")
    talk.hears("how long is residency, says zainab", "ask", "ask/length").sets(topics=["residency"])
    talk.does("action_answer").misses("zainab asks twice").misses("zainab", "decline")
    talk.hears("pizza for zainab", "decline", "decline/off_topic", ours=False).does("utter_decline")
    talk.hears("check me", "quiz_start").form("quiz_form").quiz("stage").does("quiz_form")
    sections = ({"kind": "not_yet", "title": "Not yet", "items": [{"name": "Enter the <Match>", "says": "x"}]},)
    talk.hears("stage:graduate", "quiz_click").quiz(None, stage="graduate").sets(quiz_answer="finished")
    talk.does("quiz_form").says("Result", sections=sections).form(None)
    talk.hears("and for zainab", "ask", "ask/length").does("action_answer").hears("helped:no", "not_helped")
    again = made.talk("telegram-1", "2026-11-22", "telegram")
    again.hears("check me", "quiz_start").form("quiz_form").quiz("oet").does("quiz_form")
    made.talk("web-old", "2026-10-30").misses("zainab was here before")
    return made


def count(events: Events, bot: Bot) -> Figures:
    return figures(read_talks(events.engine, SINCE), EnquiryStore(events.engine).all(), bot, SINCE)


def test_everything_is_counted_once_by_week_and_channel(events: Events, bot: Bot) -> None:
    found = count(events, bot)
    assert found.by_week[MONDAY, "web"] == {
        "conversations": 1, "messages": 8, "understood": 4, "asked back": 1, "not understood": 1, "declined": 1,
        "did not help": 1, "quiz started": 1, "quiz finished": 1,
    }  # fmt: skip
    assert found.by_week[MONDAY, "telegram"] == {"conversations": 1, "messages": 1, "understood": 1, "quiz started": 1}
    assert found.total["messages"] == 9
    assert found.topics == {bot.knowledge.topics["residency"].name: 1}
    assert found.left_at == {bot.engine.quiz.questions["oet"].name: 1}
    assert found.verdicts == {("Enter the <Match>", "not_yet"): 1}


def test_enquiries_are_counted_by_the_day_on_which_they_were_made(events: Events, bot: Bot) -> None:
    kept(events.engine, told={"name": "Zainab", "email": "z@example.com"})
    enquiries = EnquiryStore(events.engine).all()
    made = datetime.fromtimestamp(enquiries[0].created, timezone.utc).date()
    assert figures({}, enquiries, bot, made).total == {"enquiries": 1}
    assert figures({}, enquiries, bot, made + timedelta(days=1)).total == {}


def test_messages_add_up_to_what_became_of_them(events: Events, bot: Bot) -> None:
    total = count(events, bot).total
    kinds = ("understood", "asked back", "not understood", "no answer found", "declined", "did not help", "danger")
    assert total["messages"] == sum(total[kind] for kind in kinds)


def test_no_word_of_a_person_is_in_it(events: Events, bot: Bot) -> None:
    kept(events.engine, told={"name": "Zainab", "email": "z@example.com"})
    found = count(events, bot)
    for text in (as_text(found), as_html(found)):
        assert not [word for word in ("zainab", "pizza", "z@example", "web-1") if word in text.lower()]


def test_the_page_is_whole_and_needs_nothing_else(events: Events, bot: Bot) -> None:
    page = as_html(count(events, bot))
    assert "Enter the &lt;Match&gt;" in page
    assert "<script" not in page
    assert "src=" not in page
    drawings = page.split("<svg")[1:]
    assert len(drawings) == 3
    for drawing in drawings:
        ElementTree.fromstring("<svg" + drawing.split("</svg>")[0] + "</svg>")
    bars = ElementTree.fromstring("<svg" + drawings[0].split("</svg>")[0] + "</svg>")
    assert sum(float(bar.get("width")) for bar in bars if bar.tag.endswith("rect")) == pytest.approx(420, abs=1)


def test_a_report_of_nothing_is_no_error(tmp_path: Path, bot: Bot) -> None:
    found = figures({}, [], bot, SINCE)
    assert "Since 2026-11-01" in as_text(found)
    assert "</html>" in as_html(found)


def test_the_command_prints_and_writes(
    events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    endpoints = tmp_path / "endpoints.yml"
    endpoints.write_text(f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {tmp_path / 'bot.db'}\n")
    monkeypatch.setenv("IMG_PATHWAY_ENDPOINTS", str(endpoints))
    assert cli.main(["report", "--since", "2026-11-01"]) == 0
    assert "By channel" in capsys.readouterr().out
    assert cli.main(["report", "--since", "2026-11-01", "--html", str(tmp_path / "r.html")]) == 0
    assert "<svg" in (tmp_path / "r.html").read_text()
