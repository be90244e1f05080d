"""What Rasa itself says of stories, rules and examples, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from img_pathway.content import Problem
from img_pathway.dialogue.labels import ASK, FAQ
from img_pathway.serve.launching import Forked, killed_in_the_end
from img_pathway.serve.settings import QUIET
from img_pathway.serve.training import content_hash
from img_pathway.staff.kept_results import keep, result_path
from img_pathway.staff.link_check import SET_BY_PIPELINE

_LONGEST_WAIT = 180
_PLACE = "domain.yml"


def ask_rasa(root: Path) -> list[Problem]:
    """Complaints of `rasa data validate`; Rasa names no lines, so all stand at the top of domain.yml.

    What Rasa said of the same content already, with the same program, it is not asked again.
    """
    known = result_path(root, "checks", content_hash(root))
    if not known.exists():
        with tempfile.TemporaryDirectory() as name:
            found, log = Path(name, "complaints.json"), Path(name, "log")
            command = [sys.executable, "-m", __name__, str(root), str(found)]
            with killed_in_the_end(Forked(command, root, {**os.environ, **QUIET}, log)) as process:
                try:
                    status = process.wait(_LONGEST_WAIT)
                except subprocess.TimeoutExpired:
                    told = f"Rasa did not finish reading the training data within {_LONGEST_WAIT} s."
                    return [Problem(_PLACE, 1, told)]
            if status:
                lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
                return [Problem(_PLACE, 1, f"Rasa cannot read the training data: {(lines or ['no message'])[-1]}")]
            keep(known, found.read_text(encoding="utf-8"))
    complaints: list[str] = json.loads(known.read_text(encoding="utf-8"))
    return [Problem(_PLACE, 1, f"Rasa says: {complaint}") for complaint in complaints]


def _complaints(root: Path) -> list[str]:
    import logging
    import warnings

    logging.disable(logging.CRITICAL)
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    domain, data = str(root / "domain.yml"), [str(root / "data")]
    config = root / "config.yml"
    with warnings.catch_warnings(record=True) as caught:
        for category in (UserWarning, FutureWarning):
            warnings.simplefilter("always", category)
        if config.exists():
            importer = TrainingDataImporter.load_from_config(str(config), domain, data)
        else:
            importer = TrainingDataImporter.load_from_dict({}, None, domain, data)
        validator = Validator.from_importer(importer)
        fine = [
            validator.verify_domain_validity(),
            validator.verify_nlu(ignore_warnings=False),
            validator.verify_actions_in_stories_rules(),
            validator.verify_forms_in_stories_rules(),
            validator.verify_form_slots(),
            validator.verify_slot_mappings(),
            validator.verify_story_structure(ignore_warnings=False),
        ]
    said = [" ".join(str(w.message).split()) for w in caught if w.category in (UserWarning, FutureWarning)]
    # Of every domain Rasa says that slots are no longer filled by themselves; that is no complaint.
    retrieval = sorted(importer.get_nlu_data().retrieval_intents)
    real = [text for text in dict.fromkeys(said) if "auto-fill" not in text and not _is_expected(text, retrieval)]
    return real or ([] if all(fine) else ["the stories and rules contradict one another."])


def _is_expected(text: str, retrieval: list[str]) -> bool:
    """Whether a complaint is none: intents that the pipeline sets, and those whose answers are looked up by actions."""
    without_response = (f"Action 'utter_{intent}' is listed as a response action" for intent in (ASK, FAQ))
    without_examples = (f"'{intent}' is listed in the domain file, but" for intent in SET_BY_PIPELINE)
    # Rasa adds them to the domain by itself, and then finds them twice.
    twice = f"duplicated intents have been found across multiple domain files: {', '.join(retrieval)}"
    return text.endswith(twice) or any(part in text for part in (*without_response, *without_examples))


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(json.dumps(_complaints(Path(sys.argv[1]))), encoding="utf-8")
