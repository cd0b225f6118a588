#!/usr/bin/env bash
# Lighthouse on the release build's demonstration; its rows stand below the table of the bench.
source "$(dirname "$0")/say.sh"
source scripts/demonstration.sh
# Its packages are many and serve nothing else: they have a lock file of their own and are fetched only for this.
(cd bench/lighthouse && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --silent)
demonstration lighthouse "${CARGO_TARGET_DIR:-target}/release/moothall"
node bench/lighthouse/run.mjs "$base"
