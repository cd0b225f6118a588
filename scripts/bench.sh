#!/usr/bin/env bash
# The table of budgets, each figure a ratio taken in one run. Arguments go to the harness.
source "$(dirname "$0")/say.sh"
# Lighthouse needs a browser.
scripts/setup.sh test
scripts/assets.sh
# Built together, so that all draw the same features and nothing is built twice: the program, the harness, the bare server.
cargo build --locked --release -p moothall -p bench --bins --examples
"${CARGO_TARGET_DIR:-target}/release/bench" "$@"
# The browser's own view of the same build, where the whole table was asked for.
[ $# -gt 0 ] || scripts/lighthouse.sh
