"""The picture that a player shows: the user's own, or a calm one made from the title."""

from __future__ import annotations

import functools
import hashlib
import io
import unicodedata
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

LARGEST_SIDE = 1_400
"""Pixels; a larger picture of the user's is made smaller."""

_LARGEST_FILE = 32 * 2**20  # bytes
_LARGEST_PICTURE = 50_000_000  # pixels; a small file can unpack to an enormous picture
_SIZE = 1_000  # pixels of a picture made from a title
ARTWORK_SIDE = 3_000
"""Pixels: the largest that podcast directories take; the smallest is 1400."""
_SIMPLE = ("RGB", "L")  # modes that every player shows rightly


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture as it stands in the file: ``data`` of ``media_type`` image/jpeg or image/png, size in pixels."""

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int

    @property
    def suffix(self) -> str:
        """What a file of it ends in."""
        return ".png" if self.media_type == "image/png" else ".jpg"


@dataclass(frozen=True, slots=True)
class DrawnCover:
    """The picture that :func:`generate` makes from a title, like a :class:`Cover` but made only when it is needed."""

    title: str
    subtitle: str = ""

    media_type: ClassVar[str] = "image/jpeg"
    suffix: ClassVar[str] = ".jpg"
    width: ClassVar[int] = _SIZE
    height: ClassVar[int] = _SIZE

    @property
    def data(self) -> bytes:
        return generate(self.title, self.subtitle).data


def load(path: Path, largest: int = LARGEST_SIDE) -> Cover:
    """A user's JPEG or PNG. One with a side of more than ``largest`` pixels, or that is rotated, transparent or has a
    camera's notes, is converted to a JPEG.

    A camera's notes (EXIF) can reveal where somebody lives, and players ignore the rotation in them.
    Raises OutputError when the file is missing, is no such picture, is damaged, or is far too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise OutputError(f"The cover {path} could not be read. Please check its name and permissions.") from error
    if len(data) > _LARGEST_FILE:
        raise OutputError(
            f"The cover {path} is larger than {_LARGEST_FILE >> 20} MiB. Please choose a smaller picture."
        )
    most = _LARGEST_PICTURE // 1_000_000
    too_many = f"The cover {path} has more than {most} million pixels. Please make it smaller first."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        with image:
            if image.width * image.height > _LARGEST_PICTURE:
                raise OutputError(too_many)
            image.load()
            plain = image.mode in _SIMPLE and not image.getexif() and "exif" not in image.info
            if plain and max(image.size) <= largest:
                kind = "image/png" if image.format == "PNG" else "image/jpeg"
                return Cover(data, kind, image.width, image.height)
            return _jpeg(_flattened(ImageOps.exif_transpose(image), largest))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise OutputError(too_many) from error
    except UnidentifiedImageError as error:
        raise OutputError(
            f"The cover {path} is neither a JPEG nor a PNG picture. Please choose one of those."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise OutputError(f"The cover {path} is damaged and can't be shown. Please choose another picture.") from error


def _flattened(image: Image, largest: int) -> Image:
    """Fitted into the ``largest`` size, transparency on white, in plain colours."""
    from PIL import Image as Images

    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Images.new("RGBA", image.size, "white")
        image = Images.alpha_composite(paper, image)
    image = image.convert("RGB")
    image.thumbnail((largest, largest), Images.Resampling.LANCZOS)
    return image


def _jpeg(image: Image) -> Cover:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85, subsampling=0, optimize=True)
    return Cover(file.getvalue(), "image/jpeg", image.width, image.height)


_PALETTES: tuple[tuple[str, str], ...] = (  # above, below
    ("#1d3b4f", "#6fa3a8"),
    ("#2b2f55", "#8f8ab8"),
    ("#3d2c4a", "#b98aa0"),
    ("#1f4a45", "#8fb79a"),
    ("#4a3436", "#c99a80"),
    ("#23405f", "#8fb0c9"),
    ("#33413a", "#a9b48c"),
    ("#41324f", "#9a93c4"),
)
_LETTERS = (250, 246, 238)
_RINGS = 7
_WATER = 500  # pixels; the water is so smooth that it is computed at a low resolution and enlarged
_ROWS = 20  # of the picture made together: they fit the processor's nearest memory
_LONGEST_TEXT = 200  # characters; no more than that can be read on a cover
_TEXT_WIDTH = 0.8  # of the picture
_LEADING = 1.22  # from row to row, in font sizes
_DASHES = str.maketrans("–—‐‑−\u00a0", "----- ")  # the font has the hyphen only


@functools.lru_cache(maxsize=4)
def generate(title: str, subtitle: str = "", *, size: int = _SIZE) -> Cover:
    """A square JPEG of ``size`` pixels: ripples on still water in a colour that belongs to the title, and its words.

    The same words give the same bytes. Words with characters that the built-in font lacks are left out, so that no
    empty boxes stand for them.
    """
    from PIL import Image as Images
    from PIL import ImageDraw

    above, below = _PALETTES[hashlib.sha256(title.encode("utf-8", "replace")).digest()[0] % len(_PALETTES)]
    water = Images.fromarray(_water(min(size, _WATER), _rgb(above), _rgb(below)), "RGB")
    image = water.resize((size, size), Images.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    bottom = _set_text(draw, title, size, top=0.11, height=0.37, sizes=(0.12, 0.105, 0.09, 0.075, 0.06))
    if bottom:
        _set_text(draw, subtitle, size, top=bottom + 0.03, height=0.1, sizes=(0.042, 0.036))
    return _jpeg(image)


def _rgb(colour: str) -> NDArray[np.float32]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.float32)


