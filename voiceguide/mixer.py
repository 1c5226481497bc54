"""Mixes a timeline: an iterator of blocks, each the sum of the clips and beds that sound in it.

Audio is float32 at 44.1 kHz, ``(frames, 2)``; positions are frames of the session. A block depends on the timeline
alone, not on the blocks before it, so a session can be mixed several times over, from any frame on, or in parts.
Clips come at the level they shall have (voice at :data:`~voiceguide.loudness.VOICE_LOUDNESS`, chimes below it); every
bus has a gain of its own on top, and the four stems sum to the mix.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import accumulate, islice
from threading import Lock
from typing import Generic, Protocol, TypeVar

import numpy as np

from voiceguide.loudness import Samples
from voiceguide.routine import Ducking, Levels, SoundRef
from voiceguide.timeline import Clip, ClipSource, Event, Timeline, Track
from voiceguide.units import SAMPLE_RATE, gain

BLOCK = SAMPLE_RATE
"""Frames of a block; a session's last block may be shorter."""

_KEPT_FRAMES = 60 * SAMPLE_RATE  # of sounds heard lately, kept because chimes and breath sounds repeat
_GUARD = SAMPLE_RATE // 100  # frames of fade where the session ends before a clip does


class BedSource(Protocol):
    """A background without an end, as loud as the voice."""

    def read(self, start: int, frames: int) -> Samples:
        """``frames`` frames from frame ``start`` of the bed's own time (0: it begins), a new array ``(frames, 2)``."""
        ...


class _Dips:
    """A ducked bed's gain over the session: known intervals, with a ramp before and after each."""

    def __init__(self, events: tuple[Event, ...], ducking: Ducking) -> None:
        lead, release = round(ducking.lead * SAMPLE_RATE), round(ducking.release * SAMPLE_RATE)
        self._down = _dip(ducking.depth_db, lead)
        self._up = _dip(ducking.depth_db, release)[::-1]
        self._floor = np.float32(gain(-ducking.depth_db))
        self._intervals: list[tuple[int, int]] = []
        for event in events:
            if event.kind != "speech":
                continue
            start, end = event.start, event.end
            if self._intervals and start < self._intervals[-1][1] + lead + release:
                before = self._intervals.pop()
                start, end = before[0], max(end, before[1])
            self._intervals.append((start, end))
        self._given_back = [end + release for _, end in self._intervals]

    def over(self, start: int, frames: int) -> Samples:
        """The gain of each frame, ``(frames,)``, or, ``(1,)``, the one gain of them all."""
        first = bisect_right(self._given_back, start)
        last = first
        while last < len(self._intervals) and self._intervals[last][0] - len(self._down) < start + frames:
            last += 1
        if first == last:
            return np.ones(1, np.float32)
        if self._intervals[first][0] <= start and start + frames <= self._intervals[first][1]:
            return np.full(1, self._floor)
        gains = np.ones(frames, np.float32)
        for ducked, end in self._intervals[first:last]:
            _paste(gains, self._down, ducked - len(self._down) - start)
            gains[max(0, ducked - start) : max(0, end - start)] = self._floor
            _paste(gains, self._up, end - start)
        return gains


def _dip(depth_db: float, frames: int) -> Samples:
    """A ramp from 1 to ``depth_db`` below, a raised cosine in dB: no corner where it begins or ends."""
    course = (1 - np.cos(np.pi * (np.arange(frames) + 0.5) / max(1, frames))) / 2
    return (10.0 ** (-depth_db / 20 * course)).astype(np.float32)


def _paste(onto: Samples, piece: Samples, at: int) -> None:
    """Writes ``piece`` from index ``at`` on, which may be negative; what lies outside is left away."""
    first, last = max(0, at), min(len(onto), at + len(piece))
    if first < last:
        onto[first:last] = piece[first - at : last - at]


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A clip on the session's frames ``start`` up to ``end``."""

    start: int
    end: int
    clip: Clip

    @classmethod
    def of(cls, event: Event, clip: Clip, session: int) -> PlacedClip:
        room = session - event.start
        if clip.frames > room:
            clip = replace(clip, frames=room, fade_out=min(max(clip.fade_out, _GUARD), room))
        return cls(event.start, event.start + clip.frames, clip)

    def add_to(self, block: Samples, start: int, samples: Samples) -> None:
        """Adds what sounds from frame ``start`` of the session on; ``samples`` is all of the clip's source."""
        first = max(self.start, start)
        last = min(self.end, start + len(block), self.start + len(samples))
        if first >= last:
            return
        piece = samples[first - self.start : last - self.start]
        if self.clip.level:
            piece = piece * np.float32(gain(self.clip.level))
        into_fade = last - (self.end - self.clip.fade_out)
        if into_fade > 0:
            piece = _faded(piece, self.clip.fade_out, into_fade)
        onto = block[first - start : last - start]
        if piece.ndim == 2:
            onto += piece
        else:
            onto[:, 0] += piece
            onto[:, 1] += piece


