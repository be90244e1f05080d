#!/bin/sh
# Makes sure of what the widget's tests and its build need: Chromium, and Node 20 or newer with npm.
set -eu
cd "$(dirname "$0")/.."

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
has_node() { node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' && npm --version; }
missing() {
  has_chromium >/dev/null 2>&1 || echo chromium
  has_node >/dev/null 2>&1 || echo nodejs npm
}

if [ -n "$(missing)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing" $(missing)
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(missing) >/dev/null 2>&1 || true
fi
if [ -n "$(missing)" ]; then
  echo "The tests of the widget need Chromium, Node 20 or newer, and npm; please install what is missing:" $(missing) >&2
  exit 1
fi
touch .venv/.ready-browser
