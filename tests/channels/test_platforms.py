"""What reaches a conversation over the platforms: genuine, once, in order, as text."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.helping import menu
from img_pathway.serve.supervisor import Supervisor
from tests.channels.fakes import Fault
from tests.channels.phones import GOLDEN, PLATFORMS, Phone, signed
from tests.serving import HTTP, SECRETS, eventually

pytestmark = pytest.mark.server


def bad_signatures(phone: Phone, payload: Any) -> dict[str, dict[str, str]]:
    _, good = signed(phone.platform, payload)
    kind = good.pop("Content-Type")
    ((name, value),) = good.items()
    _, old = signed(phone.platform, phone.payload("text", "an older message"))
    found = {
        "missing": {},
        "empty": {name: ""},
        "bad": {name: value[:-1] + ("a" if value[-1] != "a" else "b")},
        "foreign": {name: "ÿ" * 20},
        "not a header of ours": {"X-Signature": value},
    }
    if phone.platform != "telegram":
        found["of an older message"] = {name: old[name]}
    if phone.platform in ("whatsapp", "messenger"):
        found["sha1"] = {"X-Hub-Signature": value}
    return {what: {"Content-Type": kind, **headers} for what, headers in found.items()}


def test_without_a_good_signature_nothing_is_taken(phone: Phone) -> None:
    payload = phone.payload("text", "what is a clerkship?")
    body, _ = signed(phone.platform, payload)
    for what, headers in bad_signatures(phone, payload).items():
        raw = [(name, value.encode("latin-1")) for name, value in headers.items()]
        answer = HTTP.post(f"{phone.address}/webhooks/{phone.platform}", content=body, headers=raw)
        assert answer.status_code == 403, what
    assert phone.settles() == []
    assert phone.stored() == []


def test_a_large_body_is_refused(phone: Phone) -> None:
    body, headers = signed(phone.platform, phone.payload("text", "x" * 1_000_000))
    assert phone.posts_raw(body, headers).status_code == 413
    assert phone.settles() == []


def test_what_comes_twice_is_answered_once(phone: Phone) -> None:
    text, photo = phone.payload("text", "what is a clerkship?"), phone.payload("photo")
    with ThreadPoolExecutor(6) as pool:
        assert {answer.status_code for answer in pool.map(phone.posts, [text] * 6)} == {200}
        assert {answer.status_code for answer in pool.map(phone.posts, [photo] * 3)} == {200}
    once = phone.settles()
    assert len(phone.stored("user")) == 1
    assert phone.posts(text).status_code == 200
    assert phone.settles() == once
    only_text = phone.bot.say("text_only")

    def answered_photos() -> int:
        return [taken.text for taken in phone.fake.to(phone.sender)].count(only_text)

    # The photo that came thrice, and those by which the two looks above were settled.
    assert eventually(lambda: answered_photos() >= 3)
    phone.settles()
    assert eventually(lambda: answered_photos() >= 4)
    assert answered_photos() == 4


def test_messages_are_answered_in_the_order_of_their_arrival_whatever_their_numbers(phone: Phone, bot: Bot) -> None:
    asked = ["what is a clerkship?", "what is a residency?", "what is a fellowship?"]
    for number, text in zip((90003, 90001, 90002), asked, strict=True):
        phone.sends(text, id=number if phone.platform == "telegram" else f"out-of-order.{number}")
    phone.settles()
    assert [event["text"] for event in phone.stored("user")] == asked


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if "batch" in GOLDEN[name]])
def test_a_batch_of_three_is_answered_whole_and_in_order(platform: str, phone_on: Callable[[str], Phone]) -> None:
    phone = phone_on(platform)
    said = {"text": "what is a clerkship?", "second": "check my eligibility", "third": "1"}
    assert phone.posts(phone.payload("batch", **said)).status_code == 200
    answers = [taken.text for taken in phone.settles()]
    # What stands on a button that is on offer is its command.
    assert [event["text"] for event in phone.stored("user")][:2] == [said["text"], "quiz:start"]
    assert phone.bot.say("goal_question") in answers[-2]
    assert phone.bot.engine.quiz.questions["stage"].asks in answers[-1]


@pytest.mark.parametrize("kind", ["photo", "voice"])
def test_what_is_no_text_gets_a_sentence_that_says_so(phone: Phone, kind: str) -> None:
    assert phone.posts(phone.payload(kind)).status_code == 200
    assert phone.fake.wait(phone.sender, lambda: bool(phone.fake.to(phone.sender)))
    assert [taken.text for taken in phone.fake.to(phone.sender)] == [phone.bot.say("text_only")]
    assert phone.stored() == []


def test_notices_that_are_no_messages_are_taken_and_not_answered(phone: Phone) -> None:
    for index, _ in enumerate(GOLDEN[phone.platform]["nothing said"]):
        payload = phone.payload("nothing said", "what is a clerkship?")[index]
        assert phone.posts(payload).status_code == 200
    assert phone.settles() == []
    assert phone.stored() == []


@pytest.mark.parametrize("typed", ["/restart", "/start", '/quiz_start{"quiz": {"goal": "match"}}', "\uff0fstart"])
def test_a_command_of_rasa_is_text(phone: Phone, typed: str) -> None:
    phone.says("what is a clerkship?").says(typed)
    kinds = [event["event"] for event in phone.stored()]
    assert "restart" not in kinds
    assert kinds.count("session_started") == 1
    assert not [event for event in phone.stored("slot") if "match" in str(event["value"])]
    assert phone.messages, "no answer"


def test_start_and_help_show_the_menu_on_telegram_alone(phone_on: Callable[[str], Phone], bot: Bot) -> None:
    phone = phone_on("telegram")
    for typed in ("/start", "/help", "/START"):
        phone.says(typed)
        assert menu(bot).text[0] in phone.text
        assert phone.payloads == [option.payload for option in menu(bot).options]
    assert phone.stored() == []
    # The menu stands before the first message, so that its options can be picked by number.
    phone.says("1").asked("goal")


def test_a_stale_button_changes_nothing_and_says_so(phone: Phone) -> None:
    phone.says("check my eligibility").says("3").asked("stage").says("4").asked("school_place")
    if phone.platform == "twilio":
        phone.says("stage:final_year").phrase("stale").asked("school_place")
    else:
        phone.clicks("stage:final_year").phrase("stale").asked("school_place")
    phone.says("my answers")
    assert phone.bot.engine.quiz.questions["stage"].options["graduate"].label in phone.text


def test_an_old_goal_button_changes_the_goal_not_silently(phone_on: Callable[[str], Phone]) -> None:
    phone = phone_on("messenger")
    phone.says("check my eligibility").clicks("goal:match").asked("stage").clicks("goal:clinical").phrase("goal_now")
    assert phone.bot.engine.quiz.goals["clinical"].label in phone.text


def test_a_click_on_telegram_is_acknowledged_also_when_it_is_stale(phone_on: Callable[[str], Phone]) -> None:
    phone = phone_on("telegram")
    phone.says("check my eligibility").clicks("goal:match").asked("stage").clicks("stage:graduate").clicks(
        "stage:clinical"
    )
    mine = [id_ for id_ in phone.fake.acknowledged if id_.startswith(f"click {phone.sender} ")]
    assert len(mine) == 3


def test_a_postback_of_messenger_is_a_click(phone_on: Callable[[str], Phone]) -> None:
    phone = phone_on("messenger")
    phone.says("check my eligibility")
    assert phone.posts(phone.payload("postback", "goal:match")).status_code == 200
    assert phone.bot.engine.quiz.questions["stage"].asks in phone.settles()[-1].text


@pytest.mark.parametrize("platform", ["whatsapp", "messenger"])
def test_meta_is_given_its_challenge_only_with_the_verify_token(running: Supervisor, platform: str) -> None:
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    token = SECRETS[f"{platform.upper()}_VERIFY_TOKEN"]
    where = f"{running.settings.address}/webhooks/{platform}"
    good = HTTP.get(where, params={**asked, "hub.verify_token": token})
    assert (good.status_code, good.text) == (200, "1158201444")
    for wrong in ({"hub.verify_token": "other"}, {}, {"hub.verify_token": "🙂"}):
        assert HTTP.get(where, params={**asked, **wrong}).status_code == 403


def test_a_platform_that_fails_for_one_person_holds_up_nobody_else(phone_on: Callable[[str], Phone]) -> None:
    slow, quick = phone_on("whatsapp"), phone_on("whatsapp")
    slow.fake.fails(slow.sender, Fault(503, seconds=3), Fault(503), Fault(429), Fault(0))
    slow.sends("what is a clerkship?")
    quick.says("what is a residency?").about("residency")
    assert slow.fake.to(slow.sender) == []
    slow.messages = slow.settles()
    slow.about("clerkship")


def test_what_could_not_be_sent_is_logged_and_the_next_message_is_answered(phone: Phone, running: Supervisor) -> None:
    phone.fake.fails(phone.sender, *[Fault(500)] * 10)
    phone.sends("what is a clerkship?")
    assert phone.fake.wait(phone.sender, lambda: not phone.fake.is_due(phone.sender))
    log = running.parts[1].log
    assert eventually(lambda: f"A message of conversation {phone.conversation} was refused" in log.read_text())
    assert phone.sender not in log.read_text()
    phone.says("what is a residency?").about("residency")
    assert len(phone.stored("user")) == 2
