"""Content records: pydantic models whose complaints carry file, line, the right form and the nearest name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ConstrainedStr, Extra, ValidationError, validator
from pydantic.fields import ModelField

from img_pathway.content.plain_words import plain
from img_pathway.content.problems import ContentError, Problem, nearest
from img_pathway.content.strict_yaml import Document


class Text(ConstrainedStr):
    """A sentence or two for a person to read; platforms with small messages set the limit."""

    strict = True
    min_length = 1
    max_length = 400
    strip_whitespace = True


class Record(BaseModel):
    """A content record: unknown keys are refused, values are frozen."""

    class Config:
        """Strict and immutable."""

        extra = Extra.forbid
        frozen = True
        smart_union = True

    @validator("*", allow_reuse=True)
    def _not_empty(cls, value: Any, field: ModelField) -> Any:  # noqa: N805
        """What must be given must not be given empty."""
        if field.required and value in ((), {}, ""):
            raise ValueError("must not be empty")
        return value


R = TypeVar("R", bound=Record)
_MOVE_OUT = '"{key}:" is a section of the file. It begins at the very start of its line: take the spaces out.'


def read_records(document: Document, shape: type[R]) -> R:
    """The document as `shape`, read once; raises ContentError that lists every wrong key and value with its line."""
    if shape not in document.records:
        document.records[shape] = _read(document, shape)
    found: R = document.records[shape]
    return found


def _read(document: Document, shape: type[R]) -> R:
    data = document.data if document.data is not None else {}
    if not isinstance(data, dict):
        raise ContentError([document.problem((), f"the file must start with one of: {_keys(shape)}.")])
    try:
        return shape.parse_obj(data)
    except ValidationError as error:
        raise ContentError(list(_problems(document, shape, error))) from error


def _problems(document: Document, shape: type[Record], error: ValidationError) -> Iterator[Problem]:
    told: set[tuple[Any, ...]] = set()
    for item in error.errors():
        path = tuple(part for part in item["loc"] if part != "__root__")
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        kind = item["type"]
        if kind == "value_error.extra":
            known = _known_keys(shape, path[:-1])
            message = f'"{key}" is not a key that belongs here.{nearest(key, known)} Keys here: {", ".join(known)}.'
        elif kind == "value_error.missing":
            message = f'"{key}" is missing{_owner(path)}. Add a line `{key}: …`.'
            path = path[:-1]
        else:
            allowed = item.get("ctx", {}).get("permitted") or item.get("ctx", {}).get("enum_values")
            shown = _value(document.data, path)
            if allowed:
                message = (
                    f'"{key}" is "{shown}".{nearest(str(shown), allowed)} Use one of: {", ".join(map(str, allowed))}.'
                )
            else:
                is_section = kind == "type_error.dict" and len(path) > 1 and key in shape.__fields__
                message = _MOVE_OUT.format(key=key) if is_section else plain(key, shown, item)
            # A value that may be of several kinds is complained about once for each.
            if path in told:
                continue
            told.add(path)
        yield document.problem(path, message)


def _owner(path: tuple[Any, ...]) -> str:
    return f' in "{path[-2]}"' if len(path) > 1 and isinstance(path[-2], str) else ""


def _value(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return data
    return data


def _keys(shape: type[Record]) -> str:
    return ", ".join(shape.__fields__)


def _known_keys(shape: Any, path: tuple[Any, ...]) -> list[str]:
    for part in path:
        if isinstance(part, str) and part in getattr(shape, "__fields__", {}):
            shape = shape.__fields__[part].type_
    return list(getattr(shape, "__fields__", {}))


__all__ = ["Record", "Text", "read_records"]
