"""From what staff write (`all_of`, `any_of`, `not`, answers, years) to rules and tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from img_pathway.content import nearest
from img_pathway.knowledge import Knowledge
from img_pathway.quiz.logic import AllOf, AnyOf, Is, Not, Rule
from img_pathway.quiz.model import Choice, Span, Test
from img_pathway.quiz.questions import Question


class RuleError(Exception):
    """A rule or test that cannot be read; the message says what is wrong and what is right."""


@dataclass(frozen=True)
class Season:
    """This year, and the year of the Match that a person aims at now."""

    this_year: int
    match_year: int


def parse_rule(raw: Any, criteria: dict[str, Any]) -> Rule:
    """A criterion's id, or `all_of` / `any_of` with a list, or `not`; raises RuleError."""
    if isinstance(raw, str):
        if raw not in criteria:
            raise RuleError(f'uses unknown criterion "{raw}".{nearest(raw, criteria)}')
        return Is(raw)
    if isinstance(raw, dict) and len(raw) == 1:
        ((word, inner),) = raw.items()
        if word == "not":
            return Not(parse_rule(inner, criteria))
        if word in ("all_of", "any_of"):
            if not isinstance(inner, list) or not inner:
                raise RuleError(f"has `{word}` without a list. Write {word}: [first_criterion, second_criterion].")
            parts = tuple(parse_rule(part, criteria) for part in inner)
            return AllOf(parts) if word == "all_of" else AnyOf(parts)
        raise RuleError(f'has unknown word "{word}" in a rule.{nearest(word, ["all_of", "any_of", "not"])}')
    raise RuleError("has a rule that is neither a criterion nor one of all_of, any_of, not.")


def parse_test(raw: Any, questions: dict[str, Question], season: Season, knowledge: Knowledge) -> Test:
    """`{question: option}`, `{question: [options]}` or `{year_question: {at_least: …}}`; raises RuleError."""
    if not isinstance(raw, dict) or len(raw) != 1:
        raise RuleError("must name one question in `answer`, such as answer: {stage: graduate}.")
    ((name, wanted),) = raw.items()
    if name not in questions:
        raise RuleError(f'uses unknown question "{name}".{nearest(name, questions)}')
    question = questions[name]
    if question.kind == "year":
        if not isinstance(wanted, dict) or not wanted or set(wanted) - {"at_least", "at_most"}:
            raise RuleError(f"asks for a year, so write {name}: {{at_least: …}} or {{at_most: …}}.")
        bounds = {key: _year(value, season, knowledge) for key, value in wanted.items()}
        return Span(name, bounds.get("at_least"), bounds.get("at_most"))
    options = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(options, list):
        raise RuleError(f"must name options of {name}: {', '.join(question.options)}.")
    for option in options:
        if option not in question.options:
            raise RuleError(f'uses unknown option "{option}" of "{name}".{nearest(str(option), question.options)}')
    unsure = {key for key, option in question.options.items() if not option.sure}
    return Choice(name, frozenset(options), frozenset(unsure) if len(unsure) < len(question.options) else frozenset())


def _year(raw: Any, season: Season, knowledge: Knowledge) -> int:
    if isinstance(raw, int):
        return raw
    if isinstance(raw, dict) and len(raw) == 1:
        ((anchor, offset),) = raw.items()
        years = {"this_year": season.this_year, "match_year": season.match_year}
        if anchor in years and isinstance(offset, int):
            return years[anchor] + offset
        # {match_year_minus: fact} and {this_year_minus: fact} keep the figure where its source is.
        base = str(anchor).removesuffix("_minus")
        if base in years and base != anchor:
            if offset not in knowledge.facts:
                raise RuleError(f'uses unknown fact "{offset}".{nearest(str(offset), knowledge.facts)}')
            try:
                return years[base] - int(knowledge.number(offset))
            except ValueError as error:
                raise RuleError(f"needs a number: {error}.") from error
    raise RuleError("needs a year: a number, {match_year: -2}, {this_year: -1} or {match_year_minus: fact_id}.")
