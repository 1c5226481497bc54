"""The tables of sounds/README.md and docs/sounds.md, printed from the catalogue: ``python -m tests.sounds.page``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.support.pages import with_table
from tests.support.paths import ROOT
from voiceguide.mix_levels import BED_LEVEL, BREATH_LEVEL, CHIME_LEVEL, VOICE_LOUDNESS
from voiceguide.sound_settings import Ducking
from voiceguide.sounds import library
from voiceguide.sounds.catalogue import BEDS, SOUNDS
from voiceguide.units import seconds

LIBRARY = ROOT / "sounds" / "README.md"
GUIDE = ROOT / "docs" / "sounds.md"


def _length(name: str) -> str:
    return f"{seconds(library.frames(name)):.1f} s"


def _library(text: str) -> str:
    rows = [
        (f"`{spec.name}.flac`", spec.summary, _length(spec.name), f"{VOICE_LOUDNESS + spec.level:.0f} LUFS")
        for spec in SOUNDS
    ]
    return with_table(text, ("file", "what it is", "length", "loudness"), rows)


def _guide(text: str) -> str:
    chimes = [(f"`{spec.name}`", spec.summary, _length(spec.name)) for spec in SOUNDS if spec.use == "chime"]
    text = with_table(text, ("sound", "what it is", "rings for"), chimes)
    text = with_table(text, ("bed", "what it is"), [(f"`{spec.name}`", spec.summary) for spec in BEDS])
    levels = [
        ("most chimes", f"{-CHIME_LEVEL:g} LU softer"),
        ("breath sounds", f"{-BREATH_LEVEL:g} LU softer"),
        ("a bed", f"{-BED_LEVEL:g} dB softer, and {Ducking().depth_db:g} dB more while the voice speaks"),
    ]
    return with_table(text, ("what", "against the voice"), levels)


def pages() -> Mapping[Path, str]:
    """What the two pages should hold."""
    return {LIBRARY: _library(LIBRARY.read_text("utf-8")), GUIDE: _guide(GUIDE.read_text("utf-8"))}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
