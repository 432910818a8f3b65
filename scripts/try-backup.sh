#!/usr/bin/env bash
# Tries docs/backup.md and docs/upgrade.md: scripts/with-server.sh scripts/try-backup.sh.
# Dumps the database of a server and restores it as another one. Takes the last migration of that back, and applies it again while clients write.
# Then a second server, with the role that docs/production.md creates, must answer the same as the first.
set -euo pipefail
first=${1:?ADDRESS is missing} key=${2:?KEY is missing}
: "${SERVER_FOLDER:?Run scripts/with-server.sh scripts/try-backup.sh.}"
cd "$(dirname "$0")/.."
work=$(mktemp -d)
second=
stop() {
  [ -z "$second" ] || { kill "$second" 2>/dev/null && wait "$second" 2>/dev/null; } || true
  rm -rf "$work"
}
trap stop EXIT
fail() { echo "FAILED  $1" >&2; cat "${@:2}" >&2; exit 1; }
call() { curl -sS --fail-with-body -H "x-api-key: $key" -H 'content-type: application/json' "$@"; }

# The embedded PostgreSQL of the server. Its version of the tools comes first.
PGPORT=$(sed -n 4p "$SERVER_FOLDER/database/data/postmaster.pid")
PGPASSWORD=$(cat "$SERVER_FOLDER/database/password")
export PGHOST=127.0.0.1 PGPORT PGPASSWORD PGUSER=thena
PATH=/usr/lib/postgresql/$(cat "$SERVER_FOLDER/database/data/PG_VERSION")/bin:$PATH
for tool in pg_dump pg_restore pgbench psql; do
  command -v $tool >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
sql() { psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$@"; }

account=$(call "$first/v1/accounts" -d '{"name":"Kept","primaryDomain":"kept.example"}' | grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4)
call "$first/v1/accounts/notes" -d '{"accountId":"'"$account"'","content":"Kept too."}' >/dev/null
call "$first/v1/accounts/contacts" -d '{"firstName":"Ada","email":"ada@kept.example","accountIds":["'"$account"'"]}' >/dev/null

# As docs/backup.md says.
pg_dump -Fc --file "$work/accounts.dump" accounts
sql --command "create role owner_of_restored login password 'owner'" \
  --command 'create database restored owner owner_of_restored template template0' accounts
PGUSER=owner_of_restored PGPASSWORD=owner pg_restore --no-owner --exit-on-error --dbname restored "$work/accounts.dump"
echo "ok      a dump is restored"

program=$SERVER_FOLDER/program/thena-accounts
connection="Host=$PGHOST;Port=$PGPORT;Database=restored"
export ASPNETCORE_ENVIRONMENT=Production DOTNET_ENVIRONMENT=Production

# The schema of the version before, and clients that write while it is updated.
mapfile -t migrations < <(find src/Thena.Accounts.Postgres/Schema/Migrations -name '*_*.cs' ! -name '*.Designer.cs' -exec basename {} .cs \; | sort | tail -n 2)
if [ "${#migrations[@]}" = 2 ]; then
  dotnet ef migrations script "${migrations[1]}" "${migrations[0]}" --no-build --output "$work/back.sql" \
    --project src/Thena.Accounts.Postgres --startup-project src/Thena.Accounts.Core >"$work/log" || fail "no script for the schema before" "$work/log"
  PGUSER=owner_of_restored PGPASSWORD=owner sql --file "$work/back.sql" restored >/dev/null
  echo "update accounts set description = 'written while the schema is updated', updated_at = updated_at where name = 'Kept';" >"$work/write.sql"
  pgbench --no-vacuum --client 2 --time 5 --file "$work/write.sql" restored >"$work/pgbench" 2>&1 &
  clients=$!
  sleep 1
  ConnectionStrings__Accounts="$connection;Username=owner_of_restored;Password=owner" "$program" database migrate >"$work/log" 2>&1 \
    || fail "the schema is not updated" "$work/log"
  wait "$clients" || fail "clients fail while the schema is updated" "$work/pgbench"
  sql --command "update accounts set description = null where name = 'Kept'" restored
  echo "ok      the schema is updated from ${migrations[0]} while clients write: $(sed -n 's/^latency average = //p' "$work/pgbench") on average"
fi

# The role of docs/production.md, with rows only.
sed -n '/^```sql$/,/^```$/p' docs/production.md | sed '/^```/d; s/\baccounts_owner\b/owner_of_restored/g; s/database accounts\b/database restored/g' >"$work/role.sql"
sql --file "$work/role.sql" restored >/dev/null
sql --command "alter role accounts_rows password 'rows'" restored
port=$((30000 + RANDOM % 10000))
Database__MigrateOnStart=false ConnectionStrings__Accounts="$connection;Username=accounts_rows;Password=rows" "$program" --urls "http://127.0.0.1:$port" >"$work/log" 2>&1 &
second=$!
for _ in $(seq 120); do
  curl -s -o "$work/ready" --fail "http://127.0.0.1:$port/health/ready" && break
  kill -0 "$second" 2>/dev/null || fail "the second server does not start" "$work/log"
  sleep 0.25
done

for path in "accounts?limit=100&includeTotal=true" "accounts/$account" "accounts/contacts" "accounts/notes?accountId=$account" \
  "accounts/attributes?attribute=account_status" "accounts/relationships/types" "accounts/$account/history" "accounts/events"; do
  call "$first/v1/$path" >"$work/first"
  call "http://127.0.0.1:$port/v1/$path" >"$work/second"
  cmp -s "$work/first" "$work/second" || fail "the responses to $path differ" "$work/first" <(echo) "$work/second"
done
echo "ok      a second server answers the same"
call -X PUT "http://127.0.0.1:$port/v1/accounts/$account" -d '{"description":"Written after the restore."}' >/dev/null
echo "ok      a role with the rights of docs/production.md reads and writes"
