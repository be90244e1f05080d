"""What a message is: decided once, from evidence and from what is open, by an ordered table in which the first wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from img_pathway.dialogue import labels
from img_pathway.dialogue.choosing import choose, shown_by_words
from img_pathway.dialogue.labels import ASK, DANGERS, FALLBACK, FAQ, intent_of
from img_pathway.dialogue.limits import limits
from img_pathway.dialogue.understood import ENGLISH, Understood
from img_pathway.quiz.reader import Story
from img_pathway.quiz.state import Answer


@dataclass(frozen=True)
class Open:
    """What waits for an answer, and what a message is to it; by default nothing waits."""

    what: Literal["nothing", "start", "goal", "question", "enquiry"] = "nothing"
    """`start`: the quiz is about to begin or to go on, and no question of it is open yet."""
    command: str = ""
    """The command of the quiz that the words are."""
    picked: Answer | None = None
    """The answer that the message is and nothing else."""
    among: Answer | None = None
    """The answer that stands among other words."""
    goal: str = ""
    """The goal that is named."""
    told: Story = field(default_factory=Story)
    """What is told of a person."""
    supposed: bool = False
    """Whether something is supposed of the person of whom a record is kept."""
    would_change: bool = False
    """Whether that would change what is decided of them."""
    recorded: bool = False
    """Whether a goal and answers of the person are kept."""
    of_another: bool = False
    """Whether that is somebody else than the person whose record is open."""
    an_option: bool = False
    """Whether the message is nothing but an option of some question."""
    takes: bool = False
    """Whether an open enquiry can use the message."""


@dataclass(frozen=True)
class Move:
    """What a message is taken for: `label` is an intent, or an intent and what it is about."""

    label: str
    sure: float = 1.0
    value: Answer | None = None

    @property
    def intent(self) -> str:
        """The intent that Rasa's rules go by."""
        return intent_of(self.label)


NOTHING = Open()
Rule = Callable[[Understood, Open], "Move | None"]


def route(heard: Understood, open_: Open = NOTHING) -> Move:
    """Return what a message is while something is open, or, without that, by itself."""
    return next(move for _, rule in TABLE if (move := rule(heard, open_)))


def routed(heard: Understood) -> Understood:
    """Return the message with what it is by itself, and each question in it likewise."""
    move = route(heard)
    # What the words show is one thing, however many questions the guesses saw.
    parts = () if _by_words(heard) else tuple(replace(part, label=choose(part)) for part in heard.parts)
    return replace(heard, label=move.label, sure=move.sure, parts=parts, more=heard.more and bool(parts))


def language_of(heard: Understood) -> str:
    """Return the language to answer in: in danger the likeliest, else the sure one of what is not understood."""
    if heard.label in DANGERS:
        return heard.likely_language
    return heard.language if heard.label == labels.LANGUAGE else ENGLISH


# Whatever is open


def _danger(heard: Understood, open_: Open) -> Move | None:
    if heard.danger:
        return Move(heard.danger)
    guessed = heard.band == "answer" and heard.best.label in DANGERS and not _by_words(heard)
    return Move(heard.best.label, heard.score) if guessed else None


def _clicked(heard: Understood, open_: Open) -> Move | None:
    if not heard.click:
        return None
    return Move(labels.ENQUIRY_ANSWER if open_.what == "enquiry" and open_.takes else heard.click)


# While something is open


def _never_an_answer(heard: Understood, open_: Open) -> Move | None:
    own = route(heard) if open_.what != "nothing" else None
    return own if own and own.label in (labels.DELETE_DATA, labels.ENQUIRY) else None


def _beside_goal(heard: Understood, open_: Open) -> Move | None:
    own = route(heard) if open_.what == "goal" and heard.words.beside_goal else None
    return own if own and own.intent in (ASK, FAQ) else None


def _surely_not_ours(heard: Understood, open_: Open) -> Move | None:
    if open_.what not in ("goal", "question", "enquiry") or _is_short(heard):
        return None
    own = route(heard)
    return own if _is_declined(heard, own) and own.sure >= limits().surely_not_ours else None


