"""What is said to a message that was not understood, or only half, or whose answer did not help."""

from __future__ import annotations

from img_pathway.dialogue.answers import asked_as
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import option
from img_pathway.dialogue.helping import did_not_help, not_understood
from img_pathway.dialogue.understood import Understood
from tests.dialogue.hearing import heard, several

NOTHING = Context()
FIRST, SECOND = 1, 2
# Two common questions on one topic with a gist, and two on others.
TOPIC, ONE, OTHER = "eras", "eras_photo", "eras_apply_late"
ELSEWHERE = ("observership_is_hands_on", "step_3_before_residency")


def asks(bot: Bot, *ids: str) -> list[str]:
    return [asked_as(bot, id_).label for id_ in ids]


def test_half_understood_offers_what_it_may_mean_in_peoples_words(bot: Bot) -> None:
    message = heard("hm the thing there", *((f"faq/{id_}", 0.2) for id_ in (*ELSEWHERE, ONE)), band="ask")
    reply, found = not_understood(bot, message, NOTHING, FIRST)
    assert reply.text == (bot.say("not_understood"),)
    assert [option.payload for option in reply.options] == [f"faq:{id_}" for id_ in (*ELSEWHERE, ONE)]
    assert [option.label for option in reply.options] == asks(bot, *ELSEWHERE, ONE)
    assert found is None


def test_nobody_is_offered_a_belief_to_hold(bot: Bot) -> None:
    belief = next(id_ for id_, faq in bot.knowledge.faq.items() if faq.verdict)
    label = asked_as(bot, belief).label
    assert label != bot.knowledge.faq[belief].asks
    assert bot.knowledge.faq[belief].asks in label
    assert "?" in label


def test_half_understood_with_a_plain_topic_says_what_belongs_to_it(bot: Bot) -> None:
    message = heard("hm the thing there", (f"faq/{ONE}", 0.3), (f"faq/{OTHER}", 0.3), band="ask")
    reply, found = not_understood(bot, message, NOTHING, FIRST)
    for fact in bot.facts(bot.knowledge.topics[TOPIC].gist):
        assert fact.says in "\n".join(reply.text)
    assert reply.text[-1] == bot.say("did_you_mean")
    assert reply.sources
    assert {*asks(bot, ONE, OTHER)} <= {option.label for option in reply.options}
    assert found is not None
    assert found.topics == (TOPIC,)


def test_guesses_of_little_weight_make_no_topic_plain(bot: Bot) -> None:
    message = heard("hm the thing there", (f"faq/{ONE}", 0.2), (f"faq/{OTHER}", 0.2), band="ask")
    reply, found = not_understood(bot, message, NOTHING, FIRST)
    assert reply.text == (bot.say("not_understood"),)
    assert found is None


def test_a_topic_that_is_named_is_among_the_options(bot: Bot) -> None:
    message = heard("green chairs and residency", ("ask/length", 0.2), (f"faq/{ONE}", 0.1), band="ask")
    reply, _ = not_understood(bot, message, NOTHING, FIRST)
    name = bot.knowledge.topics["residency"].name
    asked = bot.knowledge.attributes["length"].asked
    assert option(bot.say("ask_attribute", topic=name, asked=asked), "ask", "length", "residency") in reply.options


def test_there_are_never_more_than_three_options_and_none_twice(bot: Bot) -> None:
    guesses = [(f"faq/{id_}", 0.1) for id_ in (ONE, ONE, OTHER, *ELSEWHERE)]
    message = heard("residency or observership", ("ask/cost", 0.2), *guesses, band="ask")
    reply, _ = not_understood(bot, message, NOTHING, FIRST)
    payloads = [option.payload for option in reply.options]
    assert len(payloads) == len(set(payloads)) == 3


def test_half_understood_with_labels_that_are_gone_offers_what_the_bot_can_do(bot: Bot) -> None:
    message = heard("hm the thing there", ("faq/gone", 0.6), ("ask/gone", 0.2), band="ask")
    reply, found = not_understood(bot, message, NOTHING, FIRST)
    assert reply.text == (bot.say("not_understood_nothing"),)
    assert reply.options
    assert found is None


def test_not_understood_at_all_says_what_the_bot_can_do(bot: Bot) -> None:
    message = heard("hm the thing there", (f"faq/{ONE}", 0.01), band="decline")
    reply, _ = not_understood(bot, message, NOTHING, FIRST)
    assert reply.text == (bot.say("not_understood_nothing"),)
    assert "quiz:start" in [option.payload for option in reply.options]


def test_twice_in_a_row_a_person_is_offered(bot: Bot) -> None:
    reply, _ = not_understood(bot, heard("still the thing", band="decline"), NOTHING, SECOND)
    assert reply.text[0] == bot.say("not_understood_twice")
    assert bot.organization.contact.email in "\n".join(reply.text)


def test_an_empty_message_is_no_question_of_meaning(bot: Bot) -> None:
    for text in ("", "   ", "?!"):
        reply, found = not_understood(bot, Understood(text), NOTHING, SECOND)
        assert reply.text == (bot.say("empty"),)
        assert reply.options
        assert found is None


def test_twice_half_understood_a_person_is_offered_beside_the_options(bot: Bot) -> None:
    message = heard("hm the thing there", *((f"faq/{id_}", 0.2) for id_ in ELSEWHERE), band="ask")
    reply, _ = not_understood(bot, message, NOTHING, SECOND)
    assert bot.organization.contact.email in "\n".join(reply.text)
    assert {*asks(bot, *ELSEWHERE)} <= {option.label for option in reply.options}


def test_where_an_answer_did_not_help_the_other_readings_and_a_person_are_offered(bot: Bot) -> None:
    # Those elsewhere are beliefs, which nobody is asked to hold.
    before = heard("hm the thing there", (f"faq/{ONE}", 0.9), *((f"faq/{id_}", 0.01) for id_ in (*ELSEWHERE, OTHER)))
    reply = did_not_help(bot, before, Context((TOPIC,), "what"))
    assert reply.text[0] == bot.say("not_helped")
    assert bot.organization.contact.email in "\n".join(reply.text)
    assert reply.text[-1] == bot.say("did_you_mean")
    assert [option.label for option in reply.options] == asks(bot, OTHER)
    assert not reply.asks_if_helped


def test_what_was_just_answered_is_not_offered_again(bot: Bot) -> None:
    residency = bot.knowledge.topics["residency"].name
    length, what = (bot.knowledge.attributes[name].asked for name in ("length", "what"))
    before = heard("residency for how many years", ("ask/length", 0.9), ("quiz_start", 0.02))
    labels = [o.label for o in did_not_help(bot, before, Context(("residency",), "length")).options]
    assert bot.say("ask_attribute", topic=residency, asked=length) not in labels
    assert bot.say("ask_attribute", topic=residency, asked=what) in labels
    several_of_them = several("one? two?", heard("one?", f"faq/{ONE}"), heard("two?", f"faq/{OTHER}"))
    assert not {*asks(bot, ONE, OTHER)} & {o.label for o in did_not_help(bot, several_of_them, NOTHING).options}


def test_where_nothing_was_asked_before_only_a_person_is_offered(bot: Bot) -> None:
    for before in (
        Understood(""),
        heard("hello", "small_talk/greet", (f"faq/{ONE}", 0.01)),
        heard("stage:graduate", "quiz_click"),
    ):
        reply = did_not_help(bot, before, Context((TOPIC,), "what"))
        assert reply.options == ()
        assert bot.organization.contact.email in "\n".join(reply.text)
        assert reply.text[-1] == bot.say("in_other_words")
