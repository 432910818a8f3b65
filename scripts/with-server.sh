#!/usr/bin/env bash
# Runs SCRIPT ADDRESS KEY [OPTION…] against a new server with its own database, and then stops both: scripts/with-server.sh SCRIPT [OPTION…].
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
[ $# -ge 1 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }

work=$(mktemp -d)
chmod 755 "$work"
server=
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$work"
}
trap stop EXIT

dotnet publish "$root/src/Thena.Accounts.Api" --no-restore --configuration Debug --output "$work/program" --verbosity quiet >"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
port=$((20000 + RANDOM % 10000))
while (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
address=http://127.0.0.1:$port

DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS=$address \
  EmbeddedPostgres__DataDirectory=$work/database RateLimit__RequestsPerMinute=0 Serilog__MinimumLevel__Default=Warning \
  "$work/program/thena-accounts" >"$work/server.log" 2>&1 &
server=$!
key=
for _ in $(seq 120); do
  key=$(grep -oE 'thena_[A-Za-z0-9_-]{43}' "$work/server.log" | head -n 1) && break
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
  sleep 0.5
done
until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "$server"; sleep 0.2; done

# For scripts that start another server, or look into the database.
export SERVER_FOLDER=$work
script=$1
shift
"$script" "$address" "$key" "$@"
