"""Steering to the clinical rotation that fits."""

from __future__ import annotations

from actions.turn import MISSES, QUIZ, Done, Given, TurnAction
from img_pathway.dialogue.keeping import keep, said_back
from img_pathway.dialogue.steering import offered, rotation_for


class ActionRotation(TurnAction):
    """Names the rotation that fits, says an honest no, or asks what it has to know first."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_rotation"

    def act(self, given: Given) -> Done:
        """Steer, or open the quiz with clinical experience as its goal."""
        kept = keep(given.bot, given.state, given.heard.told)
        state, reply, needs_quiz = rotation_for(given.bot, kept.state, given.heard.words.topics)
        noted = said_back(given.bot, kept, as_list=False)
        return Done(
            (noted.then(reply),),
            {QUIZ: state.to_slot(), MISSES: 0},
            asks=needs_quiz,
        )


class ActionOffers(TurnAction):
    """Lists the rotations on offer."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_offers"

    def act(self, given: Given) -> Done:
        """Show them, with the way to see which one fits."""
        return Done((offered(given.bot),), {MISSES: 0})
