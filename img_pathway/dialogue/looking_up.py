"""What is said of topics for an attribute: facts, a comparison, and what a person's own record decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from img_pathway.dialogue.asking import Ask, asks_no_more
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import QUIZ, option
from img_pathway.dialogue.labels import ASK, COMPARE, TOPIC_ONLY
from img_pathway.knowledge import compare
from img_pathway.knowledge.lookup import Finding, look_up
from img_pathway.knowledge.model import Fact
from img_pathway.quiz.state import Answer
from img_pathway.reply import Option, Reply, Table

MOST_OPTIONS = 3
_MOST_GIST = 3
_MOST_FACTS = 4
_MOST_ELSEWHERE = 2
# Cosine similarity to the question from which on a fact is taken to tell what was asked.
_TELLS = 0.45
_SUGGESTED = ("length", "who", "needs", "cost", "apply", "paid", "next", "odds", "limits")


def gist_of(bot: Bot, topic: str, said: tuple[str, ...] = ()) -> list[Fact]:
    """Facts that belong in every answer on a topic, without those that were said."""
    return bot.facts(tuple(id_ for id_ in bot.knowledge.topics[topic].gist if id_ not in said))[:_MOST_GIST]


def ids_of(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The ids of facts as what a reply rests on."""
    return tuple(f"fact/{fact.id}" for fact in facts)


def looked_up(bot: Bot, ask: Ask, near: Mapping[str, float], answers: Mapping[str, Answer]) -> Reply:
    """The answer to one question; `near` has the cosine similarity of facts to it."""
    if ask.attribute == COMPARE:
        return _comparison(bot, ask)
    if not ask.topics:
        return which_topic(bot)
    parts = [_explain(bot, topic, ask, near, named=len(ask.topics) > 1) for topic in ask.topics]
    reply = parts[0]
    for part in parts[1:]:
        reply = reply.then(part)
    verdict = _verdict(bot, ask, answers)
    return verdict.then(reply) if verdict else reply


def _explain(bot: Bot, topic: str, ask: Ask, near: Mapping[str, float], *, named: bool) -> Reply:
    record = bot.knowledge.topics[topic]
    finding = look_up(bot.knowledge, topic, ask.attribute)
    facts = _most_telling(bot, topic, finding, ask, near)
    lines: list[str] = []
    elsewhere = [] if finding.direct else _said_elsewhere(bot, ask.attribute, near)
    if elsewhere:
        facts = elsewhere
    elif not finding.direct:
        asked = bot.knowledge.attributes[ask.attribute].asked
        lines.append(bot.say("no_fact", asked=asked, topic=record.name))
    if named:
        facts = facts[:1]
        lines.append(f"{record.name}: {facts[0].says}" if facts else record.name)
    else:
        lines.append(" ".join(fact.says for fact in facts))
    return Reply(
        text=tuple(lines),
        sources=bot.cite(facts),
        options=suggestions(bot, topic, ask.attribute),
        asks_if_helped=True,
        basis=(f"{ASK}/{ask.attribute}/{topic}", *ids_of(facts)),
    )


def _said_elsewhere(bot: Bot, attribute: str, near: Mapping[str, float]) -> list[Fact]:
    """Facts of other topics that answer the same kind of question and are near in meaning ("what does Step 2 cost")."""
    facts = bot.knowledge.facts
    found = [facts[id_] for id_, similar in near.items() if similar >= _TELLS and id_ in facts]
    return [fact for fact in found if attribute in fact.answers][:_MOST_ELSEWHERE]


def _most_telling(bot: Bot, topic: str, finding: Finding, ask: Ask, near: Mapping[str, float]) -> list[Fact]:
    """The facts that answer, nearest to the question first; without such, the topic's nearest fact; then the gist."""
    known = [fact for fact in bot.knowledge.facts_about(topic) if near.get(fact.id, 0.0) >= _TELLS]
    nearest = sorted(known, key=lambda fact: -near[fact.id])
    if ask.attribute == "what":
        found = list(finding.facts)
    elif finding.direct and asks_no_more(ask.text, bot.mentions):
        # The general fact stands first in the file; a special one may be nearer by chance.
        found = list(finding.facts)
    elif finding.direct:
        found = sorted(finding.facts, key=lambda fact: -near.get(fact.id, 0.0))
    else:
        found = nearest[:1] or list(finding.facts)
    return [*found, *gist_of(bot, topic, tuple(fact.id for fact in found))][:_MOST_FACTS]


