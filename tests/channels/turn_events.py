"""Events of a conversation as Rasa keeps them, a few words each."""

from __future__ import annotations

from typing import Any

from img_pathway.reply import Option, Reply

WELCOME = Reply(text=("Hello",), options=(Option("Check me", "check"), Option("Residency", "residency"))).to_dict()


def heard(text: str, message_id: str = "m", intent: str = "ask") -> dict[str, Any]:
    parsed = {"intent": {"name": intent}}
    return {"event": "user", "text": text, "message_id": message_id, "timestamp": 1.0, "parse_data": parsed}


def said(reply: Reply) -> dict[str, Any]:
    return {"event": "bot", "text": "…", "metadata": {"reply": reply.to_dict()}}


def does(action: str) -> dict[str, Any]:
    return {"event": "action", "name": action}


def sets(slot: str, value: Any) -> dict[str, Any]:
    return {"event": "slot", "name": slot, "value": value}


def opens(form: str | None) -> dict[str, Any]:
    return {"event": "active_loop", "name": form}
