"""YAML as staff mean it: words stay words, every value knows its line, and every mistake is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from img_pathway.content import ContentError, load_document
from img_pathway.content.strict_yaml import read_document


def value(written: str):
    return read_document(f"a: {written}\n", "test.yml").data["a"]


def problems(text: str) -> list[tuple[int, str]]:
    with pytest.raises(ContentError) as error:
        read_document(text, "test.yml")
    return [(p.line, p.message) for p in error.value.problems]


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "off", "Yes", "NO", "No", "ON", "y", "n", "True", "FALSE", "Null", "NULL"],
)
def test_words_that_yaml_1_1_takes_for_truth_stay_words(word):
    assert value(word) == word


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-22", "2026-11-22 07:30:00",
        "012", "0x1F", "0o17", "0b101", "1_000", "1e3", "1.5e3", "6:30", "12:30:45",
        "007", "-012", "+1", ".5", "1.", ".inf", ".nan", "-.inf", "<<", "=", "3.1.1", "9" * 30,
    ],
)  # fmt: skip
def test_dates_and_odd_numbers_stay_text(written):
    assert value(written) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0", 0), ("12", 12), ("-3", -3), ("3.5", 3.5), ("0.25", 0.25), ("true", True), ("false", False),
        ("", None), ("~", None), ("null", None),
    ],
)  # fmt: skip
def test_plain_numbers_and_truths_are_read(written, meant):
    assert value(written) == meant
    assert type(value(written)) is type(meant)


@pytest.mark.parametrize("written", ['"12"', "'12'", '"true"', "'null'", '""'])
def test_what_stands_in_quotes_is_text(written):
    assert value(written) == written[1:-1]


def test_a_comment_needs_a_space_before_it():
    assert value("hello # x") == "hello"
    assert value("hello#x") == "hello#x"
    assert value('"hello # x"') == "hello # x"
    assert value("|\n  hello # x\n") == "hello # x\n"


def test_keys_stay_words_too():
    assert read_document("no: 1\n2026-01-01: 2\n012: 3\n5: 4\n", "t").data == {
        "no": 1,
        "2026-01-01": 2,
        "012": 3,
        "5": 4,
    }


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_file_has_no_data(text):
    assert read_document(text, "t").data is None


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path):
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xef\xbb\xbfname: x\r\nkind: y\r\n")
    assert load_document(path).data == {"name": "x", "kind": "y"}


def test_every_value_knows_its_line():
    text = "# comment\na:\n  b: 1\n\n  c:\n    - x\n    - d: 2\n      e: |\n        f\n        g\nh: [1,\n  2]\n"
    document = read_document(text, "t")
    lines = {
        (): 2, ("a",): 2, ("a", "b"): 3, ("a", "c"): 5, ("a", "c", 0): 6, ("a", "c", 1): 7, ("a", "c", 1, "d"): 7,
        ("a", "c", 1, "e"): 8, ("h",): 11, ("h", 0): 11, ("h", 1): 12,
    }  # fmt: skip
    assert document.lines == lines


def test_what_is_missing_stands_where_its_owner_is():
    document = read_document("a:\n  b:\n    c: 1\n", "t")
    assert document.line(("a", "b", "missing", 3)) == 2
    assert document.line(("missing",)) == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "first in line 1"),
        ("a:\n  b: 1\n  b: {c: 1}\n", 3, "first in line 2"),
        ("a: &x 1\nb: *x\n", 2, "alias"),
        ("a: &x [*x]\n", 1, "alias"),
        ("a: !!int 5\n", 1, "tag"),
        ("a: !python/object:os.system x\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: Fee: $150\n", 1, "colon"),
        ('a: "x\nb: "y"\n', 1, "double quote is missing"),
        ('a: 1\nb: ["x", "y]\nc: "z"\n', 2, "double quote is missing"),
        ('a: x"\n', 1, "double quote is missing"),
        ("a: \u201cx\u201d\n", 1, "curly"),
        ("\u201ca\u201d: x\n", 1, "curly"),
        ("a: [1, 2\nb: 3\n", 1, "a: [1, 2]"),
        ("[a, b]: 1\n", 1, "plain word"),
        ("a: x\x00\n", 1, "cannot read"),
        ("a: \ud800\n", 1, "cannot read"),
        ("[" * 40 + "]" * 40, 1, "too deeply"),
        ("- " * 60000, 1, "too deeply"),
    ],
)
def test_a_mistake_is_told_with_its_line(text, line, words):
    found = problems(text)
    assert any(at == line and words in message for at, message in found), found


def test_all_repeated_keys_are_told_at_once():
    assert [line for line, _ in problems("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")] == [2, 5]


def test_a_file_is_read_anew_only_when_its_text_has_changed(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("a: 1\n")
    first = load_document(path)
    path.write_text("a: 2\n")
    assert load_document(path).data == {"a": 2}
    path.write_text("a: [\n")
    for _ in range(2):
        with pytest.raises(ContentError):
            load_document(path)
    path.write_text("a: 1\n")
    assert load_document(path) is first


def test_a_file_of_another_name_is_another_document(tmp_path):
    paths = [tmp_path / name for name in ("a.yml", "b.yml")]
    for path in paths:
        path.write_text("a: 1\n")
    assert [load_document(path, tmp_path).file for path in paths] == ["a.yml", "b.yml"]


def test_a_file_that_is_missing_or_in_another_encoding_is_told(tmp_path):
    with pytest.raises(ContentError, match="missing"):
        load_document(tmp_path / "none.yml", tmp_path)
    (tmp_path / "old.yml").write_bytes("a: café".encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8"):
        load_document(tmp_path / "old.yml", tmp_path)


KEYS = st.text("abcdefgh", min_size=1, max_size=8)
PRINTED = st.characters(categories=["L", "N", "P", "S", "Zs"])
YAML_SIGNS = st.text(alphabet=" \n\t:-#?[]{},&*!|>'\"%@`~<=.ab01\u201c\ufeff\r\x85\u2028", max_size=60)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=60), YAML_SIGNS))
def test_whatever_the_text_only_content_errors_are_raised(text):
    try:
        document = read_document(text, "t")
    except ContentError as error:
        assert all(p.line >= 1 and p.message for p in error.problems)
    else:
        assert all(line >= 1 for line in document.lines.values())


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, st.text(PRINTED, max_size=20), max_size=5))
def test_what_is_written_in_quotes_comes_back(texts):
    written = "".join(f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in texts.items())
    assert read_document(written, "t").data == (texts or None)
