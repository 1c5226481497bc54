from pathlib import Path

import numpy as np
import pytest
from mutagen.mp4 import MP4

from tests.support.containers import FRAMES, RATE, STARTS, TAGS, heard, picture, sound, write
from voiceguide.encoder.mp4 import M4a, M4b
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.timeline import ChapterRange


@pytest.mark.parametrize("kind", [M4a(), M4b()], ids=["m4a", "m4b"])
def test_tags_stand_where_apple_s_players_look(tmp_path: Path, kind: M4a) -> None:
    found = MP4(write(tmp_path / "x", kind))
    assert found.tags is not None
    plain = {name: found.tags[name] for name in ("©nam", "©ART", "aART", "©alb", "©day", "©gen", "©cmt")}
    assert plain == {
        "©nam": [TAGS.title], "©ART": ["Ada Löw"], "aART": ["Ada Löw"], "©alb": ["Evenings"], "©day": ["2024-05-31"],
        "©gen": ["Speech"], "©cmt": ["First line\nsecond line"],
    }  # fmt: skip
    assert found.tags["©lyr"] == ["Guten Abend.\nSchließe <die> Augen."]
    assert [bytes(cover) for cover in found.tags["covr"]] == [picture().data]
    assert found.tags["covr"][0].imageformat == 13  # JPEG
    assert found.tags["pgap"] is True
    assert found.tags.get("stik") == ([2] if isinstance(kind, M4b) else None)
    assert found.info.codec == "mp4a.40.2"
    assert (tmp_path / "x").read_bytes()[8:12] == (b"M4B " if isinstance(kind, M4b) else b"M4A ")


def test_chapters_stand_in_both_places(tmp_path: Path) -> None:
    """Nero's list, which mutagen reads, and Apple's text track, of which ffmpeg tells the times exactly."""
    file = write(tmp_path / "x.m4b", M4b())
    nero = MP4(file).chapters
    assert nero is not None
    assert [chapter.title for chapter in nero] == [chapter.title for chapter in TAGS.chapters]
    assert [chapter.start for chapter in nero] == pytest.approx([start / RATE for start in STARTS], abs=1e-4)
    data = file.read_bytes()
    assert data.count(b"chpl") == 1
    assert data.count(b"chap") == 1  # the audio track's reference to the text track
    assert b"\0\x08\xc3\x96l = ;#" in data  # a text sample: its length, then its text


def test_gapless_data_agrees_with_the_edit_list(tmp_path: Path) -> None:
    found = MP4(write(tmp_path / "x.m4a", M4a()))
    assert found.tags is not None
    (told,) = found.tags["----:com.apple.iTunes:iTunSMPB"]
    _, before, after, frames = (int(number, 16) for number in bytes(told).split()[:4])
    assert (before, frames) == (1024, FRAMES)
    assert (before + after + frames) % 1024 == 0


@pytest.mark.parametrize("frames", [1, 100, 1023, 1024, 1025, 2048, RATE])
def test_any_length_is_exact(tmp_path: Path, frames: int) -> None:
    assert len(heard(write(tmp_path / "x.m4a", M4a(), Tags("t", frames)))) == frames


@pytest.mark.parametrize("bitrate", [64, 128, 192])
def test_the_bit_rate_is_what_was_asked(tmp_path: Path, bitrate: int) -> None:
    write(tmp_path / "x.m4a", M4a(bitrate))
    assert MP4(tmp_path / "x.m4a").info.bitrate == pytest.approx(bitrate * 1000, rel=0.1)


def test_the_sound_is_the_session_s(tmp_path: Path) -> None:
    error = heard(write(tmp_path / "x.m4a", M4a(256))) - sound()
    assert 20 * np.log10(error.std() / sound().std()) < -15


def test_many_and_long_chapters_are_kept(tmp_path: Path) -> None:
    chapters = tuple(ChapterRange(f"{'ö' * 240} {n}", n * 500, n * 500 + 500) for n in range(300))
    found = MP4(write(tmp_path / "x.m4b", M4b(), Tags("t", 300 * 500, chapters=chapters))).chapters
    assert found is not None
    assert len(found) in (255, 300)  # Nero's list counts in a byte; the text track has them all
    assert all(chapter.title.startswith("ööö") for chapter in found)


def test_what_is_not_known_is_not_written(tmp_path: Path) -> None:
    found = MP4(write(tmp_path / "x.m4a", M4a(), Tags("t", 5000)))
    assert found.tags is not None
    assert sorted(found.tags) == ["----:com.apple.iTunes:iTunSMPB", "pgap", "©gen", "©nam"]


@pytest.mark.parametrize("bitrate", [0, 63, 321])
def test_settings_outside_the_format_are_refused(bitrate: int) -> None:
    with pytest.raises(ValueError, match="AAC's bit rate goes from 64 to 320"):
        M4a(bitrate)


def test_too_loud_is_refused_and_the_encoder_ends(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="louder than a file can hold"):
        write(tmp_path / "x.m4a", M4a(), Tags("t", RATE), np.full((RATE, 2), 1.5, np.float32))
