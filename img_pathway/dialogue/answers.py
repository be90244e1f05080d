"""Answers from the fact base: look-up, comparison, beliefs, and what a person's own record says to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from img_pathway.dialogue.asking import COMPARE, Ask, Context, asks, compares_or_follows_up
from img_pathway.dialogue.bot import Bot
from img_pathway.knowledge import Belief, compare
from img_pathway.knowledge.lookup import look_up
from img_pathway.knowledge.model import Fact
from img_pathway.knowledge.text import normalize
from img_pathway.quiz.state import Answer
from img_pathway.reply import Option, Reply, Table

# Below this, cue phrases decide how a topic is asked about.
_SURE = 0.3
# A "No" to something that nobody claimed does harm, so a belief has to be plain.
_SURE_OF_BELIEF = 0.4
_SHORTEST_BELIEF = 4
_OPEN_QUESTION = re.compile(r"(?:and |so |ok |hm+ |wait )*(?:what|whats|what's|which|how|when|where|who)\b")
_LEANING = ("ask_compare", "ask_topic")
_MOST_SUGGESTED = 3
_MOST_REMEMBERED = 4
_SHORTEST_TELLING_WORD = 4
_SUGGESTED = ("length", "who", "needs", "cost", "apply", "paid", "next", "odds", "limits")


def respond(
    bot: Bot, text: str, intent: str, confidence: float, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    """The answer to a message with an `ask_…` or `belief_…` intent; what the words show goes before an unsure guess."""
    plain = compares_or_follows_up(text, bot.mentions)
    belief = bot.knowledge.beliefs.get(intent.removeprefix("belief_"))
    if belief and confidence >= _SURE_OF_BELIEF and not plain and _speaks_of(bot, belief, text):
        return believe(bot, belief, context)
    sure = intent.startswith("ask_") and (confidence >= _SURE or intent in _LEANING)
    return answer(bot, text, intent.removeprefix("ask_") if sure else None, context, answers)


def _speaks_of(bot: Bot, belief: Belief, text: str) -> bool:
    """Whether a message can hold a belief: no open question, and no other topics than the belief's own."""
    words = normalize(text).split()
    if _OPEN_QUESTION.match(normalize(text)) or len(words) < _SHORTEST_BELIEF:
        return False
    if belief.words and not any(word.startswith(belief.words) for word in words):
        return False
    named = {mention.id for mention in bot.mentions.topics(text)}
    own: set[str] = {fact.topic for fact in bot.facts(belief.facts)}
    own |= {mention.id for mention in bot.mentions.topics(belief.claim)}
    if belief.topic:
        own.add(belief.topic)
    return not named or bool(named & own)


def answer(
    bot: Bot, text: str, attribute: str | None, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    """The answer to all questions in a message, and what the next turn may lean on."""
    found = asks(text, attribute, context, bot.mentions, bot.knowledge)
    corrections = tuple(dict.fromkeys(bot.mentions.corrections(text).values()))
    reply = Reply(text=corrections)
    for i, ask in enumerate(found):
        part = _answer_one(bot, ask, answers)
        if i:
            part = Reply(text=(bot.say("also_asked"),)).then(part)
        reply = reply.then(part)
    last = found[-1]
    topics = last.topics or context.topics
    return reply, Context(topics, last.attribute if topics else context.attribute, _latest(topics, context))


def believe(bot: Bot, belief: Belief, context: Context) -> tuple[Reply, Context]:
    """A half-right belief, answered yes or no first."""
    facts = bot.facts(belief.facts)
    topics: tuple[str, ...] = (belief.topic,) if belief.topic else ()
    context = Context(topics, "what", _latest(topics, context))
    options = tuple(option for topic in topics for option in _suggestions(bot, topic, "what"))
    return Reply(text=(belief.says,), sources=bot.cite(facts), options=options), context


def _latest(topics: tuple[str, ...], context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*topics, *context.recent)))[:_MOST_REMEMBERED]


def _answer_one(bot: Bot, ask: Ask, answers: Mapping[str, Answer]) -> Reply:
    if ask.attribute == COMPARE:
        return _comparison(bot, ask)
    if not ask.topics:
        return which_topic(bot)
    parts = [_explain(bot, topic, ask, named=len(ask.topics) > 1) for topic in ask.topics]
    reply = parts[0]
    for part in parts[1:]:
        reply = reply.then(part)
    verdict = _verdict(bot, ask, answers)
    return verdict.then(reply) if verdict else reply


