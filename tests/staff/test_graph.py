"""The quiz as a picture: every path of the engine is in the graph, and the picture shows all of it."""

from __future__ import annotations

import random
from pathlib import Path
from xml.etree import ElementTree

import pytest

from img_pathway import cli
from img_pathway.dialogue.bot import Bot
from img_pathway.staff import quiz_graph as module
from img_pathway.staff.graph_drawing import mermaid, svg
from img_pathway.staff.graph_layout import layout
from img_pathway.staff.quiz_graph import Graph, Place, TooLarge, Way, quiz_graph

GOALS = ("clinical", "certification", "match", "residency", "visa", "license", "unsure", "internship")
SMALL = Graph(
    "A & <b>",
    (
        Place("Result", ()),
        Place('Is "it" so?', (Way(("Yes",), ("O: yes",), 0), Way(("No", "Maybe"), (), 0))),
        Place("First", (Way(("A",), (), 1), Way(("B",), ("O: no",), 0), Way(("C",), (), 1))),
    ),
    2,
)


@pytest.mark.parametrize("goal", GOALS)
def test_every_path_of_the_engine_is_in_the_graph(bot: Bot, goal: str) -> None:
    engine, graph = bot.engine, quiz_graph(bot.engine, goal)
    chance = random.Random(goal)
    for _ in range(40):
        answers: dict = {}
        place, decided = graph.places[graph.start], []
        while question := engine.next_question(goal, answers):
            assert place.title == engine.quiz.questions[question].name
            answer, words = chance.choice(list(module._answers(engine, question)))
            answers[question] = answer
            way = next(way for way in place.ways if words in way.answers)
            decided += way.decides
            place = graph.places[way.to]
        assert place.title == "Result"
        verdicts = {o: engine.decide(o, answers).case for o in engine.quiz.goals[goal].outcomes}
        assert sorted(text.rpartition(": ")[2] for text in decided) == sorted(
            case.verdict.replace("_", " ") for case in verdicts.values() if case
        )


def test_the_content_knows_these_goals_and_each_fits_on_a_picture(bot: Bot) -> None:
    assert tuple(bot.engine.quiz.goals) == GOALS
    assert max(len(quiz_graph(bot.engine, goal).places) for goal in GOALS) < 60


def test_a_quiz_that_nobody_could_read_is_not_drawn(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_PLACES", 5)
    with pytest.raises(TooLarge, match="match"):
        quiz_graph(bot.engine, "match")


@pytest.mark.parametrize("goal", GOALS)
def test_arrows_go_to_the_right_and_nothing_lies_upon_another(bot: Bot, goal: str) -> None:
    graph = quiz_graph(bot.engine, goal)
    plan = layout(graph)
    column = {thing: i for i, things in enumerate(plan.columns) for thing in things}
    assert sum(map(len, plan.columns)) == len(column)
    assert {i for i, place in enumerate(graph.places) if place.ways} <= set(column)
    for arrow in plan.arrows:
        passed = [column[thing] for thing in (arrow.place, *arrow.through, arrow.to)]
        assert passed == list(range(passed[0], passed[-1] + 1))
    picture = ElementTree.fromstring(svg([graph]))
    boxes = [tuple(float(r.get(k)) for k in ("x", "y", "width", "height")) for r in picture.iter() if r.get("rx")]
    assert len(boxes) == len([place for place in graph.places if place.ways])
    for i, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, other_width, other_height in boxes[:i]:
            apart = x >= other_x + other_width or other_x >= x + width
            assert apart or y >= other_y + other_height or other_y >= y + height


def test_the_picture_says_all_and_needs_nothing_else(bot: Bot) -> None:
    graph = quiz_graph(bot.engine, "match")
    text = svg([graph, SMALL])
    said = " ".join(e.text or "" for e in ElementTree.fromstring(text).iter() if e.tag.endswith("text"))
    for place in graph.places:
        for way in place.ways:
            assert all(word in said for answer in way.answers for word in answer.split())
    assert "A & <b>" in said
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_mermaid_text_has_every_way_and_no_loose_quotes() -> None:
    assert mermaid([SMALL]).splitlines() == [
        "flowchart LR",
        '  subgraph g0["A &amp; &lt;b&gt;"]',
        '    g0p0(["Result"])',
        '    g0p1["Is #quot;it#quot; so?"]',
        '    g0p1 -->|"Yes<br>O: yes"| g0p0',
        '    g0p1 -->|"No / Maybe"| g0p0',
        '    g0p2["First"]',
        '    g0p2 -->|"A"| g0p1',
        '    g0p2 -->|"B<br>O: no"| g0p0',
        '    g0p2 -->|"C"| g0p1',
        "  end",
    ]


def test_the_command_writes_files_and_names_the_goals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["graph", "visa", "--svg", str(tmp_path / "visa.svg")]) == 0
    ElementTree.parse(tmp_path / "visa.svg")
    assert cli.main(["graph", "--mermaid", str(tmp_path / "all.mmd")]) == 0
    assert (tmp_path / "all.mmd").read_text().count("subgraph") == len(GOALS)
    assert cli.main(["graph", "vissa"]) == 1
    assert 'mean "visa"' in capsys.readouterr().err
