import hashlib
import time
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import soundfile

from tests.support.audio import ffmpeg
from tests.support.signals import Samples
from tests.support.sources import MadeSources
from voiceguide.audio.resampling import resampled
from voiceguide.companions.stems import labels, write_stem
from voiceguide.encoder import pcm
from voiceguide.errors import OutputError
from voiceguide.mixing.mixer import Mixer
from voiceguide.routine import SoundRef
from voiceguide.timeline import ChapterRange, Clip, ClipSource, Event, Line, Timeline, Track
from voiceguide.units import samples_at

RATE = 44_100
FRAMES = 3 * RATE + 17


class Hum:
    """A bed that is louder than a file of whole numbers could hold."""

    def read(self, start: int, frames: int) -> Samples:
        wave = 1.5 * np.sin(np.arange(start, start + frames) / 100)
        return np.stack((wave, -wave), axis=1).astype(np.float32)


def noise(source: ClipSource) -> Samples:
    seed = int.from_bytes(hashlib.sha256(repr(source).encode()).digest()[:4])
    return np.random.default_rng(seed).normal(0, 0.3, (RATE, 2)).astype(np.float32)


def mixer() -> Mixer:
    events = [Event("bed", "bed", 0, FRAMES, None, bed=SoundRef("hum"), level=0.0, fade_in=100, fade_out=100)]
    tracks: tuple[Track, ...] = ("voice", "breath", "chimes")
    for number, track in enumerate(tracks * 2):
        start = 15_000 * number
        source: ClipSource = Line(f"{number}", "v", 1.0, "en") if track == "voice" else SoundRef(f"s{number}")
        kind = "speech" if track == "voice" else "chime"
        events.append(Event(kind, track, start, start + RATE, None, text=f"{number}", clip=Clip(source, RATE, -3.0)))
    ordered = tuple(sorted(events, key=lambda event: event.start))
    return Mixer(Timeline("t", "en", "v", FRAMES, (), ordered), MadeSources(noise, lambda _: Hum()))


def written(folder: Path) -> dict[Track, Path]:
    found = {bus: folder / f"{bus}.wav" for bus in get_args(Track)}
    for bus, place in found.items():
        write_stem(mixer(), bus, place, lambda _: None)
    return found


def test_stems_sum_to_the_mix_before_mastering(tmp_path: Path) -> None:
    heard = {bus: soundfile.read(file, dtype="float64")[0] for bus, file in written(tmp_path).items()}
    assert all(len(stem) == FRAMES and np.abs(stem).max() > 0.1 for stem in heard.values())
    mix = np.concatenate(list(mixer().blocks())).astype(np.float64)
    assert np.abs(mix).max() > 1.5  # above full scale: nothing is clipped
    assert np.abs(sum(heard.values()) - mix).max() < 1e-6


def test_a_stem_is_stereo_float_at_44_100_hz_for_other_programs_too(tmp_path: Path) -> None:
    file = written(tmp_path)["bed"]
    info = soundfile.info(str(file))
    assert (info.samplerate, info.channels, info.subtype, info.frames) == (RATE, 2, "FLOAT", FRAMES)
    out = ffmpeg("-v", "error", "-i", file, "-f", "f32le", "pipe:1").stdout
    assert np.array_equal(np.frombuffer(out, "<f4").reshape(-1, 2), soundfile.read(file, dtype="float32")[0])


def test_stems_of_a_session_at_48_khz_sum_to_its_mix(tmp_path: Path) -> None:
    at_48_khz = replace(mixer(), timeline=replace(mixer().timeline, sample_rate=48_000))
    total: Samples = np.zeros((samples_at(48_000, FRAMES), 2), np.float32)
    for bus in get_args(Track):
        write_stem(at_48_khz, bus, tmp_path / "x.wav", lambda _: None)
        stem, rate = soundfile.read(tmp_path / "x.wav", dtype="float32")
        assert rate == 48_000
        total += stem
    expected = np.concatenate(list(resampled(mixer().blocks(), RATE, 48_000)))
    assert np.abs(total - expected).max() < 1e-5


def test_the_same_mix_gives_the_same_bytes_at_another_time(tmp_path: Path) -> None:
    first = written(tmp_path)["voice"].read_bytes()
    time.sleep(1.1)
    assert written(tmp_path)["voice"].read_bytes() == first


def test_progress_counts_every_frame(tmp_path: Path) -> None:
    told: list[int] = []
    write_stem(mixer(), "voice", tmp_path / "x", told.append)
    assert told == [RATE, 2 * RATE, 3 * RATE, FRAMES]


def test_what_is_too_large_for_wav_is_rf64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcm, "_LARGEST_WAV", FRAMES * 8 - 1)
    file = written(tmp_path)["voice"]
    assert file.read_bytes()[:4] == b"RF64"
    assert soundfile.info(str(file)).frames == FRAMES


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(OutputError, match="could not be written to its end"):
        write_stem(mixer(), "voice", Path("/dev/full"), lambda _: None)


def test_labels_are_rows_as_audacity_imports_them() -> None:
    events = (
        Event("bed", "bed", 0, 4 * RATE, None, text="brown"),
        Event("speech", "voice", RATE, 2 * RATE + 22, None, text="Close\tyour\neyes."),
        Event("pause", "voice", 2 * RATE + 22, 3 * RATE, None),
        Event("breath", "breath", 3 * RATE, 4 * RATE, None, phase="in", cycle=2),
    )
    chapters = (ChapterRange("Arrive", 0, 3 * RATE), ChapterRange("Rest", 3 * RATE, 4 * RATE))
    rows = [row.split("\t") for row in labels(Timeline("t", "en", "v", 4 * RATE, chapters, events)).splitlines()]
    assert rows == [
        ["0.000000", "3.000000", "# Arrive"],
        ["0.000000", "4.000000", "bed brown"],
        ["1.000000", "2.000499", "Close your eyes."],
        ["2.000499", "3.000000", "pause"],
        ["3.000000", "4.000000", "# Rest"],
        ["3.000000", "4.000000", "breath in 2"],
    ]
