#!/usr/bin/env bash
# Checks the container stack from build to teardown: scripts/compose-smoke.sh.
# It uses its own project name and the port ACCOUNTS_PORT (default: 18000).
set -euo pipefail
cd "$(dirname "$0")/.."

if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
project="accounts-smoke-$$"
export ACCOUNTS_PORT="${ACCOUNTS_PORT:-18000}"
export ACCOUNTS_IMAGE=$project
POSTGRES_PASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
SERVER_PASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
export POSTGRES_PASSWORD SERVER_PASSWORD
base="http://localhost:$ACCOUNTS_PORT"
work=$(mktemp -d)
export ACCOUNTS_SETTINGS=$work/server.env
echo RateLimit__RequestsPerMinute=5999 >"$ACCOUNTS_SETTINGS"
passed=0 failed=0

stack() { "${compose[@]}" --project-name "$project" "$@"; }
quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; return 1; }; }
member() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p"; }
container() { stack ps -q api; }
health() { docker inspect --format '{{.State.Health.Status}}' "$(container)"; }

clean() {
  stack down --volumes --remove-orphans >/dev/null 2>&1 || true
  docker image rm "$ACCOUNTS_IMAGE" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap clean EXIT

check() { # $1: the expectation. The other arguments: a command that succeeds if it is met.
  if "${@:2}"; then
    passed=$((passed + 1)) && printf 'ok      %s\n' "$1"
  else
    failed=$((failed + 1)) && printf 'FAILED  %s\n' "$1"
  fi
}

until_healthy() {
  for _ in $(seq 120); do
    [ "$(health)" = healthy ] && return
    sleep 0.5
  done
  stack logs api >&2
  return 1
}

refused_without_password() { # $1: its name
  : >"$work/empty.env"
  ! env -u "$1" "${compose[@]}" --project-name "$project" --env-file "$work/empty.env" up -d >"$work/refused" 2>&1 \
    && grep -q "Copy .env.example to .env and set $1 in it." "$work/refused" \
    && [ -z "$(docker ps -aq --filter "label=com.docker.compose.project=$project")" ]
}

# Starts two requests that are running when the server is stopped. One waits for the database, and one is still sending its body.
start_requests_in_flight() {
  sql --command='begin; lock table accounts; select pg_sleep(3.5); commit' >/dev/null &
  for _ in $(seq 50); do
    [ "$(sql --command="select count(*) from pg_stat_activity where wait_event = 'PgSleep'")" = 1 ] && break
  done
  post '{"name":"Waiting","primaryDomain":"waiting.example"}' >"$work/waiting" &
  (printf '{"name":"Sending",' && sleep 3 && printf '"primaryDomain":"sending.example"}') | post_chunked >"$work/sending" &
  sleep 0.5
}

sql() { docker exec "$database" psql --quiet --no-align --tuples-only --username=accounts --dbname=accounts "$@"; }

# Prints "0 superuser" if the connections over the network, of which there are some, are not those of superusers.
superuser_connections() {
  sql --command="select count(*) filter (where rolsuper) || ' superuser' from pg_stat_activity join pg_roles on rolname = usename where client_addr is not null having count(*) > 0"
}

post() {
  curl -s --max-time 30 -o /dev/null -w '%{http_code}' "$base/v1/accounts" -H "x-api-key: $key" -H 'content-type: application/json' -d "$1"
}

post_chunked() {
  curl -s --max-time 30 -o /dev/null -w '%{http_code}' -X POST -T - "$base/v1/accounts" -H "x-api-key: $key" -H 'content-type: application/json'
}

limit() {
  curl -s --max-time 30 -o /dev/null -D - "$base/v1/accounts" -H "x-api-key: $key" | tr -d '\r' | sed -nE 's/^x-ratelimit-limit: //Ip'
}

kept() { curl -s --max-time 30 "$base/v1/accounts/$1" -H "x-api-key: $key" | grep -q "\"id\":\"$1\""; }

for password in POSTGRES_PASSWORD SERVER_PASSWORD; do
  check "without $password the stack does not start, and prints one sentence" refused_without_password "$password"
done

printf 'building and starting the stack\n'
quietly stack up -d --build
check "the server becomes healthy" until_healthy

key=$(stack exec -T api thena-accounts keys bootstrap --organization Acme --user "Ada Lovelace" --email ada@example.com </dev/null | member key)
check "one command creates an organization, a user and a key" test -n "$key"

account=$(curl -s --max-time 30 "$base/v1/accounts" -H "x-api-key: $key" -H 'content-type: application/json' \
  -d '{"name":"Kept","primaryDomain":"kept.example"}' | member id)
check "the key creates an account" test -n "$account"

check "a setting of the file in ACCOUNTS_SETTINGS applies" test "$(limit)" = 5999
check "the server does not run as root" test "$(stack exec -T api id -u </dev/null)" != 0
check "the root file system is read-only" test "$(docker inspect --format '{{.HostConfig.ReadonlyRootfs}}' "$(container)")" = true
check "the image has the license and the notices of what it contains" stack exec -T api test -s LICENSE -a -s THIRD-PARTY-NOTICES.txt </dev/null
check "the image has no embedded PostgreSQL" test -z "$(stack exec -T api find . -iname '*EmbeddedPostgres*' </dev/null)"
check "the folder of the program is not writable" bash -c '! docker exec "$1" touch /app/file 2>/dev/null' _ "$(container)"

database=$(stack ps -q postgres)
check "the server connects, with a role that is no superuser" test "$(superuser_connections)" = "0 superuser"
check "its role owns the database" test "$(sql --command="select pg_get_userbyid(datdba) from pg_database where datname = 'accounts'")" = accounts_server

stopped=$(container)
start_requests_in_flight
before=$(date +%s%N)
docker stop "$stopped" >/dev/null
took=$((($(date +%s%N) - before) / 1000000))
wait
check "a stop with running requests takes less than 5 s (took $took ms)" test "$took" -lt 5000
check "the stop waits for the running requests (took $took ms)" test "$took" -gt 1000
check "a request that waits for the database gets a response" test "$(cat "$work/waiting")" = 201
check "a request that is still sending its body gets a response" test "$(cat "$work/sending")" = 201
check "the server exits with status 0" test "$(docker inspect --format '{{.State.ExitCode}}' "$stopped")" = 0

quietly stack down
quietly stack up -d
check "after down and up the server is healthy again" until_healthy
check "the account still exists" kept "$account"

printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
