#!/usr/bin/env bash
# Clients of Open311 that others wrote, against a demonstration with a key of its own.
# MOOTHALL_BIN names a program that is already built; without it the program is built first. OPEN311_SCHEMAS names a folder of the
# published JSON schemas (github.com/open311/schema-validation, schema/georeport-v2); where it is absent none is compared.
source "$(dirname "$0")/say.sh"
source scripts/demonstration.sh
venv=out/open311

# Where nobody builds for others, an absent Python is no fault.
absent() {
  [ -z "${CI:-}" ] || fail "$1"
  printf 'skipped: no client of Open311 was run: %s\n' "$1"
  exit 0
}
if ! "$venv/bin/python" -c 'import georeport, jsonschema' 2>/dev/null; then
  command -v python3 >/dev/null || absent 'python3 is absent.'
  rm -rf "$venv"
  mkdir -p out
  python3 -m venv "$venv" >/dev/null 2>&1 || absent 'python3 can make no environment: install python3-venv.'
  say 'Installing georeport, and open311 and three to see whether they can be imported'
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    georeport==0.3.1 open311==1.1 three==0.8.0 jsonschema==4.23.0 || absent 'pip could not install georeport.'
fi
npm=$venv/npm
if [ ! -d "$npm/node_modules/open311" ]; then
  say 'Installing open311 of npm'
  mkdir -p "$npm"
  npm install --silent --no-audit --no-fund --ignore-scripts --no-save --prefix "$npm" request@2.88.2 lodash@0.6.1 >/dev/null 2>&1 \
    || absent 'npm could not install what open311 of npm stands on.'
  (cd "$npm" && npm pack --silent open311@0.0.12 >/dev/null 2>&1) || absent 'npm could not fetch open311.'
  mkdir -p "$npm/node_modules/open311"
  tar xzf "$npm/open311-0.0.12.tgz" -C "$npm/node_modules/open311" --strip-components=1
fi
if [ -z "${MOOTHALL_BIN:-}" ]; then
  [ -d dist ] || scripts/assets.sh
  cargo build --locked -p moothall
  MOOTHALL_BIN="${CARGO_TARGET_DIR:-target}/debug/moothall"
fi
# Made for this run, and of nobody.
key=$("$venv/bin/python" -c 'import secrets; print(secrets.token_hex(32))')
hash=$(printf %s "$key" | sha256sum | cut -d' ' -f1)
jurisdiction=north-somerset-council
section=MOOTHALL_OPEN311__$(tr 'a-z-' 'A-Z_' <<<"$jurisdiction")
export "${section}__KEY_HASHES=[\"$hash\"]" "${section}__EXTENDED=true"
demonstration open311 "$MOOTHALL_BIN"
schemas=()
published=${OPEN311_SCHEMAS:-../shared/data/open311/schemas}
if [ -d "$published" ]; then schemas=("$published"); else
  printf 'skipped: %s is absent: nothing was compared with the published schemas\n' "$published"
fi
"$venv/bin/python" scripts/foreign_open311.py "$base/open311/v2/" "$jurisdiction" "$key" "${schemas[@]}"
node scripts/foreign_open311.cjs "$PWD/$npm" "$base/open311/v2/" "$jurisdiction" "$key"