def _faded(piece: Samples, fade: int, reached: int) -> Samples:
    """``piece`` under a raised-cosine fade to silence of ``fade`` frames, ``reached`` of which lie before its end."""
    count = min(reached, len(piece))
    course = (np.arange(reached - count, reached) + 0.5) / fade
    gains = ((1 + np.cos(np.pi * course)) / 2).astype(np.float32)
    piece = piece.copy()
    piece[-count:] *= gains[:, np.newaxis] if piece.ndim == 2 else gains
    return piece


@dataclass(frozen=True, slots=True)
class PlacedBed:
    """A bed event. ``origin`` is the frame of the session where the bed's own time begins.

    Two different sounds cross with equal power; one bed that only changes its level crosses into itself (the samples
    are the same), with gains that sum to 1: ``joins`` and ``leads_on`` tell at which end that is so.
    """

    event: Event
    source: SoundRef
    origin: int
    joins: bool
    leads_on: bool

    @property
    def start(self) -> int:
        return self.event.start

    @property
    def end(self) -> int:
        return self.event.end

    def sound(self, first: int, last: int, bed: BedSource, dips: _Dips) -> Samples:
        """The session's frames ``first`` up to ``last``, within which it sounds."""
        gains = dips.over(first, last - first) * np.float32(gain(self.event.level))
        since_start, until_end = first - self.start, self.end - last
        if since_start < self.event.fade_in or until_end < self.event.fade_out:
            gains = np.ones(last - first, np.float32) * gains
            _rise(gains, since_start, self.event.fade_in, self.joins)
            _rise(gains[::-1], until_end, self.event.fade_out, self.leads_on)
        samples = bed.read(first - self.origin, last - first)
        both = samples.view(np.complex64)[:, 0]  # the two channels as one number a frame: gains work much faster
        both *= gains
        return samples


def _rise(gains: Samples, since: int, fade: int, squared: bool) -> None:
    """Lets ``gains``, which begin ``since`` frames into a fade from silence, follow it: a sine, or its square."""
    count = min(fade - since, len(gains))
    if count <= 0:
        return
    course = np.sin(np.pi / 2 * (np.arange(since, since + count) + 0.5) / fade)
    gains[:count] *= (course**2 if squared else course).astype(np.float32)


def placed_clips(timeline: Timeline, bus: Track | None, levels: Levels) -> Iterator[PlacedClip]:
    """The clips that sound, of one ``bus`` or of all: at their buses' levels, and none beyond the session's end."""
    for event, clip in timeline.sounding():
        if bus in (None, event.track) and event.start < timeline.frames:
            clip = replace(clip, level=clip.level + getattr(levels, event.track))
            yield PlacedClip.of(event, clip, timeline.frames)


def placed_beds(timeline: Timeline, bus: Track | None, levels: Levels) -> list[PlacedBed]:
    """The beds likewise."""
    placed: list[PlacedBed] = []
    for event in timeline.events:
        source = event.bed
        if source is None or bus not in (None, event.track) or event.start >= timeline.frames:
            continue
        event = replace(event, end=min(event.end, timeline.frames), level=event.level + levels.bed)
        before = placed[-1] if placed else None
        joins = before is not None and before.source == source and before.end >= event.start
        origin = event.start
        if before is not None and joins:
            origin = before.origin
            placed[-1] = replace(before, leads_on=True)
        placed.append(PlacedBed(event, source, origin, joins, leads_on=False))
    return placed


