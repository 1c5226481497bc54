"""A recorded voice on disk: what is found, what is refused, what is left of a change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voiceguide.errors import SpeechError
from voiceguide.recording.importing import voice_to_fill
from voiceguide.speech import Studio, resolve, voices
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import load_engine
from voiceguide.speech.engines.recorded.engine import RecordedEngine
from voiceguide.speech.engines.recorded.voices import TABLE, RecordedVoice, recorded_voices, words_of
from voiceguide.speech.engines.registry import installed_engines
from voiceguide.speech.failed_lines import FailedLinesError, UnrecordedLinesError
from voiceguide.speech.voice_folders import VARIABLE
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

ANNA = "recorded:Anna"


def tone(seconds: float = 1.5, pitch: float = 300.0) -> Any:
    return (0.1 * np.sin(2 * np.pi * pitch / SAMPLE_RATE * np.arange(round(seconds * SAMPLE_RATE)))).astype(np.float32)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "voices"
    path.mkdir()
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def record(folder: Path, *texts: str, name: str = "Anna", language: str = "en") -> RecordedVoice:
    voice = RecordedVoice(folder / name.casefold(), name, language, "female")
    for number, text in enumerate(texts):
        voice = voice.with_recording(text, tone(pitch=300 + 10 * number))
    voice.save()
    return voice


def line(text: str, voice: str = ANNA, pace: float = 1.0, written: str = "") -> Line:
    return Line(text, voice, pace, "en", written)


@pytest.fixture
def room(tmp_path: Path) -> Studio:
    return Studio(store=Store(tmp_path / "speech"))


def test_it_is_listed_and_speaks_what_was_recorded(folder: Path, room: Studio) -> None:
    record(folder, "Rest your hands.", "Breathe in")
    (anna,) = (voice for voice in voices("en") if voice.engine == "recorded")
    assert (anna.name, anna.gender, anna.quality, anna.location) == (ANNA, "female", "recorded", str(folder / "anna"))
    assert anna.size > 10_000
    spoken = room.speak([line("Rest your hands."), line("breathe in!")], jobs=2)
    assert spoken.spoken == 2
    assert spoken.frames(line("Rest your hands.")) == pytest.approx(1.5 * SAMPLE_RATE, abs=SAMPLE_RATE // 20)
    assert room.speak([line("REST your hands")], jobs=1).spoken == 1  # another text is another line
    assert room.speak([line("Rest your hands.", pace=1.5)], jobs=1).cached == 1  # a recording keeps its pace


def test_pronunciations_are_for_engines_not_for_people(folder: Path, room: Studio) -> None:
    record(folder, "Hold the gua sha stone.")
    assert room.speak([line("Hold the gwah shah stone.", written="Hold the gua sha stone.")], jobs=1).spoken == 1


def test_what_is_missing_is_told_before_anything_is_spoken_or_said_by_another(folder: Path, room: Studio) -> None:
    record(folder, "One.")
    lines = [line("One."), line("Two."), line("Three.")]
    with pytest.raises(UnrecordedLinesError, match="2 lines could not be spoken") as caught:
        room.speak(lines, jobs=1)
    assert [failed.text for failed, _ in caught.value.failures] == ["Two.", "Three."]
    assert not room.store.folder.exists()
    spoken = room.speak(lines, jobs=2, fallback="silent")
    assert spoken.spoken == 3
    assert np.array_equal(
        spoken.samples(lines[1]), room.speak([line("Two.", "silent")], jobs=1).samples(line("Two.", "silent"))
    )
    record(folder, "Two.", name="Bob")
    with pytest.raises(UnrecordedLinesError) as caught:
        room.speak(lines, jobs=1, fallback="recorded:Bob")
    assert [failed.text for failed, _ in caught.value.failures] == ["Three."]


def test_auto_takes_it_only_when_it_is_complete(folder: Path) -> None:
    record(folder, "One.", "Two.")
    record(folder, "Eins.", name="Berta", language="de")
    assert resolve("auto", "en", lambda: ["One.", "two"]) == ANNA
    assert resolve("auto", "en", lambda: ["One.", "Three."]) == "hibari:heart"
    assert resolve("auto", "en", list) == resolve("auto", "en") == "hibari:heart"
    assert resolve("recorded", "en", lambda: ["Three."]) == resolve("anna", "en") == ANNA
    assert resolve("auto", "de-AT", lambda: ["Eins."]) == "recorded:Berta"


def test_one_new_recording_makes_one_line_anew(folder: Path, room: Studio) -> None:
    voice = record(folder, "One.", "Two.")
    lines = [line("One."), line("Two.")]
    room.speak(lines, jobs=1)
    old = {path.name for path in voice.folder.glob("*.flac")}
    voice.with_recording("Two.", tone(2.0)).save()
    assert len({path.name for path in voice.folder.glob("*.flac")} - old) == 1
    assert len(list(voice.folder.glob("*.flac"))) == 2
    again = room.speak(lines, jobs=1)
    assert (again.cached, again.spoken) == (1, 1)


def test_a_lost_or_damaged_recording_is_never_played(folder: Path, room: Studio) -> None:
    voice = record(folder, "One.", "Two.")
    one, two = (voice.recordings[words_of(text)].file for text in ("One.", "Two."))
    (voice.folder / one).unlink()
    content = (voice.folder / two).read_bytes()
    (voice.folder / two).write_bytes(content[:-7] + b"1234567")
    with pytest.raises(UnrecordedLinesError):
        room.speak([line("One.")], jobs=1)
    with pytest.raises(FailedLinesError, match="is damaged; import this line again"):
        room.speak([line("Two.")], jobs=1)
    assert RecordedEngine().take(ANNA, "One.") is None


DAMAGES: dict[str, Any] = {
    "no JSON": "{",
    "another schema": {"schema": "voiceguide.recordings/9"},
    "a list": [],
    "another folder's file": {"lines": [{"text": "One.", "file": "../../x.flac", "sha256": ""}]},
    "no name": {"name": ""},
    "gender": {"gender": "x"},
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_table_is_told_and_the_voice_never_chosen(folder: Path, damage: Any) -> None:
    record(folder, "One.")
    path = folder / "anna" / TABLE
    table = json.loads(path.read_text())
    path.write_text(
        damage if isinstance(damage, str) else json.dumps(table | damage if isinstance(damage, dict) else damage)
    )
    (voice,) = recorded_voices()
    assert f"The list of recordings {path} is damaged" in voice.fault
    assert resolve("auto", "en", lambda: ["One."]) != ANNA
    with pytest.raises(SpeechError, match="is damaged"):
        resolve("anna", "en")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "cannot be called ''"),
        ("../anna", "cannot be called"),
        ("a" * 41, "40 at most"),
        ("auto", "already means something else"),
        ("Piper", "already means something else"),
        ("Joe", "is the voice piper:en_US-joe-medium already"),
        ("en-GB", "is the voice system:en-gb already"),
    ],
)
def test_names_that_cannot_be(folder: Path, name: str, words: str) -> None:
    with pytest.raises(SpeechError, match=words.replace("'", ".")):
        voice_to_fill(name, "en", None)


def test_what_a_speaker_agreed_to_stays_with_the_voice(folder: Path) -> None:
    record(folder, "One.")
    replace(voice_to_fill("Anna", "en", None), consent="Anna, 2026-11-28: my lessons only").save()
    (found,) = recorded_voices()
    assert found.consent == found.voice().licence == "Anna, 2026-11-28: my lessons only"
    found.with_recording("Two.", np.zeros(4410, np.float32)).save()
    assert recorded_voices()[0].consent == found.consent


def test_names_that_can_be(folder: Path) -> None:
    for name in ("Anna", "Zoë", "my own voice", "X", "Jean-Luc 2"):
        assert voice_to_fill(name, "en", None).name == name
    record(folder, "One.")
    record(folder, "Two.", name="Anna Maria").folder.rename(folder / "anna-maria")
    assert voice_to_fill("anna-maria", "en", None).recordings.keys() == {"two"}
    assert voice_to_fill("recorded:ANNA", "en-GB", "male").recordings.keys() == {"one"}


def test_one_voice_speaks_several_languages(folder: Path) -> None:
    record(folder, "One.")
    both = voice_to_fill("anna", "de", None)
    assert both.speaks("de-AT")
    assert both.speaks("en")
    assert not both.speaks("fr")
    both.with_recording("Eins.", np.zeros(4410, np.float32)).save()
    assert recorded_voices() == (voice_to_fill("anna", "de-AT", None),)
    assert recorded_voices()[0].recordings.keys() == {"one", "eins"}
    assert resolve("auto", "de", lambda: ["Eins."]) == resolve("auto", "en", lambda: ["One."]) == "recorded:Anna"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rest your hands.", "rest your hands"),
        ("  REST, your—hands!  ", "rest your hands"),
        ("You’ll", "youll"),
        ("20 s", "20 s"),
        ("…", "…"),
        ("Über Füße", "über füße".casefold()),
    ],
)
def test_words(text: str, words: str) -> None:
    assert words_of(text) == words


def test_the_engine_is_one_of_ours() -> None:
    assert load_engine(installed_engines()["recorded"]).name == "recorded"
