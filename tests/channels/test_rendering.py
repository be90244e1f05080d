"""Every reply that the bot can give, and any other, fits into messages that the platforms take."""

from __future__ import annotations

import base64
import itertools
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from img_pathway.channels.conversation import meant
from img_pathway.channels.messenger import MessengerInput
from img_pathway.channels.platform import PlatformInput, Received
from img_pathway.channels.rendering import BOLD, PLAIN, Outgoing, render, size, split
from img_pathway.channels.talks import turns_of
from img_pathway.channels.telegram import TelegramInput
from img_pathway.channels.twilio import TwilioInput
from img_pathway.channels.whatsapp import WhatsAppInput
from img_pathway.dialogue.answers import respond
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.dialogue.helping import contact, menu
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.quiz_turn import QuizTalk
from img_pathway.dialogue.result import result
from img_pathway.dialogue.steering import offered
from img_pathway.quiz import State
from img_pathway.reply import Cited, Given, Option, PlanStep, Progress, Reply, Section, Table, Verdict
from tests.channels import fakes
from tests.dialogue.hearing import heard
from tests.quiz.walking import profiles
from tests.serving import ROOT, SECRETS

BOT = load_bot(ROOT / "data", date(2026, 11, 22))
BASIC = base64.b64encode(f"{SECRETS['TWILIO_ACCOUNT_SID']}:{SECRETS['TWILIO_AUTH_TOKEN']}".encode()).decode()
CHANNELS: dict[str, type[PlatformInput]] = {
    "whatsapp": WhatsAppInput,
    "telegram": TelegramInput,
    "messenger": MessengerInput,
    "twilio": TwilioInput,
}
READERS = {
    "whatsapp": lambda body: fakes.whatsapp(body, {"Authorization": f"Bearer {SECRETS['WHATSAPP_TOKEN']}"}),
    "messenger": lambda body: fakes.messenger(body, {"Authorization": f"Bearer {SECRETS['MESSENGER_PAGE_TOKEN']}"}),
    "telegram": fakes.telegram,
    "twilio": lambda form: fakes.twilio(form, {"Authorization": f"Basic {BASIC}"}),
}
TO = {
    "whatsapp": {"to": "1"},
    "messenger": {"recipient": {"id": "1"}},
    "telegram": {"chat_id": "1"},
    "twilio": {"To": "+1", "From": "+15550100001"},
}
LINK = re.compile(r"https?://\S+")
WELCOME = menu(BOT).to_dict()
pytestmark = pytest.mark.usefixtures("secrets")


@cache
def channel(platform: str) -> PlatformInput:
    return CHANNELS[platform]()


def taken(platform: str, replies: list[Reply]) -> list[fakes.Taken]:
    """The messages of a turn, as the platform took them; fails where it would refuse one."""
    received = Received("m", "1", "hi", TO[platform])
    calls = [channel(platform).call(received, message) for message in render(replies, platform, BOT.say)]
    return [READERS[platform](dict(call.json or call.form or {})) for call in calls]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def check(replies: list[Reply]) -> None:
    """All is said, no link is broken, and every option of the last offer can be taken by click and by number."""
    for platform in CHANNELS:
        messages = taken(platform, replies)
        said = squeezed("".join(message.text for message in messages))
        for reply in replies:
            for paragraph in (*reply.text, *reply.closing):
                assert squeezed(paragraph).replace("**", BOLD.get(platform, "")) in said
            for link in LINK.findall(to_text(reply, BOT.say)):
                if size(link) <= PLAIN[platform].text:
                    assert any(link in message.text for message in messages), f"{link} is broken on {platform}"
        offering = [reply for reply in replies if reply.options]
        if not offering:
            continue
        event = {"event": "user", "text": "hi", "message_id": "m", "timestamp": 1.0}
        said_before = [{"event": "bot", "text": "", "metadata": {"reply": reply.to_dict()}} for reply in replies]
        history = turns_of([event, *said_before])
        for number, option in enumerate(offering[-1].options, 1):
            label, payload = messages[-1].options[number - 1] if messages[-1].options else ("", "")
            assert label == option.label or squeezed(f"{number}){option.label}") in said, f"{option} on {platform}"
            if payload:
                assert meant(payload, history, WELCOME) == option.payload
            if not offering[-1].progress:
                assert meant(str(number), history, WELCOME) == option.payload


