"""The quiz as talk: a message in, a new state and a Reply out; what is no answer is handed back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.result import result
from img_pathway.quiz.engine import is_settled
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.reading import Click, Story
from img_pathway.quiz.state import Answer, State
from img_pathway.reply import Given, Option, Progress, Reply

Status = Literal["asking", "finished", "stopped", "not_mine"]
GOAL = "goal"


@dataclass(frozen=True)
class Turn:
    """What came of a message: `reply` is said now; while `status` is "asking", the next question follows."""

    state: State
    status: Status
    reply: Reply = field(default_factory=Reply)


class QuizTalk:
    """The quiz as a conversation over one bot."""

    def __init__(self, bot: Bot) -> None:
        """Talk over the content of `bot`."""
        self.bot, self.engine, self.reader, self.say = bot, bot.engine, bot.reader, bot.say
        self._commands = {
            "back": self._back,
            "restart": self._restart,
            "stop": self._stop,
            "answers": self._answers,
            "why": self._why,
            "result": self._result,
        }

    # Entry points

    def start(self, state: State, text: str, command: str | None = None, *, names_goal: bool = False) -> Turn:
        """Begin, or go on with what is known: a story is kept; with `names_goal`, so is any goal it speaks of."""
        click = self.reader.click(text)
        if click:
            return self._click(state, click)
        command = self.reader.command(text) or command
        if command in self._commands:
            return self._commands[command](state)
        if command == "change" or self.reader.starts_change(text):
            return self._change(state, text)
        story = self.reader.story(text)
        if self._is_anecdote(state, story):
            return self._other_person(state, story)
        kept, reply = self.keep(state, story)
        goal = self.reader.goal_in(text) if names_goal else self.reader.goal_asked(text)
        return self._go_on(replace(kept, goal=goal or kept.goal), reply)

    def answer(self, state: State, text: str, command: str | None = None) -> Turn:
        """A message while a question is open."""
        click = self.reader.click(text)
        if click:
            return self._click(state, click)
        said = self.reader.command(text)
        if said == "change" or self.reader.starts_change(text):
            return self._change(state, text)
        if said in self._commands:
            return self._commands[said](state)
        asked = None if state.asked == GOAL else state.asked
        turn = self._answer_to(asked, state, text) if asked else self._goal(state, text)
        # What only the classifier takes for a command must not swallow an answer.
        if turn.status == "not_mine" and command == "change":
            return self._change(state, text)
        if turn.status == "not_mine" and command in self._commands:
            return self._commands[command](state)
        return turn

    def _answer_to(self, question: str, state: State, text: str) -> Turn:
        """A plain pick wins over a story, and a story over a pick among other words."""
        shown = self._shown(question, state)
        picked = self.reader.pick_exactly(question, text, shown)
        if picked is not None:
            return self._record(state, question, picked)
        story = self.reader.story(text)
        picked = self.reader.pick(question, text, shown)
        heard = story.answers.get(question)
        if picked is not None and isinstance(heard, tuple) and picked in heard:
            story = replace(story, answers={**story.answers, question: picked})
        if self._is_anecdote(state, story):
            return self._other_person(state, story)
        if story.answers:
            kept, reply = self.keep(state, story)
            return self._go_on(kept, reply)
        if picked is None:
            return Turn(state, "not_mine")
        turn = self._record(state, question, picked)
        noted = Reply(text=(f"{self.say('noted')} {self.describe(question, picked)}.",))
        return turn if picked == NOT_SURE else replace(turn, reply=noted.then(turn.reply))

    def _is_anecdote(self, state: State, story: Story) -> bool:
        """Whether a story tells of somebody else than the person whose record this is."""
        return bool(state.answers and story.answers) and story.about is not None and story.about != state.about

    def _other_person(self, state: State, story: Story) -> Turn:
        return Turn(state, self._still(state), Reply(text=(self.say("other_person", who=story.about),)))

    def question(self, state: State) -> tuple[State, Reply]:
        """The question to ask now, and the state that remembers it was asked."""
        if state.goal is None:
            options = [
                Option(goal.label, f"{GOAL}:{name}")
                for name, goal in self.engine.quiz.goals.items()
                if name != "internship"
            ]
            again = state.asked == GOAL
            text = (self.say("goal_question_again" if again else "goal_question"),)
            why = None if again else self.say("goal_why")
            return replace(state, asked=GOAL), Reply(text=text, options=tuple(options), why=why)
        name = state.wanted or self.engine.next_question(state.goal, state.answers)
        assert name is not None, "asked for a question when none is open"
        record = self.engine.quiz.questions[name]
        shown = self._shown(name, state)
        options = [Option(record.options[o].label, f"{name}:{o}") for o in shown]
        options.append(Option(self.say("not_sure"), f"{name}:{NOT_SURE}"))
        number = sum(is_settled(answer) for answer in state.answers.values()) + 1
        progress = Progress(number, number - 1 + self.engine.questions_left(state.goal, state.answers))
        return replace(state, asked=name), Reply(
            text=(record.asks,), options=tuple(options), why=record.why, progress=progress
        )

    def _shown(self, question: str, state: State) -> list[str]:
        """The options on offer: all, or those that a story has left possible."""
        left = state.answers.get(question)
        return [o for o in self.engine.quiz.questions[question].options if not isinstance(left, tuple) or o in left]

    def is_open(self, state: State) -> bool:
        """Whether anything is left to ask."""
        return (
            state.goal is None
            or state.wanted is not None
            or self.engine.next_question(state.goal, state.answers) is not None
        )

    # Answers

    def _go_on(self, state: State, reply: Reply) -> Turn:
        if self.is_open(state):
            return Turn(state, "asking", reply)
        return Turn(replace(state, asked=None), "finished", reply.then(result(self.bot, state)))

    def _record(self, state: State, question: str, answer: Answer) -> Turn:
        record = self.engine.quiz.questions[question]
        if isinstance(answer, int) and not record.earliest <= answer <= self.bot.today.year + 8:
            return Turn(state, "asking", Reply(text=(self.say("year_range", year=answer),)))
        reply = Reply(text=(self.say("unsure_help", how=record.unsure),)) if answer == NOT_SURE else Reply()
        return self._go_on(state.with_answer(question, answer), reply)

    def keep(self, state: State, story: Story) -> tuple[State, Reply]:
        """The state with all that a story tells, and a line that shows what was kept."""
        lines: list[str] = []
        if story.about and story.about != state.about:
            state = replace(state, about=story.about)
            lines.append(self.say("about", who=story.about))
        kept = []
        for question, new in story.answers.items():
            answer = self.reader.revise(question, state.answers.get(question), new)
            if answer != state.answers.get(question):
                state = state.with_answer(question, answer)
            kept.append(self.describe(question, answer))
        if kept:
            lines.append(f"{self.say('noted')} {'; '.join(kept)}.")
        return state, Reply(text=tuple(lines))

    def describe(self, question: str, answer: Answer) -> str:
        """An answer in words: "Year of graduation: 2016"."""
        return self.say("answer_line", name=self._name(question), answer=self._in_words(question, answer))

    def _in_words(self, question: str, answer: Answer) -> str:
        options = self.engine.quiz.questions[question].options
        if answer == NOT_SURE:
            return self.say("not_sure")
        if isinstance(answer, tuple):
            return self.say("narrowed", answers=" / ".join(options[o].label for o in answer))
        return str(answer) if isinstance(answer, int) else options[answer].label

    def _name(self, question: str) -> str:
        return self.engine.quiz.questions[question].name

    def _click(self, state: State, click: Click) -> Turn:
        if click.question == GOAL:
            is_new = state.goal not in (None, click.option)
            said = (self.say("goal_now", goal=self.engine.quiz.goals[click.option].label),) if is_new else ()
            return self._go_on(replace(state, goal=click.option), Reply(text=said))
        if click.question == state.asked:
            return self._record(state, click.question, click.option)
        name = self.engine.quiz.questions[click.question].name
        change = Option(self.say("stale_button", question=name), f"change {name}")
        return Turn(state, self._still(state), Reply(text=(self.say("stale", question=name),), options=(change,)))

    def _goal(self, state: State, text: str) -> Turn:
        story = self.reader.story(text)
        if self._is_anecdote(state, story):
            return self._other_person(state, story)
        if not story.answers and self.reader.opens_a_question(text):
            return Turn(state, "not_mine")
        goal = "unsure" if self.reader.is_not_sure(text) else None
        if not goal and not story.answers:
            goal = self.reader.goal(text) or self.reader.goal_in(text)
        if not goal and not story.answers:
            return Turn(state, "not_mine")
        kept, reply = self.keep(state, story)
        return self._go_on(replace(kept, goal=goal or kept.goal), reply)

    def unclear(self, state: State) -> Turn:
        """No answer was found in a message: say so, and the question is asked again."""
        question = self.engine.quiz.questions.get(state.asked or "")
        is_year = question is not None and question.kind == "year"
        return Turn(state, "asking", Reply(text=(self.say("ask_again_year" if is_year else "ask_again"),)))

    # Commands

    def _back(self, state: State) -> Turn:
        settled = [q for q in state.trail if is_settled(state.answers.get(q))]
        if not settled:
            return Turn(replace(state, goal=None), "asking", Reply(text=(self.say("nothing_back"),)))
        name = self.engine.quiz.questions[settled[-1]].name
        return Turn(state.without(settled[-1]), "asking", Reply(text=(self.say("back_to", question=name),)))

    def _restart(self, state: State) -> Turn:
        return Turn(State(), "asking", Reply(text=(self.say("restarted"),)))

    def _stop(self, state: State) -> Turn:
        options = tuple(
            Option(self.say(n), self.say(n)) for n in ("continue_option", "result_option", "restart_option")
        )
        return Turn(replace(state, asked=None), "stopped", Reply(text=(self.say("stopped"),), options=options))

    def _answers(self, state: State) -> Turn:
        return Turn(state, self._still(state), self.answers_shown(state))

    def answers_shown(self, state: State) -> Reply:
        """The list of answers given so far."""
        if not state.answers:
            return Reply(text=(self.say("nothing_yet"),))
        given = tuple(
            Given(self._name(question), self._in_words(question, answer), f"change {self._name(question)}")
            for question, answer in self.engine.settled(state)
        )
        options = (Option(self.say("change_option"), self.say("change_option")),)
        return Reply(text=(self.say("your_answers"),), answers=given, options=options)

    def _why(self, state: State) -> Turn:
        question = self.engine.quiz.questions.get(state.asked or "")
        why = question.why if question else self.say("goal_why")
        return Turn(state, self._still(state), Reply(text=(why,)))

    def _result(self, state: State) -> Turn:
        if state.goal is None:
            return self._go_on(replace(state, goal="unsure", asked=None), Reply())
        return Turn(replace(state, asked=None), "finished", result(self.bot, state))

    def _change(self, state: State, text: str) -> Turn:
        story = self.reader.story(text)
        if story.answers:
            kept, reply = self.keep(state, story)
            return self._go_on(kept, reply)
        if self.reader.names_the_goal(text):
            return self._go_on(replace(state, goal=self.reader.goal_in(text), asked=None), Reply())
        name = self.reader.question_named(text)
        if name and name in state.answers:
            return Turn(replace(state.without(name), wanted=name), "asking")
        if not state.answers:
            return Turn(state, self._still(state), Reply(text=(self.say("nothing_yet"),)))
        options = tuple(Option(self.describe(q, a), f"change {self._name(q)}") for q, a in self.engine.settled(state))
        return Turn(state, self._still(state), Reply(text=(self.say("change_which"),), options=options))

    def _still(self, state: State) -> Status:
        """Asking while something is open; else there is nothing to go on with."""
        return "asking" if self.is_open(state) else "stopped"
