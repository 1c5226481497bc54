"""``voiceguide sounds play``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from tests.support.command_line import Run
from voiceguide.sounds import library
from voiceguide.units import SAMPLE_RATE


def test_a_sound_is_heard_as_it_is(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("sounds", "play", "wood", VOICEGUIDE_DEVICE="heard.wav")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    heard, _ = soundfile.read(tmp_path / "heard.wav", dtype="float32")
    sound = library.samples("wood")
    np.testing.assert_array_equal(heard[: len(sound)], sound)
    assert not heard[len(sound) :].any()


def test_a_bed_is_heard_as_long_as_is_asked_for(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("sounds", "play", "rain", "--length", "1s", VOICEGUIDE_DEVICE="heard.wav")
    assert result.returncode == 0, result.stderr
    written = voiceguide("sounds", "play", "rain", "--length", "1s", "-o", "rain.wav")
    assert written.returncode == 0, written.stderr
    heard, expected = (soundfile.read(tmp_path / name, dtype="float32")[0] for name in ("heard.wav", "rain.wav"))
    assert len(expected) == SAMPLE_RATE
    np.testing.assert_allclose(heard[:SAMPLE_RATE], expected, atol=1e-4)


def test_where_nothing_can_be_heard_another_way_is_told(voiceguide: Run) -> None:
    result = voiceguide("sounds", "play", "bell", VOICEGUIDE_DEVICE="not one")
    assert result.returncode == 1
    assert "where any player can open it" in result.stderr
