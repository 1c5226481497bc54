"""What the mix of a short session measures, and what the rules that need sound make of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

import voiceguide
from voiceguide import SAMPLE_RATE, Session
from voiceguide.checks.mixed import STEP
from voiceguide.errors import RecognitionError
from voiceguide.listening.mixed import mixed

SCRIPT = """---
bed: rain
---
Sit down, and let your shoulders sink. [pause 3s]
[sound hum.wav]
Open your eyes when you are ready. [pause 2s]
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    seconds = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    soundfile.write(folder / "hum.wav", 0.3 * np.sin(2 * np.pi * 60 * seconds), SAMPLE_RATE)
    (folder / "x.md").write_text(SCRIPT)
    return folder / "x.md"


@pytest.fixture(scope="module")
def session(script: Path) -> Iterator[Session]:
    with voiceguide.plan(script) as planned:
        yield planned


def test_the_powers_are_those_of_the_tracks(session: Session) -> None:
    mix = mixed(session.planned)
    steps = session.timeline.frames // STEP
    assert {len(powers) for powers in (*mix.powers.values(), *mix.phone.values())} <= {steps, steps + 1}
    lines = [event for event in session.timeline.events if event.kind == "speech"]
    for event in lines:
        voice = mix.powers["voice"][event.start // STEP : event.end // STEP]
        assert -26 < 10 * np.log10(np.mean(voice)) - 0.691 < -21  # every line has -23 LUFS
    hum = next(event for event in session.timeline.events if event.kind == "sound")
    part = slice(hum.start // STEP + 2, hum.end // STEP - 2)
    assert np.mean(mix.phone["chimes"][part]) < np.mean(mix.powers["chimes"][part]) / 1000  # 60 Hz
    assert mix.edges[0] < -40
    assert mix.misheard is None


def test_check_with_sound_hears_that_a_phone_plays_no_hum(script: Path) -> None:
    result = voiceguide.check(script, sound=True)
    assert "phone-lost" in {finding.rule for finding in result.findings}
    assert "cut-edges" not in {finding.rule for finding in result.findings}
    assert result.notes == ()
    assert "phone-lost" not in {finding.rule for finding in voiceguide.check(script).findings}


def test_without_a_recogniser_a_note_says_so(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(language: str) -> None:
        raise RecognitionError("There is none.")

    monkeypatch.setattr("voiceguide.speech.recognition.recogniser", none)
    result = voiceguide.check(script, sound=True)
    assert result.notes == ("the rule 'misheard' was not applied. There is none.",)
    assert result.to_json()["notes"] == list(result.notes)


def test_text_alone_and_sound_exclude_each_other(script: Path) -> None:
    with pytest.raises(voiceguide.OptionError, match="Ask for one of them"):
        voiceguide.check(script, text_only=True, sound=True)
