"""What to ask next and what the answers decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from img_pathway.quiz.logic import (
    ALWAYS,
    NEVER,
    Is,
    Known,
    Lack,
    MayBe,
    Rule,
    Truth,
    can_be,
    criteria_in,
    failing,
    open_criteria,
)
from img_pathway.quiz.model import NOT_SURE, OPEN, Case, Choice, Quiz, Span
from img_pathway.quiz.state import Answer, State


@dataclass(frozen=True)
class Need:
    """A criterion that stands between a person and an outcome; `truth` is what is known of it now."""

    criterion: str
    wanted: Truth
    truth: Truth


@dataclass(frozen=True)
class Decision:
    """The verdict on one outcome; `case` is none while it depends on what the person is not sure of."""

    outcome: str
    case: Case | None
    possible: tuple[Case, ...]
    because: tuple[tuple[str, Truth], ...]
    missing: tuple[Need, ...]
    would_change: tuple[Need, ...]
    unsure: tuple[str, ...]
    """Questions that the person was not sure of and on which the verdict depends."""


class Engine:
    """Decides over one quiz; holds no state of any person."""

    def __init__(self, quiz: Quiz) -> None:
        """Note the order of the questions and the usual answer to each."""
        self.quiz = quiz
        self._order = {question: i for i, question in enumerate(quiz.questions)}
        self._first_option = {q: next(iter(r.options), None) for q, r in quiz.questions.items()}

    def while_it_is(self, *criteria: str) -> Engine:
        """This engine on a day when, of the criteria of the season, these are true and the others false."""
        seasonal = {key for key, criterion in self.quiz.criteria.items() if criterion.season}
        tests = {**self.quiz.tests, **{key: ALWAYS if key in criteria else NEVER for key in seasonal}}
        return Engine(replace(self.quiz, tests=tests))

    # What is known

    def known(self, answers: Mapping[str, Answer]) -> Known:
        """A function from criterion to truth, for these answers."""
        seen: dict[str, Truth] = {}

        def truth(criterion: str) -> Truth:
            if criterion not in seen:
                test = self.quiz.tests[criterion]
                seen[criterion] = (
                    test.truth(truth) if isinstance(test, Rule) else _test(test, answers.get(test.question))
                )
            return seen[criterion]

        return truth

    def offered(self, question: str, answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """The options of a question that may apply to a person, in staff's order."""
        known, rules = self.known(answers), self.quiz.option_rules[question]
        options = self.quiz.questions[question].options
        return tuple(o for o in options if o not in rules or rules[o].truth(known) is not Truth.YES)

    def without_idle_options(self, state: State) -> State:
        """The state with what a story left possible, less the options that do not apply; dropped where none is left."""
        for question, answer in state.answers.items():
            if isinstance(answer, tuple):
                left = tuple(o for o in self.offered(question, state.answers) if o in answer)
                if not left:
                    state = state.without(question)
                elif left != answer:
                    state = state.with_answer(question, left[0] if len(left) == 1 else left)
        return state

    def possible_cases(self, outcome: str, known: Known) -> list[int]:
        """Positions of the cases that may still turn out to be the first that holds."""
        found: list[int] = []
        for i, rule in enumerate(self.quiz.case_rules[outcome]):
            truth = rule.truth(known)
            if truth is not Truth.NO:
                found.append(i)
            if truth is Truth.YES:
                break
        return found

    def is_decided(self, outcome: str, known: Known) -> bool:
        """Whether all cases that are still possible say the same."""
        return self._agree(outcome, self.possible_cases(outcome, known))

    def _agree(self, outcome: str, positions: list[int]) -> bool:
        cases = self.quiz.outcomes[outcome].cases
        return all(_same(cases[i], cases[positions[0]]) for i in positions[1:])

    # What to ask

    def open_questions(self, outcomes: tuple[str, ...], answers: Mapping[str, Answer]) -> set[str]:
        """Questions that are not settled and on which an undecided outcome depends that can still be decided."""
        known = self.known(answers)
        may_be = self._may_be(known, answers)
        found: set[str] = set()
        for outcome in outcomes:
            positions = self.possible_cases(outcome, known)
            if not self._agree(outcome, positions):
                for i in self._deciding(outcome, positions, may_be):
                    found.update(self._questions_in(self.quiz.case_rules[outcome][i], known, may_be))
        return found

    def _deciding(self, outcome: str, positions: list[int], may_be: MayBe) -> set[int]:
        """Cases that can still become the verdict, and those that would have to be ruled out for it.

        After a "not sure" a case can stay possible whatever else is said; nothing more is asked for its rivals.
        """
        cases, rules = self.quiz.outcomes[outcome].cases, self.quiz.case_rules[outcome]
        found: set[int] = set()
        for i in positions:
            rivals = [j for j in positions if j < i and not _same(cases[j], cases[i])]
            if can_be(rules[i], may_be, Truth.YES) and all(can_be(rules[j], may_be, Truth.NO) for j in rivals):
                found.update(rivals, [i])
        return found

    def _may_be(self, known: Known, answers: Mapping[str, Answer]) -> MayBe:
        def may_be(criterion: str, wanted: Truth) -> bool:
            test = self.quiz.tests[criterion]
            if known(criterion) is not Truth.UNKNOWN:
                return known(criterion) is wanted
            if isinstance(test, Rule):
                return can_be(test, may_be, wanted)
            return not is_settled(answers.get(test.question))

        return may_be

    def next_question(self, goal: str, answers: Mapping[str, Answer]) -> str | None:
        """The question to ask now, in staff's order; none when every outcome of the goal is as decided as it can be."""
        candidates = self.open_questions(self.quiz.goals[goal].outcomes, answers)
        return min(candidates, key=self._order.__getitem__) if candidates else None

    def questions_left(self, goal: str, answers: Mapping[str, Answer]) -> int:
        """About how many questions are still to come, were each answered with its most usual (first) option."""
        assumed = dict(answers)
        count = 0
        while (question := self.next_question(goal, assumed)) is not None:
            assumed[question] = self._first_option[question] or self.quiz.match_year - 2
            count += 1
        return count

    def _questions_in(self, rule: Rule, known: Known, may_be: MayBe) -> Iterator[str]:
        for criterion in open_criteria(rule, known, may_be):
            test = self.quiz.tests[criterion]
            if isinstance(test, Rule):
                yield from self._questions_in(test, known, may_be)
            else:
                yield test.question

    # What is decided

    def decide(self, outcome: str, answers: Mapping[str, Answer]) -> Decision:
        """The verdict on one outcome with its reasons, what is missing and what would change it."""
        known = self.known(answers)
        cases = self.quiz.outcomes[outcome].cases
        positions = self.possible_cases(outcome, known)
        decided = self._agree(outcome, positions)
        # Of cases that say the same, the last is the one that is known to hold where the others do not.
        case = cases[positions[-1]] if decided else None
        aim = self._aim(outcome, known)
        missing = tuple(self._needs(outcome, aim, known)) if aim is not None else ()
        if case and (case.verdict in (*OPEN, "info") or case.complete):
            missing = ()
        because = self._because(outcome, positions[-1] if decided else None, known)
        change = self._would_change(outcome, case, known) if case and case.verdict == "no" else ()
        unsure = () if decided else self._unsure(outcome, positions, answers)
        return Decision(outcome, case, tuple(cases[i] for i in positions), because, missing, change, unsure)

    def _unsure(self, outcome: str, positions: list[int], answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """Questions that are still open in the rules of these cases, in staff's order."""
        return self.hangs_on([self.quiz.case_rules[outcome][i] for i in positions], answers)

    def hangs_on(self, rules: Iterable[Rule], answers: Mapping[str, Answer]) -> tuple[str, ...]:
        """Questions whose answers are not known and on which these rules depend, in staff's order."""
        known = self.known(answers)
        names = {question for rule in rules for question in self._questions_in(rule, known, lambda *_: True)}
        return tuple(sorted(names, key=self._order.__getitem__))

    def _aim(self, outcome: str, known: Known) -> int | None:
        """The open case that staff marked, else the first within reach: its lacks are what is missing."""
        cases = list(enumerate(self.quiz.outcomes[outcome].cases))
        marked = [i for i, case in cases if case.aim]
        within_reach = (
            i for i, c in cases if c.verdict in OPEN and all(map(self._can_change, self._needs(outcome, i, known)))
        )
        return next(iter(marked), None) if marked else next(within_reach, None)

    def _needs(self, outcome: str, case: int, known: Known) -> Iterator[Need]:
        """What has to be otherwise for a case to be the first that holds, each criterion once."""
        seen: set[str] = set()
        rules = self.quiz.case_rules[outcome]
        wanted = [(rules[case], Truth.YES), *((rule, Truth.NO) for rule in rules[:case])]

        def reachable(lack: Lack) -> bool:
            return self._can_change(Need(*lack, known(lack[0])))

        for rule, truth in wanted:
            for criterion, needed in failing(rule, known, reachable, truth):
                if criterion not in seen:
                    seen.add(criterion)
                    yield Need(criterion, needed, known(criterion))

    def _can_change(self, need: Need) -> bool:
        todo = need.wanted is Truth.YES and self.quiz.criteria[need.criterion].todo is not None
        return todo or need.truth is Truth.UNKNOWN

    def _because(self, outcome: str, position: int | None, known: Known) -> tuple[tuple[str, Truth], ...]:
        """Criteria of the deciding case that are known; for the last case, those of the cases ruled out."""
        if position is None:
            return ()
        rules = self.quiz.case_rules[outcome]
        names = list(criteria_in(rules[position])) or [c for rule in rules[:position] for c in criteria_in(rule)]
        known_ones = [(name, known(name)) for name in dict.fromkeys(names)]
        return tuple((name, truth) for name, truth in known_ones if truth is not Truth.UNKNOWN)

    def _would_change(self, outcome: str, case: Case, known: Known) -> tuple[Need, ...]:
        """Single criteria whose change would open a closed way, where a person can change them."""
        found: list[Need] = []
        rules = self.quiz.case_rules[outcome]
        for name in dict.fromkeys(c for rule in rules for c in criteria_in(rule)):
            now = known(name)
            need = Need(name, ~now, now)
            # "You would be certified if you were certified" helps nobody.
            if now is Truth.UNKNOWN or not self._can_change(need) or Is(name) in rules:
                continue

            def otherwise(criterion: str, changed: str = name, to: Truth = ~now) -> Truth:
                return to if criterion == changed else known(criterion)

            cases = self.quiz.outcomes[outcome].cases
            if all(cases[i].verdict in (*OPEN, "not_yet") for i in self.possible_cases(outcome, otherwise)):
                found.append(need)
        return tuple(found)

    # Where the person stands

    def settled(self, state: State) -> list[tuple[str, Answer]]:
        """Answers given, in the order in which they were settled."""
        return [(question, state.answers[question]) for question in state.trail]


def is_settled(answer: Answer | None) -> bool:
    """Whether a question need not be asked (again); "not sure" settles it, a narrowed story does not."""
    return answer is not None and not (isinstance(answer, tuple) and len(answer) > 1)


def _same(one: Case, other: Case) -> bool:
    return (one.verdict, one.label) == (other.verdict, other.label)


def _test(test: Choice | Span, answer: Answer | None) -> Truth:
    if isinstance(test, Choice) and answer == NOT_SURE and test.unsure:
        answer = tuple(test.unsure)
    if answer is None or answer == NOT_SURE:
        return Truth.UNKNOWN
    if isinstance(test, Choice):
        left = set(answer) if isinstance(answer, tuple) else {str(answer)}
        if left <= test.options:
            return Truth.YES
        return Truth.UNKNOWN if left & test.options else Truth.NO
    if not isinstance(answer, int):
        return Truth.UNKNOWN
    inside = (test.at_least is None or answer >= test.at_least) and (test.at_most is None or answer <= test.at_most)
    return Truth.YES if inside else Truth.NO


__all__ = ["Decision", "Engine", "Need", "is_settled"]
