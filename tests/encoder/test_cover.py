import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.support.waiting import HANGS
from voiceguide.encoder.cover import Cover, generate, load
from voiceguide.errors import OutputError


def opened(cover: Cover) -> Image.Image:
    image = Image.open(io.BytesIO(cover.data))
    image.load()
    assert image.size == (cover.width, cover.height)
    assert image.get_format_mimetype() == cover.media_type
    return image


def saved(path: Path, image: Image.Image, **options: object) -> Path:
    image.save(path, **options)  # type: ignore[arg-type]
    return path


def letters(cover: Cover) -> int:
    """Bright pixels: the words are lighter than anything in the water."""
    return int((np.asarray(opened(cover).convert("L")) > 235).sum())


def test_a_generated_cover_is_a_small_square_jpeg_with_words() -> None:
    cover = generate("Facial massage, eyes closed", "12 minutes")
    assert opened(cover).size == (1000, 1000)
    assert len(cover.data) < 100_000
    assert letters(cover) > 5000 > letters(generate("")) * 50


def test_the_colour_belongs_to_the_title() -> None:
    colours = {tuple(np.asarray(opened(generate(f"Title {n}", size=100)))[-1, 50]) for n in range(30)}
    assert len(colours) >= 6


def test_the_same_words_are_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys\nfrom voiceguide.encoder.cover import generate\n"
        "sys.stdout.buffer.write(generate('Same', 'words').data)\n"
    )
    other = subprocess.check_output([sys.executable, "-c", code], timeout=HANGS)
    assert other == generate("Same", "words").data


@pytest.mark.parametrize("title", ["Gua sha 顔", "Für Elise", "calm 🌙", "شفاء", "\ud800", "\x07"])
def test_words_that_the_font_lacks_are_left_out(title: str) -> None:
    assert letters(generate(title)) == letters(generate("")) < 100


def test_typographic_signs_are_set() -> None:
    assert letters(generate("Rest – “slowly”…")) > 3000


@pytest.mark.parametrize("title", ["x" * 5000, "word " * 2000, "a b", "Supercalifragilisticexpialidocious " * 9])
def test_any_title_fits(title: str) -> None:
    bright = np.asarray(opened(generate(title, title)).convert("L")) > 235
    assert bright.any()
    rows, columns = np.flatnonzero(bright.any(axis=1)), np.flatnonzero(bright.any(axis=0))
    assert columns[0] >= 80
    assert columns[-1] < 920
    assert rows[0] >= 90
    assert rows[-1] < 650


def test_other_sizes_are_made() -> None:
    assert opened(generate("Feed", size=1400)).size == (1400, 1400)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_plain_picture_is_kept_byte_for_byte(tmp_path: Path, kind: str) -> None:
    file = saved(tmp_path / "cover", Image.new("RGB", (300, 200), "navy"), format=kind)
    cover = load(file)
    assert cover.data == file.read_bytes()
    assert opened(cover).size == (300, 200)


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    cover = load(saved(tmp_path / "c.png", Image.new("RGB", (3000, 1500), "navy")))
    assert cover.media_type == "image/jpeg"
    assert opened(cover).size == (1400, 700)


def test_a_cameras_notes_are_dropped_and_its_turn_is_carried_out(tmp_path: Path) -> None:
    image = Image.new("RGB", (200, 100), "navy")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "SecretCamera"
    cover = load(saved(tmp_path / "c.jpg", image, exif=exif))
    assert opened(cover).size == (100, 200)
    assert b"SecretCamera" not in cover.data
    assert not opened(cover).getexif()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "CMYK", "1", "I;16"])
def test_unusual_colours_are_made_plain(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    cover = load(saved(tmp_path / "cover", Image.new(mode, (50, 50)), format=kind))
    assert cover.media_type == "image/jpeg"
    assert opened(cover).mode == "RGB"


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    cover = load(saved(tmp_path / "c.png", Image.new("RGBA", (50, 50), (0, 0, 0, 0))))
    assert min(np.asarray(opened(cover)).min(axis=(0, 1))) > 250


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "neither a JPEG nor a PNG"),
        (b"GIF89a" + bytes(50), "neither a JPEG nor a PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a JPEG nor a PNG"),
        (bomb(9_000, 9_000), "more than 50 million pixels"),
        (bomb(10_000, 10_000), "more than 50 million pixels"),
        (bomb(60_000, 60_000), "more than 50 million pixels"),
        (bomb(100, 100), "damaged"),
        (bytes(33 * 2**20), "larger than 32 MiB"),
    ],
    ids=["empty", "gif", "svg", "large", "larger", "bomb", "cut", "heavy"],
)
def test_what_is_no_good_picture_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "c.png"
    file.write_bytes(data)
    with pytest.raises(OutputError, match=told) as caught:
        load(file)
    assert str(file) in str(caught.value)


def test_a_missing_picture_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be read"):
        load(tmp_path / "none.jpg")


def test_a_cut_jpeg_is_told(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), np.uint8)
    file = saved(tmp_path / "c.jpg", Image.fromarray(noise))
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(OutputError, match="damaged"):
        load(file)
