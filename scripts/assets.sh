#!/usr/bin/env bash
# The packages of package-lock.json, when it has changed since they were last put there, and dist/ built from them.
source "$(dirname "$0")/say.sh"
stamp=node_modules/.moothall-lock
want="$(sha256sum <package-lock.json) node $(node -p process.versions.modules)"
if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
  say 'Fetching the packages of package-lock.json'
  # Browsers are Debian's: none is downloaded. No package may run a script of its own.
  PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund
  printf '%s\n' "$want" >"$stamp"
fi
node assets/build.mjs
