"""`img-pathway …` in a process that was forked with Rasa imported; what it starts is forked from it."""

from __future__ import annotations

import multiprocessing
import sys
from functools import partial

from img_pathway import cli
from img_pathway.serve import launching, supervisor, training
from tests.forking import forked

if __name__ == "__main__":
    launching.FORKS = multiprocessing.get_context("fork")
    supervisor.Supervisor = partial(supervisor.Supervisor, launch=forked)
    training.train = partial(training.train, start=launching.Forked)
    sys.exit(cli.main(sys.argv[1:]))
