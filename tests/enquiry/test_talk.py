"""The enquiry as talk: validated kindly, left at any point, nothing sent without a yes."""

from __future__ import annotations

import pytest

from img_pathway.dialogue.bot import Bot
from img_pathway.enquiry.talk import Draft, EnquiryTalk, Status
from img_pathway.enquiry.words import EnquiryWords, load_enquiry_words
from img_pathway.reply import Reply
from tests.serving import ROOT

PROFILE = ("Year of graduation: 2019",)


class Person:
    """Somebody who is asked; `says` answers, and the next question is asked as the form would."""

    def __init__(self, bot: Bot, words: EnquiryWords, profile: tuple[str, ...] = ()) -> None:
        self.talk = EnquiryTalk(bot, words, profile)
        step = self.talk.start()
        self.status: Status = step.status
        self.reply: Reply = step.reply
        self.draft, self.question = self.talk.question(step.draft)
        self.is_taken = True

    def says(self, *texts: str) -> Person:
        for text in texts:
            self.is_taken = self.talk.takes(self.draft, text)
            if not self.is_taken:
                break
            step = self.talk.answer(self.draft, text)
            self.status, self.reply, self.draft = step.status, step.reply, step.draft
            if step.status == "asking":
                self.draft, self.question = self.talk.question(step.draft)
        return self


@pytest.fixture(scope="module")
def words() -> EnquiryWords:
    return load_enquiry_words(ROOT / "data" / "enquiry.yml")


@pytest.fixture()
def person(bot: Bot, words: EnquiryWords) -> Person:
    return Person(bot, words)


TOLD = ("my name is Amina Diallo", "amina@example.com", "skip", "skip", "skip", "skip")


def test_all_the_way_to_a_yes(person: Person) -> None:
    person.says("Amina Diallo", "amina@example.com", "+1 202 555 0143", "peds", "march to may", "boston")
    assert person.draft.asked == "consent"
    shown = {given.name: given.answer for given in person.question.answers}
    assert set(shown.values()) >= {"Amina Diallo", "amina@example.com", "march to may", "boston"}
    person.says("enquiry:yes")
    assert person.status == "sent"
    assert person.draft.told["phone"] == "+1 202-555-0143"


def test_a_specialty_is_kept_by_its_name(person: Person, bot: Bot) -> None:
    person.says(*TOLD[:3], "something in pediatrics please")
    assert person.draft.told["specialty"] == bot.knowledge.topics["pediatrics"].name


def test_without_a_yes_nothing_is_kept(person: Person) -> None:
    person.says(*TOLD, "no")
    assert (person.status, dict(person.draft.told)) == ("stopped", {})


@pytest.mark.parametrize("said", ["hm", "maybe later", "ok let me think"])
def test_only_a_yes_is_a_yes(person: Person, said: str) -> None:
    person.says(*TOLD, said)
    assert (person.status, person.draft.asked) == ("asking", "consent")


@pytest.mark.parametrize("answered", range(6))
def test_it_can_be_left_at_any_point(person: Person, answered: int) -> None:
    person.says(*TOLD[:answered], "stop")
    assert (person.status, dict(person.draft.told)) == ("stopped", {})


def test_back_asks_the_question_before_again(person: Person, words: EnquiryWords) -> None:
    person.says("Amina", "back")
    assert person.draft.asked == "name"
    person.says("back")
    assert person.reply.text == (words.nothing_back,)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ((), "12345"), ((), "a@b.co"), ((), "x"),
        (TOLD[:1], "amina at example"), (TOLD[:1], "amina@"), (TOLD[:1], "no email"), (TOLD[:1], "a@b@c.com"),
        (TOLD[:2], "123"), (TOLD[:2], "+1"), (TOLD[:2], "call me"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_asked_again_kindly(
    person: Person, words: EnquiryWords, told: tuple[str, ...], text: str
) -> None:
    person.says(*told)
    asked = person.draft.asked
    person.says(text)
    assert person.draft.asked == asked
    assert person.reply.text == (next(q.wrong for q in words.questions if q.id == asked),)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("amina@example.com", "amina@example.com"),
        ("  my email is Amina.D@Example.COM. ", "Amina.D@example.com"),
        ("<amina@example.com>", "amina@example.com"),
    ],
)
def test_an_address_is_found_among_words(person: Person, text: str, kept: str) -> None:
    assert person.says("Amina", text).draft.told["email"] == kept


@pytest.mark.parametrize(
    ("text", "kept"), [("00447911123456", "+44 7911 123456"), ("+91 98765-43210", "+91 98765 43210")]
)
def test_a_number_is_kept_in_its_international_form(person: Person, text: str, kept: str) -> None:
    assert person.says(*TOLD[:2], text).draft.told["phone"] == kept


@pytest.mark.parametrize("question", ["what do you do with my email?", "how much does it cost", "is it free?"])
def test_a_question_in_the_middle_is_no_answer(person: Person, question: str) -> None:
    person.says("Amina")
    before = person.draft
    person.says(question)
    assert (person.is_taken, person.draft) == (False, before)


@pytest.mark.parametrize("answered", range(7))
def test_who_asks_why_is_told_and_asked_again(person: Person, words: EnquiryWords, answered: int) -> None:
    person.says(*TOLD[:answered])
    asked = person.draft.asked
    person.says("why do u need that")
    assert (person.status, person.draft.asked) == ("asking", asked)
    assert person.reply.text == (next(q.why for q in words.questions if q.id == asked),)


def test_the_quiz_is_passed_on_only_where_there_is_one_and_with_a_yes(bot: Bot, words: EnquiryWords) -> None:
    assert "profile" not in [question.id for question in Person(bot, words).talk._fields.values()]
    person = Person(bot, words, PROFILE).says(*TOLD)
    assert person.draft.asked == "profile"
    refused = [given.answer for given in person.says("no").question.answers]
    assert not [answer for answer in refused if PROFILE[0] in answer]
    agreed = [given.answer for given in person.says("back", "yes").question.answers]
    assert PROFILE[0] in agreed


def test_a_draft_comes_back_from_its_slot(person: Person) -> None:
    person.says("Amina")
    assert Draft.from_slot(person.draft.to_slot()) == person.draft
    assert Draft.from_slot(None) == Draft()
