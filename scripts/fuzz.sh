#!/usr/bin/env bash
# Fuzzes a running server from its own API document with Schemathesis: scripts/fuzz.sh ADDRESS KEY [SCHEMATHESIS OPTION…]. The rules are in schemathesis.toml.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# -ge 2 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
address=$1
key=$2
shift 2

version=4.32.5
tools=${XDG_CACHE_HOME:-$HOME/.cache}/thena-accounts-fuzz
schemathesis=$(command -v schemathesis || echo "$tools/bin/schemathesis")
if [ ! -x "$schemathesis" ]; then
  { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet "schemathesis==$version"; } || {
    rm -rf "$tools"
    echo "Schemathesis $version cannot be installed: python3 with venv and a package index are needed." >&2
    exit 3
  }
fi

exec "$schemathesis" run "$address/openapi/v1.json" --url "$address" --header "x-api-key: $key" --checks all "$@"
