"""A session as a film: frame after frame, with the cover or a circle that breathes, the chapter and the words.

Every frame is drawn when it is asked for and none is held, so that a film of any length needs the memory of a few. A
frame is planar Y'CbCr with 4:2:0 subsampling in the limited range of ITU-R BT.709, 8 bits, as encoders take it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voiceguide.languages import phase_words
from voiceguide.picture.canvas import Canvas, Disc, Words, backdrop
from voiceguide.picture.lettering import letterable
from voiceguide.picture.scenes import Scene
from voiceguide.timeline import Event, Timeline
from voiceguide.units import SAMPLE_RATE

WIDTH, HEIGHT = 1_920, 1_080
"""Pixels."""

FPS = 25
"""Frames of the film a second; one of them is a whole number of the session's: 1,764."""

_STEP = SAMPLE_RATE // FPS
_LINGERS = 3 * SAMPLE_RATE // 2  # frames that a line stays after its end, unless the next one comes
_PAUSE = 4 * SAMPLE_RATE  # frames without a breath after which the circle goes
_SMALL, _LARGE = 120.0, 330.0  # pixels: the circle's radius with empty and with full lungs
_MIDDLE = (WIDTH // 2, 440)
_PARTS = 4  # of a pixel, to which the radius is rounded
_LIGHT = (244, 240, 230)
_WRITING = (((36, 92), 34), ((400, 480), 48), ((850, 1_050), 46))
"""Between which rows of the picture title, phase and words stand, and their size; pixels."""


class _Span(NamedTuple):
    start: int
    end: int
    text: str


class _Breath(NamedTuple):
    """A phase of a breath: how full it is at its start and its end (0 to 1)."""

    start: int
    end: int
    low: float
    high: float
    name: str


class _Look(NamedTuple):
    """All that one frame shows; frames of one look are the same picture. ``size``: the radius in parts of a pixel,
    None without a circle."""

    title: str
    words: str
    phase: str
    size: int | None


@dataclass(frozen=True)
class Film:
    """A session as a film. ``cover`` is a JPEG or PNG picture; ``unwritten`` are the lines whose letters the font
    lacks: they are not shown, rather than as empty boxes."""

    timeline: Timeline
    cover: bytes
    scene: Scene = "auto"

    @property
    def frames(self) -> int:
        """How many pictures it has: less than one of them shorter than the session, and never longer, but one at
        least."""
        return max(1, self.timeline.frames // _STEP)

    @cached_property
    def unwritten(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(span.text for span in self._lines if not letterable(span.text)))

    def pictures(self) -> Iterator[NDArray[np.uint8]]:
        """The frames in order, ``(1620, 1920)`` uint8: the rows of Y', then those of Cb and Cr at half the size. The
        array is used again for the next one."""
        canvas, before = Canvas(WIDTH, HEIGHT), None
        plain = backdrop(self.cover, WIDTH, HEIGHT, framed=False)
        framed = backdrop(self.cover, WIDTH, HEIGHT, framed=True)
        disc = Disc(_MIDDLE, round(_LARGE) + 2)
        ring = disc.ring(_LARGE, 2.0)
        for number in range(self.frames):
            look = self._look(number * _STEP + _STEP // 2)
            if look != before:
                canvas.lay(framed if look.size is None else plain)
                if look.size is not None:
                    canvas.paint(ring, _LIGHT, 0.35)
                    canvas.paint(disc.filled(look.size / _PARTS), _LIGHT, 0.5)
                _write(canvas, look)
                before = look
            yield canvas.frame

    def _look(self, at: int) -> _Look:
        """What is seen at a frame of the session."""
        title, words = _at(self._titles, at), _at(self._lines, at)
        phase, size = "", None
        if any(start <= at < end for start, end in self._breathing):
            index = bisect_right(self._starts, at) - 1
            breath = self._breaths[index] if index >= 0 else None
            full = _fullness(breath, at)
            size = round((_SMALL + (_LARGE - _SMALL) * full) * _PARTS)
            phase = breath.name if breath is not None and at < breath.end and letterable(breath.name) else ""
        if not letterable(words) or words.casefold().rstrip(".") == phase.casefold():
            words = ""
        return _Look(title, words, phase, size)

    @cached_property
    def _titles(self) -> tuple[_Span, ...]:
        chapters = self.timeline.chapters
        return tuple(_Span(c.start, c.end, c.title if letterable(c.title) else "") for c in chapters)

    @cached_property
    def _lines(self) -> tuple[_Span, ...]:
        spoken = [event for event in self.timeline.events if event.kind == "speech" and event.text]
        after = [*(event.start for event in spoken[1:]), self.timeline.frames]
        return tuple(
            _Span(event.start, min(event.end + _LINGERS, following), " ".join((event.text or "").split()))
            for event, following in zip(spoken, after, strict=False)
        )

    @cached_property
    def _breaths(self) -> tuple[_Breath, ...]:
        events = [event for event in self.timeline.events if event.kind == "breath" and event.phase]
        return tuple(_breaths(events, self.timeline.language))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(breath.start for breath in self._breaths)

    @cached_property
    def _breathing(self) -> tuple[tuple[int, int], ...]:
        """The stretches in which the circle is seen."""
        if self.scene != "auto":
            return ((0, self.timeline.frames),) if self.scene == "circle" else ()
        ends = (0, *(breath.end for breath in self._breaths))
        found: list[tuple[int, int]] = []
        for breath, before in zip(self._breaths, ends, strict=False):
            if found and breath.start - before < _PAUSE:
                found[-1] = found[-1][0], breath.end
            else:
                found.append((breath.start, breath.end))
        return tuple(found)


def _write(canvas: Canvas, look: _Look) -> None:
    for text, (rows, size) in zip((look.title, look.phase, look.words), _WRITING, strict=True):
        if text:
            canvas.write(Words(text, rows, size), _LIGHT)


def _at(spans: Sequence[_Span], at: int) -> str:
    index = bisect_right(spans, at, key=lambda span: span.start) - 1
    return spans[index].text if index >= 0 and at < spans[index].end else ""


def _fullness(breath: _Breath | None, at: int) -> float:
    """How full the lungs are: a raised cosine from the phase's start to its end, then as it was there."""
    if breath is None:
        return 0.0
    share = min(1.0, (at - breath.start) / max(1, breath.end - breath.start))
    return breath.low + (breath.high - breath.low) * (1 - math.cos(math.pi * share)) / 2


def _breaths(events: Sequence[Event], language: str) -> Iterator[_Breath]:
    """The phases with their fullness. A double inhale shares one rise, as in the timeline's picture."""
    words = phase_words(language)
    full = 0.0
    for (phase, _), run in groupby(events, key=lambda event: (event.phase, event.cycle)):
        same, low = tuple(run), full
        full = {"in": 1.0, "out": 0.0}.get(phase or "", low)
        first, last = same[0].start, same[-1].end
        edges = [*(event.start for event in same), last]
        reached = [low + (full - low) * (edge - first) / max(1, last - first) for edge in edges]
        for number, (event, (begin, end)) in enumerate(zip(same, pairwise(reached), strict=True)):
            name = words.of(event.phase, again=number > 0) if words and event.phase else phase or ""
            yield _Breath(event.start, event.end, begin, end, name)