def quiz_replies(bot: Bot) -> Iterator[Reply]:
    talk = QuizTalk(bot)
    for goal in bot.engine.quiz.goals:
        yield talk.question(State(goal))[1] if talk.is_open(State(goal)) else Reply()
        for question in bot.engine.quiz.questions:
            yield talk.question(State(goal, wanted=question))[1]
    yield talk.question(State())[1]


def results(bot: Bot) -> Iterator[Reply]:
    talk = QuizTalk(bot)
    for answers in profiles(bot.engine, 20, seed=7):
        for goal in bot.engine.quiz.goals:
            yield result(bot, State(goal, answers, tuple(answers)))
        state = State("match", answers, tuple(answers))
        yield talk.answers_shown(state)
        changed = talk.hear(state, heard("quiz:change"), is_asking=False)
        assert changed
        yield changed.reply


def test_common_questions_and_facts_fit(responses: dict[str, list[str]]) -> None:
    for id_, faq in BOT.knowledge.faq.items():
        check([respond(BOT, heard(faq.asks, f"faq/{id_}"), Context(), {})[0]])
    for fact in BOT.knowledge.facts.values():
        check([Reply(text=(fact.says,), sources=BOT.cite([fact]))])
    for texts in responses.values():
        check([Reply(text=tuple(text.split("\n\n"))) for text in texts])


def test_answers_on_every_topic_fit() -> None:
    for topic, attribute in itertools.product(BOT.knowledge.topics.values(), ("what", "cost")):
        check([respond(BOT, heard(topic.name, f"ask/{attribute}"), Context(), {})[0]])


def test_comparisons_fit() -> None:
    names = [topic.name for topic in BOT.knowledge.topics.values()]
    draw = random.Random(1)
    compared = 0
    for _ in range(150):
        reply = respond(BOT, heard(" vs ".join(draw.sample(names, draw.choice((2, 3))))), Context(), {})[0]
        compared += reply.table is not None
        check([reply])
    assert compared > 50


def test_questions_of_the_quiz_fit() -> None:
    questions = list(quiz_replies(BOT))
    for question in questions:
        check([question])
    longest = max(questions, key=lambda reply: size(to_text(reply, BOT.say)))
    check([Reply(text=("Noted.",), options=menu(BOT).options), longest])


def test_results_fit_also_the_longest_one_after_the_longest_answer() -> None:
    all_results = list(results(BOT))
    for reply in all_results:
        check([reply])
    by_length = sorted(all_results, key=lambda reply: size(to_text(reply, BOT.say)))
    answers = (respond(BOT, heard(f.asks, f"faq/{i}"), Context(), {})[0] for i, f in BOT.knowledge.faq.items())
    longest = max(answers, key=lambda reply: size(to_text(reply, BOT.say)))
    check([longest, by_length[-1]])
    check([longest.then(by_length[-1]).then(by_length[-2])])


