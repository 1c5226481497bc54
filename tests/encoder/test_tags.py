import io
import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
from mutagen.id3 import ID3

from tests.support.waiting import HANGS
from voiceguide.encoder.cover import Cover
from voiceguide.encoder.encode import encode
from voiceguide.encoder.tags import Tags, clean, id3, language_code, milliseconds, vorbis_comments
from voiceguide.timeline import ChapterRange

RATE = 44_100
COVER = Cover(b"\xff\xd8 no real picture \xff\xd9", "image/jpeg", 10, 10)
FULL = Tags(
    "Gesichtsmassage — abends",
    4 * RATE,
    artist="Ada",
    album="Ruhe",
    date="2024-05-31",
    language="de-AT",
    comment="Erste Zeile\nzweite Zeile",
    chapters=(
        ChapterRange("Ein sehr langer Name, länger als alle", 0, RATE),
        ChapterRange("Öl", RATE, 3 * RATE),
        ChapterRange("End", 3 * RATE, 4 * RATE),
    ),
    text=((0, "Guten Abend."), (RATE + 22, "Schließe die Augen.")),
    cover=COVER,
)


def read(tags: Tags) -> ID3:
    return ID3(io.BytesIO(id3(tags)))


def test_every_frame_reads_back() -> None:
    found = ID3(io.BytesIO(id3(FULL)), translate=False)
    assert found.version == (2, 3, 0)
    plain = {name: str(found[name]) for name in ("TIT2", "TPE1", "TALB", "TYER", "TDAT", "TLAN", "TLEN", "TCON")}
    assert plain == {
        "TIT2": FULL.title, "TPE1": "Ada", "TALB": "Ruhe", "TYER": "2024", "TDAT": "3105", "TLAN": "deu",
        "TLEN": "4000", "TCON": "Speech",
    }  # fmt: skip
    assert str(found["COMM::deu"]) == "Erste Zeile\nzweite Zeile"
    assert found["USLT::deu"].text == "Guten Abend.\nSchließe die Augen."
    assert found["SYLT::deu"].text == [("Guten Abend.", 0), ("Schließe die Augen.", 1000)]
    assert (found["SYLT::deu"].format, found["SYLT::deu"].type) == (2, 1)
    assert (found["APIC:"].data, found["APIC:"].mime, found["APIC:"].type) == (COVER.data, "image/jpeg", 3)
    assert found["CTOC:toc"].child_element_ids == ["chp0", "chp1", "chp2"]
    assert int(found["CTOC:toc"].flags) == 3  # ordered, top level
    second = found["CHAP:chp1"]
    assert (second.start_time, second.end_time) == (1000, 3000)
    assert second.start_offset == second.end_offset == 0xFFFFFFFF
    assert str(second.sub_frames["TIT2"]) == "Öl"


def test_what_is_not_known_is_not_written() -> None:
    assert sorted(read(Tags("Test", 100))) == ["TCON", "TIT2", "TLAN", "TLEN"]
    assert sorted(ID3(io.BytesIO(id3(Tags("Test", 100, date="2024", genre=""))), translate=False)) == [
        "TIT2", "TLAN", "TLEN", "TYER",
    ]  # fmt: skip


def mp3(tmp_path: Path, tags: Tags) -> Path:
    file = tmp_path / "x.mp3"
    encode([np.zeros((tags.frames, 2), np.float32)], file, "mp3", tags)
    return file


def test_chapters_read_back_by_pyav(tmp_path: Path) -> None:
    with av.open(str(mp3(tmp_path, FULL))) as container:
        found = [(c["start"] * c["time_base"], c["end"] * c["time_base"], c["metadata"]) for c in container.chapters()]
        metadata = container.metadata
    assert found == [
        (0, 1, {"title": "Ein sehr langer Name, länger als alle"}),
        (1, 3, {"title": "Öl"}),
        (3, 4, {"title": "End"}),
    ]
    assert metadata["title"] == FULL.title
    assert metadata["date"] == "2024-05-31"


def test_chapters_read_back_by_ffmpeg(tmp_path: Path) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(mp3(tmp_path, FULL)), "-f", "ffmetadata", "-"]
    text = subprocess.run(command, capture_output=True, check=True, timeout=HANGS).stdout.decode()
    assert text.count("[CHAPTER]") == 3
    assert text.index("title=Ein sehr") < text.index("title=Öl") < text.index("title=End")
    assert "lyrics-deu=Guten Abend.\\\nSchließe die Augen." in text


