import hashlib
import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from tests.support.containers import FORMATS, FRAMES, RATE, STARTS, TAGS, heard, picture, probe, write
from tests.support.waiting import HANGS
from voiceguide.encoder.decoding import decode
from voiceguide.encoder.format import Format
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp4 import M4a
from voiceguide.encoder.opus import Opus
from voiceguide.encoder.pcm import Flac
from voiceguide.encoder.split import Part, parts, playlist, split
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError
from voiceguide.timeline import ChapterRange


def titled(*titles: str) -> Tags:
    each = 1000
    chapters = tuple(ChapterRange(title, each * at, each * (at + 1)) for at, title in enumerate(titles))
    return Tags("Whole", each * len(titles), chapters=chapters)


def names(*titles: str) -> list[str]:
    return [part.path.name for part in parts(titled(*titles), Path("x"), ".mp3")]


def test_each_chapter_is_a_part_and_together_they_are_the_whole() -> None:
    found = parts(TAGS, Path("x"), ".flac")
    assert [part.path.name for part in found] == ["01-öl.flac", "02-two.flac", "03-three.flac"]
    assert [part.start for part in found] == list(STARTS)
    assert [part.start + part.tags.frames for part in found] == [*STARTS[1:], FRAMES]
    second = found[1].tags
    assert (second.title, second.album, second.artist, second.track) == ("Two", "Evenings", "Ada Löw", (2, 3))
    assert second.text == ((2 * RATE - STARTS[1], "Schließe <die> Augen."),)
    assert (second.chapters, second.cover) == ((), picture())
    assert parts(titled("a", "b"), Path("x"), ".mp3")[0].tags.album == "Whole"


def test_what_stands_before_the_first_chapter_belongs_to_it() -> None:
    tags = Tags("t", 900, chapters=(ChapterRange("a", 100, 500), ChapterRange("b", 500, 800)))
    assert [(part.start, part.tags.frames) for part in parts(tags, Path("x"), ".mp3")] == [(0, 500), (500, 400)]


def test_without_chapters_there_is_one_part() -> None:
    (only,) = parts(Tags("A session", 500), Path("x"), ".mp3")
    assert (only.path.name, only.start, only.tags.frames, only.tags.title) == ("01-a-session.mp3", 0, 500, "A session")


def test_a_chapter_without_length_is_no_part() -> None:
    tags = Tags(
        "t", 900, chapters=(ChapterRange("a", 0, 500), ChapterRange("b", 500, 500), ChapterRange("c", 500, 900))
    )
    assert [part.path.name for part in parts(tags, Path("x"), ".mp3")] == ["01-a.mp3", "02-c.mp3"]


def test_names_are_such_as_every_filesystem_allows() -> None:
    assert names("It's “Öl” & more", "../../etc/passwd", "CON", "…", "a\\b:c*?") == [
        "01-its-öl-more.mp3", "02-etc-passwd.mp3", "03-con.mp3", "04.mp3", "05-a-b-c.mp3",
    ]  # fmt: skip
    long = names("你" * 300, "x" * 300, "e\u0301" * 100)
    assert max(len(name.encode()) for name in long) <= 190
    assert long[1] == f"02-{'x' * 60}.mp3"
    assert names(*["same"] * 120)[-1] == "120-same.mp3"
    assert len(set(names(*["same"] * 120))) == 120


def test_the_playlist_names_parts_lengths_and_titles() -> None:
    folder = Path("out")
    found = parts(TAGS, folder / "#1 x", ".mp3")
    assert playlist("Ruhe", found, folder).splitlines() == [
        "#EXTM3U", "#PLAYLIST:Ruhe",
        "#EXTINF:1.000,Öl = ;#", "./#1 x/01-öl.mp3",
        "#EXTINF:2.000,Two", "./#1 x/02-two.mp3",
        "#EXTINF:2.003,Three", "./#1 x/03-three.mp3",
    ]  # fmt: skip
    assert "\nx/01-öl.mp3\n" in playlist("Ruhe", parts(TAGS, folder / "x", ".mp3"), folder)


@pytest.fixture(params=FORMATS)
def cut(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[Part]]:
    """A whole file and its parts."""
    kind = FORMATS[request.param]
    whole = write(tmp_path / f"whole{kind.kind.suffix}", kind)
    made = []
    for part, encoded in split(whole, kind, parts(TAGS, tmp_path / "parts", kind.kind.suffix)):
        assert (encoded.frames, encoded.size) == (part.tags.frames, part.path.stat().st_size)
        made.append(part)
    return whole, made


