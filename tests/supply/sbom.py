"""Writes the list of what voiceguide's wheel holds and needs, in CycloneDX: ``python -m tests.supply.sbom``."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "voiceguide" / "studio" / "assets" / "vendor"
SBOM = VENDOR / "voiceguide.cdx.json"
_ROW = re.compile(r"^\| `(?P<name>@[\w/-]+)` \| (?P<version>[\d.]+) \|$", re.MULTILINE)


def dependencies() -> dict[str, str]:
    """The names of the packages that ``pyproject.toml`` asks for, ``required`` or ``optional``; not those for tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = dict.fromkeys(map(_name, project["dependencies"]), "required")
    for extra, rows in project["optional-dependencies"].items():
        if not extra.startswith("test"):
            found = {**dict.fromkeys(map(_name, rows), "optional"), **found}
    found.pop("voiceguide", None)
    return found


def _name(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match
    return match[0]


def _components() -> Iterator[dict[str, Any]]:
    for row in _ROW.finditer((VENDOR / "README.md").read_text("utf-8")):
        purl = f"pkg:npm/{row['name'].replace('@', '%40')}@{row['version']}"
        licences = [{"license": {"id": "MIT"}}]
        yield {
            "type": "library",
            "name": row["name"],
            "version": row["version"],
            "scope": "required",
            "licenses": licences,
            "purl": purl,
            "bom-ref": purl,
            "description": "Part of the studio's page, inside the wheel.",
        }
    for name, scope in sorted(dependencies().items()):
        purl = f"pkg:pypi/{name.lower()}"
        yield {"type": "library", "name": name, "scope": scope, "purl": purl, "bom-ref": purl}


def document() -> dict[str, Any]:
    """The list; it names no version of voiceguide's, so that a release needs no new one."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "voiceguide",
                "licenses": [{"license": {"id": "MIT"}}],
                "purl": "pkg:pypi/voiceguide",
                "bom-ref": "pkg:pypi/voiceguide",
            }
        },
        "components": list(_components()),
    }


def text() -> str:
    return json.dumps(document(), indent=1) + "\n"


if __name__ == "__main__":
    SBOM.write_text(text(), "utf-8")
