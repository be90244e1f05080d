"""What people tell, as answers to the questions of the quiz: claims that are so become answers, nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from img_pathway.quiz.model import Heard, Question, Quiz
from img_pathway.quiz.state import Answer
from img_pathway.reading.claims import Claim
from img_pathway.reading.matters import Matter, Matters
from img_pathway.reading.message import DEGREE_YEAR, FAILURES, SCHOOL_ABROAD

YEAR, PLACE, STAGE, ATTEMPTS = "graduation_year", "school_place", "stage", "attempts"
GRADUATE = "graduate"


@dataclass
class _Left:
    """Options that are still possible, by question."""

    quiz: Quiz
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def keep(self, question: str, left: Iterable[str]) -> None:
        """Narrow a question; where two things told do not agree, both stay possible, so that it is asked."""
        wanted = set(left)
        before = self.options.get(question, tuple(self.quiz.questions[question].options))
        both = tuple(option for option in before if option in wanted)
        either = wanted | set(before)
        self.options[question] = both or tuple(o for o in self.quiz.questions[question].options if o in either)


class Answers:
    """Turns claims into answers for one quiz."""

    def __init__(self, quiz: Quiz) -> None:
        """Number the things that questions hear of."""
        self.quiz = quiz
        self.heard: dict[str, tuple[str, Heard]] = {
            f"{name}/{i}": (name, heard)
            for name, question in quiz.questions.items()
            for i, heard in enumerate(question.hears)
        }
        self.matters = Matters(
            Matter(id_, name, heard.about, heard.bare, heard.of_the_us) for id_, (name, heard) in self.heard.items()
        )

    def of(self, claims: Iterable[Claim], this_year: int) -> dict[str, Answer]:
        """Return the answers that claims about one person make; what is unsure makes none."""
        left = _Left(self.quiz)
        sure = [claim for claim in claims if claim.sure]
        for claim in sure:
            if claim.matter in self.heard:
                name, heard = self.heard[claim.matter]
                options = _options(self.quiz.questions[name], heard, claim)
                if options is not None:
                    left.keep(name, options)
            elif claim.matter == SCHOOL_ABROAD and PLACE in self.quiz.questions:
                left.options.setdefault(PLACE, (self.quiz.questions[PLACE].places or "",))
        self._attempts(sure, left)
        # What leaves every option possible tells nothing.
        answers = {
            name: simplest(options)
            for name, options in left.options.items()
            if options and len(options) < len(self.quiz.questions[name].options)
        }
        return {**answers, **dict(self._degree(sure, answers, this_year))}

    def _attempts(self, claims: list[Claim], left: _Left) -> None:
        """Failed sittings of all exams: one at the limit decides, whatever the others are."""
        rule = self.quiz.questions[ATTEMPTS].failures if ATTEMPTS in self.quiz.questions else None
        if rule is None:
            return
        failed = [(claim, self._counts(claim)) for claim in claims if claim.failures is not None]
        counted = [(claim.failures or 0, claim.mode) for claim, counts in failed if counts]
        over = [mode for number, mode in counted if number >= int(rule.limit)]
        if over:
            left.options[ATTEMPTS] = rule.passed if "is" in over and len(set(over)) == 1 else rule.reached
            if over and all(claim.matter == FAILURES for claim, _ in failed):
                left.options[ATTEMPTS] = (*rule.reached, *rule.passed)
        elif counted:
            left.keep(ATTEMPTS, rule.below)

    def _counts(self, claim: Claim) -> bool:
        return claim.matter == FAILURES or (claim.matter in self.heard and self.heard[claim.matter][1].exam)

    def _degree(
        self, claims: list[Claim], answers: Mapping[str, Answer], this_year: int
    ) -> Iterator[tuple[str, Answer]]:
        if YEAR not in self.quiz.questions:
            return
        years = [claim.year for claim in claims if claim.matter == DEGREE_YEAR and claim.mode == "is" and claim.year]
        if years:
            yield YEAR, years[-1]
            if STAGE not in answers and years[-1] < this_year:
                yield STAGE, GRADUATE


def _options(question: Question, heard: Heard, claim: Claim) -> Iterable[str] | None:
    """The options that a claim leaves possible; None where it tells nothing."""
    if claim.mode == "is":
        # "Failed once, then passed": where both are options, which of them it is is asked.
        return (*heard.means, *(heard.failed or ())) if claim.failures and heard.failed else heard.means
    if claim.mode == "not":
        return _denied(question, heard)
    return {"planned": heard.planned, "over": heard.over, "failed": heard.failed}.get(claim.mode)


def _denied(question: Question, heard: Heard) -> Iterable[str]:
    if heard.denied is not None:
        return heard.denied
    return [option for option in question.options if option not in heard.means]


def simplest(options: tuple[str, ...]) -> Answer:
    """Return one option by itself, several as they are."""
    return options[0] if len(options) == 1 else options
