"""Looking at the content: check, explain, side-by-side, quiz, graph, schemas."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from img_pathway.commands.shared import Add, export_file, in_order
from img_pathway.serve.settings import Settings


def register(add: Add) -> None:
    """Add the commands."""
    checking = add("check", check, "Check all content and training data.")
    checking.add_argument("--rasa", action="store_true", help="also what Rasa itself says of it (half a minute)")
    one = add("explain", explain, "What the bot knows of a topic.")
    one.add_argument("topic", nargs="+", help='topic or other name, such as residency or "step 2 ck"')
    one.add_argument("--all", action="store_true", help="every fact, with its id, date and sources")
    several = add("side-by-side", side_by_side, "Topics side by side.")
    several.add_argument("topics", nargs="+", metavar="TOPIC", help="two to four topics")
    add("quiz", quiz, "Take the quiz in the terminal, without Rasa.")
    drawing = add("graph", graph, "The quiz as a picture: what is asked, which answer leads where, what it decides.")
    drawing.add_argument("goal", nargs="?", help="one goal of data/quiz/goals.yml (all if left out)")
    form = drawing.add_mutually_exclusive_group()
    form.add_argument("--svg", metavar="FILE", help="a picture for any browser")
    form.add_argument("--mermaid", metavar="FILE", help="text for Mermaid, which is printed if no file is named")
    add("schemas", schemas, "Write the schemas by which an editor such as VS Code checks data/ while you type.")


def check(settings: Settings, options: argparse.Namespace) -> int:
    """Say what is wrong and what deserves notice."""
    from img_pathway.staff.check import notices

    if not in_order(settings, slow=options.rasa):
        return 1
    for notice in notices(settings.root, date.today()):
        print(notice)
    print("All content and training data are in order.")
    return 0


def explain(settings: Settings, options: argparse.Namespace) -> int:
    """Show a topic."""
    from img_pathway.staff import terminal

    return terminal.explain(settings.data, " ".join(options.topic), every=options.all)


def side_by_side(settings: Settings, options: argparse.Namespace) -> int:
    """Show topics beside each other."""
    from img_pathway.staff import terminal

    return terminal.compare(settings.data, options.topics)


def quiz(settings: Settings, options: argparse.Namespace) -> int:
    """Ask, and show the result."""
    from img_pathway.staff import terminal

    return terminal.quiz(settings.data)


def graph(settings: Settings, options: argparse.Namespace) -> int:
    """Draw the quiz of one goal, or of all."""
    from img_pathway.content import nearest
    from img_pathway.dialogue.bot import load_bot
    from img_pathway.staff.graph_drawing import mermaid, svg
    from img_pathway.staff.quiz_graph import TooLarge, quiz_graph

    engine = load_bot(settings.data, date.today()).engine
    goals = [options.goal] if options.goal else list(engine.quiz.goals)
    if goals[0] not in engine.quiz.goals:
        known = ", ".join(engine.quiz.goals)
        print(f'There is no goal "{goals[0]}".{nearest(goals[0], engine.quiz.goals)} Goals: {known}.', file=sys.stderr)
        return 1
    try:
        graphs = [quiz_graph(engine, goal) for goal in goals]
    except TooLarge as error:
        print(error, file=sys.stderr)
        return 1
    name = options.svg or options.mermaid
    if not name:
        print(mermaid(graphs), end="")
        return 0
    with export_file(settings, name) as file:
        file.write(svg(graphs) if options.svg else mermaid(graphs))
    print(f"Written to {file.name}.")
    return 0


def schemas(settings: Settings, options: argparse.Namespace) -> int:
    """Write what is not up to date."""
    from img_pathway.staff.schemas import write_schemas

    changed = write_schemas(settings.root)
    print("\n".join(changed) or "All schemas are up to date.")
    return 0
