"""Whether something that is told by its words alone is so: denied, over, planned, wished, or just so."""

from __future__ import annotations

from collections.abc import Sequence

from img_pathway.reading.claims import Mode
from img_pathway.reading.cues import Cues
from img_pathway.reading.items import Item
from img_pathway.reading.matters import Matters
from img_pathway.reading.phrases import Found
from img_pathway.reading.scene import Scene

# So many words may stand between a "not" and what it denies.
_NOT_REACH = 4
_ARTICLES = {"a", "an", "the", "my"}
# "No" may also stand behind what it denies: "GC no, citizen no".
_PLAIN_NOT = {"not", "never", "without"}
_DURING = {"in", "while", "during"}


class Modes:
    """Reads modes with one set of words."""

    def __init__(self, matters: Matters, cues: Cues) -> None:
        """Take the words of the content."""
        self.matters, self.cues = matters, cues

    def of(self, scene: Scene, match: Found, this_year: int) -> Mode:
        """Return the mode of something found in a sentence."""
        if not scene.states(match.start):
            return "asked" if match.start in scene.asked else "supposed"
        before, behind, next_start = self._around(scene, match)
        if self._is_denied(scene, match, before, next_start):
            return "not"
        kinds = {item.kind for item in before}
        if "over" in {item.kind for item in (*before[-1:], *behind)}:
            # "Expired? No."
            return "asked" if " ".join(scene.piece_from(next_start)) in self.cues.yes_or_no else "over"
        if "past" in kinds or self._is_a_time(scene, match, kinds):
            return "past"
        if kinds & {"planned", "pending"} or any(i.kind == "pending" or _is_ahead(i, this_year) for i in behind):
            return "planned"
        return "wished" if "wished" in kinds else "is"

    def is_ahead(self, scene: Scene, at: int) -> bool:
        """Return whether what stands at a word is planned, wished or denied: "thinking of a Caribbean school"."""
        start, _ = scene.piece(at)
        kinds = ("planned", "pending", "wished", "negators")
        before = (item for item in scene.items if item.kind in kinds and start <= item.start < at)
        return any(not self._begins_anew(scene, item.end, at) for item in before)

    def _around(self, scene: Scene, match: Found) -> tuple[list[Item], list[Item], int]:
        """What is said before and behind in the same piece, up to the next thing named, and where that is."""
        start, end = scene.piece(match.start)
        others = [m for m in scene.matters if start <= m.start < end and m.start != match.start]
        low = max((m.end for m in others if m.end <= match.start), default=start)
        high = min((m.start for m in others if m.start >= match.end), default=end)
        # "Never had" may share its last word with what it denies: "had an ESTA".
        shared = int(scene.words[match.start] not in _PLAIN_NOT)
        before = [i for i in scene.items if low <= i.start < match.start and i.end <= match.start + shared]
        # A plan may end the words of another thing: "already applied to".
        before = before or [i for i in scene.items if i.kind == "planned" and i.end == low == match.start]
        before = [item for item in before if not self._begins_anew(scene, item.end, match.start)]
        return before, [item for item in scene.items if match.end <= item.start < high], high

    def _begins_anew(self, scene: Scene, start: int, end: int) -> bool:
        """Whether somebody is named between two places: what was said before ends there."""
        return bool(self.cues.subjects & set(scene.words[start:end]))

    def _is_denied(self, scene: Scene, match: Found, before: Sequence[Item], high: int) -> bool:
        for item in before:
            between = scene.words[item.end : match.start]
            near = len(between) <= _NOT_REACH and self.cues.between.issuperset(between)
            if item.kind in ("negators", "not_yet") and near:
                return True
        rest = scene.words[match.end : high]
        if rest and self._denies_what_follows(scene, high):
            rest = []
        # "GC no", and "Certified? No" with the answer as a piece by itself.
        answers = (rest, scene.piece_from(match.end))
        if any(m.start == 0 and m.end == len(words) for words in answers for m in self.cues.behind.find(words)):
            return True
        return self._is_next_of_a_denied_list(scene, match)

    def _denies_what_follows(self, scene: Scene, at: int) -> bool:
        """Whether a "not" stands right before something that is named: "both passed not certified"."""
        return scene.words[at - 1] in _PLAIN_NOT and any(match.start == at for match in scene.matters)

    def _is_next_of_a_denied_list(self, scene: Scene, match: Found) -> bool:
        """Whether "or" joins it to something that is denied: "no citizenship or green card"."""
        start = match.start - 1 - (scene.words[match.start - 1] in _ARTICLES if match.start else 0)
        last = next((m for m in scene.matters if m.end == start), None)
        if last is None or scene.words[start] not in ("or", "nor"):
            return False
        before, _, high = self._around(scene, last)
        return self._is_denied(scene, last, before, high)

    def _is_a_time(self, scene: Scene, match: Found, kinds: set[str]) -> bool:
        """Whether something only tells when an exam is or was: "passed step 1 in third year", "CK in final year"."""
        start, _ = scene.piece(match.start)
        exams = any(start <= m.start < match.start and not self.matters.is_bare(m) for m in scene.matters)
        during = bool(_DURING & set(scene.words[max(0, match.start - 2) : match.start]))
        return during and (exams or bool(kinds & {"passed", "failed"}))


def _is_ahead(item: Item, this_year: int) -> bool:
    return item.kind == "year" and item.number > this_year
