#!/usr/bin/env bash
# The quick half of test.sh: form, lints, licences and sources. No browser, no database, nothing run.
source "$(dirname "$0")/say.sh"
source scripts/quick.sh
quick
summary
