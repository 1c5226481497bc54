"""A finished pack as a value, and real timelines of it without a voice, for the tests of what is published."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.support.cases import NAMES, plan
from voiceguide.errors import Source
from voiceguide.publish.manifest import File, Manifest, PackSession, Role, Week
from voiceguide.script import parse

LINK = "https://example.org/face"

_KINDS: dict[Role, tuple[str, str]] = {
    "audio": (".mp3", "audio/mpeg"),
    "captions": (".vtt", "text/vtt"),
    "chapters": (".chapters.json", "application/json+chapters"),
    "cover": (".jpg", "image/jpeg"),
    "timeline": (".report.json", "application/json"),
}


def session(name: str, title: str | None = None, **changes: Any) -> PackSession:
    """A session with all its files; ``sound`` is what its audio's hash is made from."""
    sound = changes.pop("sound", name)
    files = {
        role: File(
            name + ending, 1000 + len(role), (sound if role == "audio" else role).encode().hex().ljust(64, "0"), kind
        )
        for role, (ending, kind) in _KINDS.items()
    }
    made = PackSession(
        name=name,
        title=title or name.replace("-", " ").capitalize(),
        description="For closed eyes.",
        author="A. Therapist",
        language="en",
        script=name,
        voice="system:en-us",
        length=None,
        seconds=600.4,
        loudness_lufs=-16.02,
        true_peak_dbtp=-1.23,
        fingerprint="f00d" * 16,
        inputs={f"{name}.md": "0" * 64},
        files=files,
        tags=("facial massage", "sleep"),
    )
    return replace(made, **changes)


def pack(*sessions: PackSession, **changes: Any) -> Manifest:
    made = Manifest(
        title="Facial massage, eyes closed",
        description="Short routines for the evening.",
        author="A. Therapist",
        language="en",
        link=LINK,
        published=date(2026, 11, 23),
        sessions=sessions or (session("first-lesson"), session("bedtime-unwind"), session("three-minute-wake")),
        programme=(
            Week("Learn", ("first-lesson",), 3),
            Week("Practise", ("first-lesson", "bedtime-unwind"), 2),
        ),
        cover=File("cover.png", 2000, "c0" * 32, "image/png"),
        version="0.1.0",
    )
    return replace(made, **changes)


def timeline(script: str, length: str | None = None, name: str = "x.md") -> Any:
    """The document of a script's timeline; each letter takes a tenth of a second to say. ``length``: seconds."""
    routine, findings = parse(Source(name, script), NAMES)
    assert routine is not None, findings
    if length:
        routine = replace(routine, settings=replace(routine.settings, length=Fraction(length)))
    found, problems = plan(routine)
    assert not [problem for problem in problems if problem.severity == "error"]
    return found.to_json()


def write(folder: Path, manifest: Manifest, timelines: dict[str, Any]) -> Path:
    """Writes what other programs read of a finished pack: its manifest and its sessions' reports."""
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps(manifest.to_json(), ensure_ascii=False), "utf-8")
    for each in manifest.sessions:
        report = {"output": each.audio.path, "timeline": timelines[each.name]}
        (folder / each.files["timeline"].path).write_text(json.dumps(report), "utf-8")
    return folder
