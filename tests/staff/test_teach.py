"""Teaching a phrase: one line under the right label, true counts at the top, and nothing that confuses the bot."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from img_pathway.content.editing import rows_of
from img_pathway.dialogue.bot import Bot
from img_pathway.staff.answer_now import answer_now
from img_pathway.staff.example_header import counted
from img_pathway.staff.teaching import Refused, label_of, teach, with_example, with_header
from img_pathway.staff.training_data import TrainingData, read_training_data

ROOT = Path(__file__).parent.parent.parent
NEW = "zebra crossing, is that what they call it over there"
FILES = sorted(
    str(path.relative_to(ROOT)) for path in (ROOT / "data/conversation").rglob("*.yml") if "\nnlu:" in path.read_text()
)


@pytest.fixture(scope="module")
def data() -> TrainingData:
    return read_training_data(ROOT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "domain.yml", tmp_path)
    shutil.copytree(ROOT / "tests/understanding", tmp_path / "tests/understanding")
    return tmp_path


def changed_rows(root: Path, file: str) -> list[int]:
    before, after = rows_of((ROOT / file).read_text()), rows_of((root / file).read_text())
    return [n for n, row in enumerate(after, 1) if row not in before]


def test_a_phrase_is_one_line_under_its_label_and_the_header_counts_it(root: Path, bot: Bot) -> None:
    lesson = teach(root, bot, f" - {NEW} ", "faq/letters_waive")
    file, line = lesson.place.split(":")
    assert changed_rows(root, file) == [*lesson.also_changed, int(line)]
    assert rows_of((root / file).read_text())[int(line) - 1].strip() == f"- {NEW}"
    found = [e for e in read_training_data(root).examples if e.text == NEW]
    assert [e.intent.name for e in found] == ["faq/letters_waive"]
    others = [p for p in (root / "data").rglob("*.yml") if p.relative_to(root).as_posix() != file]
    assert all(p.read_bytes() == (ROOT / p.relative_to(root)).read_bytes() for p in others)


@pytest.mark.parametrize("file", FILES)
def test_in_every_file_all_other_lines_stay_byte_for_byte(file: str, data: TrainingData) -> None:
    text = (ROOT / file).read_bytes().decode()
    for label in sorted({e.intent.name for e in data.examples if e.intent.file == file})[:12]:
        new, line = with_example(text, file, data.examples, label, NEW)
        rows = new.encode().split(b"\n")
        del rows[line - 1]
        assert b"\n".join(rows) == text.encode()
        counted_too, lines = with_header(new, file, data.examples, label, NEW)
        pairs = zip(new.split("\n"), counted_too.split("\n"), strict=True)
        assert [n for n, (a, b) in enumerate(pairs, 1) if a != b] == list(lines)
        assert all(row.startswith("#") for row in (counted_too.split("\n")[n - 1] for n in lines))


@pytest.mark.parametrize("file", FILES)
def test_the_counts_at_the_top_of_every_file_are_true(file: str, data: TrainingData) -> None:
    by_label = defaultdict(list)
    for example in data.examples:
        if example.intent.file == file:
            by_label[example.intent.name].append(example.text)
    for row in (ROOT / file).read_text().splitlines():
        if row.startswith("#"):
            assert row == counted(row, by_label), "write the line as it is on the right"


def test_numbers_stand_flush_right_also_when_they_grow() -> None:
    examples = {"greet": ["hi"] * 99 + ["a b c d e f g"], "ask/what": ["what is it"] * 10}
    assert counted("#   greet             99     99       0     0", examples) == (
        "#   greet            100     99       1     0"
    )
    assert counted("#   ask/what      9  (8 / 1 / 0)", examples) == "#   ask/what     10  (10 / 0 / 0)"
    assert counted("# 2 intents with 9 to 99 examples, 100 in all", examples) == (
        "# 2 intents with 10 to 100 examples, 110 in all"
    )


def test_what_is_there_already_is_refused_however_it_is_written(root: Path, bot: Bot, data: TrainingData) -> None:
    example = next(e for e in data.examples if e.intent.name == "ask/length")
    for label, words in (("ask/length", "Nothing to do"), ("ask/cost", "Take it out there first")):
        with pytest.raises(Refused, match=words):
            teach(root, bot, example.text.upper() + " !", label)
    with pytest.raises(Refused, match="counts as an example already"):
        teach(root, bot, bot.knowledge.faq["letters_waive"].asks, "faq/letters_waive")
    assert all(not changed_rows(root, file) for file in FILES)


@pytest.mark.parametrize("name", ["data/calibration.yml", "tests/understanding/heldout.yml"])
def test_what_measures_the_bot_is_not_taught(root: Path, bot: Bot, name: str) -> None:
    (root / name).write_text(f'utterances:\n  - text: "{NEW}"\n    topic: t\n    expect: [small_talk/greet]\n')
    with pytest.raises(Refused, match=name):
        teach(root, bot, NEW.capitalize(), "small_talk/greet")


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("", "no words"),
        ("?!", "no words"),
        ("/restart", "brackets"),
        ("what is a [rotation](topic)", "brackets"),
        ("word " * 100, "400"),
        ("write to me at a.b@example.org", r"\[email\]"),
    ],
)
def test_what_rasa_would_read_otherwise_or_tells_who_wrote_it_is_refused(
    root: Path, bot: Bot, phrase: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        teach(root, bot, phrase, "small_talk/greet")


def test_a_line_break_in_a_phrase_does_not_make_two_lines(root: Path, bot: Bot) -> None:
    lesson = teach(root, bot, "zebra crossing\nnlu:\n  - intent: x # y\u2028z", "small_talk/greet")
    file, line = lesson.place.split(":")
    assert changed_rows(root, file) == [*lesson.also_changed, int(line)]
    assert not read_training_data(root).problems


def test_a_phrase_that_is_nearly_one_of_another_label_is_warned_of(root: Path, bot: Bot, data: TrainingData) -> None:
    example = next(e for e in data.examples if e.intent.name == "ask/length" and len(e.text) > 30)
    assert not teach(root, bot, example.text + " s", "ask/length").warnings
    lesson = teach(root, bot, example.text + "s", "ask/cost")
    assert example.text in lesson.warnings[0]
    assert "ask/length" in lesson.warnings[0]


def test_labels_are_found_by_name_or_by_fact_and_else_the_nearest_is_named(bot: Bot, data: TrainingData) -> None:
    assert label_of(bot, data, "ask/length") == ("ask/length", "")
    assert label_of(bot, data, "small_talk/greet") == ("small_talk/greet", "")
    assert label_of(bot, data, "residency_length")[0] == "ask/length"
    faq = next(faq for faq in bot.knowledge.faq.values() if not faq.verdict)
    label, why = label_of(bot, data, faq.facts[0])
    assert bot.knowledge.faq[label.removeprefix("faq/")].facts[0] == faq.facts[0]
    assert faq.facts[0] in why
    for wrong, right in (
        ("letters_waive", "faq/letters_waive"),
        ("ask/lenght", "ask/length"),
        ("greet", "small_talk/greet"),
        ("small_talk/grete", "small_talk/greet"),
    ):
        with pytest.raises(Refused, match=f'mean "{right}"'):
            label_of(bot, data, wrong)


def test_what_the_bot_says_to_it_comes_from_answers_and_rules(bot: Bot, responses: dict[str, list[str]]) -> None:
    faq = bot.knowledge.faq["letters_waive"]
    assert faq.short in answer_now(ROOT, bot, NEW, "faq/letters_waive")
    assert answer_now(ROOT, bot, NEW, "decline/premed") == responses["utter_decline/premed"][0]
    assert "action_menu" in answer_now(ROOT, bot, NEW, "what_can_you_do")
