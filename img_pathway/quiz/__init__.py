"""The eligibility quiz: three-valued rules over answers, what to ask next, verdicts and the plan."""

from img_pathway.quiz.engine import Engine
from img_pathway.quiz.load import QuizFiles, load_quiz
from img_pathway.quiz.logic import Truth
from img_pathway.quiz.model import Quiz
from img_pathway.quiz.state import State

__all__ = ["Engine", "Quiz", "QuizFiles", "State", "Truth", "load_quiz"]
