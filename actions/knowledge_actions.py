"""Questions about topics, comparisons and common questions."""

from __future__ import annotations

from actions.turn import QUIZ, Done, Given, TurnAction, remembered_of
from img_pathway.dialogue.answers import answered


class ActionAnswer(TurnAction):
    """Looks up what a message asks; a record told in it ("I graduated in 2015, can I …") is kept and decides."""

    gives_way = True

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_answer"

    def act(self, given: Given) -> Done:
        """Answer, and remember what it was about."""
        state, reply, found = answered(given.bot, given.heard, given.context, given.state, is_asking=given.is_asking)
        kept = {QUIZ: state.to_slot()} if state != given.state else {}
        return Done((reply,), {**kept, **remembered_of(found)})
