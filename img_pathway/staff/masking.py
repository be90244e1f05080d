"""What people write, without what tells who they are. Rather a word too many is taken out than one too few."""

from __future__ import annotations

import re
import unicodedata

_WORD = r"[^\W\d_][\w'.\u2019-]*"
# A name goes on until a word that is none; "my name is amina khan and i …".
_NO_NAME = (  # noqa: SIM905
    "a an the and or but i im my me you he she it we they who which that this from in at of for to with on as not no so"
    " am is are was were have has had can could will would do does did want need graduated just also here student"
    " doctor img graduate interested"
).split()
_NAME = rf"(?:(?!(?:{'|'.join(_NO_NAME)})\b){_WORD}[ \t]*){{1,4}}"
_FIRST = rf"(?!(?:{'|'.join(_NO_NAME)})\b)"

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"(?:https?://|www\.)\S+", "[link]"),
    (r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|me|info|co)\b(?!@)(?:/\S*)?", "[link]"),
    (r"@\w[\w.]{2,}", "[handle]"),
    (
        rf"\b((?:my|the|her|his|full|first|last|family) name(?:'s| is|:)?|i am called|i'm called|call me|name:"
        rf"|(?:this|here|it) is dr\.?|i(?:'m| am) dr\.?"
        rf"|(?:kind |best |warm )?regards,?|yours sincerely,?)\s+{_FIRST}{_NAME}",
        r"\1 [name] ",
    ),
    (r"\b(dr|prof|mr|mrs|ms)\.?\s+(?-i:[A-Z][\w-]+(?: [A-Z][\w-]+)*)", r"\1 [name]"),
    # Two words with a capital after "I am"; one alone may be a nationality.
    (r"\b([Ii](?:'m| am|m)|[Tt]his is)\s+((?-i:[A-Z][a-z]+(?: [A-Z][a-z]+)+))\b", r"\1 [name]"),
)
_EMAIL = re.compile(r"[\w.+%-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+")
_SPELLED_EMAIL = re.compile(
    r"[\w.+-]+\s*(?:\(at\)|\[at\]|\bat\b)\s*[\w-]+\s*(?:\(dot\)|\[dot\]|\bdot\b)\s*\w+", re.IGNORECASE
)
_DIGITS = re.compile(r"\+?\(?\d(?:[\s().\-/\u2013]{0,2}\d){4,}")
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-/\u2013]\s*(?:19|20)?\d\d")
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), by) for pattern, by in _PATTERNS)


def mask(text: str) -> str:
    """One line without addresses, numbers, links and names that a person gives as theirs."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    line = " ".join(kept.split())
    line = _SPELLED_EMAIL.sub("[email]", _EMAIL.sub("[email]", line))
    for pattern, by in _COMPILED:
        line = pattern.sub(by, line)
    line = _DIGITS.sub(lambda found: found[0] if _YEARS.fullmatch(found[0]) else "[number]", line)
    return re.sub(r"(?<=\]) (?=[,.!?])", "", " ".join(line.split()))