class _Fetched:
    """The samples of the clips that sound now, and of some sounds heard lately. Asked by one thread at a time."""

    def __init__(self, clips: Callable[[ClipSource], Samples]) -> None:
        self._clips = clips
        self._lock = Lock()
        self._lately: OrderedDict[ClipSource, Samples] = OrderedDict()
        self._frames = 0

    def __call__(self, source: ClipSource) -> Samples:
        with self._lock:
            if source in self._lately:
                self._lately.move_to_end(source)
                return self._lately[source]
            samples = self._clips(source)
            self._lately[source] = samples
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
    """What has been placed on a timeline, in order of start, to be looked up from any frame."""

    def __init__(self, items: Iterable[_Item]) -> None:
        self.items: Sequence[_Item] = tuple(items)
        self._ends = list(accumulate((item.end for item in self.items), max))  # of it and all before it

    def since(self, frame: int) -> Iterator[_Item]:
        """What sounds at ``frame`` or later."""
        first = bisect_right(self._ends, frame)
        return (item for item in islice(self.items, first, None) if item.end > frame)


class _Sounding(Generic[_Item, _Opened]):
    """Goes along with the blocks: opens what has been placed when its first block comes, lets it go after its last."""

    def __init__(self, placed: Iterator[_Item], open_: Callable[[_Item], _Opened]) -> None:
        self._coming: Iterator[_Item] = placed
        self._next: _Item | None = next(self._coming, None)
        self._open: Callable[[_Item], _Opened] = open_
        self._now: list[tuple[_Item, _Opened]] = []

    def over(self, first: int, after: int) -> list[tuple[_Item, _Opened]]:
        """What sounds in frames ``first`` up to ``after``, in order of start; blocks are asked for in order."""
        self._now = [(item, opened) for item, opened in self._now if item.end > first]
        while self._next is not None and self._next.start < after:
            self._now.append((self._next, self._open(self._next)))
            self._next = next(self._coming, None)
        return self._now


@dataclass(frozen=True)
class Mixer:
    """Mixes ``timeline``.

    ``clips`` gives the samples of a clip's source, ``(frames,)`` for both channels alike or ``(frames, 2)``; it is
    asked when the clip's first block is due, and the samples are let go after its last. ``beds`` gives a bed's
    source, and is asked once for each while mixing. ``levels`` are the buses' gains. What either raises comes through
    :meth:`blocks`. Several threads may mix at the same time: they ask for clips and beds one at a time, and only read
    beds side by side.
    """

    timeline: Timeline
    clips: Callable[[ClipSource], Samples]
    beds: Callable[[SoundRef], BedSource]
    ducking: Ducking = field(default_factory=Ducking)
    levels: Levels = field(default_factory=Levels)
    _fetched: _Fetched = field(init=False, repr=False, compare=False)
    _opened: Callable[[SoundRef], BedSource] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fetched", _Fetched(self.clips))
        object.__setattr__(self, "_opened", _one_at_a_time(cache(self.beds)))

    @property
    def frames(self) -> int:
        """The session's length."""
        return self.timeline.frames

    def blocks(self, start: int = 0, stop: int | None = None, bus: Track | None = None) -> Iterator[Samples]:
        """The mix from frame ``start`` up to ``stop`` (the end) in blocks of :data:`BLOCK`; of one ``bus`` alone if it
        is given.

        Each block is a new array ``(frames, 2)``; together they have ``stop - start`` frames.
        """
        stop = self.frames if stop is None else min(stop, self.frames)
        clips = _Sounding(self._clips(bus).since(start), lambda placed: self._fetched(placed.clip.source))
        beds = _Sounding(self._beds(bus).since(start), lambda placed: self._opened(placed.source))
        for first in range(start, stop, BLOCK):
            after = min(first + BLOCK, stop)
            block = self._background(beds.over(first, after), first, after)
            for clip, samples in clips.over(first, after):
                clip.add_to(block, first, samples)
            yield block

    def _background(self, beds: Iterable[tuple[PlacedBed, BedSource]], first: int, after: int) -> Samples:
        """What the beds sound like from frame ``first`` up to ``after``, in a new array."""
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
    def _dips(self) -> _Dips:
        return _Dips(self.timeline.events, self.ducking)

    @cached_property
    def _clips(self) -> Callable[[Track | None], _Placed[PlacedClip]]:
        return cache(lambda bus: _Placed(placed_clips(self.timeline, bus, self.levels)))

    @cached_property
    def _beds(self) -> Callable[[Track | None], _Placed[PlacedBed]]:
        return cache(lambda bus: _Placed(placed_beds(self.timeline, bus, self.levels)))
