from pathlib import Path

import numpy as np
import pytest

from tests.support.containers import FORMATS, FRAMES, RATE, STARTS, TAGS, heard, probe, sound, write
from voiceguide.encoder.encode import encode
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError


def silence(frames: int) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    return [np.zeros((frames, 2), np.float32)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_format_is_chosen_by_name_or_by_value(tmp_path: Path, kind: str) -> None:
    by_name = encode(silence(2000), tmp_path / "a", kind, Tags("Test", 2000))
    by_value = encode(silence(2000), tmp_path / "b", KINDS[kind].format(), Tags("Test", 2000))
    assert by_name == by_value
    assert by_name.frames == 2000
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_settings_are_values() -> None:
    assert KINDS["mp3"].format() == Mp3(bitrate=128, quality=5)
    assert len({Mp3(), Mp3(), Mp3(192)}) == 2


def test_an_unknown_format_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(
        OutputError,
        match=r"no output format 'mp5' \(did you mean 'mp[34]'\?\)\. Choose mp3, m4a, m4b, opus, flac, wav, mp4\.",
    ):
        encode(silence(10), tmp_path / "x", "mp5", Tags("Test", 10))


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_of_another_length_than_planned_are_a_failure(tmp_path: Path, kind: str) -> None:
    with pytest.raises(OutputError, match="came out 999 frames long instead of 1000"):
        encode(silence(999), tmp_path / "x", kind, Tags("Test", 1000))


@pytest.mark.parametrize("kind", KINDS)
def test_a_session_without_length_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(OutputError, match="nothing to write"):
        encode([], tmp_path / "x", kind, Tags("Test", 0))
    with pytest.raises(OutputError):
        encode([], tmp_path / "x", kind, Tags("Test", 100))


@pytest.mark.parametrize("name", FORMATS)
def test_a_player_finds_length_chapters_cover_and_tags(tmp_path: Path, name: str) -> None:
    found = probe(file := write(tmp_path / f"x{FORMATS[name].kind.suffix}", FORMATS[name]))
    skipped = 312 / 48_000 if name == "opus" else 0  # ffmpeg counts what is skipped at the start of an Opus file
    assert found.seconds == pytest.approx(FRAMES / RATE + skipped, abs=2e-5)
    assert [title for *_, title in found.chapters] == [chapter.title for chapter in TAGS.chapters]
    starts = [start for start, *_ in found.chapters]
    assert starts == pytest.approx([start / RATE for start in STARTS], abs=0.0005)
    ends = [end for _, end, _ in found.chapters]
    assert ends == pytest.approx([*starts[1:], FRAMES / RATE], abs=0.007)
    assert TAGS.cover is not None
    assert found.cover == TAGS.cover.data
    wanted = {"title": TAGS.title, "artist": "Ada Löw", "album": "Evenings", "date": "2024-05-31", "genre": "Speech"}
    wanted |= {"comment": TAGS.comment, "language": "deu"}
    assert {key: found.tags[key] for key in wanted} == wanted
    words = next(text for key, text in found.tags.items() if key.startswith("lyrics"))
    assert words == "Guten Abend.\nSchließe <die> Augen."
    assert len(heard(file)) == (round(FRAMES * 48 / 44.1) if name == "opus" else FRAMES)


@pytest.mark.parametrize("name", FORMATS)
def test_every_sample_stands_in_its_place(tmp_path: Path, name: str) -> None:
    """The sound lies over itself best when it is not moved; a frame too early or too late would show at once."""
    samples = sound()
    samples[2 * RATE] = 0.8
    decoded = heard(write(tmp_path / f"x{FORMATS[name].kind.suffix}", FORMATS[name], samples=samples))
    rate = 48_000 if name == "opus" else RATE
    assert int(np.abs(decoded[:, 1]).argmax()) == 2 * rate
    assert decoded[:, 1].std() > 1.3 * decoded[:, 0].std()
