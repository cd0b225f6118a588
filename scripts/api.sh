#!/usr/bin/env bash
# schemathesis asks the JSON API of a demonstration all that its description allows, and much that it does not. Then a client
# that openapi-python-client made of the description sends a report.
# MOOTHALL_BIN names a program that is already built; without it the program is built first. Arguments go to schemathesis.
source "$(dirname "$0")/say.sh"
source scripts/demonstration.sh
version=4.32.5
generator=0.29.1
venv=out/schemathesis

# Where nobody builds for others, an absent Python is no fault.
absent() {
  [ -z "${CI:-}" ] || fail "$1"
  printf 'skipped: the JSON API was not asked by schemathesis: %s\n' "$1"
  exit 0
}
if ! "$venv/bin/schemathesis" --version 2>/dev/null | grep -qF "$version"; then
  command -v python3 >/dev/null || absent 'python3 is absent.'
  rm -rf "$venv"
  mkdir -p out
  python3 -m venv "$venv" >/dev/null 2>&1 || absent 'python3 can make no environment: install python3-venv.'
  say "Installing schemathesis $version"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "schemathesis==$version" ||
    absent "pip could not install schemathesis $version."
fi
if ! "$venv/bin/openapi-python-client" --version 2>/dev/null | grep -qF "$generator"; then
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "openapi-python-client==$generator" ||
    absent "pip could not install openapi-python-client $generator."
fi
if [ -z "${MOOTHALL_BIN:-}" ]; then
  [ -d dist ] || scripts/assets.sh
  cargo build --locked -p moothall
  MOOTHALL_BIN="${CARGO_TARGET_DIR:-target}/debug/moothall"
fi
demonstration api "$MOOTHALL_BIN"
export SCHEMATHESIS_HOOKS=scripts/api_samples.py
"$venv/bin/schemathesis" --config-file scripts/schemathesis.toml run "$base/api/openapi.json" --url "$base" \
  --checks all --max-examples 50 --seed 1 --report junit --report-junit-path out/api.xml "$@" |
  tee out/log/api.log
sed -nE 's/^ *([0-9]+ generated, .*)/proof: schemathesis: \1/p' out/log/api.log

client="$data/generated_client"
"$venv/bin/openapi-python-client" generate --url "$base/api/openapi.json" --meta none --output-path "$client" >"out/log/api-client.log" 2>&1 ||
  fail 'No client could be made of the description. What was said is in out/log/api-client.log'
"$venv/bin/python" scripts/api_client.py "$client" "$base"
