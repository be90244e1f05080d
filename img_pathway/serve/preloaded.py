"""What a process imports before others are forked from it (launching.py)."""

from __future__ import annotations

import os
import warnings
from contextlib import suppress

from img_pathway.serve.settings import QUIET

# Read by libraries when they are imported.
os.environ.update(QUIET)

# Warnings of libraries would appear on the terminal of a command. A failed import is reported by a fork that needs it.
with warnings.catch_warnings(record=True), suppress(Exception):
    import rasa.__main__
    import rasa.core.agent
    import rasa.core.run
    import rasa.validator  # noqa: F401
    import rasa_sdk.endpoint  # noqa: F401

# As PYTHONWARNINGS says, which is read at the start of an interpreter.
warnings.simplefilter("ignore")
