#!/usr/bin/env bash
# Fails if a line of C# is longer than max_line_length in .editorconfig. `dotnet format` does not check it.
# Migrations are exempt, because they are generated. So are lines that consist of one long literal.
set -euo pipefail
cd "$(dirname "$0")/.."

limit=$(sed -nE 's/^max_line_length *= *([0-9]+)/\1/p' .editorconfig | head -n 1)
long=$(git ls-files '*.cs' ':!:*/Migrations/*' | LC_ALL=C.UTF-8 xargs grep -nE "^.{$((limit + 1)),}" \
  | LC_ALL=C.UTF-8 grep -vE '^[^:]+:[0-9]+: *(/// <example>|(return )?[$@]*"|\[GeneratedRegex\()' || true)
if [ -n "$long" ]; then
  printf 'Lines longer than %s characters:\n%s\n' "$limit" "$long" >&2
  exit 1
fi
