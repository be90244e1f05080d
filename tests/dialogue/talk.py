"""A small language for talking to the quiz: what a person says, what is asked, kept and decided then."""

from __future__ import annotations

from img_pathway.dialogue.quiz_turn import QuizTalk, Turn
from img_pathway.dialogue.steering import steer
from img_pathway.quiz import State
from img_pathway.quiz.state import Answer
from img_pathway.reply import Option, Reply
from tests.dialogue.hearing import heard
from tests.quiz.content import bot

UNDECIDED = "depends"


class Talk:
    """One person's conversation with the quiz; every method returns the talk, so that a scenario reads in one go."""

    def __init__(self, goal: str | None = None, text: str = "", guess: str = "") -> None:
        self._talk = QuizTalk(bot())
        self.question = Reply()
        self.turn = Turn(State(goal), "stopped")
        self.is_taken = True
        """Whether the last message was one for the quiz."""
        self.says(text, guess)

    @property
    def state(self) -> State:
        return self.turn.state

    def says(self, text: str, guess: str = "") -> Talk:
        """A message; `guess` is the label that it is guessed to have, where words alone do not say what it is."""
        is_asking = self.state.asked is not None and self.turn.status == "asking"
        message = heard(text, *((guess,) if guess else ()), band="answer" if guess else "ask")
        turn = self._talk.hear(self.state, message, is_asking=is_asking)
        self.is_taken = turn is not None
        return self._take(turn) if turn else self

    def is_no_answer(self) -> Talk:
        """The message was left to what answers questions, or the question is asked again."""
        again = {bot().say("ask_again"), bot().say("ask_again_year")} & set(self.turn.reply.text)
        assert not self.is_taken or again, self.text
        return self

    def answers(self, **answers: str | int) -> Talk:
        """Clicks (or typed years) for the questions that are asked, until none of these is left."""
        left = dict(answers)
        while left and self.state.asked in left:
            question = str(self.state.asked)
            answer = left.pop(question)
            self.says(str(answer) if isinstance(answer, int) else f"{question}:{answer}")
        assert not left, f"never asked: {sorted(left)}; asked instead: {self.state.asked}"
        return self

    def _take(self, turn: Turn) -> Talk:
        self.turn, self.question = turn, Reply()
        if turn.status == "asking":
            state, self.question = self._talk.question(turn.state)
            self.turn = Turn(state, turn.status, turn.reply)
        return self

    # What is expected

    def asked(self, question: str | None) -> Talk:
        assert self.state.asked == question, f"asks {self.state.asked}, not {question}"
        return self

    def noted(self, **answers: Answer) -> Talk:
        known = {question: self.state.answers.get(question) for question in answers}
        assert known == answers
        return self

    def knows_only(self, **answers: Answer) -> Talk:
        assert dict(self.state.answers) == answers
        return self

    def aims_at(self, goal: str | None) -> Talk:
        assert self.state.goal == goal
        return self

    def is_now(self, status: str) -> Talk:
        assert self.turn.status == status, f"is {self.turn.status}, not {status}"
        return self

    def said(self, phrase: str, **values: str) -> Talk:
        """A phrase of data/phrases.yml was said."""
        assert bot().say(phrase, **values) in self.text, f'"{phrase}" is not in: {self.text}'
        return self

    def explained(self, question: str) -> Talk:
        assert bot().engine.quiz.questions[question].why in self.text
        return self

    def decides(self, **verdicts: str) -> Talk:
        """Verdicts by outcome; "depends" for one that is not decided."""
        for outcome, wanted in verdicts.items():
            case = bot().engine.decide(outcome, self.state.answers).case
            assert (case.verdict if case else UNDECIDED) == wanted, outcome
        return self

    def offers(self, kind: str | None) -> Talk:
        """The kind of rotation that is steered to; none for an honest no or too little known."""
        reply = " ".join(steer(bot(), self.state).text)
        kinds = {rotation.kind for rotation in bot().organization.rotations if rotation.name in reply}
        assert kinds == ({kind} if kind else set()), reply
        return self

    def says_honestly_no(self) -> Talk:
        reply = steer(bot(), self.state)
        assert bot().say("rotation_none") in reply.text, reply.text
        return self

    @property
    def text(self) -> str:
        """All that was said in the last turn."""
        return "\n".join((*self.turn.reply.text, *self.turn.reply.closing))

    @property
    def options(self) -> tuple[Option, ...]:
        """What could be clicked now."""
        return (*self.turn.reply.options, *self.question.options)
