#!/usr/bin/env bash
# Everything that every change runs, fast first; stops at the first step that fails and names it.
source "$(dirname "$0")/say.sh"
source scripts/quick.sh

place=$(mktemp -d)
trap 'scripts/postgres.sh stop "$place"; rm -rf "$place"' EXIT
trap 'exit 130' INT TERM

step 'tools' scripts/setup.sh test
quick
step 'assets' scripts/assets.sh
step 'assets in a browser' npm run --silent test:assets
say 'Starting a private PostgreSQL'
MOOTHALL_TEST_POSTGRES=$(scripts/postgres.sh start "$place")
export MOOTHALL_TEST_POSTGRES
# What a test says while it passes is shown: among it is what it skipped, which is then counted.
step 'tests' cargo test --workspace --locked -- --show-output
# The tests have just built this program: building it alone would draw other features and so build much again.
step 'browser' env MOOTHALL_BIN=target/debug/moothall scripts/e2e.sh
step 'card' env MOOTHALL_BIN=target/debug/moothall scripts/card.sh
summary
say 'All passed.'
