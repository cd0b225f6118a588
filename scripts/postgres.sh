#!/usr/bin/env bash
# A private PostgreSQL for tests.
#   postgres.sh find         where initdb is
#   postgres.sh start DIR    starts one and prints its address (postgres://…), ready for CREATE DATABASE
#   postgres.sh stop DIR     stops exactly that one and removes what it kept
# MOOTHALL_POSTGRES_FSYNC=on for proofs about durability; off (the default) is faster and still survives a killed server.
source "$(dirname "$0")/say.sh"

find_bin() {
  local initdb
  # Debian keeps the server's programs out of PATH, one folder for each version: the newest is taken.
  initdb=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$initdb" ] || initdb=$(command -v initdb) || return 1
  dirname "$(readlink -f "$initdb")"
}

# initdb and postgres refuse root: they then run as nobody, who must own the folder and be able to reach it.
root() { [ "$(id -u)" -eq 0 ]; }
as_server() { if root; then runuser -u nobody -- "$@"; else "$@"; fi; }

start() {
  local dir=$1 bin place password port try
  bin=$(find_bin) || fail 'PostgreSQL is missing: run scripts/setup.sh test'
  mkdir -p "$dir"
  [ ! -e "$dir/postgres.place" ] || fail "$dir already has a PostgreSQL: stop it first"
  # A socket's path may have 107 characters, and nobody may not pass a private folder above: then a short place of its own.
  place=$(cd "$dir" && pwd)/pg
  if [ ${#place} -gt 80 ] || ! as_server test -x "$dir"; then place=$(mktemp -d /tmp/moothall-pg.XXXXXX); fi
  mkdir -p "$place"
  printf '%s\n' "$place" >"$dir/postgres.place"
  trap 'stop "$dir" >/dev/null 2>&1 || true' EXIT
  chmod 700 "$place"
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$password" >"$place/password"
  ! root || chown -R nobody "$place"
  cd "$place"
  as_server "$bin/initdb" -D "$place/data" --username=moothall --pwfile="$place/password" --auth-local=peer \
    --auth-host=password --locale=C --encoding=UTF8 --no-sync >"$dir/initdb.log" 2>&1 || {
    cat "$dir/initdb.log" >&2
    fail 'initdb failed'
  }
  rm "$place/password"
  local fsync=${MOOTHALL_POSTGRES_FSYNC:-off}
  for try in 1 2 3 4 5; do
    port=$((20000 + (0x$(od -An -N2 -tx1 /dev/urandom | tr -d ' ') % 12000)))
    if as_server "$bin/pg_ctl" -D "$place/data" -l "$place/server.log" -w -t 60 -s -o "-p $port -k '$place' -c listen_addresses=127.0.0.1 \
      -c fsync=$fsync -c full_page_writes=$fsync -c max_connections=200 -c log_min_messages=warning" start >"$dir/start.log" 2>&1; then
      printf 'postgres://moothall:%s@127.0.0.1:%s/postgres\n' "$password" "$port"
      trap - EXIT
      return 0
    fi
    # Another program has the port: the next try draws another. Any other reason ends here.
    grep -qE 'could not (bind|create any TCP/IP)' "$place/server.log" || break
    : >"$place/server.log"
  done
  cat "$dir/start.log" "$place/server.log" >&2
  fail 'PostgreSQL did not start'
}

stop() {
  local dir=$1 place bin
  [ -s "$dir/postgres.place" ] || return 0
  place=$(cat "$dir/postgres.place")
  bin=$(find_bin)
  cd /
  if [ -e "$place/data/postmaster.pid" ]; then
    as_server "$bin/pg_ctl" -D "$place/data" -m immediate -w -t 30 -s stop || fail "PostgreSQL in $place does not stop"
  fi
  rm -rf "$place"
  rm -f "$dir/postgres.place" "$dir/initdb.log" "$dir/start.log"
}

case "${1:-} ${2:-}" in
  'find ') find_bin ;;
  start\ ?*) start "$(realpath -m "$2")" ;;
  stop\ ?*) stop "$(realpath -m "$2")" ;;
  *) fail 'postgres.sh find | start DIR | stop DIR' ;;
esac
