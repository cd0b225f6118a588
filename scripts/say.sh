# Sourced by the other scripts: plain words with the time passed, steps with their counts, and the folder they run in.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
LC_ALL=C.UTF-8
export LC_ALL

elapsed() { printf '%d:%02d' $((SECONDS / 60)) $((SECONDS % 60)); }
say() { printf '%s  %s\n' "$(elapsed)" "$*"; }
fail() {
  printf '%s  %s\n' "$(elapsed)" "$*" >&2
  exit 1
}

STEPS=()
# The tests a step ran, read from what cargo, Playwright and node print at the end.
counts() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^test result:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i ~ /^failed/) f += $(i-1); if ($i ~ /^ignored/) s += $(i-1) } n = 1 }
    /^ +[0-9]+ (passed|failed|flaky|skipped)/ { if ($2 == "passed") p += $1; else if ($2 == "skipped") s += $1; else if ($2 == "flaky") again += $1; else f += $1; n = 1 }
    /^# (pass|fail|skipped) [0-9]+$/ { if ($2 == "pass") p += $3; else if ($2 == "fail") f += $3; else s += $3; n = 1 }
    /^(ℹ )(pass|fail|skipped) [0-9]+$/ { if ($2 == "pass") p += $3; else if ($2 == "fail") f += $3; else s += $3; n = 1 }
    /^skipped: / { words++ }
    END { if (n) printf "%d passed, %d failed, %d skipped", p + again, f, s + 0; if (again) printf ", %d of them the second time only", again; if (words) printf "%s%d said \"skipped:\"", n ? ", " : "", words }'
}
# step NAME COMMAND…: runs it, keeps what it prints in out/log/NAME.log, and stops everything when it fails.
step() {
  local name=$1 began=$SECONDS log code=0
  shift
  mkdir -p out/log
  log="out/log/${name// /-}.log"
  say "== $name"
  "$@" 2>&1 | tee "$log" || code=$?
  local line
  line=$(printf '%-24s %4d s   %s' "$name" $((SECONDS - began)) "$(counts "$log")")
  if [ "$code" -ne 0 ]; then
    STEPS+=("$line   FAILED")
    summary
    fail "Stopped at: $name (exit $code). What it printed is in $log"
  fi
  STEPS+=("$line")
}
summary() {
  printf '\n'
  printf '%s\n' "${STEPS[@]}"
  printf '%-24s %4d s\n\n' 'all' "$SECONDS"
}
