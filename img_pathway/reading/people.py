"""Of whom each word of a message is told: of the person who writes, of somebody else, or unclear."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from img_pathway.reading.cues import OTHER, Cues
from img_pathway.reading.phrases import Found
from img_pathway.reading.pieces import Sentence

ME = "me"
UNCLEAR = "unclear"
"""Behind a sentence on somebody else, in words that name nobody."""
THEY = "they"
"""Whom "she" or "they" means where nobody was named before: the person of whom the record is, or nobody."""
_THIRD = "third"

# "Through my mother", "than my wife": named, and nothing is told of them.
_BESIDE = {"by", "of", "with", "through", "from", "to", "than", "near", "like", "at", "via", "because", "and", "as"}
_ASKING = {"asking", "ask", "check", "question", "help", "eligibility", "asks", "case", "profile"}
_ARTICLES = {"my", "our", "a", "the", "mera", "meri"}


def owners(sentences: Sequence[Sentence], cues: Cues, tells: Callable[[Sentence], bool]) -> list[list[str]]:
    """Return for each word of each sentence of whom it is told; `tells` says whether a sentence tells anything."""
    found: list[list[str]] = []
    owner, other, told = ME, THEY, False
    of_me = any(_speaks_of_me(sentence, cues) for sentence in sentences)
    named = any(cues.people.find(sentence.texts) for sentence in sentences)
    if not of_me and not named and any(cues.third & set(sentence.texts) for sentence in sentences):
        # "An IMG with two attempts, would programs filter him out?"
        owner, told = THEY, True
    for sentence in sentences:
        if owner in (OTHER, THEY) and not told:
            owner = ME
        elif owner != ME and of_me:
            owner = UNCLEAR
        row: list[str] = []
        for start, end in sentence.pieces():
            turns = _turns(sentence.texts[start:end], cues, opens=not start)
            # "Because of my wife, she is a citizen": whoever was named last is meant.
            people = [match.id for match in cues.people.find(sentence.texts[start:end])]
            other = people[-1] if people else other
            for turn, (at, said) in enumerate(turns):
                owner = other if said == _THIRD else said
                until = turns[turn + 1][0] if turn + 1 < len(turns) else end - start
                # What stands before the first person named belongs to them as well: "O1 husband".
                row += [owner] * (until - (at if turn else 0))
            row += [owner] * (end - start) if not turns else []
        # "My aunt lives in Phoenix" tells of nobody's record; what follows is of the one who writes.
        told = tells(sentence) or bool(cues.third & cues.subjects & set(sentence.texts))
        found.append(row)
    return found


def _speaks_of_me(sentence: Sentence, cues: Cues) -> bool:
    named = {i for match in cues.people.find(sentence.texts) for i in range(match.start, match.end)}
    return any(word in cues.first and i not in named for i, word in enumerate(sentence.texts))


def _turns(words: list[str], cues: Cues, *, opens: bool) -> list[tuple[int, str]]:
    """Where a piece begins to tell of whom, in reading order; `opens` for the first piece of a sentence."""
    people = cues.people.find(words)
    inside = {i for match in people for i in _words_of(match, words)}
    # One alone in a piece ("(mom)") tells how, not of whom.
    named = [m for m in people if not _is_beside(words, m.start, inside) and (opens or m.end - m.start < len(words))]
    first = [i for i, word in enumerate(words) if word in cues.first and i not in inside]
    mine = [i for i in first if words[i] not in cues.possessives or not i or words[i - 1] in cues.joiners]
    third = [i for i, word in enumerate(words) if word in cues.third and i not in inside]
    return sorted([*((m.start, m.id) for m in named), *((i, ME) for i in mine), *((i, _THIRD) for i in third)])


def _words_of(match: Found, words: Sequence[str]) -> set[int]:
    """The words that belong to a person who is named: "my wife", "a cousin of mine"."""
    inside = set(range(match.start, match.end))
    if match.start and words[match.start - 1] in _ARTICLES:
        inside.add(match.start - 1)
    if list(words[match.end : match.end + 2]) == ["of", "mine"]:
        inside.add(match.end + 1)
    return inside


def _is_beside(words: Sequence[str], start: int, inside: set[int]) -> bool:
    """Whether somebody is only named beside something ("through my mother"), and not asked for ("for my sister")."""
    before = start - 1
    while before >= 0 and before in inside:
        before -= 1
    if before < 0 or list(words[max(0, before - 1) : before + 1]) == ["behalf", "of"]:
        return False
    if words[before] == "for":
        return bool(before) and not (_ASKING & set(words[:before]))
    return words[before] in _BESIDE
