"""What every server of a test imports; the process from which they are forked imports it once (tests/forking.py)."""

from __future__ import annotations

import os

from img_pathway.serve.settings import QUIET

# Read by libraries when they are imported.
os.environ.update(QUIET)

import rasa.core.agent
import rasa.core.run  # noqa: F401
import rasa_sdk.endpoint  # noqa: F401
