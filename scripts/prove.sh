#!/usr/bin/env bash
# The long proofs: prove.sh [PART…], all of them without a name. A part takes from ten minutes to an hour; each keeps what it
# showed, and of which source, in out/prove/, and docs/proofs.md is put together from what is there; `page` does only that.
# Tests that can run longer look for MOOTHALL_PROVE=1. A line that begins `proof:` is a figure.
source "$(dirname "$0")/say.sh"

PARTS=(tests whole api open311 axe browser postgresql bench)
parts=("$@")
[ $# -gt 0 ] || parts=("${PARTS[@]}")
for part in "${parts[@]}"; do
  case " ${PARTS[*]} page " in *" $part "*) ;; *) fail "\`$part\` is not a part: expected ${PARTS[*]}" ;; esac
done

place=$(mktemp -d)
trap 'scripts/postgres.sh stop "$place"; rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
export MOOTHALL_PROVE=1

source_of() { printf '%s%s' "$(git rev-parse --short HEAD)" "$(git diff --quiet HEAD || printf ', changed')"; }
# Runs the part, and keeps its line, its figures and, of the bench, its table.
prove() {
  local part=$1 log="out/log/prove-$1.log"
  shift
  rm -f "out/prove/$part.md"
  step "prove $part" "$@"
  mkdir -p out/prove
  {
    printf '## %s\n\n%s, source %s\n\n```\n%s\n```\n' "$part" "$(date -u +%Y-%m-%d)" "$(source_of)" "${STEPS[-1]}"
    sed -nE 's/^(test .* \.\.\. )?proof: */- /p' "$log" | sed '1s/^/\n/'
    if [ "$part" = bench ]; then printf '\n```\n%s\n```\n' "$(sed -n '/^work /,$p' "$log")"; fi
  } >"out/prove/$part.md"
}
# Durability is what is being proved: here the server syncs.
serving() {
  [ ! -e "$place/postgres.place" ] || return 0
  MOOTHALL_TEST_POSTGRES=$(MOOTHALL_POSTGRES_FSYNC=on scripts/postgres.sh start "$place")
  export MOOTHALL_TEST_POSTGRES
}
release() { cargo build --locked --release -p moothall; }

step 'tools' scripts/setup.sh test
step 'assets' scripts/assets.sh
for part in "${parts[@]}"; do
  case $part in
    tests)
      serving
      prove tests cargo test --release --locked --workspace --exclude moothall -- --nocapture
      ;;
    # The whole program: killed under load, on a full disk, with its mail and database servers gone, with real data.
    whole)
      serving
      prove whole cargo test --release --locked -p moothall -- --nocapture
      ;;
    api)
      step 'program' release
      prove api env MOOTHALL_BIN=target/release/moothall scripts/api.sh --max-examples 200
      ;;
    # Clients that others wrote.
    open311)
      step 'program' release
      prove open311 env MOOTHALL_BIN=target/release/moothall scripts/foreign_open311.sh
      ;;
    axe)
      step 'program' release
      prove axe env MOOTHALL_BIN=target/release/moothall scripts/e2e.sh e2e/a11y
      ;;
    browser)
      step 'program' release
      prove browser env MOOTHALL_BIN=target/release/moothall scripts/e2e.sh e2e/journeys e2e/bugs e2e/pictures
      prove card env MOOTHALL_BIN=target/release/moothall scripts/card.sh
      ;;
    postgresql)
      # The same journeys at the main widths on the other engine; the tests take databases of their own.
      step 'program' release
      serving
      prove postgresql env MOOTHALL_PROVE= PICTURES= MOOTHALL_BIN=target/release/moothall \
        E2E_DATABASE_URL="$MOOTHALL_TEST_POSTGRES" scripts/e2e.sh e2e/journeys e2e/bugs
      ;;
    # Last and alone: nothing else may use the machine while it measures.
    bench) prove bench scripts/bench.sh ;;
    page) ;;
  esac
done
summary

{
  cat <<PAGE
# Proofs

Put together by \`make prove\` from what each part kept: when it was run, and of which source.

- Machine: $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo) of memory, $(uname -sm)
- Compiler: $(rustc --version | cut -d' ' -f1,2)
PAGE
  for part in "${PARTS[@]}"; do
    printf '\n'
    if [ -f "out/prove/$part.md" ]; then cat "out/prove/$part.md"; else printf '## %s\n\nNot run yet.\n' "$part"; fi
  done
} >out/proofs.md
mkdir -p docs
mv out/proofs.md docs/proofs.md
say 'Written: docs/proofs.md'
