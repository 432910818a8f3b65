#!/usr/bin/env bash
# Checks that every panel of the dashboard shows data: Metrics__Port=9464 scripts/with-server.sh scripts/try-dashboard.sh. Sends requests for a minute
# and lets Prometheus evaluate the expressions of deploy/grafana/thena-accounts.json. Needs Prometheus, curl and python3.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# = 2 ] && [ -n "${Metrics__Port:-}" ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
address=$1 key=$2 prometheus=127.0.0.1:19090

work=$(mktemp -d)
trap 'kill "$running" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
cat >"$work/prometheus.yml" <<EOF
global: { scrape_interval: 5s }
rule_files: ["$PWD/deploy/prometheus/rules.yml"]
scrape_configs:
  - job_name: thena-accounts
    static_configs: [{ targets: ["127.0.0.1:$Metrics__Port"] }]
EOF
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="$prometheus" >"$work/log" 2>&1 &
running=$!

send() { curl -s -o /dev/null -H "x-api-key: ${KEY:-$key}" -H 'content-type: application/json' "$@"; }
printf 'name,primary domain\nImported,imported.example\n' >"$work/rows.csv"
end=$((SECONDS + 60)) number=0
while [ "$SECONDS" -lt "$end" ]; do
  number=$((number + 1))
  send "$address/v1/accounts?limit=10"
  send "$address/v1/accounts?search=acme"
  send "$address/v1/accounts/unknown"
  send "$address/v1/accounts" -d "{\"name\":\"Account $number\",\"primaryDomain\":\"account-$number.example\"}"
  send "$address/v1/accounts" -H "Idempotency-Key: once" -d '{"name":"Once","primaryDomain":"once.example"}'
  KEY=thena_wrong send "$address/v1/accounts"
  curl -s -o /dev/null -H "x-api-key: $key" -H 'content-type: text/csv' --data-binary "@$work/rows.csv" "$address/v1/accounts/import"
done

python3 - "$prometheus" <<'EOF'
import json, sys, urllib.parse, urllib.request

def ask(path):
    return json.load(urllib.request.urlopen(f"http://{sys.argv[1]}/api/v1/{path}"))["data"]

panels = [panel for panel in json.load(open("deploy/grafana/thena-accounts.json"))["panels"] if panel["type"] != "row"]
empty = []
for panel in panels:
    for target in panel["targets"]:
        query = target["expr"].replace("$job", "thena-accounts").replace("$__rate_interval", "1m")
        if not ask("query?" + urllib.parse.urlencode({"query": query}))["result"]:
            empty.append(f"{panel['title']}: {query}")
broken = [rule["name"] for group in ask("rules")["groups"] for rule in group["rules"] if rule["health"] != "ok"]
print(*empty, *broken, sep="\n", end="\n" if empty or broken else "")
print(f"{len(panels)} panels, {len(empty)} expressions without data, {len(broken)} rules that cannot be evaluated")
sys.exit(1 if empty or broken else 0)
EOF
