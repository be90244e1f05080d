"""A way to talk to the running bot and to look at what it says."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft7Validator

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.languages import said_in
from img_pathway.dialogue.plain import to_text
from img_pathway.reply import Reply
from tests.serving import HTTP, ROOT

SCHEMA = Draft7Validator(json.loads((ROOT / "widget" / "reply.schema.json").read_text(encoding="utf-8")))


@dataclass
class Talk:
    """One conversation over the web channel: `says` sends a message; other methods look at what came back."""

    address: str
    bot: Bot
    responses: dict[str, list[str]]
    token: str = ""
    replies: list[Reply] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        session = HTTP.post(f"{self.address}/chat/sessions", json={})
        session.raise_for_status()
        self.token = session.json()["token"]

    def says(self, text: str) -> Talk:
        """Send a message and keep what the bot says, which must be as the schema has it."""
        body, headers = {"id": uuid.uuid4().hex, "text": text}, {"Authorization": f"Bearer {self.token}"}
        answer = HTTP.post(f"{self.address}/chat/messages", json=body, headers=headers)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()["replies"]
        for reply in found:
            SCHEMA.validate(reply)
        self.replies = [Reply.from_dict(reply) for reply in found]
        self.transcript += [f"U: {text}", *(f"B: {to_text(reply, self.bot.say)}" for reply in self.replies)]
        return self

    @property
    def text(self) -> str:
        return "\n".join(to_text(reply, self.bot.say) for reply in self.replies)

    @property
    def payloads(self) -> list[str]:
        return [option.payload for reply in self.replies for option in reply.options]

    def _check(self, holds: bool, what: str) -> Talk:
        assert holds, f"{what}\n\n" + "\n".join(self.transcript[-12:])
        return self

    def contains(self, text: str) -> Talk:
        """This was said, but for what is filled in."""
        heads = [head.strip() for head in re.split(r"\{\w+\}", text) if head.strip()]
        return self._check(all(head in self.text for head in heads), f"expected {text!r}")

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
        said = [id_ for id_ in ids if self.bot.knowledge.faq[id_].short in self.text]
        return self._check(bool(said), f"expected one of the common questions {ids}")

    def not_judged(self) -> Talk:
        """No belief was judged."""
        judged = [
            id_
            for id_, faq in self.bot.knowledge.faq.items()
            if faq.verdict and f"{self.bot.say(f'belief_{faq.verdict}')} {faq.short}" in self.text
        ]
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
        said = said_in(self.bot.languages[code], intent, self.bot.organization)
        return self._check(self.text.startswith(said), f"expected the sentence in {code}")

    def compared(self, *topics: str) -> Talk:
        """These topics stand side by side."""
        names = [self.bot.knowledge.topics[topic].name for topic in topics]
        return self._check(all(f"- {name}: " in self.text for name in names), f"expected a table of {topics}")

    def response(self, name: str) -> Talk:
        """This response was said."""
        said = any(variant.strip() in self.text for variant in self.responses[name])
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
