"""Measures how well messages are understood, keeps the results and writes the report from them."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.understanding import baseline, own, public, yardstick
from benchmarks.understanding.results import keep
from benchmarks.understanding.running import say

_PARTS = ("own", "public", "yardstick", "all", "report", "baseline")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("part", choices=_PARTS, help="what to measure; report only writes the report anew")
    parser.add_argument("--datasets", type=Path, help="folder with banking77 and clinc150")
    parser.add_argument("--skip-training", action="store_true", help="do not measure the project's own training")
    parser.add_argument("--yardstick-epochs", type=int, help="a shorter run of the yardstick; the report says so")
    options = parser.parse_args()
    if options.part in ("own", "all"):
        own.run(with_training=not options.skip_training)
    if options.part in ("public", "all"):
        public.run(options.datasets)
    if options.part in ("yardstick", "all"):
        yardstick.run(options.yardstick_epochs)
    if options.part == "baseline":
        baseline.write()
    if options.part == "report":
        keep("own", {})
    say("Done; see benchmarks/results/understanding.md.")


if __name__ == "__main__":
    main()
