# Sourced after say.sh. `demonstration NAME PROGRAM [ARG…]` starts one on a free port with an empty data folder, and waits until
# it answers. $base is its address, $data its folder; what it says is in out/log/NAME-server.log. It ends with the script.
data=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT
trap 'exit 130' INT TERM

demonstration() {
  local log="out/log/$1-server.log" program=$2 port
  shift 2
  [ -x "$program" ] || fail "$program is absent: cargo build -p moothall"
  mkdir -p out/log
  port=$(node scripts/free-port.mjs)
  base="http://127.0.0.1:$port"
  "$program" demo --listen "127.0.0.1:$port" --data "$data" "$@" >"$log" 2>&1 &
  server=$!
  node scripts/wait-ready.mjs "$base/readyz" "$server" || {
    tail -n 40 "$log" >&2
    fail "The demonstration did not start. All it said is in $log"
  }
}
