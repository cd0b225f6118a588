#!/usr/bin/env bash
# Paying by card in a browser, against a stand-in that speaks as GOV.UK Pay does, and a demonstration of its own.
# MOOTHALL_BIN names a program that is already built; without it the program and dist/ are built first.
source "$(dirname "$0")/say.sh"
source scripts/demonstration.sh
if [ -z "${MOOTHALL_BIN:-}" ]; then
  scripts/setup.sh test
  scripts/assets.sh
  cargo build --locked -p moothall
  MOOTHALL_BIN=target/debug/moothall
fi
pay=$(node scripts/free-port.mjs)
key=api_test_of_this_run
node e2e/card/gateway.mjs "$pay" "$key" &
gateway=$!
trap 'kill "$gateway" 2>/dev/null || true; finish' EXIT
section=MOOTHALL_PAYMENTS__NORTH_SOMERSET_COUNCIL
export "${section}__URL=http://127.0.0.1:$pay" "${section}__KEY=$key"
demonstration card "$MOOTHALL_BIN"
export BASE_URL=$base CARD=1 GATEWAY="http://127.0.0.1:$pay"
# Its own list alone: the table of results is of the journeys.
npx --no-install playwright test --config playwright.config.mjs --reporter list --project card "$@"
