"""Answers to what was understood: common questions, beliefs, several questions, look-up, comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest

from img_pathway.dialogue.answers import respond, verdict_asked
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz.state import Answer
from img_pathway.reply import Reply
from tests.dialogue.hearing import HALF_SURE, heard, several

NOTHING = Context()
# A belief with words of one topic, and a message in which somebody holds it.
BELIEF, HOLDS_IT = "green_card_no_exams", "i have a green card so i do not need the usmle exams"
# A plain question, and one on the same topic.
COMMON, ITS_NEIGHBOR = "eras_photo", "eras_apply_late"


def reply(bot: Bot, message: Understood, context: Context = NOTHING, **answers: Answer) -> Reply:
    return respond(bot, message, context, answers)[0]


def whole(found: Reply) -> str:
    return "\n".join(found.text)


def says(bot: Bot, found: Reply, *facts: str) -> bool:
    return all(bot.knowledge.facts[fact].says in whole(found) for fact in facts)


# Common questions


def test_a_common_question_is_answered_in_short_first_and_with_nothing_else(bot: Bot) -> None:
    faq = bot.knowledge.faq[COMMON]
    found = reply(bot, heard("what photo should i upload for eras", f"faq/{COMMON}"))
    assert found.text == faq.lines
    assert found.text[0] == f"**{faq.short}**"


def test_sources_of_a_common_question_are_those_of_its_facts(bot: Bot) -> None:
    faq = bot.knowledge.faq[COMMON]
    found = reply(bot, heard("what photo should i upload for eras", f"faq/{COMMON}"))
    assert {cited.title for cited in found.sources} == {
        bot.knowledge.sources[source].title for fact in bot.facts(faq.facts) for source in fact.sources
    }


def test_the_words_of_every_common_question_lead_to_its_answer(bot: Bot) -> None:
    """They are offered as buttons, so that a click has to be answered by nothing else."""
    others = {
        id_: faq.asks
        for id_, faq in bot.knowledge.faq.items()
        if faq.short not in whole(reply(bot, heard(faq.asks, f"faq/{id_}")))
    }
    assert not others


def test_other_common_questions_of_the_topic_are_offered_in_peoples_words(bot: Bot) -> None:
    message = heard("is a photo needed in eras", f"faq/{COMMON}", (f"faq/{ITS_NEIGHBOR}", 0.05), ("faq/oet_fee", 0.01))
    payloads = [option.payload for option in reply(bot, message).options]
    assert f"faq:{ITS_NEIGHBOR}" in payloads
    assert f"faq:{COMMON}" not in payloads
    assert len(payloads) <= 3


def test_what_else_may_be_meant_is_offered_whatever_it_is_about_and_noise_is_not(bot: Bot) -> None:
    message = heard(
        "is a photo needed", (f"faq/{COMMON}", 0.6), ("faq/oet_ielts_instead", 0.36), ("faq/letters_waive", 0.04)
    )
    payloads = [option.payload for option in reply(bot, message).options]
    assert payloads[0] == "faq:oet_ielts_instead"
    assert "faq:letters_waive" not in payloads


def test_the_next_turn_leans_on_the_topic_of_a_common_question(bot: Bot) -> None:
    _, context = respond(bot, heard("photo in eras?", f"faq/{COMMON}"), Context(("oet",), "cost", ("oet",)), {})
    assert context == Context(("eras",), "what", ("eras", "oet"))


def test_the_next_turn_leans_on_what_the_question_named(bot: Bot) -> None:
    """ "And what does it cost?" after a question on an observership is no question on visas."""
    faq = bot.knowledge.faq["rotation_visa_which_one"]
    assert faq.topic != "observership"
    _, context = respond(
        bot, heard("they all say i must have one for an observership", "faq/rotation_visa_which_one"), NOTHING, {}
    )
    assert context.topics == ("observership",)


# Beliefs


def test_a_belief_that_somebody_holds_is_judged_first(bot: Bot) -> None:
    belief = bot.knowledge.faq[BELIEF]
    said = reply(bot, heard(HOLDS_IT, f"faq/{BELIEF}")).text
    assert said == (f"**{bot.say('belief_no')} {belief.short}**", *belief.lines[1:])


@pytest.mark.parametrize(
    "text",
    [
        "which exams do i take with a green card",  # an open question claims nothing
        "and so what about my green card and exams",
        "green card exams",  # too short to claim anything
        "with my green card i do need the exams i think",  # the contrary
        "no green card here, do i need the usmle exams",  # of somebody whom it does not concern
    ],
)
def test_a_belief_that_nobody_claimed_is_answered_without_its_verdict(bot: Bot, text: str) -> None:
    assert reply(bot, heard(text, f"faq/{BELIEF}")).text == bot.knowledge.faq[BELIEF].lines


def test_a_belief_is_judged_where_one_of_its_words_speaks_of_it(bot: Bot) -> None:
    id_, faq = next((id_, faq) for id_, faq in bot.knowledge.faq.items() if faq.verdict and "examin" in faq.words)
    label = (f"faq/{id_}", HALF_SURE)
    judged = reply(bot, heard("so in an observership i will examine them all", label))
    assert judged.text == (f"**{bot.say('belief_' + faq.verdict)} {faq.short}**", *faq.lines[1:])
    assert reply(bot, heard("so in an observership i will earn a lot of money", label)).text == faq.lines


# Look-up


def test_topic_and_attribute_are_looked_up(bot: Bot) -> None:
    assert says(bot, reply(bot, heard("how long is an observership", "ask/length")), "observership_length")


@pytest.mark.parametrize(
    "label", ["faq/gone_since_the_training", "ask/gone_since_the_training", "small_talk/greet", ""]
)
def test_an_unknown_label_is_looked_up_by_its_words(bot: Bot, label: str) -> None:
    """A model may be older than the content."""
    assert says(bot, reply(bot, heard("how long is an observership", label)), "observership_length")


def test_without_any_guess_the_words_are_looked_up(bot: Bot) -> None:
    assert says(bot, reply(bot, Understood("how long is an observership")), "observership_length")


def test_without_a_topic_the_person_is_asked_which_one(bot: Bot) -> None:
    found = reply(bot, heard("how long does it take", "ask/length"))
    assert found.text == (bot.say("which_topic"),)
    assert found.options


def test_without_a_topic_the_turn_before_is_leaned_on(bot: Bot) -> None:
    before = Context(("observership",), "what", ("observership",))
    assert says(bot, reply(bot, heard("and how long is it", "ask/length"), before), "observership_length")


@pytest.mark.parametrize(("similarity", "answered"), [(0.8, True), (0.4, False)])
def test_a_near_fact_names_the_topic_that_the_words_do_not(bot: Bot, similarity: float, answered: bool) -> None:
    message = heard("how many weeks do they stand and watch", "ask/length", facts={"observership_length": similarity})
    assert says(bot, reply(bot, message), "observership_length") == answered


def test_a_near_fact_that_is_gone_is_passed_over(bot: Bot) -> None:
    found = reply(bot, heard("how many weeks do they watch", "ask/length", facts={"gone_since": 0.9}))
    assert found.text == (bot.say("which_topic"),)


def test_the_fact_that_is_nearest_to_the_question_is_said_first(bot: Bot) -> None:
    facts = [fact.id for fact in bot.knowledge.facts_about("observership", "cost")]
    assert len(facts) > 1
    found = reply(bot, heard("price of an observership for profit", "ask/cost", facts={facts[-1]: 0.8}))
    assert whole(found).startswith(bot.knowledge.facts[facts[-1]].says)


def test_the_gist_of_a_topic_is_in_every_look_up(bot: Bot) -> None:
    topic = next(t for t, r in bot.knowledge.topics.items() if r.gist and bot.knowledge.facts_about(t, "length"))
    found = reply(bot, heard(f"how long does the {bot.knowledge.topics[topic].aliases[0]} take", "ask/length"))
    assert says(bot, found, bot.knowledge.topics[topic].gist[0])


def test_an_old_name_is_put_right_before_the_answer(bot: Bot) -> None:
    record = bot.knowledge.topics["soap"]
    name, correction = next(iter(record.old_names.items()))
    assert reply(bot, heard(f"how does the {name} work", "ask/what")).text[0] == correction


# What the words show plainly goes before a guess


def test_a_comparison_is_a_table_whatever_was_guessed(bot: Bot) -> None:
    found = reply(bot, heard("internship vs residency", f"faq/{COMMON}"))
    assert found.table is not None
    assert set(found.table.columns) == {bot.knowledge.topics[t].name for t in ("internship", "residency")}


def test_a_definition_is_looked_up_whatever_was_guessed(bot: Bot) -> None:
    found = reply(bot, heard("what is an observership", f"faq/{COMMON}"))
    assert says(bot, found, "observership_definition")
    assert bot.knowledge.faq[COMMON].lines[0] not in found.text


# Several questions in one message


def test_several_questions_are_answered_in_order_and_each_is_marked(bot: Bot) -> None:
    message = several(
        "how long is an observership? do i need a photo in eras? what does step 1 cost",
        heard("how long is an observership?", "ask/length"),
        heard("do i need a photo in eras?", f"faq/{COMMON}"),
        heard("what does step 1 cost", "ask/cost"),
    )
    found = reply(bot, message)
    first, second, third = (found.text.index(bot.say("question_number", number=n)) for n in (1, 2, 3))
    assert says(bot, Reply(text=found.text[first:second]), "observership_length")
    assert bot.knowledge.faq[COMMON].lines[0] in found.text[second:third]
    cost = bot.knowledge.facts_about("step_1", "cost")
    assert any(says(bot, Reply(text=found.text[third:]), fact.id) for fact in cost)


def test_who_asks_more_than_is_read_is_told(bot: Bot) -> None:
    parts = (heard("how long is an observership?", "ask/length"), heard("what does step 1 cost", "ask/cost"))
    message = several("how long is an observership? what does step 1 cost", *parts)
    assert reply(bot, replace(message, more=True)).text[-1] == bot.say("more_questions")
    assert bot.say("more_questions") not in reply(bot, message).text


def test_a_single_question_is_not_marked(bot: Bot) -> None:
    mark = bot.say("question_number", number=1)
    assert mark not in reply(bot, heard("how long is an observership", "ask/length")).text


def test_a_part_leans_on_the_part_before(bot: Bot) -> None:
    message = several(
        "what is an observership? and how long is it?",
        heard("what is an observership?", "ask/what"),
        heard("and how long is it?", "ask/length"),
    )
    found, context = respond(bot, message, NOTHING, {})
    assert says(bot, found, "observership_definition", "observership_length")
    assert context.topics == ("observership",)


def test_what_belongs_in_both_answers_is_said_once(bot: Bot) -> None:
    message = several(
        "can i do a clerkship? can i do a clerkship with a photo",
        heard("can i do a clerkship?", "ask/who"),
        heard("can i do a clerkship with a photo", f"faq/{COMMON}"),
    )
    found = reply(bot, message, NOTHING, stage="graduate")
    assert {*bot.knowledge.faq[COMMON].lines} <= set(found.text)
    assert whole(found).count(bot.say("for_you")) == 1


def test_no_question_is_left_without_an_answer(bot: Bot) -> None:
    """Also where the answer to the second would repeat the first."""
    message = several(
        "how long does it take? what does it cost",
        heard("how long does it take?", "ask/length"),
        heard("what does it cost", "ask/cost"),
    )
    found = reply(bot, message)
    marks = {bot.say("question_number", number=n) for n in (1, 2)}
    assert found.text
    assert found.text[-1] not in marks


# A person's own record


def test_what_the_record_decides_is_said_before_the_general_answer(bot: Bot) -> None:
    record: dict[str, Answer] = {"stage": "graduate"}
    found = reply(bot, heard("can i do a clerkship", "ask/who"), NOTHING, **record)
    assert found.text[0].startswith(bot.say("for_you"))
    assert not reply(bot, heard("can i do a clerkship", "ask/who")).text[0].startswith(bot.say("for_you"))


# What names and cues show only by chance


def test_a_sure_question_in_many_words_is_no_comparison(bot: Bot) -> None:
    text = "is it clerkship vs internship photos that programs want to see in eras or just any photo"
    assert reply(bot, heard(text, f"faq/{COMMON}")).text == bot.knowledge.faq[COMMON].lines


def test_what_a_belief_speaks_of_may_be_refused_unless_it_is_a_status(bot: Bot) -> None:
    oet, card = bot.knowledge.faq["native_speaker_skips_oet"], bot.knowledge.faq["green_card_no_visa"]
    text = "english is my only language so surely i do not need that oet"
    assert reply(bot, heard(text, "faq/native_speaker_skips_oet")).text[0].endswith(f" {oet.short}**")
    assert bot.say(f"belief_{card.verdict}") not in whole(
        reply(bot, heard("i have no green card, do i need a visa", "faq/green_card_no_visa"))
    )


# Did that help?


@pytest.mark.parametrize(
    "message",
    [
        heard("what photo should i upload for eras", f"faq/{COMMON}"),
        heard("how long is residency", "ask/length"),
        heard("internship vs residency", "ask/compare"),
        several("one? two?", heard("how long is residency?", "ask/length"), heard("what is eras?", "ask/what")),
    ],
    ids=lambda message: message.text,
)
def test_who_got_an_answer_is_asked_whether_it_helped(bot: Bot, message: Understood) -> None:
    assert reply(bot, message).asks_if_helped


@pytest.mark.parametrize("label", ["ask/length", "ask/compare"])
def test_who_is_asked_back_is_not(bot: Bot, label: str) -> None:
    assert not reply(bot, heard("hm and how is that", label)).asks_if_helped


def test_who_asks_whether_they_may_is_told_what_their_record_says(bot: Bot) -> None:
    closed = next(case for case in bot.engine.quiz.outcomes["clerkship"].cases if case.verdict == "no")
    told = verdict_asked(bot, "can i still do electives", {"stage": "graduate"})
    assert closed.says in whole(told)
    assert told.sources
    assert verdict_asked(bot, "can i still do electives", {}) == Reply()
    assert verdict_asked(bot, "electives are hard", {"stage": "graduate"}) == Reply()


def test_a_topic_and_what_is_asked_of_it_are_looked_up_whatever_was_guessed(bot: Bot) -> None:
    costs = tuple(fact.says for fact in bot.knowledge.facts_about("observership", "cost"))
    sure_of_another = heard("and what does an observership cost", "faq/rotation_visa_which_one")
    assert whole(reply(bot, sure_of_another)).startswith(costs)
