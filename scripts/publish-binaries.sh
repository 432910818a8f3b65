#!/usr/bin/env bash
# Publishes the server for a platform, with the .NET runtime in it, and packs it into an archive: scripts/publish-binaries.sh RUNTIME FOLDER.
# RUNTIME is one of those in src/Directory.Build.props, such as linux-x64.
set -euo pipefail
cd "$(dirname "$0")/.."
[ $# = 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
runtime=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
name=thena-accounts-$(scripts/version.sh)-$runtime
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
program=$work/$name

# Not --runtime, with which restore would want a lock file for this platform alone.
properties=(-p:RuntimeIdentifier="$runtime" -p:SelfContained=true -p:PublishReadyToRun=true)
dotnet restore src/Thena.Accounts.Api --locked-mode "${properties[@]}"
dotnet publish src/Thena.Accounts.Api --no-restore --configuration Release "${properties[@]}" -p:PublishReadyToRunComposite=false -p:PublishSingleFile=true \
  -p:DebugType=none --output "$program"
suffix=
[[ $runtime != win-* ]] || suffix=.exe
mv "$program/Thena.Accounts.Api$suffix" "$program/thena-accounts$suffix"

# What the runtime in it asks for.
sdk=$(dotnet --list-sdks | sed -nE 's/^.*\[(.*)[\\/]sdk\]$/\1/p' | tail -n 1)
cp "$sdk/LICENSE.txt" "$program/DOTNET-LICENSE.txt"
cp "$sdk/ThirdPartyNotices.txt" "$program/DOTNET-THIRD-PARTY-NOTICES.txt"
if [[ $runtime == win-* ]]; then
  (cd "$work" && 7z a -bso0 "$folder/$name.zip" "$name")
else
  cp deploy/systemd/thena-accounts.service deploy/server.env.example "$program"
  tar -C "$work" -czf "$folder/$name.tar.gz" "$name"
fi
