"""Answers from the fact base: common questions, look-up, comparison, and what a person's own record says to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from img_pathway.dialogue.asking import Ask, Context, ask, asks_no_more, compares_or_follows_up, defines
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.looking_up import MOST_OPTIONS, gist_of, looked_up, suggestions, verdict_on
from img_pathway.dialogue.understood import ASK, FAQ, Guess, Understood
from img_pathway.knowledge import Faq
from img_pathway.knowledge.text import fold, normalize
from img_pathway.quiz.state import Answer
from img_pathway.reply import Option, Reply

# Below this, cue phrases decide how a topic is asked about.
_SURE = 0.3
# A "No" to something that nobody claimed does harm, so a belief has to be plain.
_SURE_OF_BELIEF = 0.4
_PLAINLY_A_BELIEF = 0.7
# A guess about another topic than the one named has to be as sure as this.
_SURE_OF_ANOTHER = 0.9
# "What does Step 2 CK cost": with so few words around the name, a guess at more than that has to be as sure as this.
_SURE_OF_MORE = 0.6
_PLAIN_WORDS = 5
# In many words a name and a cue may stand by chance ("I paid for a rotation and the doctor canceled").
_SURE_IN_MANY_WORDS = 0.5
_SHORTEST_BELIEF = 4
# A common question that is only the second guess, where the first is a belief that nobody holds.
_SURE_OF_NEXT = 0.15
# Cosine similarity from which on a fact meets a question although no topic is named.
_MEETS = 0.55
_OPEN_QUESTION = re.compile(r"(?:and |so |ok |hm+ |wait )*(?:what|whats|what's|which|how|when|where|who)\b")
# Who asks whether they may is told what their own record says.
_MAY_I = re.compile(r"\b(?:can|may|could|am|do) i\b")
_LEANING = ("compare", "topic")
_MOST_REMEMBERED = 4


def respond(bot: Bot, heard: Understood, context: Context, answers: Mapping[str, Answer]) -> tuple[Reply, Context]:
    """The answer to all questions in a message, in order, and what the next turn may lean on."""
    reply = Reply(text=tuple(dict.fromkeys(bot.mentions.corrections(heard.text).values())))
    for number, question in enumerate(heard.parts or (heard,), 1):
        part, context = _respond_to_one(bot, question, context, answers)
        mark = Reply(text=(bot.say("question_number", number=number),)) if heard.parts else Reply()
        # What belongs in every answer on a topic is said once.
        news = tuple(line for line in part.text if line not in reply.text) or part.text
        reply = reply.then(mark).then(replace(part, text=news))
    more = (bot.say("more_questions"),) if heard.more else ()
    return replace(reply, text=(*reply.text, *more)), context


def _respond_to_one(
    bot: Bot, heard: Understood, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    """What the words show plainly (a comparison, a definition) goes before a guess."""
    picked = bot.knowledge.by_words.get(normalize(heard.text))
    faq = bot.knowledge.faq[picked] if picked else None
    if faq is None and not _is_plain(bot, heard):
        faq = _common_question(bot, heard)
        faq = None if faq and _is_better_looked_up(bot, faq, heard) else faq
    if faq:
        reply, found = _common_answer(bot, faq, heard, context)
        return verdict_asked(bot, heard.text, answers).then(reply), found
    best = heard.best
    known = best.detail in bot.knowledge.attributes or best.detail in _LEANING
    sure = best.intent == ASK and known and (best.probability >= _SURE or best.detail in _LEANING)
    asked = ask(heard.text, best.detail if sure else None, context, bot.mentions, bot.knowledge)
    if asked.leaning and not asked.topics and heard.facts:
        nearest, similarity = max(heard.facts.items(), key=lambda item: item[1])
        if similarity >= _MEETS and nearest in bot.knowledge.facts:
            asked = replace(asked, topics=(bot.knowledge.facts[nearest].topic,))
    return _look_up(bot, asked, heard, context, answers)


def verdict_asked(bot: Bot, text: str, answers: Mapping[str, Answer]) -> Reply:
    """What a person's own record says to "can I …"; nothing where they do not ask, or it decides nothing."""
    named = [mention.id for mention in bot.mentions.topics(text)]
    return (verdict_on(bot, named, answers) if _MAY_I.search(fold(text)) else None) or Reply()


def _is_plain(bot: Bot, heard: Understood) -> bool:
    if defines(heard.text, bot.mentions):
        return True
    # "Do they look at honors vs high pass in third year" compares nothing if it is surely another question.
    sure = heard.best.intent == FAQ and heard.best.probability >= _SURE_OF_ANOTHER
    return compares_or_follows_up(heard.text, bot.mentions) and not (sure and _others(bot, heard.text) > _PLAIN_WORDS)


def _others(bot: Bot, text: str) -> int:
    """How many words stand around the topics that a text names."""
    return len(bot.mentions.words(text)) - sum(m.end - m.start for m in bot.mentions.topics(text))


