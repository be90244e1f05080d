"""Speed of the engine and number of questions, over 10,000 random partial profiles. Prints a table and keeps it."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from img_pathway.dialogue.bot import load_bot
from img_pathway.knowledge import load_knowledge
from img_pathway.quiz import Engine, load_quiz
from img_pathway.quiz.model import NOT_SURE
from img_pathway.quiz.plan import plan_of
from img_pathway.quiz.state import Answer
from img_pathway.staff.check import check

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)


def random_answer(engine: Engine, question: str, chance: random.Random) -> Answer:
    """An answer as a person might give it: one in ten is "not sure"."""
    record = engine.quiz.questions[question]
    if chance.random() < 0.1:
        return NOT_SURE
    if record.kind == "year":
        return chance.randint(TODAY.year - 25, TODAY.year + 2)
    return chance.choice(list(record.options))


def random_profile(engine: Engine, chance: random.Random) -> dict[str, Answer]:
    """Answers to a random part of all questions."""
    share = chance.random()
    return {q: random_answer(engine, q, chance) for q in engine.quiz.questions if chance.random() < share}


def walk(engine: Engine, goal: str, chance: random.Random) -> int:
    """How many questions a person is asked until nothing is open."""
    answers: dict[str, Answer] = {}
    while (question := engine.next_question(goal, answers)) is not None:
        answers[question] = random_answer(engine, question, chance)
    return len(answers)


def milliseconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def processor_seconds(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started


def spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.3f} | {ordered[int(len(ordered) * 0.95)]:.3f} | {ordered[-1]:.3f}"


def full_result(engine: Engine, goal: str, answers: dict[str, Answer]) -> object:
    record = engine.quiz.goals[goal]
    return [engine.decide(o, answers) for o in (*record.outcomes, *record.shows)], plan_of(engine, goal, answers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=10_000)
    profiles = parser.parse_args().profiles
    chance = random.Random(2026)
    data = ROOT / "data"

    knowledge_ms = [milliseconds(lambda: load_knowledge(data / "knowledge")) for _ in range(5)]
    knowledge = load_knowledge(data / "knowledge")
    quiz_ms = [milliseconds(lambda: load_quiz(data / "quiz", knowledge, TODAY)) for _ in range(5)]
    everything_ms = milliseconds(lambda: load_bot(data, TODAY))
    # Run before every start, and each time that staff save.
    check_seconds = min(processor_seconds(lambda: check(ROOT, TODAY)) for _ in range(3))
    engine = Engine(load_quiz(data / "quiz", knowledge, TODAY))

    goals = list(engine.quiz.goals)
    drawn = [(chance.choice(goals), random_profile(engine, chance)) for _ in range(profiles)]
    next_ms = [milliseconds(lambda g=g, a=a: engine.next_question(g, a)) for g, a in drawn]
    result_ms = [milliseconds(lambda g=g, a=a: full_result(engine, g, a)) for g, a in drawn]

    lines = [
        "# Engine",
        "",
        f"{profiles} random partial profiles over {len(engine.quiz.questions)} questions, "
        f"{len(engine.quiz.outcomes)} outcomes and {len(knowledge.facts)} facts.",
        f"Written by `make bench` on {date.today()}; times are of one run on one machine.",
        "",
        "| milliseconds | median | p95 | worst |",
        "|---|---|---|---|",
        f"| next question | {spread(next_ms)} |",
        f"| full result of a goal | {spread(result_ms)} |",
        "",
        f"Content: knowledge {min(knowledge_ms):.0f} ms, quiz {min(quiz_ms):.0f} ms (best of 5), "
        f"everything with words, phrases and index {everything_ms:.0f} ms (first time).",
        f"The check of all content: {check_seconds:.1f} s of processor time (best of 3; the goal is below 3).",
        "",
        "| goal | questions asked: median | p95 | worst | asking all that the goal's rules name |",
        "|---|---|---|---|---|",
    ]
    for goal in goals:
        counts = sorted(walk(engine, goal, chance) for _ in range(max(200, profiles // len(goals))))
        every = len(engine.open_questions(engine.quiz.goals[goal].outcomes, {}))
        lines.append(
            f"| {goal} | {statistics.median(counts):.0f} | {counts[int(len(counts) * 0.95)]} | {counts[-1]} | {every} |"
        )
    report = "\n".join(lines) + "\n"
    print(report)
    results = ROOT / "benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "engine.md").write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
