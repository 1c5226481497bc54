"""A finished file against its plan: what is as planned passes, and each fault is found, at its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile

import voiceguide
from tests.listening import faults
from tests.support.command_line import Run
from voiceguide import SAMPLE_RATE, Listening, Session, SoundError
from voiceguide.listening import listen
from voiceguide.speech.recognition import recogniser

SCRIPT = """---
title: A short rest
bed: rain
---

# Begin

Sit down, and let your shoulders sink. [pause 2s]
Lay both hands on your belly.

[breathe 3-3 x2 words none]

# Rest

Breathe on as you like. [pause 4s]
Feel how the belly rises and falls. [pause 3s]
Let your jaw hang a little, and your tongue lie still. [pause 3s]
Stay like this for a moment longer. [pause 3s]
Now move your fingers. [pause 1s]
Open your eyes when you are ready.

[chime]
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    path = tmp_path_factory.mktemp("listening") / "rest.md"
    path.write_text(SCRIPT)
    with voiceguide.plan(path) as planned:
        yield planned


def _heard(session: Session, sound: Any, path: Path, *, words: bool = False) -> Listening:
    soundfile.write(path, sound, SAMPLE_RATE, "FLOAT")
    return listen(path, session.planned, recogniser("en") if words else None)


def test_a_session_as_it_was_made_passes(session: Session, tmp_path: Path) -> None:
    session.render(tmp_path / "rest.mp3")
    heard = listen(tmp_path / "rest.mp3", session.planned, recogniser("en"))
    assert [str(finding) for finding in heard.findings if finding.severity == "error"] == []
    assert heard.ok
    assert {line.known for line in heard.lines} == {"sample"}
    for line in heard.lines:
        assert line.start == pytest.approx(line.planned, abs=0.002)
        assert line.over_bed is not None
        assert 15 < line.over_bed < 40
    assert all(sound.start == pytest.approx(sound.planned, abs=0.002) for sound in heard.sounds)
    said, understood = heard.words
    assert said == sum(len(line.text.replace("-", " ").split()) for line in heard.lines)
    assert understood >= 0.9 * said


def test_an_audiobook_is_judged_by_its_rms(session: Session, tmp_path: Path) -> None:
    with voiceguide.plan(session.planned.routine.scripts[0], profile="audiobook") as book:
        sound = faults.sound(book)
        right, loud = _heard(book, sound, tmp_path / "right.wav"), _heard(book, 2 * sound, tmp_path / "loud.wav")
    assert right.rms_db is not None
    assert -23 <= right.rms_db <= -18
    assert [finding.message for finding in right.findings if finding.rule == "loudness"] == []
    (told,) = (finding.message for finding in loud.findings if finding.rule == "loudness")
    assert told == f"The file has {loud.rms_db:.1f} dB RMS; -23 to -18 dB are asked for."
    assert loud.to_json()["rms_db"] == pytest.approx(right.rms_db + 6.02, abs=0.01)


FAULTS = [
    (faults.removed, {"missing"}),
    (faults.cut_out, {"missing", "length"}),
    (faults.doubled, {"doubled", "length"}),
    (faults.swapped, {"order"}),
    (faults.short_pause, {"pause", "length"}),
    (faults.no_chime, {"chime"}),
    (faults.loud_chime, {"sound-level"}),
    (faults.late_breath, {"breath"}),
    (faults.late_line, {"onset"}),
    (faults.loud_bed, {"bed", "loudness"}),
    (faults.broken_off, {"cut", "length"}),
    (faults.shifted, {"onset", "length"}),
]


@pytest.mark.parametrize(("fault", "rules"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_fault_is_found_and_nothing_else(
    fault: faults.Fault, rules: set[str], session: Session, tmp_path: Path
) -> None:
    heard = _heard(session, fault(session), tmp_path / "faulty.wav")
    assert {finding.rule for finding in heard.findings if finding.severity == "error"} == rules
    assert not heard.ok


def test_a_fault_is_told_with_its_time_and_line(session: Session, tmp_path: Path) -> None:
    line = faults.long_line(session)
    heard = _heard(session, faults.late_line(session), tmp_path / "faulty.wav")
    (finding,) = heard.findings
    assert finding.span == line.span
    assert finding.at == pytest.approx(line.start / SAMPLE_RATE + 0.12, abs=0.01)
    assert finding.message == f"“{line.text}” begins 120 ms late."


def test_a_line_that_another_voice_says_is_known_by_its_words(session: Session, tmp_path: Path) -> None:
    heard = _heard(session, faults.strange_voice(session), tmp_path / "faulty.wav", words=True)
    assert "voice" in {finding.rule for finding in heard.findings}
    strange = [line for line in heard.lines if line.known == "ear"]
    assert [line.text for line in strange] == [faults.long_line(session).text]


def test_a_session_read_by_another_voice_is_followed(session: Session, tmp_path: Path) -> None:
    (tmp_path / "rest.md").write_text(SCRIPT)
    with voiceguide.plan(tmp_path / "rest.md", voice="system") as other:
        heard = _heard(session, faults.sound(other), tmp_path / "other.wav", words=True)
    assert [finding.severity for finding in heard.findings if finding.rule == "voice"] == ["warning"]
    assert sum(line.known == "ear" for line in heard.lines) >= len(heard.lines) - 1


def test_a_file_that_is_no_sound_is_told(session: Session, tmp_path: Path) -> None:
    (tmp_path / "x.mp3").write_bytes(b"nothing")
    with pytest.raises(SoundError):
        listen(tmp_path / "x.mp3", session.planned)


def test_the_command_line_tells_the_same(session: Session, tmp_path: Path, voiceguide: Run) -> None:
    (tmp_path / "rest.md").write_text(SCRIPT)
    soundfile.write(tmp_path / "x.wav", faults.no_chime(session), SAMPLE_RATE, "FLOAT")
    done = voiceguide("listen", "x.wav", "--script", "rest.md", "--no-words", "--json", "--plot", "x.png")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["schema"] == "voiceguide.listening/1"
    assert document["verdict"] == "not as planned"
    assert [finding["rule"] for finding in document["findings"]] == ["chime"]
    assert document["words"] is None
    assert "x.wav: not as planned (1 error)" in done.stderr
    assert (tmp_path / "x.png").stat().st_size > 10_000
