#!/usr/bin/env bash
# The table of budgets, each figure a ratio taken in one run. Arguments go to the harness.
source "$(dirname "$0")/say.sh"
scripts/setup.sh run
scripts/assets.sh
# Built together, so that all draw the same features and nothing is built twice: the program, the harness, the bare server.
cargo build --locked --release -p moothall -p bench --bins --examples
exec "${CARGO_TARGET_DIR:-target}/release/bench" "$@"
