"""JSON Schemas of the files in data/, made from the records, so that an editor points to mistakes while one types."""

from __future__ import annotations

import json
from pathlib import Path

from img_pathway.content import Record
from img_pathway.dialogue.languages import LanguagesFile
from img_pathway.dialogue.organization import Organization
from img_pathway.dialogue.phrases import PhrasesFile
from img_pathway.dialogue.utterances import UtteranceFile
from img_pathway.enquiry.words import EnquiryWords
from img_pathway.knowledge.load import KnowledgeFile
from img_pathway.nlu.safety_phrases import SafetyFile
from img_pathway.quiz.cases import CasesFile
from img_pathway.quiz.load import QuizFile
from img_pathway.quiz.season import SeasonFile
from img_pathway.quiz.words import PlacesFile, WordsFile
from img_pathway.reading.cues import CuesFile

# Outside data/, where Rasa would read JSON as training data.
FOLDER = "docs/schemas"
SETTINGS = ".vscode/settings.json"

RECORDS: dict[str, tuple[type[Record], tuple[str, ...]]] = {
    "knowledge": (KnowledgeFile, ("data/knowledge/*.yml",)),
    "quiz": (
        QuizFile,
        tuple(f"data/quiz/{name}.yml" for name in ("questions", "criteria", "outcomes", "goals", "steps", "result")),
    ),
    "season": (SeasonFile, ("data/season/*.yml",)),
    "cases": (CasesFile, ("data/quiz/cases_*.yml",)),
    "words": (WordsFile, ("data/quiz/words.yml",)),
    "cues": (CuesFile, ("data/reading/cues.yml",)),
    "organization": (Organization, ("data/organization.yml",)),
    "phrases": (PhrasesFile, ("data/phrases.yml",)),
    "languages": (LanguagesFile, ("data/languages.yml",)),
    "places": (PlacesFile, ("data/places.yml",)),
    "safety": (SafetyFile, ("data/safety.yml",)),
    "enquiry": (EnquiryWords, ("data/enquiry.yml",)),
    "calibration": (UtteranceFile, ("data/calibration.yml",)),
}


def schema_files() -> dict[str, str]:
    """Each file to write, by its path from the project's folder."""
    files = {f"{FOLDER}/{name}.json": _text(shape.schema()) for name, (shape, _) in RECORDS.items()}
    wired = {f"./{FOLDER}/{name}.json": [f"/{glob}" for glob in globs] for name, (_, globs) in RECORDS.items()}
    return {**files, SETTINGS: _text({"yaml.schemas": wired})}


def write_schemas(root: Path) -> list[str]:
    """Write what is not up to date; returns the paths that changed."""
    changed = []
    for name, text in schema_files().items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return changed


def _text(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
