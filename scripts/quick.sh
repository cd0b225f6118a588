# Sourced by check.sh and test.sh.
quick() {
  step 'format' cargo fmt --all -- --check
  step 'lints' cargo clippy --workspace --all-targets --locked -- -D warnings
  step 'licences and sources' cargo run --quiet --locked -p xtask -- licences
}
