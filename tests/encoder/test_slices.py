"""Slices of sounds: every one begins where it should, to the sample, in WebM and in ADTS."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support.audio import ffmpeg
from voiceguide.audio.stream import Samples
from voiceguide.encoder.slices import AAC, OPUS, RATE, Codec, slices
from voiceguide.living.sound import PROBE_AT, probe
from voiceguide.units import SAMPLE_RATE


def pulse_at(second: float) -> Samples:
    """A second of silence with a pulse around a time."""
    sound = np.zeros((SAMPLE_RATE, 2), np.float32)
    first = round((second - PROBE_AT) * SAMPLE_RATE)
    sound[first : first + len(probe())] = probe()
    return sound


@pytest.mark.parametrize(("codec", "suffix"), [(OPUS, "webm"), (AAC, "aac")], ids=["opus", "aac"])
def test_every_sound_begins_at_the_same_place(codec: Codec, suffix: str, tmp_path: Path) -> None:
    times = (0.2, 0.3337, 0.61, 0.87)
    for number, one in enumerate(slices(map(pulse_at, times), codec)):
        (tmp_path / f"{number}.{suffix}").write_bytes(one)
    for number, second in enumerate(times):
        rate = ("-f", "f32le", "-ac", "1", "-ar", str(RATE), "pipe:1")
        raw = ffmpeg("-v", "error", "-i", tmp_path / f"{number}.{suffix}", *rate).stdout
        power = np.frombuffer(raw, np.float32).astype(np.float64) ** 2
        middle = float(power @ np.arange(len(power)) / power.sum())
        assert middle == pytest.approx(codec.early * codec.packet + codec.delay + second * RATE, abs=2)
        assert len(power) >= (codec.early * codec.packet + codec.delay + RATE) // codec.packet * codec.packet


def test_the_same_sounds_give_the_same_bytes() -> None:
    sounds = [pulse_at(0.5), probe()]
    assert slices(sounds, OPUS) == slices(sounds, OPUS)


def test_a_long_sound_has_several_clusters(tmp_path: Path) -> None:
    (one,) = slices([np.zeros((45 * SAMPLE_RATE, 2), np.float32)], OPUS)
    assert one.count(bytes.fromhex("1f43b675")) == 3
    (tmp_path / "x.webm").write_bytes(one)
    raw = ffmpeg("-v", "error", "-i", tmp_path / "x.webm", "-f", "f32le", "-ac", "1", "-ar", "8000", "pipe:1").stdout
    assert len(raw) // 4 == pytest.approx(45.1 * 8000, abs=320)
