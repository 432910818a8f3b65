#!/usr/bin/env bash
# Installs another server from npm, and starts it for the benchmark of peers: scripts/start-peer.sh platformatic|directus PORT CONNECTION_URL DIRECTORY.
# Its database needs the table that the benchmark creates. Versions are pinned, so that results can be compared.
set -euo pipefail
[ $# -eq 4 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
peer=$1
export PORT=$2 DATABASE_URL=$3
directory=$(realpath -m "$4")/$peer
PATH=$directory/node_modules/.bin:$PATH

install() {
  mkdir -p "$directory"
  cd "$directory"
  [ "$(cat installed 2>/dev/null)" = "$*" ] && return
  # Node.js first, as parts of the servers are compiled for it, with its headers.
  local node
  node=node-linux-$(node -p process.arch)
  npm install --no-audit --no-fund --loglevel=error --prefix . "$node@22.23.5" >&2
  npm_config_nodedir=$directory/node_modules/$node npm install --no-audit --no-fund --loglevel=error --prefix . "$@" >&2
  echo "$*" >installed
}

case $peer in
  platformatic)
    install @platformatic/db@3.67.0 wattpm@3.67.0
    cat > watt.json <<'EOF'
{
  "$schema": "https://schemas.platformatic.dev/@platformatic/db/3.67.0.json",
  "module": "@platformatic/db",
  "db": { "connectionString": "{DATABASE_URL}", "poolSize": 16, "openapi": true, "graphql": true },
  "server": { "hostname": "127.0.0.1", "port": "{PORT}", "logger": { "level": "error" }, "bodyLimit": 104857600 },
  "runtime": { "server": { "hostname": "127.0.0.1", "port": "{PORT}" }, "logger": { "level": "error" } }
}
EOF
    exec node node_modules/wattpm/bin/cli.js start
    ;;
  directus)
    install directus@12.4.0
    export HOST=127.0.0.1 DB_CLIENT=pg DB_CONNECTION_STRING=$DATABASE_URL DB_POOL__MAX=16 SECRET=benchmark LOG_LEVEL=error \
      ADMIN_EMAIL=admin@example.com ADMIN_PASSWORD=benchmark ADMIN_TOKEN=benchmark TELEMETRY=false MAX_PAYLOAD_SIZE=100mb
    node node_modules/directus/cli.js bootstrap >&2
    exec node node_modules/directus/cli.js start
    ;;
  *)
    sed -n '2s/^# //p' "$0" >&2
    exit 2
    ;;
esac