def _is_better_looked_up(bot: Bot, faq: Faq, heard: Understood) -> bool:
    """Whether a plain question names a topic that has the fact it asks for, and the guess is of something else."""
    named = bot.mentions.topics(heard.text)
    cues = [cue for cue in bot.mentions.attributes(heard.text) if cue != "what"]
    if len(named) != 1 or len(cues) != 1 or not bot.knowledge.facts_about(named[0].id, cues[0]):
        return False
    if asks_no_more(heard.text, bot.mentions):
        return True
    another = named[0].id not in _about(bot, faq)
    if _others(bot, heard.text) > _PLAIN_WORDS:
        return another and heard.best.probability < _SURE_IN_MANY_WORDS
    return heard.best.probability < (_SURE_OF_ANOTHER if another else _SURE_OF_MORE)


def _common_question(bot: Bot, heard: Understood) -> Faq | None:
    """The common question that a message asks; a belief only where somebody seems to hold it."""
    for place, guess in enumerate(heard.guesses):
        faq = bot.knowledge.faq.get(guess.detail) if guess.intent == FAQ else None
        if faq is None or (place and (guess.probability < _SURE_OF_NEXT or not _is_about(bot, faq, heard.text))):
            return None
        plain = guess.probability >= _PLAINLY_A_BELIEF or _speaks_of(bot, faq, heard.text)
        holds = guess.probability >= _SURE_OF_BELIEF and plain and not _is_open(heard.text)
        if not faq.verdict or (holds and not _denies(bot, faq, heard.text)):
            return faq
    return None


def _denies(bot: Bot, belief: Faq, text: str) -> bool:
    """Whether a message says "no green card" where the belief is about having one; "no OET" denies no belief."""
    status = bot.knowledge.topics[belief.topic].kind == "visa"
    return status and belief.topic in _denied(bot, text) - _denied(bot, belief.asks)


def _denied(bot: Bot, text: str) -> set[str]:
    return {entity.value for entity in bot.entities.find(text) if entity.kind == "topic" and entity.negated}


def _is_open(text: str) -> bool:
    return bool(_OPEN_QUESTION.match(normalize(text)))


def _speaks_of(bot: Bot, belief: Faq, text: str) -> bool:
    """Whether a message can hold a belief: it is no mere name, and of no other topics than the belief's own."""
    words = normalize(text).split()
    if len(words) < _SHORTEST_BELIEF:
        return False
    if belief.words and not any(word.startswith(belief.words) for word in words):
        return False
    return _is_about(bot, belief, text)


def _is_about(bot: Bot, faq: Faq, text: str) -> bool:
    """Whether a message names no topic, or one of those that a common question is about."""
    named: set[str] = {mention.id for mention in bot.mentions.topics(text)}
    return not named or bool(named & _about(bot, faq))


def _about(bot: Bot, faq: Faq) -> set[str]:
    """The topics of a common question: its own, those of its facts, and those that it names."""
    named = {mention.id for mention in bot.mentions.topics(faq.asks)}
    return {fact.topic for fact in bot.facts(faq.facts)} | {faq.topic} | named


def answer(
    bot: Bot, text: str, attribute: str | None, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    """What is known of the topics of a text for an attribute, without any guess at what else it may mean."""
    asked = ask(text, attribute, context, bot.mentions, bot.knowledge)
    return _look_up(bot, asked, Understood(text), context, answers)


def _look_up(
    bot: Bot, asked: Ask, heard: Understood, context: Context, answers: Mapping[str, Answer]
) -> tuple[Reply, Context]:
    topics = asked.topics or context.topics
    found = Context(topics, asked.attribute if topics else context.attribute, _latest(topics, context))
    return looked_up(bot, asked, heard.facts, answers), found


def _common_answer(bot: Bot, faq: Faq, heard: Understood, context: Context) -> tuple[Reply, Context]:
    """The sentence that answers the question first, then what belongs in every answer on its topic."""
    gist = gist_of(bot, faq.topic, faq.facts)
    # "And how much does it cost?" asks for the cost of what was named, else of what the answer was about.
    topics = tuple(mention.id for mention in bot.mentions.topics(heard.text))[:1] or (faq.topic,)
    others = common_options(bot, [g for g in heard.guesses if bot.knowledge.faq.get(g.detail) is not faq], faq.topic)
    neighbors = [Option(f.asks, f.asks) for f in bot.knowledge.faq.values() if f.topic == faq.topic and f is not faq]
    return (
        Reply(
            text=(faq.says, *((" ".join(fact.says for fact in gist),) if gist else ())),
            sources=bot.cite([*bot.facts(faq.facts), *gist]),
            options=tuple(dict.fromkeys((*others, *neighbors, *suggestions(bot, faq.topic, "what"))))[:MOST_OPTIONS],
            asks_if_helped=True,
        ),
        Context(topics, "what", _latest(topics, context)),
    )


def common_options(bot: Bot, guesses: Iterable[Guess], topic: str | None = None) -> list[Option]:
    """Common questions among guesses (of one topic), in people's words, to pick."""
    found = [bot.knowledge.faq[g.detail] for g in guesses if g.intent == FAQ and g.detail in bot.knowledge.faq]
    asked = [faq.asks for faq in found if topic in (None, faq.topic)]
    return [Option(words, words) for words in asked[:MOST_OPTIONS]]


def _latest(topics: tuple[str, ...], context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*topics, *context.recent)))[:_MOST_REMEMBERED]
