"""What the words of a message show, read with content alone: topics, cues, shapes, and what is told of a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from img_pathway.dialogue.asking import asks_no_more, compares_or_follows_up, defines, only_names
from img_pathway.dialogue.clicks import is_click, label_of, looked_up
from img_pathway.dialogue.labels import (
    ASK,
    CLICK,
    COMMANDS,
    COMPARE,
    DANGERS,
    FALLBACK,
    FAQ,
    RESUME,
    START,
    TOPIC_ONLY,
)
from img_pathway.dialogue.understood import Belief, Guess, Shape, Understood, Words
from img_pathway.knowledge import Faq, Knowledge, Mentions
from img_pathway.knowledge.text import normalize
from img_pathway.quiz.entities import Entities
from img_pathway.quiz.reader import Reader

_OPEN_QUESTION = re.compile(r"(?:and |so |ok |hm+ |wait )*(?:what|whats|what's|which|how|when|where|who)\b")
_SHORTEST_BELIEF = 4
# What is of one thing of these kinds is of no other.
_EXCLUDING = ("exam", "visa", "stage")
# Up to so many words may mean what the turn before was about: "and which one of them is paid".
_LEANING = 6
_DENYING = {"no", "not", "never", "nobody", "nothing", "none", "without", "cannot", "cant", "dont", "doesnt", "isnt"}


@dataclass(frozen=True, eq=False)
class MessageReader:
    """Adds to a message what its words show; `reader` is the quiz's of the day."""

    knowledge: Knowledge
    mentions: Mentions
    entities: Entities
    reader: Reader

    def read(self, heard: Understood) -> Understood:
        """Return the message with the evidence of its words."""
        words = self._words(heard.text)
        possible = (guess for guess in heard.guesses if self._is_known(guess) and _is_possible(guess, words))
        guesses = tuple(self._fitted(guess, heard.text, words) for guess in possible)
        told = self.reader.story(heard.text)
        click = self._click(heard.text) if is_click(heard.text) else ""
        return replace(heard, words=words, guesses=guesses, told=told, click=click)

    def _click(self, text: str) -> str:
        """The label that a command means; that of what was not understood where its content is gone."""
        label = label_of(text)
        _, topic = looked_up(text)
        is_gone = not self._is_known(Guess(label, 1.0)) or (topic and topic not in self.knowledge.topics)
        is_no_command = label.startswith("quiz_") and label not in (CLICK, START, RESUME, *COMMANDS)
        return FALLBACK if is_gone or is_no_command else label

    def _words(self, text: str) -> Words:
        named, cues = self.mentions.topics(text), self.mentions.attributes(text)
        topics, asked = tuple(mention.id for mention in named), tuple(cue for cue in cues if cue != "what")
        beside = len(self.mentions.words(text)) - sum(mention.end - mention.start for mention in named)
        return Words(
            blank=not normalize(text),
            picked=self.knowledge.by_words.get(normalize(text)) or "",
            shape=self._shape(text),
            topics=topics,
            beside=beside,
            names_nothing=not topics and beside > _LEANING,
            cues=asked or tuple(cues),
            has_fact=len(topics) == len(asked) == 1 and bool(self.knowledge.facts_about(topics[0], asked[0])),
            beside_goal=bool(self.mentions.attributes(self.reader.beside_goals(text))),
            no_more=asks_no_more(text, self.mentions),
            asks="?" in text or self.reader.asks_something(text),
            opens="?" in text or self.reader.opens_a_question(text),
        )

    def _shape(self, text: str) -> Shape:
        if defines(text, self.mentions):
            return "definition"
        if only_names(text, self.mentions):
            return "name"
        return "comparison" if compares_or_follows_up(text, self.mentions) else ""

    def _is_known(self, guess: Guess) -> bool:
        """Whether there is content for a guess; a model may be older than the content."""
        if guess.intent == FAQ:
            return guess.detail in self.knowledge.faq
        known = (COMPARE, TOPIC_ONLY, *self.knowledge.attributes)
        return guess.intent != ASK or guess.detail in known

    def _fitted(self, guess: Guess, text: str, words: Words) -> Guess:
        faq = self.knowledge.faq.get(guess.detail) if guess.intent == FAQ else None
        if faq is None:
            return guess
        about = not words.topics or bool(set(words.topics) & self._about(faq))
        belief = self._belief(faq, text, about) if faq.verdict else "none"
        return replace(guess, about=about, other=not about and self._of_another(faq, words), belief=belief)

    def _of_another(self, faq: Faq, words: Words) -> bool:
        """Whether a common question is of one exam, visa or stage, and the message names only others of that kind."""
        kind_of = {id_: self.knowledge.topics[id_].kind for id_ in (*words.topics, faq.topic)}
        return kind_of[faq.topic] in _EXCLUDING and kind_of[faq.topic] in {kind_of[id_] for id_ in words.topics}

    def _about(self, faq: Faq) -> set[str]:
        """The topics of a common question: its own, those of its facts, and those that it names."""
        named = {mention.id for mention in self.mentions.topics(faq.asks)}
        return {self.knowledge.facts[id_].topic for id_ in faq.facts} | {faq.topic} | named

    def _belief(self, belief: Faq, text: str, about: bool) -> Belief:
        words = normalize(text)
        if _OPEN_QUESTION.match(words) or self._denies(belief, text):
            return "denied"
        spoken = words.split()
        is_long = len(spoken) >= _SHORTEST_BELIEF
        has_words = not belief.words or any(word.startswith(belief.words) for word in spoken)
        # "A DO is not a doctor" and "a DO is a doctor" differ in nothing else, and get one verdict each.
        same_way = _denies_something(words) == _denies_something(normalize(belief.asks))
        return "spoken" if is_long and has_words and about and same_way else "vague"

    def _denies(self, belief: Faq, text: str) -> bool:
        """Whether a message says "no green card" where the belief is about having one; "no OET" denies no belief."""
        of_the_belief = {belief.topic, *(mention.id for mention in self.mentions.topics(belief.asks))}
        statuses = {topic for topic in of_the_belief if self.knowledge.topics[topic].kind == "visa"}
        return bool(statuses & (self._denied(text) - self._denied(belief.asks)))

    def _denied(self, text: str) -> set[str]:
        return {entity.value for entity in self.entities.find(text) if entity.kind == "topic" and entity.negated}


def _is_possible(guess: Guess, words: Words) -> bool:
    """Whether words can be what was guessed: what names nothing is no name of a topic."""
    return not (words.names_nothing and guess.label == f"{ASK}/{TOPIC_ONLY}")


def _denies_something(words: str) -> bool:
    """Whether words deny something; a "no?" that asks for consent at the end does not."""
    said = words.split()
    said = said[:-1] if said[-1:] == ["no"] else said
    return any(word in _DENYING or word.endswith("n't") for word in said)


def without_false_alarm(heard: Understood) -> Understood:
    """Return the message without a guess at danger whose word is only part of a topic's name ("emergency medicine")."""
    alarm = heard.declined[0].label if heard.declined and not heard.ours else ""
    if alarm not in DANGERS or not any(alarm in topic for topic in heard.words.topics):
        return heard
    return replace(heard, declined=heard.declined[1:], in_scope=1.0)
