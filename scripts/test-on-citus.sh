#!/usr/bin/env bash
# Runs the API tests on a Citus cluster: scripts/test-on-citus.sh "Host=…;Port=…;Database=…;Username=…". The connection string names a database
# of the coordinator that knows the nodes. The tests create databases of their own on all nodes, so the role must be a superuser.
# The last line of the output is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# = 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }

THENA_ACCOUNTS_TEST_CITUS=$1 exec scripts/run-tests.sh --project tests/Thena.Accounts.Api.Tests
