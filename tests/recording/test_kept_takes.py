"""Takes are kept, and one of them becomes the same recording that ``voices import`` makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recording.spoken_takes import LINES, RATE, sheet_of, take_of, wav_of
from voiceguide.errors import SoundError
from voiceguide.progress import quiet
from voiceguide.recording import kept_takes
from voiceguide.recording.importing import import_takes
from voiceguide.recording.kept_takes import KeptTakes
from voiceguide.speech.engines.recorded.voices import RecordedVoice

SHEET = sheet_of(*LINES, language="nl")  # for which no recognition comes along
LINE = SHEET.lines[1]


@pytest.fixture
def takes(tmp_path: Path) -> KeptTakes:
    return KeptTakes(tmp_path / "takes")


def _voice(folder: Path) -> RecordedVoice:
    return RecordedVoice(folder, "Anna", "nl")


def test_a_chosen_take_is_what_import_makes_of_the_same_file(takes: KeptTakes, tmp_path: Path) -> None:
    data = wav_of(take_of(LINE.text))
    kept = takes.add(data, LINE, SHEET, None)
    clip = takes.clip(LINE.text, kept.key)
    assert clip is not None
    voice = _voice(tmp_path / "own").with_recording(LINE.text, clip)
    voice.save()
    (tmp_path / "002.wav").write_bytes(data)
    imported = import_takes(_voice(tmp_path / "imported"), SHEET, [tmp_path / "002.wav"], (), quiet).voice
    own, theirs = voice.recording(LINE.text), imported.recording(LINE.text)
    assert own == theirs
    assert own is not None
    assert (tmp_path / "own" / own.file).read_bytes() == (tmp_path / "imported" / own.file).read_bytes()
    assert kept.is_chosen(voice, LINE.text)
    assert not kept.is_chosen(_voice(tmp_path / "nobody"), LINE.text)


def test_takes_of_a_line_are_listed_and_removed(takes: KeptTakes) -> None:
    first = takes.add(wav_of(take_of(LINE.text)), LINE, SHEET, None)
    second = takes.add(wav_of(take_of(None)), LINE, SHEET, None)
    assert takes.of(LINE.text) == (first, second)
    assert takes.of("let YOUR eyes close") == (first, second)  # the same words
    assert takes.of(LINES[0]) == ()
    assert takes.clip(LINE.text, second.key) is None
    takes.remove(LINE.text, first.key)
    assert takes.of(LINE.text) == (second,)
    for strange in ("../../x", first.key, ""):
        assert takes.path(LINE.text, strange) is None


def test_the_oldest_go_but_never_the_chosen_one(
    takes: KeptTakes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_takes, "MOST_TAKES", 2)
    kept = [takes.add(wav_of(take_of(LINE.text, before=0.4 + 0.1 * n)), LINE, SHEET, None) for n in range(4)]
    clip = takes.clip(LINE.text, kept[0].key)
    assert clip is not None
    takes.prune(LINE.text, _voice(tmp_path / "own").with_recording(LINE.text, clip))
    assert takes.of(LINE.text) == (kept[0], kept[3])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no sound",
        wav_of(take_of(None))[:30],
        wav_of(take_of(None).repeat(2).reshape(-1, 2)),
        wav_of(take_of(None), 4000),
    ],
)
def test_what_is_no_take_is_refused_and_not_kept(data: bytes, takes: KeptTakes, tmp_path: Path) -> None:
    with pytest.raises(SoundError):
        takes.add(data, LINE, SHEET, None)
    assert not list(tmp_path.rglob("*.flac"))


def test_a_take_that_lasts_too_long_is_refused(takes: KeptTakes) -> None:
    long = take_of(None, before=kept_takes.LONGEST + 1)
    with pytest.raises(SoundError, match="90 seconds"):
        takes.add(wav_of(long), LINE, SHEET, None)


def test_a_take_that_was_not_kept_whole_is_passed_over(takes: KeptTakes) -> None:
    kept = takes.add(wav_of(take_of(LINE.text)), LINE, SHEET, None)
    path = takes.path(LINE.text, kept.key)
    assert path is not None
    path.with_suffix(".json").write_text("{")
    assert takes.of(LINE.text) == ()
    assert len(take_of(LINE.text)) > RATE
