"""The scripts that come with voiceguide: the template of a new one, and routines to copy, with all that they need."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from voiceguide.errors import has_errors
from voiceguide.resources import data_folder
from voiceguide.script import parse_file
from voiceguide.script.files import Folder
from voiceguide.session.options import known_sounds

TEMPLATE = Path(__file__).resolve().parent / "templates" / "new.md"
"""A script to start from, whose notes teach the language."""

_INCLUDE = re.compile(r"\[\s*include\s+(?P<quote>\"?)(?P<name>[^\]\"]+)(?P=quote)\s*\]", re.IGNORECASE)
_TITLE = re.compile(r"^title:.*$", re.MULTILINE)


def routines() -> Mapping[str, Path]:
    """The routines by name, in alphabetical order; a script that another one includes is none."""
    scripts = sorted(
        path.resolve() for path in data_folder("scripts").rglob("*.md") if path.name.lower() != "readme.md"
    )
    parts = {part for script in scripts for part in _included(script, {script})}
    return {script.stem: script for script in sorted(scripts, key=lambda path: path.stem) if script not in parts}


def title_of(script: Path) -> str:
    """A script's title."""
    routine, _ = parse_file(script, known_sounds())
    return routine.settings.title if routine else script.stem


def template_titled(name: str) -> str:
    """The template with a title made of a file's name: ``slow-evening`` becomes ``Slow evening``."""
    title = " ".join(re.split(r"[\s_-]+", name)).strip()
    title = title[:1].upper() + title[1:]
    return _TITLE.sub(lambda _: f"title: {json.dumps(title, ensure_ascii=False)}", TEMPLATE.read_text("utf-8"), count=1)


def belongings(script: Path) -> tuple[Path, ...]:
    """The other files that a script needs, relative to its folder: included scripts, sounds, beds, its cover."""
    script = script.resolve()
    found = _included(script, {script})
    routine, findings = parse_file(script, known_sounds())
    if routine is not None and not has_errors(findings):
        found |= set(routine.files()) - {script}
    return tuple(sorted(path.resolve().relative_to(script.parent) for path in found))


def _included(script: Path, seen: set[Path]) -> set[Path]:
    found: set[Path] = set()
    for path in _named(script):
        if path not in seen:
            seen.add(path)
            found |= {path} | _included(path, seen)
    return found


def _named(script: Path) -> Iterator[Path]:
    """The scripts that one names itself."""
    folder = Folder(script.parent)
    for match in _INCLUDE.finditer(script.read_text("utf-8")):
        path = folder.find(match["name"].strip())
        if path is not None:
            yield path
