"""What a wrong value should be instead, in words for people who do not program."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_SHOWN = 60
_SEVERAL = re.compile(r"[\w\"'][ ;/]+[\w\"']")

# By the kinds of complaint that pydantic knows; the longest beginning that fits is taken.
_ADVICE = {
    "type_error.str": 'must be text. Put it in quotes: {key}: "{shown}"',
    "type_error.integer": "must be a whole number, without quotes: {key}: 4",
    "type_error.float": "must be a number, without quotes: {key}: 4",
    "value_error.strictbool": "must be true or false, without quotes",
    "type_error.bool": "must be true or false, without quotes",
    "type_error.tuple": "must be a list: {key}: [first, second]",
    "type_error.list": "must be a list: {key}: [first, second]",
    "type_error.dict": "must hold keys of its own, indented by two spaces on the lines below",
    "type_error.none": "is empty. Write a value after the colon or take the line out",
    "value_error.any_str.min_length": "must not be empty",
    "value_error.any_str.max_length": "is too long: {length} characters, at most {limit_value} fit. Shorten it",
    "value_error.str.regex": "must be a name of small letters, digits and underscores, such as step_2_ck",
    "value_error.url": "is no web address. Write all of it: https://example.org/page",
    "value_error.number": "is out of bounds: {said}",
}


def plain(key: str, value: Any, item: Mapping[str, Any]) -> str:
    """One of pydantic's complaints about `value` under `key`, as a sentence that shows the right form."""
    shown = "" if value is None else str(value)
    kinds = [kind for kind in _ADVICE if item["type"].startswith(kind)]
    advice = _ADVICE[max(kinds, key=len)] if kinds else "{said}"
    if isinstance(value, (dict, list)) and item["type"] == "type_error.str":
        advice = "must be text. A text with a colon or brackets needs double quotes around it"
    if item["type"].startswith("value_error.str.regex") and _SEVERAL.search(shown):
        advice += ". If these are several, put a comma between them: [first, second]"
    filled = advice.format(
        key=key, shown=shown[:_SHOWN], length=len(shown), said=item["msg"], **_numbers(item.get("ctx"))
    )
    cut = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return f'"{key}" ("{cut}") {filled}.' if cut else f'"{key}" {filled}.'


def _numbers(context: Mapping[str, Any] | None) -> dict[str, Any]:
    return {"limit_value": (context or {}).get("limit_value", "")}
