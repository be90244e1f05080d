"""Looking things up and taking the quiz in the terminal, without Rasa."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from img_pathway.content import nearest
from img_pathway.dialogue.answers import answer
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.dialogue.labels import COMPARE
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.quiz_turn import QuizTalk, Turn
from img_pathway.dialogue.routing import routed
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz import State
from img_pathway.reply import Option


def explain(data: Path, name: str, *, every: bool = False) -> int:
    """Print what the bot says of a topic, or with `every` all its facts; returns the exit status."""
    bot = load_bot(data, date.today())
    topic = _topic(bot, name)
    if topic is None:
        return 1
    if not every:
        reply, _ = answer(bot, bot.knowledge.topics[topic].aliases[0], "what", Context(), {})
        print(to_text(reply, bot.say))
        return 0
    for fact in bot.knowledge.facts_about(topic):
        season = f", {fact.season}" if fact.season else ""
        seen = f"; checked by {fact.checked.by} on {fact.checked.on}" if fact.checked else ""
        print(f"{fact.id}  [{', '.join(fact.answers)}; as of {fact.as_of}{season}; {fact.status}{seen}]\n  {fact.says}")
        for source, _ in bot_sources(bot, fact.sources):
            print(f"  - {source}")
    return 0


def bot_sources(bot: Bot, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """Title with address, and kind, of sources."""
    known = bot.knowledge.sources
    return [(f"{known[id_].title}: {known[id_].url}", known[id_].kind) for id_ in ids]


def compare(data: Path, names: list[str]) -> int:
    """Print topics side by side; returns the exit status."""
    bot = load_bot(data, date.today())
    topics = [_topic(bot, name) for name in names]
    if None in topics:
        return 1
    known = [topic for topic in topics if topic]
    if not 2 <= len(set(known)) <= 4:
        print("Name two to four different topics.", file=sys.stderr)
        return 1
    text = " vs ".join(bot.knowledge.topics[topic].aliases[0] for topic in known)
    reply, _ = answer(bot, text, COMPARE, Context(), {})
    print(to_text(reply, bot.say))
    return 0


def quiz(data: Path) -> int:
    """The whole quiz in the terminal; returns the exit status."""
    bot = load_bot(data, date.today())
    talk = QuizTalk(bot)
    turn = _heard(talk, State(), "", is_asking=False)
    while turn.status == "asking":
        state, question = talk.question(turn.state)
        print("\n" + to_text(turn.reply.then(question), bot.say, numbered=True))
        try:
            said = input("\nyou> ")
        except (EOFError, KeyboardInterrupt):
            print()
            return 130
        turn = _heard(talk, state, _payload(said, question.options), is_asking=True)
    print("\n" + to_text(turn.reply, bot.say))
    return 0


def _heard(talk: QuizTalk, state: State, text: str, *, is_asking: bool) -> Turn:
    """What comes of a message; what is not the quiz's is asked again, since nothing else answers here."""
    heard = routed(talk.bot.messages.read(Understood(text)))
    return talk.hear(state, heard, is_asking=is_asking) or talk.unclear(state)


def _payload(said: str, options: tuple[Option, ...]) -> str:
    return options[int(said) - 1].payload if said.isdigit() and 0 < int(said) <= len(options) else said


def _topic(bot: Bot, name: str) -> str | None:
    if name in bot.knowledge.topics:
        return name
    found = bot.mentions.topics(name)
    if found:
        return found[0].id
    print(f'No topic is called "{name}".{nearest(name, bot.knowledge.topics)}', file=sys.stderr)
    return None
