#!/usr/bin/env bash
# Runs the examples of docs/api.md against a running server: scripts/try-api-examples.sh ADDRESS KEY.
# The blocks of a language are one program. Each must succeed and print what its comments "prints: …" say. Languages whose tools are not
# installed are left out.
set -euo pipefail
export API=${1:?ADDRESS is missing} KEY=${2:?KEY is missing}
root=$(cd "$(dirname "$0")/.." && pwd)
contract=$root/tests/contract
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Writes the blocks of language $1 to file $2. Each but the first begins with the statement $3, in which %s becomes its place.
extract() {
  awk -v fence="\`\`\`$1" -v statement="$3" '
    $0 == "```" { copying = 0 }
    copying { print }
    $0 == fence { copying = 1; place = "docs/api.md:" NR; if (count++) printf statement "\n", place; else print place >"first" }
  ' "$root/docs/api.md" >"$2"
}

# Runs a program with its output in the file "output", and says which block failed.
run() { # $1: the language. $2: the file of the blocks. The other arguments: the command.
  local expected failure=0
  if ! "${@:3}" >output 2>&1; then
    failure=1
    echo "FAILED  $1, in the block at $({ cat first; sed -n 's/^at //p' output; } | tail -n 1)"
    cat output
  else
    while IFS= read -r expected; do
      grep -qF -- "$expected" output || { failure=1; echo "FAILED  $1 does not print: $expected"; cat output; }
    done < <(sed -n 's/.*prints: //p' "$2")
  fi
  [ "$failure" = 1 ] || echo "ok      $1"
  return "$failure"
}

bash_examples() {
  extract bash blocks.sh 'echo "at %s"'
  { echo 'set -euo pipefail'; cat blocks.sh; } >examples.sh
  run curl blocks.sh bash examples.sh
}

python_examples() {
  extract python examples.py 'print("at %s", flush=True)'
  run Python examples.py python3 examples.py
}

typescript_examples() {
  [ "$contract/node_modules/.package-lock.json" -nt "$contract/package-lock.json" ] || (cd "$contract" && npm ci --silent)
  extract typescript examples.mts 'console.log("at %s");'
  "$contract/node_modules/.bin/tsc" --strict --target es2022 --module nodenext --typeRoots "$contract/node_modules/@types" --types node examples.mts \
    || { echo "FAILED  TypeScript does not compile"; return 1; }
  run TypeScript examples.mts node examples.mjs
}

csharp_examples() {
  extract csharp examples.cs 'Console.WriteLine("at %s");'
  run C# examples.cs dotnet run examples.cs
}

failed=0
bash_examples || failed=1
if command -v python3 >/dev/null; then python_examples || failed=1; else echo "skipped Python: python3 is not installed"; fi
if command -v npm >/dev/null; then typescript_examples || failed=1; else echo "skipped TypeScript: npm is not installed"; fi
csharp_examples || failed=1
exit "$failed"
