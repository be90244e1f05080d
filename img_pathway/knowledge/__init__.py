"""What the bot knows: topics, dated and sourced facts, look-up and comparison."""

from img_pathway.knowledge.compare import Comparison, compare
from img_pathway.knowledge.load import load_knowledge
from img_pathway.knowledge.lookup import Finding, look_up
from img_pathway.knowledge.mentions import Mentions
from img_pathway.knowledge.model import Fact, Faq, Knowledge, Source, Topic

__all__ = [
    "Comparison",
    "Fact",
    "Faq",
    "Finding",
    "Knowledge",
    "Mentions",
    "Source",
    "Topic",
    "compare",
    "load_knowledge",
    "look_up",
]
