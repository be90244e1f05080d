"""The JSON Schema of a Reply, made from its dataclasses; the widget's types are made from it in turn."""

from __future__ import annotations

import json
import types
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from img_pathway.reply import Reply

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def reply_schema() -> dict[str, Any]:
    """The schema, with every key required, as `Reply.to_dict` writes it."""
    definitions: dict[str, Any] = {}
    root = _schema(Reply, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "description": "What the bot says in one turn.",
        **root,
        "definitions": dict(sorted(definitions.items())),
    }


def _schema(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(type_), get_args(type_)
    if is_dataclass(type_):
        return _record(type_, definitions)
    if type_ in _SIMPLE:
        return {"type": _SIMPLE[type_]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple and arguments[-1] is Ellipsis:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is tuple:
        items = [_schema(argument, definitions) for argument in arguments]
        return {"type": "array", "items": items, "minItems": len(items), "maxItems": len(items)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    raise TypeError(f"no schema for {type_}")


def _record(type_: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = type_.__name__
    if name not in definitions:
        definitions[name] = {}  # in case a record holds its own kind
        hints = get_type_hints(type_)
        definitions[name] = {
            "type": "object",
            "description": (type_.__doc__ or "").splitlines()[0],
            "properties": {field.name: _schema(hints[field.name], definitions) for field in fields(type_)},
            "required": [field.name for field in fields(type_)],
            "additionalProperties": False,
        }
    return {"$ref": f"#/definitions/{name}"}


if __name__ == "__main__":
    print(json.dumps(reply_schema(), indent=2))
