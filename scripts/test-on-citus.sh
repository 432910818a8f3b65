#!/usr/bin/env bash
# Runs the API tests on a Citus cluster: scripts/test-on-citus.sh "Host=…;Port=…;Database=…;Username=…". The connection string names a database
# of the coordinator that knows the nodes. The tests create databases of their own on all nodes, so the role must be a superuser.
# The last line of the output is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# = 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
failure=0
THENA_ACCOUNTS_TEST_CITUS=$1 dotnet test --project tests/Thena.Accounts.Api.Tests 2>&1 | tee "$log" || failure=$?
total() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(total succeeded) failed=$(total failed)
printf '%s passed, %s failed\n' "${passed:-0}" "${failed:-1}"
exit "$failure"
