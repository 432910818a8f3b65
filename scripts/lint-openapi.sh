#!/usr/bin/env bash
# Lints API documents with Redocly CLI and Spectral: scripts/lint-openapi.sh [ADDRESS|FILE].
# ADDRESS is that of a running server. The default is the two snapshots of the tests.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
snapshots=$root/tests/Thena.Accounts.Api.Tests/OpenApi
case ${1:-} in
  "") sources=("$snapshots/openapi.v1.json" "$snapshots/openapi.documented.json") ;;
  http://* | https://*) sources=("${1%/}/openapi/v1.json" "${1%/}/openapi/documented.json") ;;
  *) sources=("$(realpath "$1")") ;;
esac
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

# The path is the same for every source, because the exceptions of Redocly refer to it.
document=generated/openapi.json
mkdir -p "$root/tests/contract/generated"
cd "$root/tests/contract"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci

failed=0
lint() {
  printf '\n== %s\n' "$1"
  shift
  "$@" || failed=$((failed + 1))
}
for source in "${sources[@]}"; do
  case $source in
    http://* | https://*) curl -fsS "$source" -o "$document" ;;
    *) cp "$source" "$document" ;;
  esac
  lint "Redocly: ${source##*/}" node_modules/.bin/redocly lint --config redocly.yaml --format stylish "$document"
  lint "Spectral: ${source##*/}" node_modules/.bin/spectral lint --ruleset .spectral.yaml --fail-severity warn "$document"
done
printf '\n%s passed, %s failed\n' "$((2 * ${#sources[@]} - failed))" "$failed"
exit "$((failed > 0))"
