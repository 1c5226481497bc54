"""Engines of other packages: the one that docs/voices.md shows is installed by pip, registered and used."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.paths import ROOT
from tests.support.waiting import HANGS
from voiceguide.errors import SpeechError
from voiceguide.speech import Casting
from voiceguide.speech.engines.engine import ENGINES, Voice
from voiceguide.speech.engines.registry import GROUP, installed_engines, version_of, voices_of
from voiceguide.units import SAMPLE_RATE

PAGE = (ROOT / "docs" / "voices.md").read_text("utf-8")
SHOWN = re.search(r"```python\n(.*?class HumEngine.*?)```", PAGE, re.DOTALL)
REGISTERED = re.search(r"```toml\n(\[project\.entry-points.*?)```", PAGE, re.DOTALL)

BAD = """
class Broken:
    def __init__(self):
        raise RuntimeError("its licence has run out")
"""


def wheel(folder: Path) -> Path:
    """A package with the engine of the documentation, one that cannot be loaded, and one that takes a name of ours."""
    assert SHOWN
    assert REGISTERED
    shown = tomllib.loads(REGISTERED[1])["project"]["entry-points"][GROUP]
    others = {"broken": "hum_voice.bad:Broken", "missing": "hum_voice:Nothing", "system": "hum_voice:HumEngine"}
    points = "\n".join([f"[{GROUP}]", *(f"{name} = {factory}" for name, factory in (shown | others).items())])
    about = "Metadata-Version: 2.1\nName: hum-voice\nVersion: 1.0\n"
    files = {
        "hum_voice/__init__.py": SHOWN[1],
        "hum_voice/bad.py": BAD,
        "hum_voice-1.0.dist-info/METADATA": about,
        "hum_voice-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "hum_voice-1.0.dist-info/entry_points.txt": points,
    }
    path = folder / "hum_voice-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr("hum_voice-1.0.dist-info/RECORD", "".join(f"{name},,\n" for name in files))
    return path


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-index",
        "--no-deps",
        "--target",
        str(folder / "site"),
    ]
    subprocess.run([*command, str(wheel(folder))], check=True, capture_output=True, timeout=HANGS)
    return folder / "site"


def voiceguide(packages: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "voiceguide", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{packages}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )


def test_the_engine_in_the_documentation_has_30_lines() -> None:
    assert SHOWN
    assert len([row for row in SHOWN[1].splitlines() if row.strip()]) <= 30


def test_its_voice_is_listed_and_speaks(packages: Path, tmp_path: Path) -> None:
    listed = voiceguide(packages, tmp_path, "voices", "list", "--language", "en")
    assert listed.returncode == 0
    assert re.search(r"^hum:low +hum ", listed.stdout, re.MULTILINE)
    assert "its licence has run out" in listed.stderr
    assert "hum_voice:Nothing cannot be loaded" in listed.stderr
    (tmp_path / "x.md").write_text("---\nvoice: hum:low\n---\nRest your hands.\n[voice system]\nOne more.\n")
    done = voiceguide(packages, tmp_path, "render", "x.md", "-o", "x.wav", "--report", "r.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["timeline"]["voice"] == "hum:low"
    assert report["run"]["lines"] == {"spoken": 2, "from_cache": 0}
    start, end = (round(report["timeline"]["events"][0][key] * SAMPLE_RATE) for key in ("start", "end"))
    samples, rate = soundfile.read(tmp_path / "x.wav")
    assert rate == SAMPLE_RATE
    said = samples[start:end].mean(axis=1)
    loudest = np.argmax(np.abs(np.fft.rfft(said))) * SAMPLE_RATE / len(said)
    assert loudest == pytest.approx(110, abs=2)  # Hz, the tone of hum:low


def test_a_broken_one_disturbs_no_other_voice(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("Rest your hands.\n")
    assert voiceguide(packages, tmp_path, "plan", "x.md", "--voice", "system").returncode == 0
    wrong = voiceguide(packages, tmp_path, "plan", "x.md", "--voice", "broken")
    assert wrong.returncode == 1
    assert wrong.stderr.strip().endswith("The voice engine 'hum_voice.bad:Broken' failed: its licence has run out.")


def test_without_others_there_are_ours() -> None:
    assert dict(installed_engines()) == ENGINES


class Nameless:
    name = "odd"

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("another", "odd", "en"),)

    def version(self, voice: str) -> str:
        raise KeyError("no such thing")


def test_voices_that_could_not_be_asked_for_are_refused() -> None:
    factory = f"{__name__}:Nameless"
    with pytest.raises(SpeechError, match="has a voice 'another', whose name should begin with 'odd:'"):
        voices_of("odd", factory)
    with pytest.raises(SpeechError, match="The voice engine 'odd' failed: 'no such thing'"):
        version_of("odd", factory, "odd:x")
    casting = Casting({"odd": factory, "silent": ENGINES["silent"], "system": ENGINES["system"]})
    assert [fault for fault in casting.faults() if "whose name" in fault]
    assert casting.voices("de")[0].name == "system:de"
