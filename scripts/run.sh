#!/usr/bin/env bash
# From a fresh clone to a running demonstration. Arguments go to `moothall demo`.
source "$(dirname "$0")/say.sh"
say 'Looking for Rust, Node and a C compiler'
scripts/setup.sh run
say 'Building what the browser loads'
scripts/assets.sh
say 'Building Moothall (the first time takes some minutes)'
cargo build --locked --profile light -p moothall
args=("$@")
case " $* " in *' --listen'*) ;; *) args+=(--listen 127.0.0.1:8080) ;; esac
case " $* " in *' --data'*) ;; *) args+=(--data ./data/demo) ;; esac
say "Starting: moothall demo ${args[*]}"
exec "${CARGO_TARGET_DIR:-target}/light/moothall" demo "${args[@]}"
