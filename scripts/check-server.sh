#!/usr/bin/env bash
# Runs what needs a running server: scripts/with-server.sh scripts/check-server.sh.
# The examples of docs/api.md, backup and upgrade as the pages say, and then Schemathesis, which leaves the most data.
set -euo pipefail
address=${1:?ADDRESS is missing} key=${2:?KEY is missing}
cd "$(dirname "$0")"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Every problem that Schemathesis reports is a failure, except a crash of its own data generator. After such a crash, it runs again with another
# seed, at most twice.
fuzz() {
  local outcome seed
  for seed in 1 2 3; do
    outcome=0
    ./fuzz.sh "$address" "$key" --max-examples 3 --seed "$seed" >"$log" 2>&1 || outcome=$?
    if [ "$outcome" = 0 ]; then tail -n 20 "$log"; return 0; fi
    if [ "$outcome" = 3 ]; then echo "skipped: Schemathesis is not installed"; return 0; fi
    cat "$log"
    grep -q 'AST constructor recursion depth mismatch' "$log" || return 1
  done
  return 1
}

./try-api-examples.sh "$address" "$key"
./try-backup.sh "$address" "$key"
fuzz
