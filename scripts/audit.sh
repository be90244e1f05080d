#!/bin/sh
# Asks the public databases for known weaknesses of what is pinned, but for those that requirements.advisories.yml accepts.
set -eu
cd "$(dirname "$0")/.."

if [ ! -x .venv/audit/bin/pip-audit ]; then
  .venv/bin/python -m venv .venv/audit
  .venv/audit/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-audit.lock
fi
accepted=$(sed -n 's/^- id: \(.*\)/--ignore-vuln \1/p' requirements.advisories.yml)
found=0
.venv/audit/bin/pip-audit --strict --disable-pip --no-deps -r requirements.lock -r requirements-dev.lock $accepted || found=1
(cd widget && npm audit) || found=1
if [ "$found" = 1 ]; then
  echo "Something was found, or a database could not be asked: read above. SECURITY.md says what to do with a finding." >&2
  exit 1
fi
