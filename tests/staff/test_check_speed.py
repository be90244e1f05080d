"""The check is run before every start and on every save in a console, so it has to be quick."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from img_pathway.staff.check import check

ROOT = Path(__file__).parent.parent.parent


def test_the_check_takes_less_than_three_seconds():
    start = time.process_time()
    check(ROOT, date(2026, 11, 22))
    assert time.process_time() - start < 3
