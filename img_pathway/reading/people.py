"""Of whom each word of a message is told: of the person who writes, of somebody else, or unclear."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from img_pathway.reading.cues import OTHER, Cues
from img_pathway.reading.pieces import Sentence

ME = "me"
UNCLEAR = "unclear"
"""Behind a sentence on somebody else, in words that name nobody."""

# "Through my mother", "than my wife": named, and nothing is told of them.
_BESIDE = {"by", "of", "with", "through", "from", "to", "than", "near", "like", "at", "via", "because", "and", "as"}
_ASKING = {"asking", "ask", "check", "question", "help", "eligibility", "asks", "case", "profile"}


def owners(sentences: Sequence[Sentence], cues: Cues, tells: Callable[[Sentence], bool]) -> list[list[str]]:
    """Return for each word of each sentence of whom it is told; `tells` says whether a sentence tells anything."""
    found: list[list[str]] = []
    owner, other = ME, OTHER
    told = False
    for sentence in sentences:
        if owner == OTHER and not told:
            owner = ME
        elif owner != ME and any(_speaks_of_me(s, cues) for s in sentences):
            owner = UNCLEAR
        row: list[str] = []
        for start, end in sentence.pieces():
            turns = _turns(sentence.texts[start:end], cues, opens=not start)
            for turn, (at, who) in enumerate(turns):
                who = other if who == "third" else who
                if who not in (ME, OTHER):
                    other = who
                until = turns[turn + 1][0] if turn + 1 < len(turns) else end - start
                # What stands before the first person named belongs to them as well: "O1 husband".
                row += [who] * (until - (at if turn else 0))
                owner = who
            if not turns:
                row += [owner] * (end - start)
        # "My aunt lives in Phoenix" tells of nobody's record; what follows is of the one who writes.
        told = tells(sentence) or any(word in cues.third & cues.subjects for word in sentence.texts)
        found.append(row)
    return found


def _speaks_of_me(sentence: Sentence, cues: Cues) -> bool:
    named = {i for m in cues.people.find(sentence.texts) for i in range(m.start, m.end)}
    return any(word in cues.first and i not in named for i, word in enumerate(sentence.texts))


def _turns(words: list[str], cues: Cues, *, opens: bool) -> list[tuple[int, str]]:
    """Where a piece begins to tell of whom, in reading order; `opens` for the first piece of a sentence."""
    people = cues.people.find(words)
    inside = {i for m in people for i in range(m.start, m.end)}
    # "A cousin of mine": no word of oneself.
    inside |= {m.end + 1 for m in people if words[m.end : m.end + 2] == ["of", "mine"]}
    # "My wife's PhD", "my daughter is": "my" belongs to the one who is named.
    inside |= {
        m.start - 1 for m in people if m.start and words[m.start - 1] in ("my", "our", "a", "the", "mera", "meri")
    }
    # One alone in a piece ("(mom)") tells how, not of whom.
    turns = [(m.start, m.id) for m in people if not _is_beside(words, m.start, inside) and (opens or m.end - m.start < len(words))]
    first = [i for i, word in enumerate(words) if word in cues.first and i not in inside]
    turns += [(i, ME) for i in first if words[i] not in cues.possessives or not i or words[i - 1] in cues.joiners]
    turns += [(i, "third") for i, word in enumerate(words) if word in cues.third and i not in inside]
    return sorted(turns)


def _is_beside(words: list[str], start: int, inside: set[int]) -> bool:
    before = start - 1
    while before >= 0 and before in inside:
        before -= 1
    if before < 0:
        return False
    if words[before : before + 1] == ["of"] and words[max(0, before - 1) : before] == ["behalf"]:
        return False
    # "GC through EB3 (mom)".
    if words[before] == "for":
        return bool(before) and not (_ASKING & set(words[:before]))
    return words[before] in _BESIDE
