#!/usr/bin/env bash
# Lints an API document with Redocly CLI and Spectral: scripts/lint-openapi.sh [ADDRESS|FILE].
# ADDRESS is that of a running server. The default is the snapshot of the tests.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
source=${1:-$root/tests/Thena.Accounts.Api.Tests/OpenApi/openapi.v1.json}
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

# The path is the same for every source, because the exceptions of Redocly refer to it.
document=generated/openapi.json
mkdir -p "$root/tests/contract/generated"
case $source in
  http://* | https://*) curl -fsS "${source%/}/openapi/v1.json" -o "$root/tests/contract/$document" ;;
  *) cp "$source" "$root/tests/contract/$document" ;;
esac

cd "$root/tests/contract"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci

failed=0
lint() {
  printf '\n== %s\n' "$1"
  shift
  "$@" || failed=$((failed + 1))
}
lint "Redocly" node_modules/.bin/redocly lint --config redocly.yaml --format stylish "$document"
lint "Spectral" node_modules/.bin/spectral lint --ruleset .spectral.yaml --fail-severity warn "$document"
printf '\n%s passed, %s failed\n' "$((2 - failed))" "$failed"
exit "$((failed > 0))"
