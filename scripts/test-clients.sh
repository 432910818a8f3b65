#!/usr/bin/env bash
# Tests generated clients against a running server: scripts/test-clients.sh BASE_URL KEY.
# Generates clients in TypeScript, C# and Python from the server's API document, compiles them, and calls the server with them.
set -euo pipefail
base=${1:?BASE_URL is missing}
base=${base%/}
key=${2:?KEY is missing}
root=$(cd "$(dirname "$0")/.." && pwd)
contract=$root/tests/contract
bin=$contract/node_modules/.bin
document=$base/openapi/v1.json
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

install() {
  if ! command -v apt-get >/dev/null; then
    printf 'Missing packages: %s\n' "$*" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

# Finds a Python with the packages that the generated client imports: first the one on the PATH, then the one of the system.
find_python() {
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import certifi, dateutil, six, urllib3' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  return 1
}

command -v java >/dev/null || install default-jre-headless
find_python >/dev/null || install python3-certifi python3-dateutil python3-six python3-urllib3
python=$(find_python)
cd "$contract"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci

typescript() {
  cd "$contract/clients/typescript"
  rm -rf generated
  "$bin/openapi-typescript" "$document" --output generated/api.d.ts
  "$bin/tsc" --project .
  node generated/tour.mjs "$base" "$key"
}

csharp() {
  cd "$contract/clients/csharp"
  rm -rf generated
  dotnet restore --locked-mode --verbosity quiet --nologo
  dotnet build --no-restore --verbosity quiet -p:ApiDocument="$document"
  dotnet bin/Debug/net10.0/Tour.dll "$base" "$key"
}

python() {
  cd "$contract/clients/python"
  rm -rf generated
  # The output of the generator is long, so it is shown only if the generator fails.
  "$bin/openapi-generator" generate -i "$document" -g python -o generated --package-name thena_accounts >"$log" 2>&1 || { cat "$log"; return 1; }
  "$python" -m compileall -q generated/thena_accounts
  "$python" tour.py "$base" "$key"
}

log=$(mktemp)
output=$(mktemp)
trap 'rm -f "$log" "$output"' EXIT
passed=0
failed=0
for client in typescript csharp python; do
  printf '\n== %s\n' "$client"
  # The subshell applies set -e to one client. If a client fails, the others still run.
  set +e
  (set -e; "$client") 2>&1 | tee "$output"
  status=${PIPESTATUS[0]}
  set -e
  read -r ok bad < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$output" | tail -n 1) || { ok=0 bad=0; }
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
    bad=1
  fi
  passed=$((passed + ok))
  failed=$((failed + bad))
done
printf '\n%s passed, %s failed\n' "$passed" "$failed"
exit "$((failed > 0))"
