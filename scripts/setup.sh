#!/usr/bin/env bash
# setup.sh run: what `make run` needs. setup.sh test: what `make test` needs besides: a browser, a PostgreSQL server,
# and what reads pictures otherwise than we do.
# Installs only what is missing. Debian's packages when root; otherwise it prints the one line to run, and stops.
source "$(dirname "$0")/say.sh"
what=${1:-test}

command -v cargo >/dev/null || fail 'Rust is missing. Get it from https://rustup.rs, then run this again.'
command -v node >/dev/null || fail 'Node is missing. Moothall needs Node 20.19 or later (https://nodejs.org).'
command -v npm >/dev/null || fail 'npm is missing. It comes with Node 20.19 or later (https://nodejs.org).'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "Node $(node -v) is too old. Moothall needs 20.19 or later."

missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
if [ "$what" = test ]; then
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
  scripts/postgres.sh find >/dev/null || missing+=(postgresql)
  command -v exiftool >/dev/null || missing+=(libimage-exiftool-perl)
  hunspell -d en_GB -l </dev/null >/dev/null 2>&1 || missing+=(hunspell hunspell-en-gb)
  command -v heif-dec >/dev/null || command -v heif-convert >/dev/null || missing+=(libheif-examples)
  # The checker of HTML is a Java program. It may be left out where nobody installs packages, but not in CI.
  command -v java >/dev/null || java=missing
  if [ "${java:-}" = missing ]; then
    if [ "$(id -u)" -eq 0 ] || [ -n "${CI:-}" ]; then missing+=(default-jre-headless); else say 'Java is missing: HTML is not checked by vnu.'; fi
  fi
fi
[ ${#missing[@]} -gt 0 ] || exit 0

# The server's programs are wanted, not a running cluster: this setting is read when the packages are set up.
no_cluster='mkdir -p /etc/postgresql-common/createcluster.d && echo create_main_cluster=false > /etc/postgresql-common/createcluster.d/moothall.conf'
install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
case " ${missing[*]} " in *' postgresql '*) install="$no_cluster && $install" ;; esac

if [ "$(id -u)" -ne 0 ]; then
  printf 'Missing: %s. Run this once, then try again:\n\n  sudo sh -c "%s"\n\n' "${missing[*]}" "$install" >&2
  exit 1
fi
say "Installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
DEBIAN_FRONTEND=noninteractive sh -c "$install" >"$log" 2>&1 || {
  tail -n 30 "$log" >&2
  fail "Debian's packages could not be installed."
}
