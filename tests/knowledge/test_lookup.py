"""Look-up, comparison, mentions and honesty of the fact base."""

from __future__ import annotations

import re

import pytest

from img_pathway.dialogue.bot import Bot
from img_pathway.knowledge import Knowledge, compare, look_up
from img_pathway.knowledge.text import fold

STAGES = (
    "core_clerkship", "elective", "clerkship", "sub_internship", "externship", "observership", "research_fellowship",
    "internship", "home_internship", "transitional_year", "preliminary_year", "categorical_position",
    "advanced_position", "residency", "chief_resident", "fellowship", "board_certification", "state_license",
)  # fmt: skip
OTHERS = (
    "usmle", "step_1", "step_2_ck", "step_2_cs", "step_3", "oet", "ecfmg_certification", "pathways", "eras",
    "residencycas", "nrmp_match", "soap", "visas", "j1_visa", "h1b_visa", "entry_ban", "license_without_residency",
    "img_friendly_programs", "rotation_cost", "rotation_provider",
)  # fmt: skip


def test_plain_characters_fold_as_they_do_beside_others() -> None:
    plain = "".join(map(chr, range(128)))
    assert fold(f"{plain}\u00c9") == f"{fold(plain)}e"


@pytest.mark.parametrize("topic", STAGES + OTHERS)
def test_every_stage_and_process_says_what_it_is(knowledge: Knowledge, topic: str) -> None:
    finding = look_up(knowledge, topic)
    assert finding.direct
    assert finding.facts[0].topic == topic


def test_the_facts_of_an_attribute_come_best_fit_first(knowledge: Knowledge) -> None:
    for topic in knowledge.topics:
        for attribute in knowledge.attributes:
            places = [fact.answers.index(attribute) for fact in knowledge.facts_about(topic, attribute)]
            assert places == sorted(places)


def test_a_question_without_a_fact_says_so(knowledge: Knowledge) -> None:
    lacking = [(t, a) for t in knowledge.topics for a in knowledge.attributes if not knowledge.facts_about(t, a)]
    topic, attribute = lacking[0]
    finding = look_up(knowledge, topic, attribute)
    assert not finding.direct
    assert finding.facts == tuple(knowledge.facts_about(topic, "what")[:1])


def test_an_unknown_topic_is_an_error(knowledge: Knowledge) -> None:
    with pytest.raises(KeyError):
        look_up(knowledge, "astrology")


@pytest.mark.parametrize("topics", [["residency"], ["residency", "residency"], ["a"] * 5, []])
def test_fewer_than_two_or_more_than_four_topics_are_not_compared(knowledge: Knowledge, topics: list[str]) -> None:
    with pytest.raises(ValueError, match="two to four"):
        compare(knowledge, topics)


def test_four_topics_side_by_side(knowledge: Knowledge) -> None:
    table = compare(knowledge, ["clerkship", "internship", "residency", "fellowship"])
    assert all(len(cells) == 4 for _, cells in table.rows)
    assert {"what", "length"} <= {attribute for attribute, _ in table.rows}


@pytest.mark.parametrize(
    "topics", [("clerkship", "internship", "residency"), ("internship", "residency"), ("clerkship", "observership")]
)
def test_the_comparisons_people_ask_for_have_an_opening(knowledge: Knowledge, topics: tuple[str, ...]) -> None:
    table = compare(knowledge, list(reversed(topics)))
    assert table.lead
    assert table.topics == topics
    assert table.facts


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what is a clerkship", "clerkship"),
        ("tell me about sub-internship", "sub_internship"),
        ("resideny in usa", "residency"),
        ("observorship for graduate", "observership"),
        ("FELLOWSHIP??", "fellowship"),
        ("step2 ck", "step_2_ck"),
        ("h1b", "h1b_visa"),
        ("J-1 visa", "j1_visa"),
        ("green card", "green_card"),
        ("the scramble", "soap"),
        ("psych residency", "psychiatry"),
    ],
)
def test_topics_are_found_in_what_people_type(bot: Bot, text: str, topic: str) -> None:
    assert topic in [mention.id for mention in bot.mentions.topics(text)]


@pytest.mark.parametrize(
    "text", ["i have to stop now", "the internet is slow", "president of the club", "my dog is ill", ""]
)
def test_no_topic_is_found_where_there_is_none(bot: Bot, text: str) -> None:
    assert bot.mentions.topics(text) == []


def test_every_alias_finds_its_own_topic(bot: Bot) -> None:
    wrong = {
        alias: found
        for id_, topic in bot.knowledge.topics.items()
        for alias in topic.aliases
        if id_ not in (found := [m.id for m in bot.mentions.topics(alias)])
    }
    assert not wrong


# Honesty


def test_a_seasonal_fact_is_said_with_its_year(knowledge: Knowledge) -> None:
    silent = [
        f.id for f in knowledge.facts.values()
        if f.changes == "each_season" and f.status == "solid" and not re.search(r"(19|20)\d\d", f.says)
    ]  # fmt: skip
    assert not silent


def test_what_is_not_verified_is_only_pointed_to(knowledge: Knowledge) -> None:
    checks = [f for f in knowledge.facts.values() if f.status == "check"]
    assert checks
    for fact in checks:
        assert "check with" in fact.says.lower(), fact.id
        assert fact.value is None, f"{fact.id}: an unverified figure must not be used by rules or texts"


def test_every_fact_has_a_source_and_a_date(knowledge: Knowledge) -> None:
    for fact in knowledge.facts.values():
        assert fact.sources, fact.id
        assert fact.as_of, fact.id


def test_no_two_facts_say_the_same(knowledge: Knowledge) -> None:
    seen: dict[tuple[str, str], str] = {}
    for fact in knowledge.facts.values():
        key = (fact.topic, fact.says)
        assert key not in seen, f"{fact.id} repeats {seen[key]}"
        seen[key] = fact.id


@pytest.mark.parametrize(
    "promise", ["guaranteed to", "you will get a visa", "you will match", "we promise", "definitely will"]
)
def test_nothing_is_promised(bot: Bot, promise: str) -> None:
    says = [f.says for f in bot.knowledge.facts.values()]
    says += [line for faq in bot.knowledge.faq.values() for line in faq.lines]
    says += [case.says for outcome in bot.engine.quiz.outcomes.values() for case in outcome.cases]
    assert not [text for text in says if promise in text.lower()]


def test_british_spelling_is_not_said(knowledge: Knowledge) -> None:
    british = re.compile(
        r"\b(licence|programme|paediatric|anaesthe|orthopaedic|gynaecolog|centre|"
        r"specialis(?:e|ation)|recognis(?:e|ation)|practise)",
        re.I,
    )
    assert not [f.id for f in knowledge.facts.values() if british.search(f.says)]
