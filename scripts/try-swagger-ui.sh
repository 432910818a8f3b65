#!/usr/bin/env bash
# Tests Swagger UI and the reference in the installed Chromium or Chrome, and saves screenshots to a folder (default: screenshots): scripts/try-swagger-ui.sh [FOLDER].
set -euo pipefail
folder=${1:-screenshots}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")/.."

missing=0
need() {
  for command in "${@:2}"; do
    if command -v "$command" >/dev/null; then return; fi
  done
  echo "missing: $1" >&2
  missing=1
}
need "the .NET SDK 10 (dotnet)" dotnet
need "a browser: chromium or google-chrome, for example from apt-get install chromium" chromium chromium-browser google-chrome google-chrome-stable chrome
[ "$missing" = 0 ] || exit 1

THENA_ACCOUNTS_SCREENSHOTS=$folder dotnet test --project tests/Thena.Accounts.Browser.Tests
echo "screenshots: $folder"
