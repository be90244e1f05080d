"""How well messages are understood: each utterance is judged against what is expected of it, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from img_pathway.dialogue.labels import ASK, FALLBACK, FAQ, is_listed
from img_pathway.dialogue.understood import Understood
from img_pathway.dialogue.utterances import Utterance

OTHER_LANGUAGE = "other_language"
IN, OUT, LANGUAGE, UNKNOWN = "in scope", "out of scope", "other language", "no entry answers"
NOTHING = "(no answer)"

_OUT_OF_SCOPE = "oos_"
_LOOKED_UP = (ASK, FAQ)
# So many guesses are offered where the person is asked what they mean.
_OFFERED = 3
_BINS = 10
GOOD = ("right", "declined", "recognized")
_ASKED = ("offered", "asked")

Figures = dict[str, Any]


@dataclass(frozen=True)
class Heard:
    """What the bot made of a message: its own notes, the intent that Rasa goes by, and entities as `kind:value`."""

    understood: Understood
    intent: str
    entities: frozenset[str] = frozenset()

    @staticmethod
    def of(parsed: Mapping[str, Any]) -> Heard:
        """From a parse result of Rasa."""
        return Heard(
            Understood.from_dict(str(parsed.get("text") or ""), parsed.get("understood") or {}),
            str((parsed.get("intent") or {}).get("name") or FALLBACK),
            frozenset(map(_entity, parsed.get("entities") or ())),
        )

    @property
    def label(self) -> str:
        """What is answered; for a message that is asked back or declined, the first guess."""
        return self.understood.best.label if self.intent == FALLBACK else self.understood.label or self.intent

    @property
    def band(self) -> str:
        """What the bot does: answer, ask which guess is meant, or decline."""
        if self.intent != FALLBACK:
            return "answer"
        return "ask" if self.understood.band == "answer" else self.understood.band

    @property
    def offered(self) -> list[str]:
        """The guesses that a person who is asked can choose from."""
        return [g.label for g in self.understood.guesses if g.intent in _LOOKED_UP][:_OFFERED]


@dataclass(frozen=True)
class Judged:
    """An utterance with what was made of it.

    In scope: right, near (another question on the same topic, or only some of several answers), wrong, offered (asked
    back with a right label among the offers), asked (without), false decline. Out of scope, and where no entry answers:
    declined, asked, false answer. In another language: recognized or not recognized.
    """

    utterance: Utterance
    heard: Heard
    side: str
    verdict: str
    first_is_right: bool
    """Whether the first guess is right, whatever the bot did with it."""
    is_best: bool
    """Whether nothing but what an adviser would say first was answered."""
    pairs: tuple[tuple[str, str], ...]
    """For each question in it: the label expected and the one answered."""


@dataclass(frozen=True)
class Judge:
    """Judges utterances; `declines` are intents and labels that are not ours, `topics` the topic of each label."""

    declines: Collection[str]
    topics: Mapping[str, str]

    def __call__(self, utterance: Utterance, heard: Heard) -> Judged:
        """Compare one utterance with what was made of it."""
        side = side_of(utterance)
        declined = heard.band == "decline" or (heard.band == "answer" and is_listed(heard.label, self.declines))
        judge = {IN: self._in_scope, LANGUAGE: self._language}.get(side, self._out_of_scope)
        verdict, pairs = judge(utterance, heard, declined), tuple(_pairs(utterance, heard))
        right = heard.label in wanted(utterance) or (side == OUT and declined)
        is_best = verdict == "right" and all(got in _best(utterance) for _, got in pairs)
        return Judged(utterance, heard, side, verdict, right, is_best, pairs)

    def _in_scope(self, utterance: Utterance, heard: Heard, declined: bool) -> str:
        expected = wanted(utterance)
        if heard.band == "ask":
            return "offered" if expected & set(heard.offered) else "asked"
        if heard.band == "answer" and all(want == got for want, got in _pairs(utterance, heard)):
            return "right"
        if declined:
            return "false decline"
        known = {self.topics[label] for label in expected if label in self.topics}
        some = any(want == got for want, got in _pairs(utterance, heard))
        return "near" if some or self.topics.get(heard.label) in known else "wrong"

    @staticmethod
    def _out_of_scope(utterance: Utterance, heard: Heard, declined: bool) -> str:
        if declined or (heard.band == "answer" and heard.label in wanted(utterance)):
            return "declined"
        return "asked" if heard.band == "ask" else "false answer"

    @staticmethod
    def _language(utterance: Utterance, heard: Heard, declined: bool) -> str:
        return "recognized" if heard.label == OTHER_LANGUAGE else "not recognized"


def side_of(utterance: Utterance) -> str:
    """Whether an utterance is in scope, out of scope, or in another language."""
    if OTHER_LANGUAGE in utterance.expect:
        return LANGUAGE
    if utterance.topic.startswith(_OUT_OF_SCOPE):
        return OUT
    return UNKNOWN if utterance.need in ("missing", "clarify") else IN


def _best(utterance: Utterance) -> set[str]:
    return {*utterance.expect, *(label for part in utterance.parts for label in part)}


def wanted(utterance: Utterance) -> set[str]:
    """Every label that is right for the utterance or for a question in it."""
    return {*_best(utterance), *utterance.ok}


def group_of(label: str) -> str:
    """Return what a label is counted under: its intent where answers are looked up (ask, faq), else itself."""
    intent = label.split("/", maxsplit=1)[0]
    return intent if intent in _LOOKED_UP else label


def _pairs(utterance: Utterance, heard: Heard) -> Iterable[tuple[str, str]]:
    """Expected and answered label of each question, in order; what was expected best stands for all that is right."""
    given = [part.label or part.best.label for part in heard.understood.parts] or [heard.label]
    answered = given if heard.band == "answer" else []
    # Where one question is expected, each answer has to be right for it.
    asked = utterance.parts or ((*utterance.expect, *utterance.ok),) * max(1, len(answered))
    for right, got in zip_longest(asked, answered, fillvalue=None):
        label = str(got or NOTHING)
        expected = label if right and got in right else (right[0] if right else NOTHING)
        yield expected, label


def _entity(found: Mapping[str, Any]) -> str:
    denied = found.get("negated") or found.get("role") in ("not", "negated")
    return f"{'not ' if denied else ''}{found.get('entity')}:{found.get('value')}"


def figures(judged: Sequence[Judged]) -> Figures:
    """All figures of a test set, as plain data."""
    answered = [pair for one in judged if one.side in (IN, LANGUAGE) for pair in one.pairs if pair[1] != NOTHING]
    confused = Counter(pair for pair in answered if pair[0] != pair[1])
    sides = (IN, OUT, LANGUAGE, UNKNOWN)
    return {
        "counts": {side: dict(Counter(j.verdict for j in judged if j.side == side)) for side in sides},
        "totals": _totals(judged),
        "labels": scores([pair for one in judged if one.side in (IN, LANGUAGE) for pair in one.pairs]),
        "topics": _topics(judged),
        "entities": _entities(judged),
        "calibration": _calibration(judged),
        "confusions": [[expected, got, count] for (expected, got), count in confused.most_common()],
    }


def _totals(judged: Sequence[Judged]) -> Figures:
    ours, others, unknown = [[one for one in judged if one.side == side] for side in (IN, OUT, UNKNOWN)]
    asked = [one for one in ours if one.verdict in _ASKED]
    foreign = [one for one in judged if one.side == LANGUAGE]
    intents = [group_of(one.heard.label) in set(map(group_of, wanted(one.utterance))) for one in ours]
    return {
        "right": _share(one.verdict == "right" for one in ours),
        "best": _share(one.is_best for one in ours),
        "first_is_best": _share(one.heard.label in _best(one.utterance) for one in ours),
        "asked_with_right_offer": _share(one.verdict == "offered" for one in asked),
        "unknown_answered": _share(one.verdict == "false answer" for one in unknown),
        "right_or_offered": _share(one.verdict in ("right", "offered") for one in ours),
        "near": _share(one.verdict == "near" for one in ours),
        "wrong": _share(one.verdict == "wrong" for one in ours),
        "false_declines": _share(one.verdict == "false decline" for one in ours),
        "intent_accuracy": _share(intents),
        "label_accuracy": _share(one.first_is_right for one in ours),
        "out_declined": _share(one.verdict == "declined" for one in others),
        "out_false_answers": _share(one.verdict == "false answer" for one in others),
        "language_recognized": _share(one.verdict == "recognized" for one in foreign),
    }


def _share(values: Iterable[bool]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def score(right: int, given: int, expected: int) -> Figures:
    """Precision, recall and F1 from counts."""
    return {
        "precision": right / given if given else 0.0,
        "recall": right / expected if expected else 0.0,
        "f1": 2 * right / (given + expected) if given + expected else 0.0,
        "support": expected,
    }


def scores(pairs: Iterable[tuple[str, str]]) -> Figures:
    """Precision, recall and F1 of each label, from expected and given labels."""
    known = list(pairs)
    right = Counter(expected for expected, got in known if expected == got)
    expected, given = Counter(e for e, _ in known), Counter(got for _, got in known)
    return {
        label: score(right[label], given[label], expected[label])
        for label in sorted({*expected, *given})
        if label != NOTHING
    }


def _topics(judged: Sequence[Judged]) -> Figures:
    """For each topic: how much of what was answered or declined is right, and how much of all was done right."""
    found = {}
    for topic in dict.fromkeys(one.utterance.topic for one in judged):
        verdicts = [one.verdict for one in judged if one.utterance.topic == topic]
        right, acted = sum(v in GOOD for v in verdicts), sum(v not in _ASKED for v in verdicts)
        found[topic] = score(right, acted, len(verdicts))
    return found


def _entities(judged: Sequence[Judged]) -> Figures:
    """Each kind over the utterances whose entities are annotated."""
    right, given, expected = Counter[str](), Counter[str](), Counter[str]()
    for one in judged:
        if one.utterance.entities:
            annotated = set(one.utterance.entities)
            expected.update(map(_kind, annotated))
            given.update(map(_kind, one.heard.entities))
            right.update(map(_kind, annotated & one.heard.entities))
    kinds = {kind: score(right[kind], given[kind], expected[kind]) for kind in sorted({*expected, *given})}
    return {**kinds, "all": score(right.total(), given.total(), expected.total())}


def _kind(entity: str) -> str:
    return entity.removeprefix("not ").split(":")[0]


def _calibration(judged: Sequence[Judged]) -> Figures:
    """Expected calibration error of the score: how far it is from the share that is right, in ten bins."""
    rows, error = [], 0.0
    for i in range(_BINS):
        inside = [one for one in judged if min(int(one.heard.understood.sure * _BINS), _BINS - 1) == i]
        if inside:
            said = sum(one.heard.understood.sure for one in inside) / len(inside)
            was = _share(one.first_is_right for one in inside)
            error += abs(said - was) * len(inside) / len(judged)
            rows.append({"from": i / _BINS, "messages": len(inside), "score": said, "right": was})
    return {"error": error, "bins": rows}


def worst_topics(found: Figures, most: int = 12) -> list[tuple[str, Figures]]:
    """The topics with the lowest F1, worst first."""
    ordered: list[tuple[str, Figures]] = sorted(found["topics"].items(), key=lambda item: float(item[1]["f1"]))
    return ordered[:most]
