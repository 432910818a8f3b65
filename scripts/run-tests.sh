#!/usr/bin/env bash
# Runs the tests: scripts/run-tests.sh [OPTION…], with the options of dotnet test. The last line of the output is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
failure=0
dotnet test "$@" 2>&1 | tee "$log" || failure=$?
total() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(total succeeded) failed=$(total failed)
printf '%s passed, %s failed\n' "${passed:-0}" "${failed:-1}"
exit "$failure"
