#!/usr/bin/env bash
# proofs.sh STEP…: the page docs/proofs.md, from the lines `proof: …` in out/log/prove-*.log. Fails where there are none.
source "$(dirname "$0")/say.sh"
figures() { sed -nE 's/^(test .* \.\.\. )?proof: */- /p' out/log/prove-*.log; }
[ -n "$(figures)" ] || fail 'No proof printed a figure.'

cat <<PAGE
# Proofs

Written by \`make prove\`; not edited by hand.

- Date: $(date -u +%Y-%m-%d)
- Machine: $(nproc) cores, $(awk '/^MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo) of memory, $(uname -sm)
- Compiler: $(rustc --version | cut -d' ' -f1,2)
- Source: $(git rev-parse --short HEAD 2>/dev/null || echo 'not a git folder')

## Steps

\`\`\`
$(printf '%s\n' "$@")
\`\`\`

## Figures

$(figures)
PAGE
