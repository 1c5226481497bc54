"""A timeline arranged for mixing: its clips and beds on the session's frames, with their levels and fades.

:func:`arrange` gives the frozen :class:`Arrangement` from which the mixer mixes and the forecast computes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from voiceguide.audio.rooms import Room, in_room
from voiceguide.audio.stream import Samples
from voiceguide.mixing.ducking import Dips
from voiceguide.routine import SoundRef
from voiceguide.sound_settings import Levels
from voiceguide.timeline import Clip, ClipSource, Event, Timeline, Track
from voiceguide.units import SAMPLE_RATE, gain

_GUARD = SAMPLE_RATE // 100  # frames of fade where the session ends before a clip does


class BedSource(Protocol):
    """An endless background, levelled to the loudness of the voice."""

    def read(self, start: int, frames: int) -> Samples:
        """``frames`` frames from frame ``start`` of the bed's own time (0: it begins), a new array ``(frames, 2)``."""
        ...


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A clip of the bus ``bus`` on the session's frames ``start`` up to ``end``, in which it may ring on in a
    ``room``."""

    start: int
    end: int
    bus: Track
    clip: Clip
    room: Room | None = None

    @classmethod
    def of(cls, event: Event, clip: Clip, session: int, room: Room | None = None) -> PlacedClip:
        """``clip`` where ``event`` starts, cut and faded where the session, ``session`` frames long, ends first."""
        left = session - event.start
        if clip.frames > left:
            clip = replace(clip, frames=left, fade_out=min(max(clip.fade_out, _GUARD), left))
        end = min(event.start + clip.frames + (room.tail if room else 0), session)
        return cls(event.start, end, event.track, clip, room)

    @property
    def sounding(self) -> tuple[ClipSource, int, int] | ClipSource:
        """What :meth:`sound` follows from."""
        return self.clip.source if self.room is None else (self.clip.source, self.clip.frames, self.clip.fade_out)

    def sound(self, samples: Samples) -> Samples:
        """The sound that is added, of all the ``samples`` of the clip's source; in a room with its fade."""
        if self.room is None:
            return samples
        dry, fade = samples[: self.clip.frames], self.clip.fade_out
        reached = fade - (self.clip.frames - len(dry))
        return in_room(_faded(dry, fade, reached) if reached > 0 else dry, self.room)

    @property
    def fade_out(self) -> int:
        """Frames of fade at the end of the sound."""
        if self.room is None:
            return self.clip.fade_out
        rings_out = self.end == self.start + self.clip.frames + self.room.tail
        return 0 if rings_out else min(_GUARD, self.end - self.start)

    def add_to(self, block: Samples, start: int, samples: Samples) -> None:
        """Adds the clip to ``block``, ``(frames, 2)``, which begins at frame ``start`` of the session; ``samples`` is
        its :meth:`sound`."""
        first = max(self.start, start)
        last = min(self.end, start + len(block), self.start + len(samples))
        if first >= last:
            return
        piece = samples[first - self.start : last - self.start]
        if self.clip.level:
            piece = piece * np.float32(gain(self.clip.level))
        into_fade = last - (self.end - self.fade_out)
        if into_fade > 0:
            piece = _faded(piece, self.fade_out, into_fade)
        onto = block[first - start : last - start]
        if piece.ndim == 2:
            onto += piece
        else:
            onto[:, 0] += piece
            onto[:, 1] += piece


def _faded(piece: Samples, fade: int, reached: int) -> Samples:
    """``piece`` under a raised-cosine fade to silence of ``fade`` frames, of which ``reached`` lie before its end."""
    count = min(reached, len(piece))
    course = (np.arange(reached - count, reached) + 0.5) / fade
    gains = ((1 + np.cos(np.pi * course)) / 2).astype(np.float32)
    piece = piece.copy()
    piece[-count:] *= gains[:, np.newaxis] if piece.ndim == 2 else gains
    return piece


@dataclass(frozen=True, slots=True)
class PlacedBed:
    """A bed event. ``origin`` is the frame of the session where the bed's own time begins.

    Two different sounds are crossfaded with equal power. A bed that only changes its level is crossfaded with itself
    (the samples are the same), with gains that sum to 1: ``joins`` at its start, ``leads_on`` at its end.
    """

    event: Event
    source: SoundRef
    origin: int
    joins: bool
    leads_on: bool

    @property
    def start(self) -> int:
        """The session's frame at which it begins to sound."""
        return self.event.start

    @property
    def end(self) -> int:
        """The frame after its last."""
        return self.event.end

    @property
    def bus(self) -> Track:
        return self.event.track

    def sound(self, first: int, last: int, bed: BedSource, dips: Dips) -> Samples:
        """Its samples, ``(last - first, 2)``, for the session's frames ``first`` up to ``last``, all within its own."""
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
    """Multiplies ``gains``, which begin ``since`` frames into a fade from silence, by a sine, or by its square."""
    count = min(fade - since, len(gains))
    if count <= 0:
        return
    course = np.sin(np.pi / 2 * (np.arange(since, since + count) + 0.5) / fade)
    gains[:count] *= (course**2 if squared else course).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The clips and beds of a session of ``frames`` frames, in order of start, at their levels with the bus's gain.

    None begins at the session's end or later, or reaches beyond it. ``speech`` are the frames, start and end, of the
    spoken events, during which beds are ducked.
    """

    frames: int
    clips: tuple[PlacedClip, ...]
    beds: tuple[PlacedBed, ...]
    speech: tuple[tuple[int, int], ...]

    def of(self, bus: Track | None) -> Arrangement:
        """The clips and beds of one bus; all of them for None."""
        if bus is None:
            return self
        clips = tuple(clip for clip in self.clips if clip.bus == bus)
        return replace(self, clips=clips, beds=tuple(bed for bed in self.beds if bed.bus == bus))


def arrange(timeline: Timeline, levels: Levels, room: Room | None = None) -> Arrangement:
    """The timeline's clips and beds; ``levels`` are the buses' gains in dB, on top of the events' own, and ``room`` the
    one that the voice sounds in."""
    clips = tuple(
        PlacedClip.of(
            event,
            replace(clip, level=clip.level + getattr(levels, event.track)),
            timeline.frames,
            room if event.track == "voice" else None,
        )
        for event, clip in timeline.sounding()
        if event.start < timeline.frames
    )
    speech = tuple((event.start, event.end) for event in timeline.events if event.kind == "speech")
    return Arrangement(timeline.frames, clips, _placed_beds(timeline, levels.bed), speech)


def _placed_beds(timeline: Timeline, level: float) -> tuple[PlacedBed, ...]:
    placed: list[PlacedBed] = []
    for event in timeline.events:
        source = event.bed
        if source is None or event.start >= timeline.frames:
            continue
        event = replace(event, end=min(event.end, timeline.frames), level=event.level + level)
        before = placed[-1] if placed else None
        joins = before is not None and before.source == source and before.end >= event.start
        origin = event.start
        if before is not None and joins:
            origin = before.origin
            placed[-1] = replace(before, leads_on=True)
        placed.append(PlacedBed(event, source, origin, joins, leads_on=False))
    return tuple(placed)
