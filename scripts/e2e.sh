#!/usr/bin/env bash
# The journeys in a browser, against a demonstration of its own on a free port. Arguments go to Playwright.
# MOOTHALL_BIN names a program that is already built; without it the program and dist/ are built first.
# E2E_DATABASE_URL names an empty PostgreSQL database to run on; without it the database is embedded.
source "$(dirname "$0")/say.sh"
source scripts/demonstration.sh
# Pictures to look at are made by `make e2e` and `make prove`, not by every change: they take minutes.
if [ -z "${MOOTHALL_BIN:-}" ] || [ "${MOOTHALL_PROVE:-}" = 1 ]; then export PICTURES="$PWD/out/pictures"; fi
if [ -z "${MOOTHALL_BIN:-}" ]; then
  scripts/setup.sh test
  scripts/assets.sh
  cargo build --locked -p moothall
  MOOTHALL_BIN=target/debug/moothall
fi
# Without its configuration Playwright takes every test file it finds, those of assets/ too.
config=$(find . e2e -maxdepth 1 -name 'playwright.config.*' | head -n 1)
[ -n "$config" ] || fail 'There is no playwright.config: no journey can be run.'
mkdir -p out/pictures
# Each test comes from an address of its own, as each resident does, so that throttles do not meet them as one person.
export MOOTHALL_SERVER__TRUSTED_PROXIES='["127.0.0.1"]'
on=()
[ -z "${E2E_DATABASE_URL:-}" ] || on=(--database-url "$E2E_DATABASE_URL")
demonstration e2e "$MOOTHALL_BIN" "${on[@]}"
export BASE_URL=$base
npx --no-install playwright test --config "$config" "$@"
