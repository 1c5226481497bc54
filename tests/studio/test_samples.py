"""Samples: short, not loud, without a click at their ends."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from voiceguide.audio.stream import Samples
from voiceguide.routine import Pace
from voiceguide.script.files import Folder
from voiceguide.sounds.catalogue import SOUNDS, bed_names
from voiceguide.studio import samples
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE
from voiceguide.vocabulary import BREATH_SETS


def _sounds(tmp_path: Path) -> dict[str, Samples]:
    made = {name: samples.bed_sample(name, Folder(tmp_path)) for name in bed_names()}
    made |= {sound.name: samples.chime_sample(sound.name) for sound in SOUNDS if sound.use == "chime"}
    return made | {name: samples.breath_sample(name) for name in BREATH_SETS}


def test_sounds_are_short_and_not_too_loud(tmp_path: Path) -> None:
    for name, sound in _sounds(tmp_path).items():
        assert sound.dtype == np.float32, name
        assert sound.shape[1] == 2, name
        assert 0.1 <= len(sound) / SAMPLE_RATE <= 9, name
        assert 0 < np.abs(sound).max() <= 0.9, name
        assert np.abs(sound[-1]).max() < 0.02, name


def test_a_line_is_said_in_another_voice_and_pace() -> None:
    line = Line("Let your eyes close.", "system:en-gb", 1.0, "en")
    calm = samples.said_by(line, "system", Pace(), None)
    quick = samples.said_by(line, "system", Pace(Fraction(3, 2), Fraction(1)), None)
    assert calm.ndim == 1
    assert len(quick) < 0.85 * len(calm)


def test_a_name_that_is_none_is_told(tmp_path: Path) -> None:
    for make in (samples.chime_sample, samples.breath_sample, lambda name: samples.bed_sample(name, Folder(tmp_path))):
        with pytest.raises(ValueError, match="xyzzy"):
            make("xyzzy")
