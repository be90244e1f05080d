"""A running bot (Rasa and the action server, SQLite underneath) and a way to talk to it."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from img_pathway.content import load_document
from img_pathway.dialogue.bot import Bot, load_bot
from img_pathway.dialogue.languages import in_their_language
from img_pathway.serve.settings import Settings
from img_pathway.serve.supervisor import Supervisor, bot_parts
from img_pathway.serve.training import model_path, train

ROOT = Path(__file__).parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervisor]:
    folder = tmp_path_factory.mktemp("server")
    settings = Settings(ROOT, free_port(), free_port(), database=str(folder / "conversations.db"))
    model = model_path(settings)
    if not model.exists():
        train(settings, lambda line: None)
    supervisor = Supervisor(settings, bot_parts(settings, model), lambda line: None)
    for part in supervisor.parts:
        part.log = folder / part.log.name
    try:
        supervisor.start()
        yield supervisor
    finally:
        supervisor.stop()


@pytest.fixture(scope="session")
def bot() -> Bot:
    return load_bot(ROOT / "data", date.today())


@pytest.fixture(scope="session")
def responses() -> dict[str, list[str]]:
    """The texts of every utter_… response."""
    found: dict[str, list[str]] = {}
    for path in (ROOT / "data" / "conversation").glob("*/responses.yml"):
        for name, variants in load_document(path).data["responses"].items():
            found[name] = [variant["text"] for variant in variants]
    return found


@dataclass
class Talk:
    """One conversation: `says` sends a message; the other methods look at what came back."""

    url: str
    bot: Bot
    responses: dict[str, list[str]]
    sender: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex}")
    messages: list[dict[str, Any]] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    def says(self, text: str) -> Talk:
        """Send a message and keep what the bot says."""
        reply = httpx.post(self.url, json={"sender": self.sender, "message": text}, timeout=60)
        reply.raise_for_status()
        self.messages = reply.json()
        self.transcript += [f"U: {text}", *(f"B: {m.get('text')}" for m in self.messages)]
        return self

    @property
    def text(self) -> str:
        return "\n".join(str(message.get("text") or "") for message in self.messages)

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for message in self.messages for button in message.get("buttons") or ()]

    def _check(self, holds: bool, what: str) -> Talk:
        assert holds, f"{what}\n\n" + "\n".join(self.transcript[-12:])
        return self

    def fact(self, *ids: str) -> Talk:
        """One of these facts was said."""
        says = [self.bot.knowledge.facts[id_].says for id_ in ids]
        return self._check(any(said in self.text for said in says), f"expected one of the facts {ids}")

    def about(self, topic: str) -> Talk:
        """A fact of this topic was said."""
        facts = self.bot.knowledge.facts_about(topic)
        return self._check(any(fact.says in self.text for fact in facts), f"expected a fact about {topic}")

    def common(self, *ids: str) -> Talk:
        """One of these common questions was answered (or beliefs judged)."""
        said = [id_ for id_ in ids if self.bot.knowledge.faq[id_].says in self.text]
        return self._check(bool(said), f"expected one of the common questions {ids}")

    def not_judged(self) -> Talk:
        """No belief was judged."""
        judged = [id_ for id_, faq in self.bot.knowledge.faq.items() if faq.verdict and faq.says in self.text]
        return self._check(not judged, f"did not expect {judged}")

    def offered(self, *ids_or_asks: str) -> Talk:
        """These can be picked: common questions by id, or anything else by its words."""
        faq = self.bot.knowledge.faq
        wanted = [faq[id_].asks if id_ in faq else id_ for id_ in ids_or_asks]
        return self._check(set(wanted) <= set(self.payloads), f"expected to be offered {wanted}, not {self.payloads}")

    def numbered(self, questions: int) -> Talk:
        """So many questions were answered, one after the other."""
        marks = [self.text.find(self.bot.say("question_number", number=n)) for n in range(1, questions + 2)]
        in_order = -1 not in marks[:-1] and marks[:-1] == sorted(marks[:-1])
        return self._check(in_order and marks[-1] == -1, f"expected {questions} numbered answers")

    def in_language(self, code: str, intent: str = "other_language") -> Talk:
        """The sentence for this language was said first."""
        said = in_their_language(self.bot.languages[code], intent, self.bot.organization)
        return self._check(str(self.messages[0].get("text")).startswith(said), f"expected the sentence in {code}")

    def compared(self, *topics: str) -> Talk:
        """These topics stand side by side."""
        names = [self.bot.knowledge.topics[topic].name for topic in topics]
        return self._check(all(f"- {name}: " in self.text for name in names), f"expected a table of {topics}")

    def response(self, name: str) -> Talk:
        """This response was said."""
        # Rasa sends each paragraph of a text as a message of its own.
        joined = self.text.replace("\n\n", "\n")
        said = any(variant.strip().replace("\n\n", "\n") in joined for variant in self.responses[name])
        return self._check(said, f"expected {name}")

    def phrase(self, name: str) -> Talk:
        """The fixed beginning of this phrase was said."""
        head = self.bot.say.phrases[name].split("{")[0].strip()
        return self._check(head in self.text, f"expected the phrase {name}")

    def asked(self, question: str) -> Talk:
        """This quiz question is open now."""
        asks = self.bot.engine.quiz.questions[question].asks if question != "goal" else self.bot.say("goal_question")
        return self._check(asks in self.text, f"expected the question {question}")

    def not_asked(self, question: str) -> Talk:
        """This quiz question was not asked in the last turn."""
        return self._check(self.bot.engine.quiz.questions[question].asks not in self.text, f"did not expect {question}")

    def verdict(self, outcome: str, verdict: str) -> Talk:
        """The result says one of the outcome's cases with this verdict."""
        record = self.bot.engine.quiz.outcomes[outcome]
        said = [c for c in record.cases if c.verdict == verdict and c.says in self.text]
        return self._check(bool(said), f"expected {outcome}: {verdict}")

    def result(self, goal: str) -> Talk:
        """The result for this goal was shown."""
        label = self.bot.engine.quiz.goals[goal].label
        return self._check(self.bot.say("result_heading", goal=label) in self.text, f"expected the result for {goal}")


@pytest.fixture()
def talk(running: Supervisor, bot: Bot, responses: dict[str, list[str]]) -> Talk:
    return Talk(running.settings.chat_url, bot, responses)
