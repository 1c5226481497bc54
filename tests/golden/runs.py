"""Runs of the command line whose files are compared byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.paths import FIXTURES, ROOT

FACE, BREATH, STRETCH = (ROOT / "scripts" / pack for pack in ("facial-massage", "breathing", "stretching"))

Run = tuple[str | Path, ...]

_SESSIONS: Mapping[str, tuple[Path, str, Run]] = {
    "box": (BREATH / "box.md", "4m", ("--captions", "vtt")),
    "counting": (BREATH / "counting.md", "5m", ("--captions", "lrc")),
    "cyclic-sighing": (BREATH / "cyclic-sighing.md", "4m", ("--chapters", "json")),
    "four-seven-eight": (BREATH / "four-seven-eight.md", "4m", ("--bed", "rain")),
    "resonant": (BREATH / "resonant.md", "6m", ("--profile", "sleep")),
    "three-minute-wake": (FACE / "three-minute-wake.md", "3m", ("--stems", "stems", "--split", "chapters")),
    "jaw-letting-go": (FACE / "jaw-letting-go.md", "6m", ("--bed", "ocean")),
    "sigh-reset": (FACE / "sigh-reset.md", "4m", ("--profile", "audiobook", "--bitrate", "192", "--stems", "stems")),
    "desk-eyes": (FACE / "desk-eyes.md", "4m", ("--pace", "1.2")),
    "clear-nose": (FACE / "clear-nose.md", "5m", ("--bed", "none")),
    "coherent-breath": (FACE / "coherent-breath.md", "5m", ("--jobs", "1")),
    "desk-break": (STRETCH / "desk-break.md", "5m", ()),
}
_FORMATS = ("mp3", "m4b", "m4a", "opus", "flac", "wav")


def _session(name: str, kind: str, voice: str) -> Run:
    script, length, more = _SESSIONS[name]
    if kind not in ("mp3",):
        more = tuple(part for part in more if part not in ("--bitrate", "192"))
    return (
        "render", "-q", script, "--length", length, "--voice", voice, "--format", kind, *more,
        "-o", f"{name}.{kind}", "--report", f"{name}.json",
    )  # fmt: skip


def _texts() -> dict[str, Run]:
    """Runs that write no audio and speak with no voice, so that their bytes are the same everywhere."""
    scripts = sorted(ROOT.glob("scripts/*/*.md"))
    importing = sorted((FIXTURES / "importing").glob("*.*"))
    return {
        **{f"plan {path.stem}": ("plan", path, "--voice", "silent", "--json") for path in scripts},
        **{f"table {path.stem}": ("plan", path, "--voice", "silent") for path in scripts[::4]},
        **{f"range {path.stem}": ("plan", path, "--voice", "silent", "--range") for path in scripts[::4]},
        **{f"check {path.stem}": ("check", path, "--voice", "silent", "--json") for path in scripts},
        **{
            f"import {path.name}": ("import", path, "-o", f"{path.stem}-imported.md", "--json")
            for path in importing
            if path.suffix not in (".rows", ".md")
        },
        **{f"record {path.stem}": ("record", path, "-o", f"{path.stem}.html") for path in scripts[::6]},
        "rules": ("check", "--rules"),
        "schema": ("pack", "schema"),
        "routines": ("new", "--list"),
        "new": ("new", "mine"),
    }


TEXT_RUNS: Mapping[str, Run] = _texts()

AUDIO_RUNS: Mapping[str, Run] = {
    **{f"{name}.{kind}": _session(name, kind, "system") for name in _SESSIONS for kind in _FORMATS},
    **{f"{name} joe": _session(name, "mp3", "joe") for name in ("three-minute-wake", "sigh-reset")},
    "pack breathing": ("pack", "build", "-q", BREATH / "pack.yaml", "-o", "pack", "--jobs", "1"),
    "picture": ("plan", FACE / "sigh-reset.md", "--voice", "system", "--plot", "picture.svg"),
    **TEXT_RUNS,
}

_NOT_COMPARED = ("run",)


def hashes(run: Run, cache: Path) -> dict[str, str]:
    """SHA-256 of each file that a run writes, and of its standard output, by name. Times in reports are left out."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "VOICEGUIDE_CACHE": str(cache), "SOURCE_DATE_EPOCH": "0"}
        environment |= {"PYTHONWARNINGS": "ignore"}
        command = [sys.executable, "-m", "voiceguide", *map(str, run)]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
            raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')}")
        found = {"stdout": _hash(_portable(done.stdout)), "stderr": _hash(_portable(done.stderr))}
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file() and path.suffix != ".lock":
                found[path.relative_to(folder).as_posix()] = _hash(_content(path))
        return found


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".json":
        loaded = json.loads(data)
        if isinstance(loaded, dict) and loaded.get("schema") == "voiceguide.report/1":
            return _portable(json.dumps(_without_times(loaded), sort_keys=True).encode())
    return data


def _without_times(report: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in report.items() if key not in _NOT_COMPARED}


def _portable(text: bytes) -> bytes:
    return text.replace(str(ROOT).encode(), b"ROOT")


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
