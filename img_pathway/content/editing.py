"""Changing single lines of a file that staff edit; all other lines stay as they are, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import NamedTemporaryFile

# What YAML counts as the end of a line; Python's splitlines knows more, and the line numbers would not fit.
_ROW = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])|[^\r\n\x85\u2028\u2029]+\\Z")
_BREAK = re.compile("[\r\n\x85\u2028\u2029]+\\Z")


def rows_of(text: str) -> list[str]:
    """The lines of a text with their line breaks."""
    return _ROW.findall(text)


def with_row_after(text: str, line: int, row: str) -> str:
    """The text with one more line below `line` (counted from 1)."""
    rows = rows_of(text)
    end = _break_of(rows[line - 1]) or _break_of(rows[0]) or "\n"
    before = rows[line - 1] if _break_of(rows[line - 1]) else rows[line - 1] + end
    # The last line of a file that ends without a line break keeps ending without one.
    added = row + end if _break_of(rows[line - 1]) else row
    return "".join([*rows[: line - 1], before, added, *rows[line:]])


def with_row_changed(text: str, line: int, row: str) -> str:
    """The text with other words in `line`; its line break stays."""
    rows = rows_of(text)
    rows[line - 1] = row + _break_of(rows[line - 1])
    return "".join(rows)


def words_of(row: str) -> str:
    """A line without its line break."""
    return _BREAK.sub("", row)


def read_exactly(path: Path) -> str:
    """The text of a file with the line breaks that it has."""
    return path.read_bytes().decode("utf-8")


def write_exactly(path: Path, text: str) -> None:
    """Put a text in the place of a file at once, so that nobody reads half of it."""
    with NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(text.encode("utf-8"))
    new = Path(file.name)
    new.chmod(path.stat().st_mode & 0o777)
    new.replace(path)


def _break_of(row: str) -> str:
    found = _BREAK.search(row)
    return found[0] if found else ""
