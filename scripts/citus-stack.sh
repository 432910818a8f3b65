#!/usr/bin/env bash
# Two copies of the server and a proxy on a Citus cluster, as processes, connected to the coordinator: scripts/citus-stack.sh "Host=…;Port=…;Database=…;Username=…" [PORT]. The
# connection string names a database of the coordinator that knows the nodes. Distributes the tables, and starts two copies of the server on PORT + 1 and
# PORT + 2 (default: 8001 and 8002), and nginx on PORT in front of them. Prints a key, and runs until it is interrupted.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
[ $# -ge 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
command -v nginx >/dev/null || { echo "citus-stack.sh: nginx is not installed." >&2; exit 1; }
export ConnectionStrings__Accounts=$1 ASPNETCORE_ENVIRONMENT=Production Network__TrustedProxies__0=127.0.0.1
port=${2:-8000}

work=$(mktemp -d)
chmod 755 "$work"
started=()
stop() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 0' INT TERM

dotnet publish "$root/src/Thena.Accounts.Api" --configuration Release --output "$work/program" --verbosity quiet >"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
"$work/program/thena-accounts" database migrate
"$work/program/thena-accounts" database distribute
for copy in 1 2; do
  ASPNETCORE_URLS=http://127.0.0.1:$((port + copy)) "$work/program/thena-accounts" >"$work/server-$copy.log" 2>&1 &
  started+=($!)
  until (: <"/dev/tcp/127.0.0.1/$((port + copy))") 2>/dev/null; do
    kill -0 "${started[-1]}" 2>/dev/null || { cat "$work/server-$copy.log" >&2; exit 1; }
    sleep 0.2
  done
done

sed -e "s/\${PORT}/127.0.0.1:$port/" -e "s/\${SERVER_1}/127.0.0.1:$((port + 1))/" -e "s/\${SERVER_2}/127.0.0.1:$((port + 2))/" \
  "$root/scripts/proxy.conf.template" >"$work/proxy.conf"
mkdir -m 777 "$work/temp"
{
  printf 'pid %s;\nerror_log stderr;\nevents { }\nhttp {\n  access_log off;\n' "$work/nginx.pid"
  for kind in client_body proxy fastcgi uwsgi scgi; do printf '  %s_temp_path %s;\n' "$kind" "$work/temp/$kind"; done
  printf '  include %s;\n}\n' "$work/proxy.conf"
} >"$work/nginx.conf"
nginx -e stderr -c "$work/nginx.conf" -g 'daemon off;' &
started+=($!)
until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "${started[-1]}"; sleep 0.2; done
"$work/program/thena-accounts" keys bootstrap --organization Acme --user "Ada Lovelace" --email ada@example.com
echo "Listening on http://127.0.0.1:$port"
wait -n
