"""What a person still has to read."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.recording.spoken_takes import sheet_of
from voiceguide.recording.prompter import prompted
from voiceguide.speech.engines.recorded.voices import RecordedVoice


def test_lines_are_recorded_changed_or_missing(tmp_path: Path) -> None:
    voice = RecordedVoice(tmp_path, "Anna", "en")
    sound = np.linspace(-0.1, 0.1, 400, dtype=np.float32)
    for number, text in enumerate(
        ("Sit down.", "Let your eyes close now.", "Breathe out.", "An old line of long ago.")
    ):
        voice = voice.with_recording(text, sound * (1 + number))
    found = prompted(sheet_of("sit down", "Let both your eyes close.", "Breathe out.", "Rest."), voice)
    assert [(one.line.number, one.state, one.was) for one in found] == [
        (1, "recorded", ""),
        (2, "changed", "Let your eyes close now."),
        (3, "recorded", ""),
        (4, "missing", ""),
    ]


def test_a_recording_whose_file_is_gone_is_missing(tmp_path: Path) -> None:
    voice = RecordedVoice(tmp_path, "Anna", "en").with_recording("Rest.", np.full(400, 0.1, np.float32))
    for path in tmp_path.glob("*.flac"):
        path.unlink()
    assert [one.state for one in prompted(sheet_of("Rest."), voice)] == ["missing"]