def _explain(bot: Bot, topic: str, ask: Ask, *, named: bool) -> Reply:
    record = bot.knowledge.topics[topic]
    finding = look_up(bot.knowledge, topic, ask.attribute)
    facts = _most_telling(bot, topic, finding.facts, ask)
    lines: list[str] = []
    if not finding.direct:
        asked = bot.knowledge.attributes[ask.attribute].asked
        lines.append(bot.say("no_fact", asked=asked, topic=record.name))
    if named:
        facts = facts[:1]
        lines.append(f"{record.name}: {facts[0].says}" if facts else record.name)
    else:
        lines.append(" ".join(fact.says for fact in facts))
    return Reply(text=tuple(lines), sources=bot.cite(facts), options=_suggestions(bot, topic, ask.attribute))


def _most_telling(bot: Bot, topic: str, facts: tuple[Fact, ...], ask: Ask) -> list[Fact]:
    """Facts of a finding, and before them the topic's fact that shares the most words with the question."""
    names = {word for alias in bot.knowledge.topics[topic].aliases for word in normalize(alias).split()}
    cues = _telling_words(" ".join(bot.knowledge.attributes[ask.attribute].cues))
    asked = _telling_words(" ".join(bot.mentions.words(ask.text))) - names - cues
    shared = {f.id: len(asked & (_telling_words(f.says) - names)) for f in bot.knowledge.facts_about(topic)}
    best = max(bot.knowledge.facts_about(topic), key=lambda f: (shared[f.id], f in facts), default=None)
    first = [best] if best and shared[best.id] > 1 else []
    ordered = sorted(facts, key=lambda f: -shared[f.id]) if ask.attribute != "what" else list(facts)
    return list(dict.fromkeys([*first, *ordered]))[: max(len(facts), 1)]


def _telling_words(text: str) -> set[str]:
    # A rough stem ("applying", "applied", "apply") is enough to see that two sentences speak of one thing.
    return {
        re.sub(r"(?:ing|ied|ies|ed|es|s|y)$", "", w)
        for w in normalize(text).split()
        if len(w) >= _SHORTEST_TELLING_WORD
    }


def _comparison(bot: Bot, ask: Ask) -> Reply:
    if len(ask.topics) < 2:
        return Reply(text=(bot.say("compare_what"),))
    comparison = compare(bot.knowledge, ask.topics)
    names = tuple(bot.knowledge.topics[topic].name for topic in comparison.topics)
    rows = tuple((bot.knowledge.attributes[a].name, cells) for a, cells in comparison.rows)
    lead = comparison.lead or tuple(f"{names[i]}: {_first(bot, t)}" for i, t in enumerate(comparison.topics))
    options = tuple(
        Option(bot.say("about_topic", topic=name), bot.say("about_topic", topic=name))
        for name in names[:_MOST_SUGGESTED]
    )
    return Reply(
        text=lead,
        table=Table(names, rows) if rows else None,
        sources=bot.cite(comparison.facts),
        options=options,
    )


def _first(bot: Bot, topic: str) -> str:
    return bot.knowledge.facts_about(topic, "what")[0].says


def _verdict(bot: Bot, ask: Ask, answers: Mapping[str, Answer]) -> Reply | None:
    """What a person's own record decides about the topic, said before the general answer."""
    if not answers or ask.attribute not in ("who", "needs", "apply", "odds", "what"):
        return None
    outcomes = bot.engine.quiz.outcomes
    outcome = next((o for t in ask.topics for o, record in outcomes.items() if record.topic == t), None)
    if outcome is None:
        return None
    decision = bot.engine.decide(outcome, answers)
    if decision.case is None or decision.case.verdict == "info" or not decision.because:
        return None
    head = f"{bot.say('for_you')} {bot.say('low_verdict_' + decision.case.verdict)}. {decision.case.says}"
    return Reply(text=(head,), sources=bot.cite(bot.facts(decision.case.facts)))


def _suggestions(bot: Bot, topic: str, asked: str) -> tuple[Option, ...]:
    record = bot.knowledge.topics[topic]
    options = []
    for attribute in _SUGGESTED:
        if attribute != asked and bot.knowledge.facts_about(topic, attribute):
            label = bot.say("ask_attribute", topic=record.name, asked=bot.knowledge.attributes[attribute].asked)
            options.append(Option(label, label))
    if any(outcome.topic == topic for outcome in bot.engine.quiz.outcomes.values()):
        options = [*options[: _MOST_SUGGESTED - 1], Option(bot.say("check_me"), bot.say("check_me"))]
    return tuple(options[:_MOST_SUGGESTED])


def which_topic(bot: Bot) -> Reply:
    """Asks which topic is meant, with the ones that people ask about most."""
    common = [t for t in ("clerkship", "internship", "residency", "observership") if t in bot.knowledge.topics]
    names = [bot.knowledge.topics[topic].name for topic in common]
    return Reply(text=(bot.say("which_topic"),), options=tuple(Option(name, name) for name in names))
