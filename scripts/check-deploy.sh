#!/usr/bin/env bash
# Checks what people deploy the server with, as far as the tools for it are installed: scripts/check-deploy.sh.
# Helm, its plugin unittest, systemd, nginx, Caddy and Docker Compose check their own files.
set -euo pipefail
cd "$(dirname "$0")/.."

chart=deploy/helm/thena-accounts
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

check() { # $1: what is checked. The other arguments: a command, whose output is shown if it fails.
  if "${@:2}" >"$work/log" 2>&1; then
    printf 'ok       %s\n' "$1"
  else
    failed=$((failed + 1))
    printf 'FAILED   %s\n' "$1"
    cat "$work/log"
  fi
}
skip() { printf 'skipped: %s, because %s\n' "$1" "$2"; }
have() { command -v "$1" >/dev/null; }

one_version() {
  local version others
  version=$(scripts/version.sh)
  others=$(git grep -nEo "(thena-accounts[:-]|[vV]ersion[:=]? ?|tags/v)[0-9]+\.[0-9]+\.[0-9]+" \
    -- .env.example 'docker-compose*.yml' "$chart/Chart.yaml" "$chart/README.md" README.md docs/deploy.md docs/upgrade.md | grep -vE "[^0-9.]${version//./\\.}\$" || true)
  [ -z "$others" ] || { printf 'Not %s, the version in Directory.Build.props:\n%s\n' "$version" "$others"; return 1; }
}
check "every file names the version of the product" one_version

schema() {
  (cd tests/contract && node -e '
    const [ajv, yaml, fs] = [require("ajv"), require("js-yaml"), require("fs")];
    const [schema, values] = process.argv.slice(1).map(file => yaml.load(fs.readFileSync("../../" + file, "utf8")));
    const validate = new ajv.default({ strict: true, strictTypes: false, allErrors: true }).compile(schema);
    if (!validate(values)) { console.log(validate.errors); process.exit(1); }
    const unknown = Object.keys(schema.properties).filter(name => !(name in values) && name !== "global");
    if (unknown.length) { console.log("Not in values.yaml: " + unknown); process.exit(1); }
  ' "$chart/values.schema.json" "$chart/values.yaml")
}
if [ -d tests/contract/node_modules/ajv ] && [ -d tests/contract/node_modules/js-yaml ]; then
  check "the schema of the chart is valid, and so are the values" schema
else
  skip "the schema of the chart" "the packages of tests/contract are not installed"
fi

if have helm; then
  check "helm lint" helm lint --quiet --strict "$chart" --set database.existingSecret=any
  if helm plugin list 2>/dev/null | grep -q '^unittest'; then
    check "helm unittest" helm unittest "$chart"
  else
    skip "helm unittest" "the plugin is not installed"
  fi
else
  skip "helm lint and helm unittest" "Helm is not installed"
fi

if have promtool; then
  check "promtool check config" promtool check config deploy/prometheus/prometheus.yml
else
  skip "promtool check config" "Prometheus is not installed"
fi

if have systemd-analyze; then
  # The program is not installed here.
  sed 's:^ExecStart=.*:ExecStart=/bin/true:' deploy/systemd/thena-accounts.service >"$work/thena-accounts.service"
  check "systemd-analyze verify" systemd-analyze verify "$work/thena-accounts.service"
else
  skip "systemd-analyze verify" "systemd is not installed"
fi

nginx_reads() { # $1: a file of server blocks
  printf 'pid %s/pid;\nerror_log stderr;\nevents { }\nhttp { access_log off; include %s; }\n' "$work" "$1" >"$work/nginx.conf"
  nginx -t -e stderr -c "$work/nginx.conf"
}
if have nginx && have openssl; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout "$work/accounts.key" -out "$work/accounts.pem" 2>/dev/null
  sed "s:/etc/nginx/tls:$work:" deploy/nginx/thena-accounts.conf >"$work/site.conf"
  check "nginx -t: deploy/nginx" nginx_reads "$work/site.conf"
  sed -e 's/${PORT}/8000/' -e 's/${SERVER_[12]}/127.0.0.1:8001/' scripts/proxy.conf.template >"$work/proxy.conf"
  check "nginx -t: scripts/proxy.conf.template" nginx_reads "$work/proxy.conf"
else
  skip "nginx -t" "nginx or OpenSSL is not installed"
fi

if have caddy; then
  check "caddy adapt" caddy adapt --config deploy/caddy/Caddyfile --validate
else
  skip "caddy adapt" "Caddy is not installed"
fi

compose=()
if docker compose version >/dev/null 2>&1; then compose=(docker compose); elif have docker-compose; then compose=(docker-compose); fi
if [ "${#compose[@]}" -gt 0 ]; then
  for file in docker-compose*.yml; do
    check "docker compose config: $file" env POSTGRES_PASSWORD=a SERVER_PASSWORD=b "${compose[@]}" --env-file .env.example -f "$file" config --quiet
  done
else
  skip "docker compose config" "Docker Compose is not installed"
fi

[ "$failed" = 0 ]
