#!/usr/bin/env bash
# Fuzzes a running server with Schemathesis, based on its API document: scripts/fuzz.sh ADDRESS KEY [SCHEMATHESIS OPTION…]. The rules are in schemathesis.toml.
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
    echo "Schemathesis $version cannot be installed. It needs python3 with venv, and access to a package index." >&2
    exit 3
  }
fi

exec "$schemathesis" run "$address/openapi/v1.json" --url "$address" --header "x-api-key: $key" --checks all "$@"