def _enquiry(heard: Understood, open_: Open) -> Move | None:
    if open_.what != "enquiry":
        return None
    return Move(labels.ENQUIRY_ANSWER) if open_.takes or route(heard).label == labels.STOP else route(heard)


def _command(heard: Understood, open_: Open) -> Move | None:
    return Move(f"quiz_{open_.command}") if open_.command else None


def _picked(heard: Understood, open_: Open) -> Move | None:
    return Move(labels.ANSWER, value=open_.picked) if open_.picked is not None else None


def _told(heard: Understood, open_: Open) -> Move | None:
    if open_.what == "start" and _guessed_command(heard):
        return None
    # Told without being asked for, it changes a record that is kept; a question that is understood goes first.
    if open_.what == "nothing" and not (open_.recorded and (open_.told.answers or open_.of_another)):
        return None
    if open_.what == "nothing" and heard.words.asks and route(heard).intent in (ASK, FAQ):
        return None
    if open_.of_another:
        return Move(labels.OTHER_PERSON)
    return Move(labels.RECORD, value=open_.goal or None) if open_.what != "start" and open_.told.answers else None


def _supposed(heard: Understood, open_: Open) -> Move | None:
    # Where it would change nothing, a question is answered as one.
    is_one = open_.would_change or (open_.supposed and route(heard).intent not in (ASK, FAQ))
    return Move(labels.SUPPOSED) if is_one else None


def _among(heard: Understood, open_: Open) -> Move | None:
    if open_.what == "goal" and open_.goal:
        return Move(labels.GOAL_NAMED, value=open_.goal)
    return Move(labels.ANSWER, value=open_.among) if open_.among is not None else None


def _command_guessed(heard: Understood, open_: Open) -> Move | None:
    guessed = _guessed_command(heard) if open_.what != "nothing" else ""
    return Move(f"quiz_{guessed}") if guessed else None


def _started(heard: Understood, open_: Open) -> Move | None:
    return Move(labels.START, value=open_.goal or None) if open_.what == "start" else None


def _unclear(heard: Understood, open_: Open) -> Move | None:
    if open_.what not in ("goal", "question"):
        return None
    own = route(heard)
    if _is_a_matter_of_its_own(heard, open_, own):
        return None
    # Who wants to begin or to go on is asked the question again, without a word of misunderstanding.
    return Move(labels.RESUME if own.label in (labels.RESUME, labels.START) else labels.UNCLEAR)


# By itself


def _language(heard: Understood, open_: Open) -> Move | None:
    understood = _by_words(heard) or (heard.band == "answer" and heard.score >= limits().english)
    return Move(labels.LANGUAGE) if heard.language != ENGLISH and not (understood and heard.text.isascii()) else None


def _blank(heard: Understood, open_: Open) -> Move | None:
    return Move(FALLBACK) if heard.words.blank else None


def _record(heard: Understood, open_: Open) -> Move | None:
    """Several things told make a record; a single one only where nothing else was seen in the message."""
    plain, told, words, best = shown_by_words(heard), heard.told, heard.words, heard.best
    # Where it is not sure which question was asked, the person is asked back, and not their record.
    is_question = bool(plain) or best.intent in (ASK, FAQ)
    probability, score = (1.0, 1.0) if plain else (best.probability, heard.score)
    # The words of a belief ("I can take Step 3 before I am certified") tell nothing of a person.
    if words.picked:
        return None
    # Somebody in distress is heard first; the record can wait.
    if not plain and heard.band == "answer" and best.label in (*DANGERS, labels.FEELING_LOW):
        return None
    # "What if I had a green card" is no matter of law, and "I got my green card" asks for nothing.
    if told.supposed and told.first_person and not plain and best.intent not in (ASK, FAQ):
        return Move(labels.RECORD)
    if told.answers and told.first_person and not plain and not words.asks and best.intent == labels.DECLINE:
        return Move(labels.RECORD)
    # A question that is understood is answered; the record told with it is kept all the same.
    whole = len(told.answers) >= limits().whole_record and probability < limits().question_in_record
    if words.asks and is_question and not whole:
        return None
    alone = len(told.answers) == 1 and told.first_person and not words.opens and score < limits().told_alone
    return Move(labels.RECORD) if len(told.answers) >= limits().story or alone else None


