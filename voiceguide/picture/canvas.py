"""A frame of a film while it is drawn: shapes and words laid over a backdrop, as planes of Y'CbCr."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceguide.picture.lettering import font, rows_of

Mask = NDArray[np.float32]
Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

_LEADING = 1.3  # from row to row, in font sizes
_MOST_ROWS = 3
_ACROSS = 0.82  # of the picture's width that words may take
_DARKER = 0.42  # the backdrop's share of the cover's light: the words on it are read easily
_BLUR, _SMALLER = 60.0, 4  # pixels of the frame, and how many of them are one while it is blurred
_FRAMED = (640, 130)  # pixels: the cover's longer side, and its upper edge, on the backdrop
_KR, _KB = 0.2126, 0.0722  # of BT.709


@dataclass(frozen=True, slots=True)
class Words:
    """Text in the middle of a picture between two of its ``rows``, at a size in pixels, or smaller if it is long."""

    text: str
    rows: tuple[int, int]
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """What covers a part of a picture, from 0 to 1: ``full`` ``(h, w)`` whose upper left pixel is at ``(x, y)``, and
    ``half``, the same at half the size. All of its places and sizes are even."""

    x: int
    y: int
    full: Mask
    half: Mask

    @classmethod
    def of(cls, x: int, y: int, full: Mask) -> Patch:
        height, width = full.shape
        half = full.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3), dtype=np.float32)
        return cls(x, y, full, half)


class Disc:
    """Circles around one ``middle``, of radii up to ``largest`` pixels."""

    def __init__(self, middle: tuple[int, int], largest: int) -> None:
        reach = largest + largest % 2
        self._x, self._y = middle[0] - reach, middle[1] - reach
        side = np.arange(-reach, reach, dtype=np.float32) + np.float32(0.5)
        self._away = np.hypot(side[:, np.newaxis], side[np.newaxis, :])
        side = side.reshape(-1, 2).mean(axis=1)
        self._away_half = np.hypot(side[:, np.newaxis], side[np.newaxis, :])

    def filled(self, radius: float) -> Patch:
        return Patch(
            self._x,
            self._y,
            np.clip(np.float32(radius + 0.5) - self._away, 0, 1),
            np.clip((np.float32(radius + 1) - self._away_half) / 2, 0, 1),
        )

    def ring(self, radius: float, width: float) -> Patch:
        return Patch.of(self._x, self._y, np.clip(np.float32(width) - np.abs(self._away - np.float32(radius)), 0, 1))


class Canvas:
    """A picture of ``width`` by ``height`` pixels, both even. ``frame``: ``(height * 3 / 2, width)`` uint8."""

    def __init__(self, width: int, height: int) -> None:
        self.frame = np.zeros((height * 3 // 2, width), np.uint8)
        self._width, self._height = width, height
        self._luma = self.frame[:height]
        chroma = self.frame[height:].reshape(2, height // 2, width // 2)
        self._blue, self._red = chroma[0], chroma[1]

    def lay(self, planes: NDArray[np.uint8]) -> None:
        """Covers everything with another frame."""
        np.copyto(self.frame, planes)

    def paint(self, patch: Patch, colour: Colour, strength: float) -> None:
        """Blends a colour over the picture, by the patch and so much of it."""
        luma, blue, red = _ycc(np.array(colour, np.float32))
        height, width = patch.full.shape
        _blend(self._luma[patch.y : patch.y + height, patch.x : patch.x + width], patch.full, luma, strength)
        x, y, height, width = patch.x // 2, patch.y // 2, height // 2, width // 2
        _blend(self._blue[y : y + height, x : x + width], patch.half, blue, strength)
        _blend(self._red[y : y + height, x : x + width], patch.half, red, strength)

    def write(self, words: Words, colour: Colour) -> None:
        self.paint(_lettered(words, self._width), colour, 1.0)


def _blend(plane: NDArray[np.uint8], mask: Mask, value: float, strength: float) -> None:
    there = plane.astype(np.float32)
    there += (np.float32(value) - there) * (mask * np.float32(strength))
    plane[:] = np.rint(there)


@functools.lru_cache(maxsize=6)  # the title, the phase and the line come again with every frame of a moving circle
def _lettered(words: Words, width: int) -> Patch:
    from PIL import Image, ImageDraw

    top, bottom = words.rows
    most = max(1, min(_MOST_ROWS, int((bottom - top) / (words.size * _LEADING))))
    size, rows = rows_of(words.text, words.size, int(_ACROSS * width), most)
    left = int((1 - _ACROSS) * width / 2) // 2 * 2
    image = Image.new("L", (width - 2 * left, bottom - top))
    draw = ImageDraw.Draw(image)
    step = size * _LEADING
    first = (bottom - top - step * len(rows)) / 2
    for number, row in enumerate(rows):
        draw.text((image.width / 2, first + step * (number + 0.5)), row, fill=255, font=font(size), anchor="mm")
    return Patch.of(left, top, np.asarray(image, np.float32) / np.float32(255))


def backdrop(cover: bytes, width: int, height: int, *, framed: bool) -> NDArray[np.uint8]:
    """A frame that the cover fills, dark and blurred; ``framed``: with the cover itself on it."""
    from PIL import Image, ImageFilter, ImageOps

    picture = Image.open(io.BytesIO(cover), formats=("JPEG", "PNG")).convert("RGB")
    size = (width // _SMALLER, height // _SMALLER)  # what is blurred needs no more
    filled = ImageOps.fit(picture, size).filter(ImageFilter.GaussianBlur(_BLUR / _SMALLER))
    ground = filled.resize((width, height)).point([round(level * _DARKER) for level in range(256)] * 3)
    if framed:
        side, top = _FRAMED
        scale = side / max(picture.size)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        shown = picture.resize(size, Image.Resampling.LANCZOS)
        ground.paste(shown, ((width - shown.width) // 2, top + (side - shown.height) // 2))
    return _planes(np.asarray(ground, np.float32))


def _ycc(rgb: NDArray[np.float32]) -> tuple[float, float, float]:
    luma, blue, red = _converted(rgb)
    return float(luma), float(blue), float(red)


def _converted(rgb: NDArray[np.float32]) -> tuple[NDArray[np.floating[Any]], ...]:
    """Y', Cb and Cr (ITU-R BT.709, limited range) of colours, ``(..., 3)`` of 0 to 255."""
    red, green, blue = rgb[..., 0] / 255, rgb[..., 1] / 255, rgb[..., 2] / 255
    luma = _KR * red + (1 - _KR - _KB) * green + _KB * blue
    return (
        16 + 219 * luma,
        128 + 224 * (blue - luma) / (2 * (1 - _KB)),
        128 + 224 * (red - luma) / (2 * (1 - _KR)),
    )


def _planes(rgb: NDArray[np.float32]) -> NDArray[np.uint8]:
    """A picture ``(h, w, 3)`` as a frame."""
    height, width, _ = rgb.shape
    luma, *chroma = _converted(rgb)
    halves = [plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)) for plane in chroma]
    frame = np.empty((height * 3 // 2, width), np.uint8)
    frame[:height] = np.rint(luma)
    frame[height:] = np.rint(np.stack(halves)).reshape(-1, width)
    return frame
