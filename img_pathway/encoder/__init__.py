"""Sentence vectors: what weights they come from, how these are put together at set-up, and how they are run."""