def test_parts_joined_decode_to_the_samples_of_the_whole(cut: tuple[Path, list[Part]]) -> None:
    whole, made = cut
    pieces, expected = [heard(part.path) for part in made], heard(whole)
    opus = whole.suffix == ".opus"
    if not opus:
        assert [len(piece) for piece in pieces] == [part.tags.frames for part in made]
    joined = np.concatenate(pieces)
    assert joined.shape == expected.shape
    # Opus decoders carry numbers from packet to packet whose last bits take long to settle.
    assert float(np.abs(joined - expected).max()) <= (1e-6 if opus else 0)


def test_our_own_decoder_gives_the_same(cut: tuple[Path, list[Part]]) -> None:
    whole, made = cut
    pieces = [np.concatenate(list(decode(part.path))) for part in made]
    assert [len(piece) for piece in pieces] == [part.tags.frames for part in made]
    joined, expected = np.concatenate(pieces), np.concatenate(list(decode(whole)))
    if whole.suffix != ".opus":  # which is brought back from 48 kHz, where a part begins between two of our frames
        assert np.array_equal(joined, expected)


def test_a_player_that_plays_them_in_a_row_hears_the_whole(cut: tuple[Path, list[Part]]) -> None:
    whole, made = cut
    rows = whole.parent / "rows.txt"
    rows.write_text("".join(f"file '{part.path}'\n" for part in made), "utf-8")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "concat", "-safe", "0", "-i", str(rows)]
    run = subprocess.run(
        [*command, "-map", "0:a", "-f", "f32le", "pipe:1"], capture_output=True, check=True, timeout=HANGS
    )
    joined, expected = np.frombuffer(run.stdout, "<f4").reshape(-1, 2), heard(whole)
    assert joined.shape == expected.shape
    assert float(np.abs(joined - expected).max()) < 1e-6


def test_a_part_says_what_it_is(cut: tuple[Path, list[Part]]) -> None:
    whole, made = cut
    found = probe(made[1].path)
    assert found.seconds == pytest.approx((STARTS[2] - STARTS[1]) / RATE, abs=0.6 if whole.suffix == ".opus" else 2e-5)
    assert found.chapters == []
    assert (found.tags["title"], found.tags["album"]) == ("Two", "Evenings")
    assert found.cover == picture().data
    assert (found.tags.get("track") or found.tags["tracknumber"]).split("/")[0] == "2"


def test_the_same_parts_come_of_the_same_file(cut: tuple[Path, list[Part]]) -> None:
    whole, made = cut
    kind = next(kind for kind in FORMATS.values() if kind.kind.suffix == whole.suffix)
    if whole.suffix == ".mp3":
        kind = Mp3(vbr=4) if whole.read_bytes().find(b"Xing") > 0 else Mp3()
    first = [hashlib.sha256(part.path.read_bytes()).hexdigest() for part in made]
    again = list(split(whole, kind, parts(TAGS, whole.parent / "again", whole.suffix)))
    assert [hashlib.sha256(part.path.read_bytes()).hexdigest() for part, _ in again] == first


SHORT = [0, 1, 700, 1152, 1153, 5000, 5100, 30_000, 30_576, 44_099]
LONGER = [0, 700, 1152, 5000, 7001, 30_000, 30_576]  # of a fraction of a packet ffmpeg decodes nothing in MP4


@pytest.mark.parametrize(
    ("kind", "edges"),
    [(Mp3(), SHORT), (Mp3(vbr=2), SHORT), (M4a(), LONGER), (Opus(), SHORT), (Flac(), SHORT)],
    ids=["mp3", "mp3 vbr", "m4a", "opus", "flac"],
)
def test_chapters_may_begin_anywhere_and_be_short(tmp_path: Path, kind: Format, edges: list[int]) -> None:
    chapters = tuple(ChapterRange("c", a, b) for a, b in zip(edges, [*edges[1:], RATE], strict=True))
    tags = Tags("t", RATE, chapters=chapters)
    whole = write(tmp_path / f"x{kind.kind.suffix}", kind, tags)
    made = [part for part, _ in split(whole, kind, parts(tags, tmp_path / "p", kind.kind.suffix))]
    joined, expected = np.concatenate([heard(part.path) for part in made]), heard(whole)
    assert joined.shape == expected.shape
    assert float(np.abs(joined - expected).max()) <= (1e-6 if kind.kind.name == "opus" else 0)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_has_been_damaged_is_not_cut(tmp_path: Path, name: str) -> None:
    kind = FORMATS[name]
    whole = write(tmp_path / f"whole{kind.kind.suffix}", kind)
    data = whole.read_bytes()
    for number, wrong in enumerate((data[: len(data) // 2], b"nothing of the kind" * 100)):
        whole.write_bytes(wrong)
        with pytest.raises(OutputError, match="render it again"):
            list(split(whole, kind, parts(TAGS, tmp_path / str(number), kind.kind.suffix)))
        assert not list(tmp_path.rglob("*.part"))
