#!/bin/sh
# Makes sure of the programs that tests need beside Python, none of them started, and installs them where it can.
# Usage: programs.sh browser (for the widget) | programs.sh servers (for running on many workers)
set -eu
cd "$(dirname "$0")/.."

PATH=$PATH:/usr/sbin
has() { command -v "$1" >/dev/null 2>&1; }
# These print the Debian packages that are missing.
browser() {
  has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome || echo chromium-headless-shell
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null && has npm || echo nodejs npm
}
servers() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || has initdb || echo postgresql
  has redis-server || echo redis-server
  has nginx || echo nginx
  has systemd-analyze || echo systemd
  has promtool || echo prometheus
  ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || echo libfaketime
}

missing=$("$1")
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && has apt-get; then
  echo "Installing" $missing
  # Debian starts what it installs, unless this file says no.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
  fi
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null 2>&1 || true
  missing=$("$1")
fi
if [ -n "$missing" ]; then
  echo "The tests need more programs; please install these packages (Node 20 or newer):" $missing >&2
  exit 1
fi
touch ".venv/.ready-$1"
