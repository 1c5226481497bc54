"""Any finished file is heard from any frame on, with what its tags say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.audio import decoded
from tests.support.signals import noise
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.listening import AudioFile
from voiceguide.encoder.tags import Tags
from voiceguide.errors import SoundError
from voiceguide.timeline import ChapterRange
from voiceguide.units import SAMPLE_RATE

_FRAMES = 6 * SAMPLE_RATE
_CHAPTERS = (
    ChapterRange("Arrive", 0, 2 * SAMPLE_RATE),
    ChapterRange("Breathe; deeply = well", 2 * SAMPLE_RATE, _FRAMES),
)
_TEXT = ((SAMPLE_RATE, "Sit down."), (3 * SAMPLE_RATE, "Breathe."))
_PACKET = 1024  # of AAC, whose files are entered at one


@pytest.fixture(scope="module", params=list(KINDS))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AudioFile:
    path = tmp_path_factory.mktemp("made") / f"evening{KINDS[request.param].suffix}"
    tags = Tags("An evening", _FRAMES, chapters=_CHAPTERS, text=_TEXT)
    KINDS[request.param].format().write([noise(6.0, 0.1)], path, tags)
    return AudioFile.of(path)


def test_chapters_and_title_are_read_from_the_tags(made: AudioFile) -> None:
    assert made.tags.title == "An evening"
    assert [chapter.title for chapter in made.tags.chapters] == [chapter.title for chapter in _CHAPTERS]
    for chapter, written in zip(made.tags.chapters, _CHAPTERS, strict=True):
        assert chapter.start == pytest.approx(written.start, abs=SAMPLE_RATE / 500)
        assert chapter.end == pytest.approx(written.end, abs=SAMPLE_RATE / 30)


def test_spoken_lines_are_read_where_they_have_times(made: AudioFile) -> None:
    if made.path.suffix in (".mp3", ".wav"):
        assert made.tags.text == _TEXT


def test_it_is_as_long_as_it_says_and_sounds_as_it_was_made(made: AudioFile) -> None:
    whole = np.concatenate(list(made.blocks()))
    assert len(whole) == _FRAMES
    assert made.frames == pytest.approx(_FRAMES, abs=2 * _PACKET)
    np.testing.assert_allclose(whole, decoded(made.path)[:_FRAMES], atol=0.01)


@pytest.mark.parametrize("start", [1, 30_000, 111_111, _FRAMES - 5_000])
def test_it_is_heard_from_any_frame_on(made: AudioFile, start: int) -> None:
    whole = np.concatenate(list(made.blocks()))
    part = np.concatenate(list(made.blocks(start, start + 4_000)))
    expected = whole[start : start + 4_000]
    if made.path.suffix in (".m4a", ".m4b", ".mp4"):
        lags = [np.corrcoef(part[:2_000, 0], whole[at : at + 2_000, 0])[0, 1] for at in _near(start)]
        assert max(lags) > 0.99
    else:
        np.testing.assert_allclose(part, expected, atol=1e-5)


def _near(start: int) -> range:
    return range(max(0, start - _PACKET), min(start + _PACKET + 1, _FRAMES - 2_000))


def test_after_its_end_there_is_nothing(made: AudioFile) -> None:
    assert sum(map(len, made.blocks(_FRAMES + SAMPLE_RATE))) <= _PACKET


@pytest.mark.parametrize(("rate", "channels"), [(22_050, 1), (48_000, 2), (44_100, 4)])
def test_other_rates_and_channels_are_heard_too(rate: int, channels: int, tmp_path: Path) -> None:
    path = tmp_path / "other.wav"
    course = np.arange(2 * rate) / rate
    tone = 0.3 * np.sin(2 * np.pi * 440 * course)
    soundfile.write(path, np.repeat(tone[:, np.newaxis], channels, axis=1), rate)
    file = AudioFile.of(path)
    heard = np.concatenate(list(file.blocks(SAMPLE_RATE, SAMPLE_RATE + 9_000)))
    expected = 0.3 * np.sin(2 * np.pi * 440 * (SAMPLE_RATE + np.arange(9_000)) / SAMPLE_RATE)
    assert file.frames == 2 * SAMPLE_RATE
    assert file.tags.title == "other"
    np.testing.assert_allclose(heard, np.repeat(expected[:, np.newaxis], 2, axis=1), atol=1e-3)


def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    with pytest.raises(SoundError, match="There is no sound file"):
        AudioFile.of(tmp_path / "gone.mp3")
    for suffix in (".mp3", ".m4a", ".flac", ".opus", ".aac"):
        path = tmp_path / f"text{suffix}"
        path.write_text("This is a text, and no sound at all. " * 50)
        with pytest.raises(SoundError, match="could not be read"):
            list(AudioFile.of(path).blocks())
