#!/usr/bin/env bash
# The long proofs. Tests that can run longer look for MOOTHALL_PROVE=1; those that run only here are ignored tests in a
# file named prove. A line that begins `proof:` is a figure and goes to docs/proofs.md with the date and the machine.
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
step 'prove proofs' cargo test --release --locked --workspace --test prove -- --ignored --nocapture --test-threads=1
step 'prove browser' env MOOTHALL_BIN=target/release/moothall scripts/e2e.sh
summary

scripts/proofs.sh "${STEPS[@]}" >out/proofs.md
mkdir -p docs
mv out/proofs.md docs/proofs.md
say 'Written: docs/proofs.md'