@pytest.mark.parametrize("count", [1, 255, 256, 600])
def test_any_number_of_chapters_is_listed(count: int) -> None:
    chapters = tuple(ChapterRange(f"Part {n}", n * 100, n * 100 + 100) for n in range(count))
    found = read(Tags("Test", count * 100, chapters=chapters))
    listed = found["CTOC:toc"].child_element_ids
    if count > 255:
        listed = [name for table in listed for name in found[f"CTOC:{table}"].child_element_ids]
    assert [str(found[f"CHAP:{name}"].sub_frames["TIT2"]) for name in listed] == [c.title for c in chapters]


HOSTILE = "a\0b\r\nc\x1b[31md\u202ee\ud800f\u2028g \t h\x7f"


def test_hostile_text_is_cleaned_everywhere() -> None:
    tags = Tags(
        HOSTILE, 100, artist=HOSTILE, album=HOSTILE, comment=HOSTILE, genre=HOSTILE,
        chapters=(ChapterRange(HOSTILE, 0, 100),), text=((0, HOSTILE), (1, "\0\n")),
    )  # fmt: skip
    line = "a b c [31mde f g h"
    assert tags.title == tags.artist == tags.album == tags.genre == tags.chapters[0].title == line
    assert tags.text == ((0, line),)
    assert tags.comment == "a b\nc [31mde f\ng h"
    found = read(tags)
    assert found["TIT2"].text == [line]
    assert str(found["CHAP:chp0"].sub_frames["TIT2"]) == line
    pairs = dict(vorbis_comments(tags))
    assert pairs["TITLE"] == pairs["CHAPTER001NAME"] == line


def test_long_text_is_cut() -> None:
    tags = Tags("x" * 10**6, 100, comment="y\n" * 10**5, chapters=(ChapterRange("z" * 10**6, 0, 100),))
    assert len(tags.title) == len(tags.chapters[0].title) == 250
    assert tags.title.endswith("x…")
    assert len(tags.comment) <= 4000
    assert len(id3(tags)) < 20_000


def test_text_that_is_fine_is_kept() -> None:
    for text in ("Énergie 你好 👩‍👩‍👧 می‌خواهم", "a <b> & \"c\" 'd' [e] {f} %s"):
        assert clean(text, 250) == text


@pytest.mark.parametrize("date", ["24", "2024-5-1", "2024-13-01", "2024-05", "today", "٢٠٢٤", "2024-05-31T10:00"])
def test_a_date_of_another_form_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        Tags("Test", 100, date=date)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("en", "eng"),
        ("en-GB", "eng"),
        ("DE_at", "deu"),
        ("zh-Hans-CN", "zho"),
        ("yue", "yue"),
        ("xx", "und"),
        ("", "und"),
    ],
)
def test_languages_have_three_letters(language: str, code: str) -> None:
    assert language_code(language) == code


def test_times_are_whole_milliseconds() -> None:
    assert [milliseconds(frames) for frames in (0, 22, 23, 44_100, 12 * 3600 * RATE)] == [0, 0, 1, 1000, 43_200_000]
    assert milliseconds(10**15) == 2**32 - 1


def test_the_same_tags_are_the_same_bytes_without_padding() -> None:
    data = id3(FULL)
    assert data == id3(FULL)
    size = data[6] << 21 | data[7] << 14 | data[8] << 7 | data[9]
    assert len(data) == 10 + size
    assert data.endswith(COVER.data)


def test_vorbis_comments_hold_chapters() -> None:
    pairs = vorbis_comments(FULL)
    assert pairs[0] == ("TITLE", FULL.title)
    assert pairs[-4:] == [
        ("CHAPTER002", "00:00:01.000"),
        ("CHAPTER002NAME", "Öl"),
        ("CHAPTER003", "00:00:03.000"),
        ("CHAPTER003NAME", "End"),
    ]
    late = vorbis_comments(Tags("Test", 1, chapters=(ChapterRange("Late", (3 * 3600 + 62) * RATE + 22, 1),)))
    assert ("CHAPTER001", "03:01:02.000") in late