def _comparison(bot: Bot, ask: Ask) -> Reply:
    if len(ask.topics) < 2:
        return Reply(text=(bot.say("compare_what"),))
    comparison = compare(bot.knowledge, ask.topics)
    names = tuple(bot.knowledge.topics[topic].name for topic in comparison.topics)
    rows = tuple((bot.knowledge.attributes[a].name, cells) for a, cells in comparison.rows)
    lead = comparison.lead or tuple(f"{names[i]}: {_first(bot, t)}" for i, t in enumerate(comparison.topics))
    offered = list(zip(comparison.topics, names, strict=True))[:MOST_OPTIONS]
    options = tuple(about_topic(bot, topic, bot.say("about_topic", topic=name)) for topic, name in offered)
    return Reply(
        text=lead,
        table=Table(names, rows) if rows else None,
        sources=bot.cite(comparison.facts),
        options=options,
        asks_if_helped=True,
        basis=(f"{COMPARE}/{'+'.join(comparison.topics)}", *ids_of(comparison.facts)),
    )


def _first(bot: Bot, topic: str) -> str:
    return bot.knowledge.facts_about(topic, "what")[0].says


def _verdict(bot: Bot, ask: Ask, answers: Mapping[str, Answer]) -> Reply | None:
    """What a person's own record decides about the topic, said before the general answer."""
    if ask.attribute not in ("who", "needs", "apply", "odds", "what"):
        return None
    return verdict_on(bot, ask.topics, answers)


def verdict_on(bot: Bot, topics: Iterable[str], answers: Mapping[str, Answer]) -> Reply | None:
    """What a person's own record decides about the first topic of which it decides anything."""
    outcomes = bot.engine.quiz.outcomes
    outcome = next((o for t in topics for o, record in outcomes.items() if t in record.topics), None)
    if outcome is None or not answers:
        return None
    decision = bot.engine.decide(outcome, answers)
    if decision.case is None or decision.case.verdict == "info" or not decision.because:
        return None
    head = f"{bot.say('for_you')} {bot.say('low_verdict_' + decision.case.verdict)}. {decision.case.says}"
    facts = bot.facts(decision.case.facts)
    return Reply(text=(head,), sources=bot.cite(facts), basis=(f"outcome/{outcome}", *ids_of(facts)))


def suggestions(bot: Bot, topic: str, asked: str) -> tuple[Option, ...]:
    """What else to ask about a topic."""
    options = []
    for attribute in _SUGGESTED:
        if attribute != asked and bot.knowledge.facts_about(topic, attribute):
            options.append(about(bot, topic, attribute))
    if any(topic in outcome.topics for outcome in bot.engine.quiz.outcomes.values()):
        options = [*options[: MOST_OPTIONS - 1], check_me(bot)]
    return tuple(options[:MOST_OPTIONS])


def which_topic(bot: Bot) -> Reply:
    """Asks which topic is meant, with the ones that people ask about most."""
    common = [t for t in ("clerkship", "internship", "residency", "observership") if t in bot.knowledge.topics]
    options = tuple(about_topic(bot, topic, bot.knowledge.topics[topic].name) for topic in common)
    return Reply(text=(bot.say("which_topic"),), options=options)


def about(bot: Bot, topic: str, attribute: str) -> Option:
    """The option to ask for an attribute of a topic."""
    asked = bot.knowledge.attributes[attribute].asked
    return option(bot.say("ask_attribute", topic=bot.knowledge.topics[topic].name, asked=asked), ASK, attribute, topic)


def about_topic(bot: Bot, topic: str, label: str) -> Option:
    """The option to hear of a topic whatever was asked last."""
    return option(label, ASK, TOPIC_ONLY, topic)


def check_me(bot: Bot) -> Option:
    """The option to take the quiz."""
    return option(bot.say("check_me"), QUIZ, "start")
