"""The quiz as talk: a message in, a new state and a Reply out; what is no answer is handed back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from img_pathway.dialogue import labels
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.changes import changed, supposed, verdicts
from img_pathway.dialogue.clicks import QUIZ, change, option, question_to_change
from img_pathway.dialogue.keeping import Kept, given_of, in_words, keep, name_of, said_back
from img_pathway.dialogue.listening import GOAL, UNSURE, listen, shown_options
from img_pathway.dialogue.plan_shown import PlanShown
from img_pathway.dialogue.result import result
from img_pathway.dialogue.routing import Move, Open, route
from img_pathway.dialogue.understood import Understood
from img_pathway.quiz.engine import is_settled
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.reader import Click
from img_pathway.quiz.state import Answer, State
from img_pathway.reply import Progress, Reply

Status = Literal["asking", "finished", "stopped"]


@dataclass(frozen=True)
class Turn:
    """What came of a message: `reply` is said now; while `status` is "asking", the next question follows."""

    state: State
    status: Status
    reply: Reply = field(default_factory=Reply)


@dataclass(frozen=True)
class Said:
    """A message to the quiz: what was understood, what it is to the open question, and what it is taken for."""

    heard: Understood
    open: Open
    move: Move


class QuizTalk:
    """The quiz as a conversation over one bot."""

    def __init__(self, bot: Bot) -> None:
        """Talk over the content of `bot`."""
        self.bot, self.engine, self.reader, self.say = bot, bot.engine, bot.reader, bot.say
        self._moves: Mapping[str, Callable[[State, Said], Turn]] = {
            labels.CLICK: self._click,
            labels.ANSWER: self._answer,
            labels.GOAL_NAMED: self._told,
            labels.RECORD: self._told,
            labels.START: self._told,
            labels.OTHER_PERSON: self._other_person,
            labels.SUPPOSED: self._supposed,
            labels.RESUME: lambda state, said: self._go_on(state, Reply()),
            labels.UNCLEAR: lambda state, said: self.unclear(state),
            "quiz_back": self._back,
            "quiz_restart": self._restart,
            "quiz_stop": self._stop,
            "quiz_answers": self._answers,
            "quiz_why": self._why,
            "quiz_result": self._result,
            "quiz_change": self._change,
        }

    # Entry points

    def listen(self, state: State, heard: Understood, *, is_asking: bool) -> Open:
        """Return what a message is to the question that is open."""
        return listen(self.bot, state, heard, is_asking=is_asking)

    def takes(self, move: Move) -> bool:
        """Return whether a move is one of the quiz."""
        return move.label in self._moves

    def take(self, state: State, said: Said) -> Turn:
        """Return what comes of a message of the quiz; raises KeyError for a move that is none."""
        return self._moves[said.move.label](state, said)

    def hear(self, state: State, heard: Understood, *, is_asking: bool) -> Turn | None:
        """Return what comes of a message; None where it is not the quiz's."""
        open_ = self.listen(state, heard, is_asking=is_asking)
        move = route(heard, open_)
        return self.take(state, Said(heard, open_, move)) if self.takes(move) else None

    def _answer(self, state: State, said: Said) -> Turn:
        question, answer = state.asked or "", said.move.value
        assert answer is not None, "an answer without a value"
        turn = self._record(state, question, answer)
        by_number = self.reader.is_number(said.heard.text)
        if (said.open.picked is not None and not by_number) or answer == NOT_SURE:
            return turn
        # What was found among other words or picked by its number is shown, so that it can be put right.
        is_listed = self.reader.listed(question, said.heard.text) is not None
        return self._said_back(Kept(turn.state, noted=(question,)), self._dated(question, turn) if is_listed else turn)

    def _dated(self, question: str, turn: Turn) -> Turn:
        """The turn with the date of the lists that a country was looked up in."""
        facts = self.bot.facts(self.engine.quiz.questions[question].country_facts)
        dated = Reply(text=(self.say("by_lists", as_of=facts[0].as_of),), sources=self.bot.cite(facts))
        return replace(turn, reply=dated.then(turn.reply))

    def _told(self, state: State, said: Said) -> Turn:
        kept = keep(self.bot, state, said.open.told)
        goal = str(said.move.value or "") or kept.state.goal
        turn = self._said_back(kept, self._go_on(replace(kept.state, goal=goal), Reply()))
        if goal in (None, state.goal) or said.move.label == labels.GOAL_NAMED:
            return turn
        # Nobody was asked for it, so it is said.
        read = Reply(text=(self.say("goal_read", goal=self.engine.quiz.goals[str(goal)].label),))
        return replace(turn, reply=read.then(turn.reply))

    def _said_back(self, kept: Kept, turn: Turn) -> Turn:
        """The turn with what was kept said first: as a list where the next question follows by itself."""
        alone = turn.status == "asking" and not turn.reply.text
        return replace(turn, reply=said_back(self.bot, kept, as_list=alone).then(turn.reply))

    def _other_person(self, state: State, said: Said) -> Turn:
        who = said.open.told.about
        return Turn(state, self._still(state), Reply(text=(self.say("other_person", who=who),)))

    def _supposed(self, state: State, said: Said) -> Turn:
        """What would be decided if what is supposed were so; the answers stay as they are."""
        new = supposed(self.bot, state, said.open.told)
        assert new is not None and state.goal, "supposes nothing that matters"
        given = "; ".join(self._line(question, new.answers[question]) for question in said.open.told.supposed)
        before, now = (verdicts(self.bot, state.goal, one.answers) for one in (state, new))
        lines = changed(self.bot, before, now) or (self.say("nothing_else"),)
        listed = "\n".join((self.say("suppose", answers=given), *(f"- {line}" for line in lines)))
        text = (listed, *PlanShown(self.bot, new).next().lines)
        options = () if self.is_open(state) else (option(self.say("result_option"), QUIZ, "result"),)
        return Turn(state, self._still(state), Reply(text=text, options=options))

    def question(self, state: State) -> tuple[State, Reply]:
        """The question to ask now, and the state that remembers it was asked."""
        if state.goal is None and state.wanted is None:
            options = [
                option(goal.label, GOAL, name) for name, goal in self.engine.quiz.goals.items() if name != "internship"
            ]
            again = state.asked == GOAL
            text = (self.say("goal_question_again" if again else "goal_question"),)
            why = None if again else self.say("goal_why")
            return replace(state, asked=GOAL), Reply(
                text=text, options=tuple(options), why=why, basis=(f"question/{GOAL}",)
            )
        name = state.wanted or self.engine.next_question(state.goal or "", state.answers)
        assert name is not None, "asked for a question when none is open"
        record = self.engine.quiz.questions[name]
        shown = shown_options(self.bot, state, name)
        options = [option(record.options[o].label, name, o) for o in shown]
        options.append(option(self.say("not_sure"), name, NOT_SURE))
        number = sum(is_settled(answer) for answer in state.answers.values()) + 1
        left = self.engine.questions_left(state.goal, state.answers) if state.goal else 0
        # Without a goal nobody knows how many questions there are.
        progress = Progress(number, number - 1 + left) if left else None
        return replace(state, asked=name), Reply(
            text=(record.asks,), options=tuple(options), why=record.why, progress=progress, basis=(f"question/{name}",)
        )

    def asks_goal(self, state: State) -> bool:
        """Whether the goal is what was asked for last."""
        return state.asked == GOAL

    def is_open(self, state: State) -> bool:
        """Whether anything is left to ask."""
        return (
            state.goal is None
            or state.wanted is not None
            or self.engine.next_question(state.goal, state.answers) is not None
        )

    # Answers

    def _go_on(self, state: State, reply: Reply) -> Turn:
        # An answer may rule out what an earlier story had left possible.
        state = self.engine.without_idle_options(state)
        return Turn(state, "asking", reply) if self.is_open(state) else self._finished(state, reply)

    def _finished(self, state: State, reply: Reply) -> Turn:
        """The result; behind an earlier one for the same goal, what has changed is said first."""
        assert state.goal, "a result without a goal"
        now = verdicts(self.bot, state.goal, state.answers)
        lines = changed(self.bot, state.verdicts, now)
        text = "".join((self.say("result_changed"), *(f"\n- {line}" for line in lines))) if lines else ""
        state = replace(state, asked=None, verdicts=now)
        return Turn(state, "finished", reply.then(Reply(text=(text,) if text else ())).then(result(self.bot, state)))

    def _record(self, state: State, question: str, answer: Answer) -> Turn:
        record = self.engine.quiz.questions[question]
        if isinstance(answer, int) and not record.earliest <= answer <= self.bot.today.year + 8:
            return Turn(state, "asking", Reply(text=(self.say("year_range", year=answer),)))
        said = self.say("unsure_help", how=record.unsure) if answer == NOT_SURE else ""
        # What fits several options is asked once more, with those alone.
        said = self.say("which_of_these") if isinstance(answer, tuple) else said
        return self._go_on(state.with_answer(question, answer), Reply(text=(said,) if said else ()))

    def _click(self, state: State, said: Said) -> Turn:
        click = self.reader.click(said.heard.text)
        if click is None:
            # A button of a question that is no more.
            return self.unclear(state) if state.asked else self._told(state, said)
        return self._goal_clicked(state, click) if click.question == GOAL else self._option_clicked(state, click)

    def _goal_clicked(self, state: State, click: Click) -> Turn:
        is_new = state.goal not in (None, click.option)
        now = (self.say("goal_now", goal=self.engine.quiz.goals[click.option].label),) if is_new else ()
        return self._go_on(replace(state, goal=click.option), Reply(text=now))

    def _option_clicked(self, state: State, click: Click) -> Turn:
        if click.question == state.asked:
            return self._record(state, click.question, click.option)
        name = self.engine.quiz.questions[click.question].name
        instead = change(self.say("stale_button", question=name), click.question)
        return Turn(state, self._still(state), Reply(text=(self.say("stale", question=name),), options=(instead,)))

    def unclear(self, state: State) -> Turn:
        """No answer was found in a message: say so, and the question is asked again."""
        question = self.engine.quiz.questions.get(state.asked or "")
        is_year = question is not None and question.kind == "year"
        return Turn(state, "asking", Reply(text=(self.say("ask_again_year" if is_year else "ask_again"),)))

    # Commands

    def _back(self, state: State, said: Said) -> Turn:
        settled = [q for q in state.trail if is_settled(state.answers.get(q))]
        if not settled:
            return Turn(replace(state, goal=None), "asking", Reply(text=(self.say("nothing_back"),)))
        name = self.engine.quiz.questions[settled[-1]].name
        return Turn(state.without(settled[-1]), "asking", Reply(text=(self.say("back_to", question=name),)))

    def _restart(self, state: State, said: Said) -> Turn:
        return Turn(State(), "asking", Reply(text=(self.say("restarted"),)))

    def _stop(self, state: State, said: Said) -> Turn:
        options = (
            option(self.say("continue_option"), QUIZ, "resume"),
            option(self.say("result_option"), QUIZ, "result"),
            option(self.say("restart_option"), QUIZ, "restart"),
        )
        return Turn(replace(state, asked=None), "stopped", Reply(text=(self.say("stopped"),), options=options))

    def _answers(self, state: State, said: Said) -> Turn:
        return Turn(state, self._still(state), self.answers_shown(state))

    def in_words(self, state: State) -> dict[str, str]:
        """The answers given so far, by the name of their question."""
        return {
            name_of(self.bot, question): in_words(self.bot, question, answer)
            for question, answer in self.engine.settled(state)
        }

    def answers_shown(self, state: State) -> Reply:
        """The list of answers given so far."""
        if not state.answers:
            return Reply(text=(self.say("nothing_yet"),))
        given = tuple(given_of(self.bot, question, answer) for question, answer in self.engine.settled(state))
        options = (change(self.say("change_option")),)
        return Reply(text=(self.say("your_answers"),), answers=given, options=options)

    def _why(self, state: State, said: Said) -> Turn:
        question = self.engine.quiz.questions.get(state.asked or "")
        why = question.why if question else self.say("goal_why")
        return Turn(state, self._still(state), Reply(text=(why,)))

    def _result(self, state: State, said: Said) -> Turn:
        kept = keep(self.bot, state, said.open.told)
        state = kept.state
        if state.goal is None or kept.doubts:
            turn = self._go_on(replace(state, goal=state.goal or UNSURE, asked=None), Reply())
        else:
            turn = self._finished(state, Reply())
        return self._said_back(kept, turn)

    def _change(self, state: State, said: Said) -> Turn:
        text, told = said.heard.text, said.heard.told
        if told.answers:
            # Whoever says "change" corrects, whatever was said before.
            kept = keep(self.bot, state, replace(told, corrects=True))
            return self._said_back(kept, self._go_on(kept.state, Reply()))
        if self.reader.names_the_goal(text):
            return self._go_on(replace(state, goal=self.reader.goal_in(text), asked=None), Reply())
        clicked = question_to_change(text)
        name = clicked or self.reader.question_named(text)
        # A button may also open a question that was not asked yet.
        if name and (name in state.answers or (name == clicked and name in self.engine.quiz.questions)):
            return Turn(replace(state.without(name), wanted=name), "asking")
        if not state.answers:
            return Turn(state, self._still(state), Reply(text=(self.say("nothing_yet"),)))
        options = tuple(change(self._line(q, a), q) for q, a in self.engine.settled(state))
        # The open question would stand between the list and the number that is typed.
        return Turn(replace(state, asked=None), "stopped", Reply(text=(self.say("change_which"),), options=options))

    def _line(self, question: str, answer: Answer) -> str:
        return self.say("answer_line", name=name_of(self.bot, question), answer=in_words(self.bot, question, answer))

    def _still(self, state: State) -> Status:
        """Asking while something is open; else there is nothing to go on with."""
        return "asking" if self.is_open(state) else "stopped"


def way_back(bot: Bot, state: State) -> Reply:
    """The option to go on with the quiz, where one is open."""
    if state.goal is None or not QuizTalk(bot).is_open(state):
        return Reply()
    return Reply(options=(option(bot.say("continue_option"), QUIZ, "resume"),))
