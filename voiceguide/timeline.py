"""A timeline: every event of a session with its start and end. Integer frames, half-open, session time.

Frames count from the start of the session at :data:`~voiceguide.units.SAMPLE_RATE`. An event that sounds
carries its :class:`Clip`; the mixer needs nothing else, and neither does the table, the JSON or the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from voiceguide.errors import Span
from voiceguide.routine import PhaseKind, SoundRef
from voiceguide.units import SAMPLE_RATE, samples_at, seconds

SCHEMA = "voiceguide.timeline/1"

Kind = Literal["speech", "pause", "hold", "breath", "chime", "sound", "bed"]
Track = Literal["voice", "breath", "chimes", "bed"]


@dataclass(frozen=True, slots=True)
class Line:
    """What a voice is asked to say: the spoken form of a text (pronunciations applied), and how.

    ``voice`` is a voice's full name, ``pace`` 0.5 to 2 (1 = calm), ``language`` a BCP 47 tag. ``phrasing``: how many
    seconds its pauses at commas last at pace 1 (None: what suits the voice, 0: as the voice made them). ``written`` is
    the text as the script has it, for a person to read; empty where it is the same. It does not count for equality.
    ``take``, from 1, is the reading, where a voice has several; ``verify``: speech recognition checks its words.
    """

    text: str
    voice: str
    pace: float
    language: str
    written: str = field(default="", compare=False)
    phrasing: float | None = None
    take: int = 1
    verify: bool = False

    @property
    def as_written(self) -> str:
        return self.written or self.text


@dataclass(frozen=True, slots=True)
class Swell:
    """A wave of noise that lasts ``frames``, rising with the inhale or falling with the exhale."""

    rising: bool
    frames: int


@dataclass(frozen=True, slots=True)
class BreathCue:
    """The sound that leads a ``phase`` of a breath, from a ``set`` of breath sounds, ``frames`` long."""

    set: str
    phase: PhaseKind
    frames: int


ClipSource = Line | SoundRef | Swell | BreathCue
"""Where a clip's samples come from: a spoken line, a sound, or a swell or breath cue of the needed length."""


@dataclass(frozen=True, slots=True)
class Clip:
    """The first ``frames`` of a source, at ``level`` dB; ``fade_out`` frames of fade at its end (0: none)."""

    source: ClipSource
    frames: int
    level: float = 0.0
    fade_out: int = 0


