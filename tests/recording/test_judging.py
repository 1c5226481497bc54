"""Takes of one line are judged by what is wrong with them, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.recording.spoken_takes import LINES, RATE, sheet_of, spoken, take_of, wav_of
from voiceguide.errors import SoundError
from voiceguide.recording.judging import Judgement, judged
from voiceguide.speech.recognition import Recogniser, recogniser

SHEET = sheet_of(*LINES)


def _judged(folder: Path, samples: np.ndarray, number: int = 1, ear: Recogniser | None = None) -> Judgement:  # type: ignore[type-arg]
    path = folder / "take.wav"
    path.write_bytes(wav_of(samples))
    judgement, clip = judged(path, number, SHEET, ear)
    assert (clip is not None) == judgement.useful
    return judgement


def test_a_clean_take_has_no_fault_and_its_levels_are_told(tmp_path: Path) -> None:
    found = _judged(tmp_path, take_of(LINES[0]))
    assert found.faults == ()
    assert not found.checked
    assert found.seconds == pytest.approx(len(spoken(LINES[0])) / RATE, abs=0.25)
    assert found.peak == pytest.approx(-6.0, abs=0.3)
    assert found.noise is not None
    assert found.noise == pytest.approx(-66.0, abs=1.5)


@pytest.mark.parametrize(
    ("fault", "samples"),
    [
        ("clipped", lambda: take_of(LINES[0], gain=3.0)),
        ("faint", lambda: take_of(LINES[0], gain=0.02, noise=-95.0)),
        ("noisy", lambda: take_of(LINES[0], noise=-36.0)),
        ("cut start", lambda: take_of(LINES[0], before=0.0, noise=-80.0)),
        ("cut end", lambda: _cut_in_a_vowel(take_of(LINES[0]))),
    ],
)
def test_what_is_wrong_with_the_sound_is_told(fault: str, samples, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert _judged(tmp_path, samples()).faults == (fault,)


@pytest.mark.parametrize(
    ("fault", "samples"),
    [
        ("silent", lambda: np.zeros(RATE, np.float32)),
        ("silent", lambda: take_of(None, noise=-40.0)),
        ("short", lambda: take_of(LINES[0])[: round(0.9 * RATE)]),
        ("long", lambda: np.tile(take_of(LINES[0], before=0.05, after=0.1), 10)),
    ],
)
def test_what_cannot_be_the_line_gives_no_clip(fault: str, samples, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = _judged(tmp_path, samples())
    assert fault in found.faults
    assert not found.useful


def _cut_in_a_vowel(samples: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """Up to the loudest moment of the second after 1.5 s."""
    return samples[: round(1.5 * RATE) + int(np.argmax(np.abs(samples[round(1.5 * RATE) : round(2.5 * RATE)])))]


def test_the_words_are_checked_where_there_is_recognition(tmp_path: Path) -> None:
    ear = recogniser("en")
    right = _judged(tmp_path, take_of(LINES[0]), 1, ear)
    wrong = _judged(tmp_path, take_of(LINES[0]), 3, ear)
    assert right.checked
    assert right.faults == ()
    assert "hands" in right.heard
    assert wrong.faults == ("misread",)
    assert wrong.word
    assert wrong.useful  # a person may know better


def test_what_is_no_sound_is_said(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    path.write_bytes(b"RIFF, or so it says")
    with pytest.raises(SoundError, match=r"take\.wav"):
        judged(path, 1, SHEET, None)
