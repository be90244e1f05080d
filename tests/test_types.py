"""The types of the whole program hold; checked here so that it runs beside slower tests."""

from __future__ import annotations

import subprocess
import sys

from tests.serving import ROOT


def test_mypy_finds_nothing() -> None:
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
