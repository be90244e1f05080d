"""What the bot says once it takes a message for a label: through the dialogue code, without Rasa."""

from __future__ import annotations

from pathlib import Path

from img_pathway.content import load_document
from img_pathway.dialogue.answers import respond
from img_pathway.dialogue.asking import Context
from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.labels import ASK, FAQ
from img_pathway.dialogue.plain import to_text
from img_pathway.dialogue.understood import Guess, Understood


def answer_now(root: Path, bot: Bot, message: str, label: str) -> str:
    """The answer to a message of a label, or what the rules do with it."""
    guess = Guess(label, 1.0)
    if guess.intent in (ASK, FAQ):
        reply, _ = respond(bot, Understood(message, (guess,), label=label), Context(), {})
        return to_text(reply, bot.say)
    responses, actions = _responses(root), _actions(root, guess.intent)
    # Rasa picks the response to a retrieval intent by the whole label.
    picked = {f"utter_{guess.intent}": f"utter_{label}"}
    said = [responses.get(picked.get(action, action), f"(does {action})") for action in actions]
    return "\n\n".join(said) or f"(no rule begins with {label})"


def _actions(root: Path, intent: str) -> list[str]:
    """The actions of the rule for an intent outside the quiz."""
    for path in sorted((root / "data/conversation").rglob("*.yml")):
        for rule in load_document(path, root).data.get("rules") or ():
            if "condition" not in rule and rule["steps"][0].get("intent") == intent:
                return [step["action"] for step in rule["steps"] if "action" in step]
    return []


def _responses(root: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((root / "data/conversation").rglob("*.yml")):
        for name, texts in (load_document(path, root).data.get("responses") or {}).items():
            found[name] = str(texts[0]["text"])
    return found
