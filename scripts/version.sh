#!/usr/bin/env bash
# Prints the version of the product, which is in Directory.Build.props: scripts/version.sh [--check TAG|--notes VERSION].
# With --check, fails if the tag is not "v" and the version, or if CHANGELOG.md has no section for it. With --notes, prints the section of
# CHANGELOG.md for a version, or for Unreleased.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -nE 's:.*<Version>(.+)</Version>.*:\1:p' Directory.Build.props)
notes() { awk -v heading="## [$1]" 'index($0, heading) == 1 { found = 1; next } /^## / { found = 0 } found' CHANGELOG.md; }

case ${1:-} in
  "") echo "$version" ;;
  --notes) notes "$2" ;;
  --check)
    [ "$2" = "v$version" ] || { echo "The tag $2 is not v$version, the version in Directory.Build.props." >&2; exit 1; }
    [ -n "$(notes "$version")" ] || { echo "CHANGELOG.md has no section ## [$version]." >&2; exit 1; }
    ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
esac
