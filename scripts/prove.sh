#!/usr/bin/env bash
# The long proofs. Tests that can run longer look for MOOTHALL_PROVE=1. A line that begins `proof:` is a figure and goes to
# docs/proofs.md with the date and the machine; the table of the bench stands below them.
source "$(dirname "$0")/say.sh"

place=$(mktemp -d)
trap 'scripts/postgres.sh stop "$place"; rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
export MOOTHALL_PROVE=1

step 'tools' scripts/setup.sh test
step 'assets' scripts/assets.sh
# Durability is what is being proved: here the server syncs.
MOOTHALL_TEST_POSTGRES=$(MOOTHALL_POSTGRES_FSYNC=on scripts/postgres.sh start "$place")
export MOOTHALL_TEST_POSTGRES
step 'prove tests' cargo test --release --locked --workspace -- --nocapture
step 'prove browser' env MOOTHALL_BIN=target/release/moothall scripts/e2e.sh
# The same journeys at the main widths on the other engine; the tests above took databases of their own.
step 'prove browser on PostgreSQL' env MOOTHALL_PROVE= PICTURES= MOOTHALL_BIN=target/release/moothall \
  E2E_DATABASE_URL="$MOOTHALL_TEST_POSTGRES" scripts/e2e.sh
# Last and alone: nothing else may use the machine while it measures.
step 'prove bench' scripts/bench.sh
summary

{
  scripts/proofs.sh "${STEPS[@]}"
  printf '\n## Bench\n\n```\n'
  sed -n '/^work /,$p' out/log/prove-bench.log
  printf '```\n'
} >out/proofs.md
mkdir -p docs
mv out/proofs.md docs/proofs.md
say 'Written: docs/proofs.md'
