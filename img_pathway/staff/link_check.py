"""Whether intents, actions, forms, slots and responses that are used exist, and those that exist are used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rasa.shared.core.constants import DEFAULT_ACTION_NAMES, DEFAULT_INTENTS

from img_pathway.content import Problem, nearest
from img_pathway.knowledge.load import Found
from img_pathway.staff.action_code import ActionCode
from img_pathway.staff.training_data import Named, TrainingData

# Intents without examples, and why they have none.
SET_BY_PIPELINE = {
    "quiz_click": "a click says which question and option it belongs to; there is nothing to learn",
    "other_language": "a language is known by its letters and words",
}
# Intents that ask for something else than one attribute of a topic.
_NO_ATTRIBUTE = ("compare", "topic")
_RASA_SLOTS = ("requested_slot", "session_started_metadata")

REAL = "data/conversation/real/"


def check_links(data: TrainingData, code: ActionCode, found: Found) -> Iterator[Problem]:
    """Problems between domain.yml, data/conversation, actions and data/knowledge."""
    yield from _intents(data)
    yield from _intents_of_content(data, found)
    yield from _actions(data, code)
    yield from _forms_and_slots(data)
    yield from _responses(data, code)


def _names(things: Iterable[Named]) -> set[str]:
    return {thing.name for thing in things}


def _twice(things: Iterable[Named], what: str) -> Iterator[Problem]:
    first: dict[str, Named] = {}
    for thing in things:
        other = first.setdefault(thing.name, thing)
        if other is not thing:
            yield thing.problem(
                f'{what} "{thing.name}" is defined twice (first in {other.file}:{other.line}). Keep one of the two.'
            )


def _intents(data: TrainingData) -> Iterator[Problem]:
    domain, used = _names(data.intents), _names(data.used["intent"])
    # "faq/letters_waive" is an example of the intent "faq", about the common question behind the slash.
    taught = {block.name.split("/")[0] for block in data.example_blocks}
    yield from _twice(data.intents, "intent")
    # What people really wrote stands in a file of its own, beside what was written for each intent.
    yield from _twice((block for block in data.example_blocks if not block.file.startswith(REAL)), "intent")
    yield from _twice((block for block in data.example_blocks if block.file.startswith(REAL)), "intent")
    for block in data.example_blocks:
        name = block.name.split("/")[0]
        if name not in domain:
            yield block.problem(
                f'intent "{name}" is not in domain.yml. Add `- {name}` under intents.{nearest(name, domain)}'
            )
    for use in data.used["intent"]:
        if use.name not in domain and use.name not in DEFAULT_INTENTS:
            yield use.problem(f'unknown intent "{use.name}".{nearest(use.name, domain)}')
    for intent in data.intents:
        if intent.name not in taught and intent.name not in SET_BY_PIPELINE:
            yield intent.problem(
                f'intent "{intent.name}" has no examples in data/conversation.{nearest(intent.name, taught - domain)}'
            )
        if intent.name not in used:
            yield intent.problem(f'intent "{intent.name}" is used by no rule or story, so the bot says nothing to it.')


def _intents_of_content(data: TrainingData, found: Found) -> Iterator[Problem]:
    """Every ask/… names an attribute and every faq/… a common question, and the other way round."""
    taught = _names(data.example_blocks)
    for prefix, section, what in (("ask/", "attributes", "attribute"), ("faq/", "faq", "common question")):
        known = set(getattr(found.knowledge, section))
        for block in data.example_blocks:
            name = block.name.removeprefix(prefix)
            ignored = name in found.unread or (prefix == "ask/" and name in _NO_ATTRIBUTE)
            if block.name.startswith(prefix) and name not in known and not ignored:
                yield block.problem(
                    f'intent "{block.name}" belongs to no {what} in data/knowledge: there is no {what} "{name}".'
                    f"{nearest(name, known)}"
                )
        for name in known:
            if prefix + name not in taught:
                yield found.problem(
                    section,
                    name,
                    f'{what} "{name}" has no examples under "intent: {prefix}{name}" in data/conversation, '
                    f"so nobody can ask for it.{nearest(prefix + name, taught)}",
                )


def _actions(data: TrainingData, code: ActionCode) -> Iterator[Problem]:
    domain, written = _names(data.actions), _names(code.actions)
    forms, responses = _names(data.forms), _names(data.responses)
    yield from _twice(data.actions, "action")
    yield from _twice(code.actions, "action")
    for action in data.actions:
        if action.name not in written and not action.name.startswith("utter_"):
            yield action.problem(
                f'action "{action.name}" has no class in the folder actions.{nearest(action.name, written)}'
            )
    for action in code.actions:
        if action.name not in domain:
            yield action.problem(
                f'action "{action.name}" is not in domain.yml. Add `- {action.name}` under actions.'
                f"{nearest(action.name, domain)}"
            )
    known = domain | forms | responses | set(DEFAULT_ACTION_NAMES)
    for use in (*data.used["action"], *code.followups):
        if use.name not in known and not use.name.startswith("utter_"):
            yield use.problem(f'unknown action "{use.name}".{nearest(use.name, known)}')


def _forms_and_slots(data: TrainingData) -> Iterator[Problem]:
    slots, forms = _names(data.slots), _names(data.forms)
    known = _names(data.actions) | _names(data.responses)
    for form, slot in data.form_slots:
        if slot.name not in slots:
            yield slot.problem(f'form "{form}" asks for unknown slot "{slot.name}".{nearest(slot.name, slots)}')
        wanted = f"action_ask_{form}_{slot.name}"
        asking = {wanted, f"utter_ask_{form}_{slot.name}", f"action_ask_{slot.name}", f"utter_ask_{slot.name}"}
        if not asking & known:
            yield slot.problem(
                f'nothing asks for slot "{slot.name}" of form "{form}". '
                f'Add an action "{wanted}" or a response "utter_ask_{slot.name}".{nearest(wanted, known)}'
            )
    for use in data.used["slot"]:
        if use.name not in slots and use.name not in _RASA_SLOTS:
            yield use.problem(f'unknown slot "{use.name}".{nearest(use.name, slots)}')
    for use in data.used["loop"]:
        if use.name not in forms:
            yield use.problem(f'unknown form "{use.name}".{nearest(use.name, forms)}')


def _responses(data: TrainingData, code: ActionCode) -> Iterator[Problem]:
    defined = _names(data.responses)
    yield from _twice(data.responses, "response")
    said = [use for use in (*data.used["action"], *code.responses) if use.name.startswith("utter_")]
    # Where a rule has `utter_decline`, Rasa says `utter_decline/premed` to `decline/premed`.
    retrieval = {response.name.split("/")[0] for response in data.responses if "/" in response.name}
    yield from _picked_responses(data, retrieval & _names(said))
    defined |= retrieval
    for use in said:
        if use.name not in defined:
            yield use.problem(
                f'response "{use.name}" is not defined. Add it under `responses:` in data/conversation.'
                f"{nearest(use.name, defined)}"
            )
    asked = {f"utter_ask_{slot.name}" for _, slot in data.form_slots}
    asked |= {f"utter_ask_{form}_{slot.name}" for form, slot in data.form_slots}
    for response in data.responses:
        if not response.name.startswith("utter_"):
            yield response.problem(f'response "{response.name}" must begin with "utter_": utter_{response.name}.')
        elif response.name.split("/")[0] not in _names(said) | asked:
            yield response.problem(f'response "{response.name}" is used by no rule or story. Use it or take it out.')


def _picked_responses(data: TrainingData, said: set[str]) -> Iterator[Problem]:
    """Yield labels without their response, and responses without their label, of retrieval actions that are said."""
    labels, defined = _names(data.example_blocks), _names(data.responses)
    for block in data.example_blocks:
        name = f"utter_{block.name}"
        if name.split("/", maxsplit=1)[0] in said and name not in defined:
            yield block.problem(
                f'intent "{block.name}" has no response "{name}". Add it under `responses:`.{nearest(name, defined)}'
            )
    for response in data.responses:
        label = response.name.removeprefix("utter_")
        if response.name.split("/")[0] in said and label not in labels:
            yield response.problem(
                f'response "{response.name}" has no examples under "intent: {label}".{nearest(label, labels)}'
            )