def _seconds(frame: int, rate: int) -> float:
    return seconds(samples_at(rate, frame), rate)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens from frame ``start`` up to, not including, ``end``.

    ``text`` is what is said, or a sound's name. ``phase`` and ``cycle`` (from 1) belong to breaths, ``elastic`` to
    pauses and holds. A bed's ``fade_in`` and ``fade_out`` are frames, its ``level`` is dB to the voice.
    """

    kind: Kind
    track: Track
    start: int
    end: int
    span: Span | None
    text: str | None = None
    phase: PhaseKind | None = None
    cycle: int | None = None
    elastic: bool | None = None
    clip: Clip | None = None
    bed: SoundRef | None = None
    level: float = 0.0
    fade_in: int = 0
    fade_out: int = 0

    @property
    def spoken(self) -> str | None:
        """What the voice got of a spoken line; None where that is ``text``, and for other events."""
        line = self.clip.source if self.clip is not None else None
        return line.text if isinstance(line, Line) and line.text != self.text else None

    def moved(self, frames: int) -> Event:
        """The event that many frames later; earlier when it is negative."""
        return replace(self, start=self.start + frames, end=self.end + frames)

    def louder(self, by: float) -> Event:
        """The event with its sound or bed ``by`` dB up, or down when negative; without a sound it stays as it is."""
        if self.clip is not None:
            return replace(self, clip=replace(self.clip, level=self.clip.level + by))
        return self if self.bed is None else replace(self, level=self.level + by)

    def to_json(self, rate: int = SAMPLE_RATE) -> dict[str, Any]:
        """Its times are those of the nearest samples of a file of ``rate`` Hz."""
        row: dict[str, Any] = {
            "kind": self.kind,
            "track": self.track,
            "start": _seconds(self.start, rate),
            "end": _seconds(self.end, rate),
        }
        optional = {
            "text": self.text,
            "spoken": self.spoken,
            "phase": self.phase,
            "cycle": self.cycle,
            "elastic": self.elastic,
        }
        row |= {key: value for key, value in optional.items() if value is not None}
        if self.span is not None:
            row |= {"file": self.span.file, "line": self.span.line}
        return row


@dataclass(frozen=True, slots=True)
class ChapterRange:
    """A chapter in the finished file: frames from ``start`` up to, not including, ``end``."""

    title: str
    start: int
    end: int

    def to_json(self, rate: int = SAMPLE_RATE) -> dict[str, Any]:
        return {"title": self.title, "start": _seconds(self.start, rate), "end": _seconds(self.end, rate)}


@dataclass(frozen=True, slots=True)
class Rounds:
    """A number of rounds or cycles that is another than the written one."""

    cue: Literal["repeat", "breathe"]
    written: int
    chosen: int
    span: Span

    def to_json(self) -> dict[str, Any]:
        position = {"file": self.span.file, "line": self.span.line}
        return {"cue": self.cue, "written": self.written, "chosen": self.chosen, **position}


@dataclass(frozen=True, slots=True)
class Fit:
    """How a session was fitted to its length: the titles of the chapters left out with their spans, the numbers that
    were changed, and the ``share`` of the way by which all elastic durations moved (-1: to their shortest, 0: natural,
    1: to their longest)."""

    left_out: tuple[tuple[str, Span], ...]
    rounds: tuple[Rounds, ...]
    share: float

    def to_json(self) -> dict[str, Any]:
        return {
            "left_out": [title for title, _ in self.left_out],
            "rounds": [rounds.to_json() for rounds in self.rounds],
            "share": round(self.share, 6),
        }


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole session: ``frames`` long, events in order of start (ties in the order of the script).

    ``fit`` says how it was fitted to the length asked for; None when none was. ``sample_rate``: Hz of the file that is
    made of it, which is no other sound: frames are those of the session.
    """

    title: str
    language: str
    voice: str
    frames: int
    chapters: tuple[ChapterRange, ...]
    events: tuple[Event, ...]
    fit: Fit | None = None
    sample_rate: int = SAMPLE_RATE

    def sounding(self) -> Iterator[tuple[Event, Clip]]:
        """The events that carry a clip, in order of start."""
        for event in self.events:
            if event.clip is not None:
                yield event, event.clip

    def with_events(self, events: Iterable[Event]) -> Timeline:
        """The session with these events instead, which are put in order of start."""
        return replace(self, events=tuple(sorted(events, key=lambda event: event.start)))

    def with_room(self, at: int, frames: int) -> Timeline:
        """The session with ``frames`` more right before frame ``at``, or fewer when it is negative.

        What starts at ``at`` or later moves. What reaches ``at`` and has no sound of its own, such as a pause, a hold,
        a bed or a chapter, lasts longer. Raises ValueError when something starts or ends in what would be taken away.
        """

        def shifted(frame: int) -> int:
            if at + frames < frame < at:
                raise ValueError(f"something starts or ends at frame {frame}, which would be taken away")
            return frame + frames if frame >= at and frame > 0 else frame

        def with_event(event: Event) -> Event:
            if event.start >= at:
                return event.moved(frames)
            return replace(event, start=shifted(event.start), end=event.end if event.clip else shifted(event.end))

        chapters = (replace(c, start=shifted(c.start), end=shifted(c.end)) for c in self.chapters)
        events = tuple(map(with_event, self.events))
        return replace(self, frames=self.frames + frames, chapters=tuple(chapters), events=events)

    def to_json(self) -> dict[str, Any]:
        """The document ``voiceguide.timeline/1`` of docs/timeline.md; times in seconds of the finished file."""
        rate = self.sample_rate
        document = {
            "schema": SCHEMA,
            "title": self.title,
            "language": self.language,
            "voice": self.voice,
            "sample_rate": rate,
            "frames": samples_at(rate, self.frames),
            "seconds": _seconds(self.frames, rate),
            "chapters": [chapter.to_json(rate) for chapter in self.chapters],
            "events": [event.to_json(rate) for event in self.events],
        }
        return document if self.fit is None else {**document, "fit": self.fit.to_json()}
