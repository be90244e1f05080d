"""What stands behind decisions: the outcomes and facts that a reply rests on, and their sources."""

from __future__ import annotations

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.looking_up import ids_of
from img_pathway.quiz.engine import Decision
from img_pathway.reply import Cited


def basis_of(bot: Bot, *decisions: Decision) -> tuple[str, ...]:
    """Return the outcomes that were decided, and the facts of the cases that hold or may hold."""
    cases = [case for d in decisions for case in ([d.case] if d.case else d.possible)]
    facts = [fact for case in cases for fact in bot.facts(case.facts)]
    return (*(f"outcome/{decision.outcome}" for decision in decisions), *ids_of(facts))


def cited_for(bot: Bot, decision: Decision) -> tuple[Cited, ...]:
    """Return the sources of the case that holds, or of those that may."""
    cases = [decision.case] if decision.case else list(decision.possible)
    return bot.cite([fact for case in cases for fact in bot.facts(case.facts)])
