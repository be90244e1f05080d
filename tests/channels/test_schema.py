"""The schema of a Reply is the one that the widget's types are made from."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft7Validator, ValidationError

from img_pathway.channels.schema import reply_schema
from img_pathway.reply import Progress, Reply
from tests.serving import ROOT


def test_the_schema_in_the_repository_is_up_to_date() -> None:
    kept = json.loads((ROOT / "widget" / "reply.schema.json").read_text(encoding="utf-8"))
    assert kept == reply_schema(), "Write it anew: make widget"


def test_the_schema_tells_a_reply_from_something_else() -> None:
    schema = Draft7Validator(reply_schema())
    reply = json.loads(json.dumps(Reply(text=("Hello",), progress=Progress(1, 9)).to_dict()))
    schema.validate(reply)
    for wrong in ({}, {**reply, "text": "Hello"}, {**reply, "more": 1}, {**reply, "progress": {"number": "1"}}):
        with pytest.raises(ValidationError):
            schema.validate(wrong)
