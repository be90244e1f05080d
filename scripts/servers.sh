#!/bin/sh
# Makes sure of what the tests of running on many workers need: PostgreSQL, Redis and nginx, none of them started; and
# for a test of clocks, if it can be had, libfaketime.
set -eu
cd "$(dirname "$0")/.."

PATH=$PATH:/usr/sbin
missing() {
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || echo postgresql
  command -v redis-server >/dev/null 2>&1 || echo redis-server
  command -v nginx >/dev/null 2>&1 || echo nginx
}
wanted() {
  missing
  ls /usr/lib/*/faketime/libfaketimeMT.so.1 >/dev/null 2>&1 || echo libfaketime
}

if [ -n "$(wanted)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing" $(wanted)
  # Debian starts what it installs, unless this file says no.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
  fi
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(wanted) >/dev/null 2>&1 || true
fi
if [ -n "$(missing)" ]; then
  echo "The tests of running on many workers need PostgreSQL, Redis and nginx; please install what is missing:" $(missing) >&2
  exit 1
fi
touch .venv/.ready-servers
