#!/usr/bin/env bash
source "$(dirname "$0")/say.sh"
cargo fmt --all
