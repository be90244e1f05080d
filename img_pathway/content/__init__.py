"""Strict reading of the YAML that staff edit: every complaint names file, line and the right form."""

from img_pathway.content.problems import ContentError, Problem, nearest
from img_pathway.content.quick import collector_paused
from img_pathway.content.records import Record, Text, read_records
from img_pathway.content.strict_yaml import Document, load_document

__all__ = [
    "ContentError",
    "Document",
    "Problem",
    "Record",
    "Text",
    "collector_paused",
    "load_document",
    "nearest",
    "read_records",
]
