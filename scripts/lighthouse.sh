#!/usr/bin/env bash
# Lighthouse on the release build's demonstration; its rows stand below the table of the bench.
source "$(dirname "$0")/say.sh"
server=
data=$(mktemp -d)
finish() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Its packages are many and serve nothing else: they have a lock file of their own and are fetched only for this.
(cd bench/lighthouse && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --silent)
mkdir -p out/log
port=$(node scripts/free-port.mjs)
"${CARGO_TARGET_DIR:-target}/release/moothall" demo --listen "127.0.0.1:$port" --data "$data" >out/log/lighthouse-server.log 2>&1 &
server=$!
node scripts/wait-ready.mjs "http://127.0.0.1:$port/readyz" "$server"
node bench/lighthouse/run.mjs "http://127.0.0.1:$port"
