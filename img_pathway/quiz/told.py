"""What people tell, as answers to the questions of the quiz: claims that are so become answers, nothing else does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from img_pathway.quiz.model import Quiz
from img_pathway.quiz.questions import Heard, Question, YearsBetween
from img_pathway.quiz.state import Answer
from img_pathway.reading.claims import DEGREE_YEAR, FAILURES, PASS_AND_SCORE, SCHOOL_ABROAD, Claim
from img_pathway.reading.matters import Matter, Matters

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
            Matter(id_, name, heard.about, heard.bare, heard.alone, heard.of_the_us)
            for id_, (name, heard) in self.heard.items()
        )

    def of(
        self, claims: Iterable[Claim], this_year: int, known: Mapping[str, Answer] | None = None
    ) -> dict[str, Answer]:
        """Return the answers that claims about one person make, in the light of those `known`.

        What is unsure makes none.
        """
        left = _Left(self.quiz)
        sure = [claim for claim in claims if claim.sure]
        silent = self._silent(sure, known or {})
        for claim in sure:
            if claim.matter in self.heard and claim.matter not in silent:
                self._hear(claim, left)
            elif claim.matter == PASS_AND_SCORE:
                for name, question in self.quiz.questions.items():
                    if question.pass_and_score:
                        left.keep(name, question.pass_and_score)
            elif claim.matter == SCHOOL_ABROAD and PLACE in self.quiz.questions:
                left.options.setdefault(PLACE, (self.quiz.questions[PLACE].places or "",))
        self._attempts(sure, left)
        self._years_between(sure, left)
        # What leaves every option possible tells nothing.
        answers = {
            name: simplest(options)
            for name, options in left.options.items()
            if options and len(options) < len(self.quiz.questions[name].options)
        }
        return {**answers, **dict(self._degree(sure, answers, this_year))}

    def _hear(self, claim: Claim, left: _Left) -> None:
        """Narrow the question that a claim is about, unless it is told of another season."""
        name, heard = self.heard[claim.matter]
        options = _options(self.quiz.questions[name], heard, claim)
        past = heard.of_the_season and claim.year is not None and claim.year < self.quiz.match_year
        if options is not None and not past:
            left.keep(name, options)

    def _silent(self, claims: Iterable[Claim], known: Mapping[str, Answer]) -> set[str]:
        """The matters that what is told beside them, or known, leaves without a meaning."""
        left = _Left(self.quiz)
        doubtful = {id_: heard.not_with for id_, (_, heard) in self.heard.items() if heard.not_with}
        for claim in claims:
            if claim.matter in self.heard and claim.matter not in doubtful:
                self._hear(claim, left)
        return {
            id_
            for id_, not_with in doubtful.items()
            if any(_is_among(left, known, question, options) for question, options in not_with.items())
        }

    def _attempts(self, claims: list[Claim], left: _Left) -> None:
        """Failed sittings of all exams: one at the limit decides, whatever the others are."""
        rule = self.quiz.questions[ATTEMPTS].failures if ATTEMPTS in self.quiz.questions else None
        if rule is None:
            return
        limit = int(rule.limit)
        failed = [
            c for c in claims if self._counts(c) and c.mode in ("is", "not", "failed", "sat") and _most(c) is not None
        ]
        over = [claim for claim in failed if _least(claim) >= limit]
        if not over:
            if failed and all((_most(claim) or 0) < limit for claim in failed):
                left.keep(ATTEMPTS, rule.below)
        # Whether a pass followed is asked where it is not told.
        elif all(self._is_passed(claim, left) for claim in over):
            left.options[ATTEMPTS] = rule.passed
        else:
            known = any(claim.mode == "not" for claim in over)
            left.options[ATTEMPTS] = rule.reached if known else (*rule.reached, *rule.passed)

    def _is_passed(self, claim: Claim, left: _Left) -> bool:
        """Whether the exam that was failed so often is passed by now, by this or by anything else that is told."""
        if claim.mode == "is" or claim.matter not in self.heard:
            return claim.mode == "is"
        name, heard = self.heard[claim.matter]
        return name in left.options and set(left.options[name]) <= set(heard.means)

    def _is_of_a_student(self, claim: Claim) -> bool:
        """Whether a claim tells that somebody has no degree yet."""
        name, heard = self.heard.get(claim.matter, (None, None))
        return name == STAGE and heard is not None and claim.mode == "is" and GRADUATE not in heard.means

    def question_of(self, claim: Claim) -> str | None:
        """Return the question that a claim is about; none for one that no list of words names."""
        return self.heard[claim.matter][0] if claim.matter in self.heard else None

    def speak_against(
        self, question: str, option: str, claims: Sequence[Claim], years: Iterable[int], this_year: int
    ) -> bool:
        """Whether an option that is named among a few words is not meant by them.

        It is not so, not yet, or left open ("waiting for my step 1 result", "visa or ESTA"), or of an earlier Match.
        """
        is_so = any(claim.mode in ("is", "not") for claim in claims)
        if claims and not (is_so and question in self.of(claims, this_year)):
            return True
        of_a_season = any(h.of_the_season and option in h.means for h in self.quiz.questions[question].hears)
        return of_a_season and any(year < self.quiz.match_year for year in years)

    def _counts(self, claim: Claim) -> bool:
        return claim.matter == FAILURES or self._exam(claim) is not None

    def _exam(self, claim: Claim) -> str | None:
        return self.heard[claim.matter][1].exam if claim.matter in self.heard else None

    def _years_between(self, claims: list[Claim], left: _Left) -> None:
        """Two exams passed in years that are told: whether they lie within a limit."""
        passed = {self._exam(claim): claim.year for claim in claims if claim.mode == "is" and claim.year}
        for name, question in self.quiz.questions.items():
            rule = question.years_between
            years = [passed[exam] for exam in rule.of if exam in passed] if rule else []
            if rule and len(years) == len(rule.of):
                answer = between(rule, abs((years[0] or 0) - (years[1] or 0)))
                if answer:
                    left.keep(name, (answer,))

    def _degree(
        self, claims: list[Claim], answers: Mapping[str, Answer], this_year: int
    ) -> Iterator[tuple[str, Answer]]:
        if YEAR not in self.quiz.questions:
            return
        years = [claim.year for claim in claims if claim.matter == DEGREE_YEAR and claim.mode == "is" and claim.year]
        # A student with a degree of years ago: one of both is not so.
        if years and not (years[0] < this_year and any(self._is_of_a_student(claim) for claim in claims)):
            yield YEAR, years[0]
            if STAGE not in answers and years[0] < this_year:
                yield STAGE, GRADUATE


def _is_among(left: _Left, known: Mapping[str, Answer], question: str, options: Iterable[str]) -> bool:
    """Whether all that is left of a question, or else known of it, is among some options."""
    before = known.get(question)
    now = left.options.get(question) or (before if isinstance(before, tuple) else (before,))
    return set(now) <= set(options)


def _most(claim: Claim) -> int | None:
    """How often somebody failed, at the most; of so many tries the last may have been the pass."""
    return claim.failures if claim.failures is not None else claim.tries


def _least(claim: Claim) -> int:
    return claim.failures if claim.failures is not None else (claim.tries or 1) - 1


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


def between(rule: YearsBetween, apart: int) -> str | None:
    """Return the answer for so many years between; none where months decide."""
    limit = int(rule.limit)
    return None if apart == limit else rule.within if apart < limit else rule.beyond


def simplest(options: tuple[str, ...]) -> Answer:
    """Return one option by itself, several as they are."""
    return options[0] if len(options) == 1 else options
