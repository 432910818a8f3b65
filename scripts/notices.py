#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.txt, which the image and the binaries contain: scripts/notices.py [--check].

Reads the locked packages of the server, and their licenses in the folder where `dotnet restore` keeps them. With --check, it writes nothing,
and fails if the file is not up to date.
"""
import json
import os
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD-PARTY-NOTICES.txt"
LOCK = ROOT / "src/Thena.Accounts.Api/packages.lock.json"
TEXTS = ROOT / "scripts/notices"
PACKAGES = pathlib.Path(os.environ.get("NUGET_PACKAGES") or pathlib.Path.home() / ".nuget/packages")
DOMAINS = ROOT / "src/Thena.Accounts.Core/Ingest/PublicMailboxProviders.txt"
DATA = ROOT / "samples/Thena.Accounts.Samples.Companies/companies.csv.license"

# What packages contain of others without a file that says so.
INSIDE = [("Swagger UI, in Swashbuckle.AspNetCore.SwaggerUI", "Apache-2.0", "Copyright SmartBear Software Inc.", "https://github.com/swagger-api/swagger-ui")]


def package(name, version):
    """Returns the entry of a package and its own notices, or None if it is a tool of the build."""
    folder = PACKAGES / name.lower() / version.lower()
    specs = list(folder.glob("*.nuspec"))
    if not specs:
        sys.exit(f"{name} {version} is not in {PACKAGES}. Run: dotnet restore --locked-mode")
    data = {element.tag.rpartition("}")[2]: element for element in xml.parse(specs[0]).getroot()[0]}
    text = lambda tag: " ".join((data[tag].text or "").split()) if tag in data else ""
    if text("developmentDependency") == "true":
        return None
    if "license" not in data or data["license"].get("type") != "expression":
        sys.exit(f"{name} {version} states its license in another way than by an expression. Add it to {pathlib.Path(__file__).name}.")
    license = re.split(r" OR ", text("license"))[-1]
    address = data["repository"].get("url") if "repository" in data else None
    rights = text("copyright") or f"Copyright {text('authors')}"
    notices = [file.read_text("utf-8-sig") for file in sorted(folder.iterdir()) if re.match("third-?party-?notices", file.name, re.I)]
    return (f"{name} {version}", license, rights, address or text("projectUrl")), notices


def heading(text):
    return f"\n{'=' * 100}\n{text}\n{'=' * 100}\n"


def generate():
    locked = {}
    for packages in json.loads(LOCK.read_text("utf-8"))["dependencies"].values():
        locked.update({name: entry["resolved"] for name, entry in packages.items() if entry["type"] != "Project"})
    found = [entry for entry in (package(*one) for one in sorted(locked.items(), key=lambda one: one[0].lower())) if entry]
    entries = [entry for entry, _ in found] + INSIDE
    comments = [line[1:].strip() for line in DOMAINS.read_text("utf-8").splitlines() if line.startswith("#")]

    parts = ["Thena.Accounts contains the following software and data of others. scripts/notices.py writes this file.\n"]
    for license in sorted({entry[1] for entry in entries}):
        parts.append(heading(license))
        parts += [f"{name}\n  {rights}\n  {address}" for name, used, rights, address in entries if used == license]
        parts.append("\n" + (TEXTS / f"{license}.txt").read_text("utf-8"))
    parts += [heading("The list of public mailbox providers (ISC)"), "\n".join(comments) + "\n"]
    parts += [heading("The companies of the demo data (PDDL-1.0)"), DATA.read_text("utf-8")]
    for notice in dict.fromkeys(notice for _, notices in found for notice in notices):
        names = ", ".join(entry[0] for entry, notices in found if notice in notices)
        parts += [heading(f"Notices in {names}"), notice.strip() + "\n"]
    return "\n".join("\n".join(line.rstrip() for line in part.splitlines()) for part in parts) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    if "--check" not in sys.argv:
        NOTICES.write_text(generate(), "utf-8")
    elif not NOTICES.exists() or NOTICES.read_text("utf-8") != generate():
        sys.exit(f"{NOTICES.name} is not up to date with the locked packages. Run: scripts/notices.py")
