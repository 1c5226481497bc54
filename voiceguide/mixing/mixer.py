"""Mixes a timeline into blocks, each the sum of the clips and beds that sound in it.

Audio is float32 at 44.1 kHz, ``(frames, 2)``; positions are frames of the session. A block depends on the timeline
alone, not on the blocks before it, so a session can be mixed several times, from any frame on, or in parts.
Sources are levelled before they come here (voice at :data:`~voiceguide.mix_levels.VOICE_LOUDNESS`, chimes below
it); every bus adds a gain of its own, and the four stems sum to the mix.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import accumulate, islice
from threading import Lock
from typing import Generic, Protocol, TypeVar

import numpy as np

from voiceguide.audio.envelope import Envelope
from voiceguide.audio.rooms import Room
from voiceguide.audio.stream import Samples
from voiceguide.mixing.ducking import Dips
from voiceguide.mixing.placing import Arrangement, BedSource, PlacedBed, PlacedClip, arrange
from voiceguide.routine import SoundRef
from voiceguide.sound_settings import Ducking, Levels
from voiceguide.timeline import ClipSource, Timeline, Track
from voiceguide.units import SAMPLE_RATE

BLOCK = SAMPLE_RATE
"""Frames of a block; a session's last block may be shorter."""

_KEPT_FRAMES = 60 * SAMPLE_RATE  # of recently used sounds, cached because chimes and breath sounds repeat


class Sources(Protocol):
    """The samples of clips and beds."""

    def samples(self, source: ClipSource) -> Samples:
        """All of a clip's source: ``(frames,)`` for both channels alike, or ``(frames, 2)``."""
        ...

    def envelope(self, source: ClipSource) -> Envelope:
        """The envelope of the same samples."""
        ...

    def bed(self, ref: SoundRef) -> BedSource:
        """The bed that a reference names."""
        ...


class _Fetched:
    """The sound of placed clips, whose samples are read one thread at a time; those used recently are cached."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lock = Lock()
        self._lately: OrderedDict[Hashable, Samples] = OrderedDict()
        self._frames = 0

    def __call__(self, placed: PlacedClip) -> Samples:
        sounding = placed.sounding
        with self._lock:
            if sounding in self._lately:
                self._lately.move_to_end(sounding)
                return self._lately[sounding]
            samples = placed.sound(self._sources.samples(placed.clip.source))
            self._lately[sounding] = samples
            self._frames += len(samples)
            while self._frames > _KEPT_FRAMES:
                self._frames -= len(self._lately.popitem(last=False)[1])
            return samples


def _one_at_a_time(open_: Callable[[SoundRef], BedSource]) -> Callable[[SoundRef], BedSource]:
    lock = Lock()

    def opened(source: SoundRef) -> BedSource:
        with lock:
            return open_(source)

    return opened


_Item = TypeVar("_Item", PlacedClip, PlacedBed)
_Opened = TypeVar("_Opened")


class _Placed(Generic[_Item]):
    """Placed clips or beds in order of start, to be looked up from any frame."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self.items: Sequence[_Item] = tuple(items)
        self._ends = list(accumulate((item.end for item in self.items), max))  # the latest up to and with each item

    def since(self, frame: int) -> Iterator[_Item]:
        """What sounds at ``frame`` or later."""
        first = bisect_right(self._ends, frame)
        return (item for item in islice(self.items, first, None) if item.end > frame)


class _Sounding(Generic[_Item, _Opened]):
    """The items that sound in each block: opened for the first block that they sound in, released after the last."""

    def __init__(self, placed: Iterator[_Item], open_: Callable[[_Item], _Opened]) -> None:
        self._coming: Iterator[_Item] = placed
        self._next: _Item | None = next(self._coming, None)
        self._open: Callable[[_Item], _Opened] = open_
        self._now: list[tuple[_Item, _Opened]] = []

    def over(self, first: int, after: int) -> list[tuple[_Item, _Opened]]:
        """What sounds in frames ``first`` up to ``after``, in order of start; call it for one block after another."""
        self._now = [(item, opened) for item, opened in self._now if item.end > first]
        while self._next is not None and self._next.start < after:
            self._now.append((self._next, self._open(self._next)))
            self._next = next(self._coming, None)
        return self._now


@dataclass(frozen=True)
class Mixer:
    """Mixes ``timeline``.

    A clip's samples are read from ``sources`` with its first block and released after its last; a bed is opened once.
    Exceptions of ``sources`` pass through :meth:`blocks`. ``levels`` are the buses' gains in dB, ``room`` is the one
    that the voice sounds in; ``arrangement`` is the timeline with them. Several threads may mix at the same time: they
    fetch clips and open beds one at a time, and only read beds concurrently.
    """

    timeline: Timeline
    sources: Sources
    ducking: Ducking = field(default_factory=Ducking)
    levels: Levels = field(default_factory=Levels)
    room: Room | None = None
    arrangement: Arrangement = field(init=False, repr=False, compare=False)
    _fetched: _Fetched = field(init=False, repr=False, compare=False)
    _opened: Callable[[SoundRef], BedSource] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "arrangement", arrange(self.timeline, self.levels, self.room))
        object.__setattr__(self, "_fetched", _Fetched(self.sources))
        object.__setattr__(self, "_opened", _one_at_a_time(cache(self.sources.bed)))

    @property
    def frames(self) -> int:
        """The session's length."""
        return self.arrangement.frames

    def blocks(self, start: int = 0, stop: int | None = None, bus: Track | None = None) -> Iterator[Samples]:
        """The mix from frame ``start`` up to ``stop`` (the end) in blocks of :data:`BLOCK`; of one ``bus`` alone if it
        is given.

        Each block is a new array ``(frames, 2)``; together they have ``stop - start`` frames.
        """
        stop = self.frames if stop is None else min(stop, self.frames)
        clips = _Sounding(self._clips(bus).since(start), self._fetched)
        beds = _Sounding(self._beds(bus).since(start), lambda placed: self._opened(placed.source))
        for first in range(start, stop, BLOCK):
            after = min(first + BLOCK, stop)
            block = self._background(beds.over(first, after), first, after)
            for clip, samples in clips.over(first, after):
                clip.add_to(block, first, samples)
            yield block

    def _background(self, beds: Iterable[tuple[PlacedBed, BedSource]], first: int, after: int) -> Samples:
        """The sum of the beds from frame ``first`` up to ``after``, in a new array."""
        block: Samples | None = None
        for bed, source in beds:
            begin, end = max(bed.start, first), min(bed.end, after)
            sound = bed.sound(begin, end, source, self._dips)
            if block is None and len(sound) == after - first:
                block = sound
            else:
                block = np.zeros((after - first, 2), np.float32) if block is None else block
                block[begin - first : end - first] += sound
        return np.zeros((after - first, 2), np.float32) if block is None else block

    @cached_property
    def _dips(self) -> Dips:
        return Dips(self.arrangement.speech, self.ducking)

    @cached_property
    def _clips(self) -> Callable[[Track | None], _Placed[PlacedClip]]:
        return cache(lambda bus: _Placed(self.arrangement.of(bus).clips))

    @cached_property
    def _beds(self) -> Callable[[Track | None], _Placed[PlacedBed]]:
        return cache(lambda bus: _Placed(self.arrangement.of(bus).beds))