def _question(heard: Understood, open_: Open) -> Move | None:
    plain = shown_by_words(heard)
    if plain:
        return Move(plain)
    guessed = heard.band == "answer" and heard.best.intent in (ASK, FAQ)
    return Move(choose(heard), heard.score) if guessed else None


def _guessed(heard: Understood, open_: Open) -> Move | None:
    return Move(heard.best.label, heard.score) if heard.band == "answer" and heard.best.label else None


def _not_understood(heard: Understood, open_: Open) -> Move | None:
    return Move(FALLBACK, heard.score)


TABLE: tuple[tuple[str, Rule], ...] = (
    ("Danger to life goes before everything.", _danger),
    ("A click is the command that its id names.", _clicked),
    ("A wish to delete or to ask for a rotation is never an answer.", _never_an_answer),
    ("Where the goal is asked for, a question about what a goal names is a question.", _beside_goal),
    ("A long message that is surely not ours is no answer.", _surely_not_ours),
    ("An open enquiry takes all that asks nothing.", _enquiry),
    ("Words that are a command steer the quiz.", _command),
    ("What is an option and nothing else is the answer.", _picked),
    ("What is told of a person is kept, if it is the person of whom we talk.", _told),
    ("What is supposed of them is worked out, and not kept.", _supposed),
    ("An option or a goal among a few other words is the answer.", _among),
    ("What is only guessed to be a command steers the quiz.", _command_guessed),
    ("Whatever else begins the quiz begins it.", _started),
    ("A few words that name nothing were meant as an answer, and the question is asked again.", _unclear),
    ("Another language is answered in that language.", _language),
    ("A message without a word says nothing.", _blank),
    ("What tells several things of a person is a record.", _record),
    ("A question gets the answer that is chosen for it.", _question),
    ("Any other first guess is taken where it is sure.", _guessed),
    ("What is left was not understood.", _not_understood),
)


# What several lines ask


def _by_words(heard: Understood) -> bool:
    """Whether the words alone decide what the message is, whatever was guessed."""
    return bool(heard.click or heard.words.blank or shown_by_words(heard) or _record(heard, NOTHING))


def _is_short(heard: Understood) -> bool:
    return len(heard.text.split()) <= limits().few_words and "?" not in heard.text


def _is_declined(heard: Understood, own: Move) -> bool:
    """Whether a message is, by itself, the first guess at what is not ours."""
    return not heard.ours and own.label == heard.best.label and not _by_words(heard)


def _guessed_command(heard: Understood) -> str:
    """The command that a message is guessed to be; what cannot be taken back is done for a plain wish only."""
    command = labels.COMMANDS.get(route(heard).label, "")
    return "" if command == "restart" and heard.best.probability < limits().clear_all else command


def _is_a_matter_of_its_own(heard: Understood, open_: Open, own: Move) -> bool:
    """Whether a message that is no answer asks for something; a few words that name nothing were meant as one."""
    is_short = _is_short(heard)
    meant_as_answer = (
        (is_short and own.sure < limits().sure_of_few_words)
        # "USA" where the exams are asked for: meant for another question, whatever is guessed.
        or open_.an_option
        # A command is only left here where it is not sure enough for what it does.
        or own.label in (*labels.EMPTY, *labels.COMMANDS)
        or (is_short and _is_declined(heard, own))
    )
    if meant_as_answer:
        return False
    if own.label == FALLBACK:
        return not heard.words.blank and heard.band == "ask" and not is_short
    asks = "?" in heard.text or heard.words.topics or heard.words.cues or heard.words.asks
    return own.intent not in (ASK, FAQ) or bool(asks)