def _water(size: int, above: NDArray[np.float32], below: NDArray[np.float32]) -> NDArray[np.uint8]:
    """``(size, size, 3)``, made some rows at a time."""
    water = np.empty((size, size, 3), np.uint8)
    for top in range(0, size, _ROWS):
        bottom = min(top + _ROWS, size)
        water[top:bottom] = _water_rows(top, bottom, size, above, below)
    return water


def _water_rows(
    top: int, bottom: int, size: int, above: NDArray[np.float32], below: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Rows from ``top`` on. Only operations that IEEE 754 rounds the same everywhere, so that no machine differs."""
    across = (np.arange(size, dtype=np.float32) + 0.5)[np.newaxis, :] / size - 0.5
    down = (np.arange(top, bottom, dtype=np.float32) + 0.5)[:, np.newaxis] / size
    depth = down * down * (3.0 - 2.0 * down)
    colour = above + (below - above) * depth[..., np.newaxis]
    away = (down - 0.76) * 2.6  # seen from the side, circles on water are flat
    radius = np.sqrt(across * across + away * away)
    light = np.zeros((bottom - top, size), np.float32)
    for ring in range(_RINGS):
        middle, width = 0.05 + 0.085 * ring + 0.006 * ring * ring, 0.010 + 0.0022 * ring
        crest = np.clip(1.0 - np.abs(radius - middle) / width, 0.0, 1.0)
        trough = np.clip(1.0 - np.abs(radius - middle - 1.6 * width) / width, 0.0, 1.0)
        strength = 0.34 * (1.0 - ring / _RINGS)
        light += strength * (crest * crest * (3.0 - 2.0 * crest)) - 0.35 * strength * trough * trough
    glow = np.clip(1.0 - radius / 0.75, 0.0, 1.0)
    light += 0.16 * glow * glow
    lit = colour + (255.0 - colour) * np.clip(light, 0.0, 1.0)[..., np.newaxis]
    lit += colour * np.clip(light, -1.0, 0.0)[..., np.newaxis]
    return np.rint(lit).astype(np.uint8)


def _set_text(
    draw: ImageDraw, text: str, size: int, *, top: float, height: float, sizes: tuple[float, ...]
) -> float | None:
    """Sets the text in the largest of the sizes that fits the height; gives where it ends, None when nothing was set.

    All measures are shares of the picture's ``size``.
    """
    text = " ".join(unicodedata.normalize("NFC", text[:_LONGEST_TEXT]).translate(_DASHES).split())
    width = _TEXT_WIDTH * size
    for share in sizes:
        font = _font(round(share * size))
        if not text or not _has_glyphs(font, text):
            return None
        rows, most = _balanced(font, text, width), int(height / (share * _LEADING))
        if len(rows) <= most and all(font.getlength(row) <= width for row in rows):
            break
    rows = [*rows[: most - 1], " ".join(rows[most - 1 :])] if len(rows) > most else rows
    step = share * _LEADING
    for number, row in enumerate(rows):
        middle = (size / 2, (top + step * (number + 0.5)) * size)
        draw.text(middle, _shortened(font, row, width), fill=_LETTERS, font=font, anchor="mm")
    return top + step * len(rows)


def _font(size: int) -> FreeTypeFont:
    """Pillow's own font (Aileron): the same on every machine. It has ASCII and a few signs more."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # it is, where Pillow has FreeType, as all its wheels have
    return font


def _has_glyphs(font: FreeTypeFont, text: str) -> bool:
    """Whether the font has a shape of its own for every character; a missing one is drawn as an empty box."""
    box = bytes(font.getmask("\uffff"))
    return all(unicodedata.category(c)[0] != "C" and (c == " " or bytes(font.getmask(c)) != box) for c in set(text))


def _wrapped(font: FreeTypeFont, text: str, width: float) -> list[str]:
    rows: list[str] = []
    for word in text.split(" "):
        if rows and font.getlength(f"{rows[-1]} {word}") <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def _balanced(font: FreeTypeFont, text: str, width: float) -> list[str]:
    """As few rows as the width allows, and those of about the same length."""
    rows = _wrapped(font, text, width)
    for narrower in range(int(width), int(width / 3), -int(width / 40)):
        tried = _wrapped(font, text, narrower)
        if len(tried) > len(rows) or any(font.getlength(row) > narrower for row in tried):
            break
        rows = tried
    return rows


def _shortened(font: FreeTypeFont, row: str, width: float) -> str:
    if font.getlength(row) <= width:
        return row
    while row and font.getlength(f"{row}…") > width:
        row = row[:-1]
    return f"{row.rstrip()}…"