def test_what_else_the_bot_says_fits() -> None:
    check([menu(BOT)])
    check([contact(BOT), offered(BOT)])
    check([Reply(text=tuple(re.sub(r"\{\w+\}", "x" * 50, phrase) for phrase in BOT.say.phrases.values()))])


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)
LONG = st.builds(lambda word, n, end: (word + " ") * n + end, WORDS, st.integers(0, 200), WORDS)
LINKS = st.builds(lambda n: "https://example.org/" + "a" * n, st.integers(0, 900))
TEXTS = st.one_of(WORDS, LONG, st.lists(st.one_of(WORDS, LINKS), max_size=30).map(" ".join))
OPTIONS = st.lists(st.builds(Option, WORDS, st.one_of(WORDS, LONG.map(lambda text: text[:400]))), max_size=20)
REPLIES = st.builds(
    Reply,
    text=st.lists(TEXTS, max_size=4).map(tuple),
    options=OPTIONS.map(tuple),
    table=st.none() | st.builds(lambda name, cell: Table((name,), ((name, (cell,)),)), WORDS, TEXTS),
    progress=st.none() | st.just(Progress(1, 9)),
    why=st.none() | TEXTS,
    answers=st.lists(st.builds(Given, WORDS, WORDS, WORDS), max_size=3).map(tuple),
    sections=st.lists(
        st.builds(lambda t, s: Section("not_yet", t, (Verdict(t, s, (s,)),)), WORDS, TEXTS), max_size=2
    ).map(tuple),
    plan=st.lists(st.builds(lambda text: PlanStep(text, "here"), TEXTS), max_size=3).map(tuple),
    closing=st.lists(TEXTS, max_size=2).map(tuple),
    sources=st.lists(st.builds(Cited, WORDS, LINKS, st.just("2026")), max_size=4).map(tuple),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(REPLIES, min_size=1, max_size=3))
def test_any_other_reply_fits_too(replies: list[Reply]) -> None:
    for platform in CHANNELS:
        messages = taken(platform, replies)
        has_content = any(to_text(reply, BOT.say).strip() or reply.options for reply in replies)
        assert bool(messages) == has_content


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(20, 4096))
def test_a_split_text_is_whole_and_short(text: str, most: int) -> None:
    pieces = split(text, most)
    assert all(piece.strip() and size(piece) <= most for piece in pieces)
    assert squeezed("".join(pieces)) == squeezed(text)
    for link in LINK.findall(text):
        assert size(link) > most or any(link in piece for piece in pieces)


def test_text_is_split_at_sentences_where_there_are_any() -> None:
    text = " ".join(f"This is sentence number {n}." for n in range(200))
    assert all(piece.endswith(".") and piece.startswith("This") for piece in split(text, 300))


@pytest.mark.parametrize(
    "joined", ["(https://example.org/{0})", "see,https://example.org/{0}", "https://example.org/{0}"]
)
def test_a_link_is_never_broken_also_where_no_space_is_before_it(joined: str) -> None:
    link = joined.format("a" * 300)
    pieces = split("x" * 250 + link, 400)
    assert any("https://example.org/" + "a" * 300 in piece for piece in pieces)


def test_a_made_up_platform_refuses_what_a_real_one_refuses() -> None:
    four = tuple(Option(str(n), str(n)) for n in range(4))
    for platform, message, why in [
        ("whatsapp", Outgoing("x", (Option("x" * 21, "x"),)), "a label of 21"),
        ("whatsapp", Outgoing("x" * 1025, four), "1025 characters"),
        ("whatsapp", Outgoing("x", tuple(Option(str(n), str(n)) for n in range(11))), "11 options"),
        ("telegram", Outgoing("x", (Option("x", "x" * 65),)), "65 bytes"),
        ("messenger", Outgoing("x", tuple(Option(str(n), str(n)) for n in range(14))), "14 options"),
        ("twilio", Outgoing("x" * 1601), "1601 characters"),
        ("telegram", Outgoing(" "), "empty"),
    ]:
        call = channel(platform).call(Received("m", "1", "hi", TO[platform]), message)
        with pytest.raises(fakes.Refused, match=why):
            READERS[platform](dict(call.json or call.form or {}))
    buttons = {"type": "button", "body": {"text": "x"}, "action": {"buttons": []}}
    buttons["action"]["buttons"] = [{"type": "reply", "reply": {"id": o.payload, "title": o.label}} for o in four]
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "1", "type": "interactive"}
    with pytest.raises(fakes.Refused, match="4 options"):
        READERS["whatsapp"]({**body, "interactive": buttons})
    with pytest.raises(fakes.Refused, match="bad token"):
        fakes.whatsapp(body, {"Authorization": "Bearer other"})
