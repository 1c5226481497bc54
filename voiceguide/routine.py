"""A routine: what a script says, before anything has a time. Frozen values, each with its span in the text.

A :class:`Routine` holds :class:`Settings` and :class:`Chapter` values; a chapter holds nodes. Blocks
(:class:`Repeat`, :class:`Each`, :class:`Within`) hold nodes again; an included script's nodes stand where it was
included, with spans in its own file. Durations are exact seconds
(:class:`~voiceguide.units.Elastic`); nothing here knows a voice, a sound's samples or a frame.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from voiceguide.errors import Span
from voiceguide.mix_levels import TARGET_LOUDNESS
from voiceguide.rule_spec import Kind, Level
from voiceguide.sound_settings import Chimes, Ducking, Gaps, Levels, RoomName
from voiceguide.units import Elastic, Whole

PhaseKind = Literal["in", "hold", "out", "rest"]

TakesSetting = Literal["vary", "same"]
"""Whether a line that is said several times is read anew each time."""
SpokenAs = Literal["written-out", "as-written"]
"""Whether figures, signs and abbreviations are written out for the voice."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A loop's variable in a sentence or title (``{n}``, ``{total}``, ``{side}``), filled in round by round."""

    name: str
    span: Span


Template = tuple[str | Slot, ...]
"""Text with slots. Without slots it is a tuple of one string (or none)."""


def filled(template: Template, values: Mapping[str, str]) -> str:
    """The text of a template with a value for each of its slots."""
    return "".join(part if isinstance(part, str) else values[part.name] for part in template)


@dataclass(frozen=True, slots=True)
class SoundRef:
    """A sound by name: one of the library's when ``path`` is None, else a file that was checked to be safe to read."""

    name: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One spoken line. ``opens_paragraph``: the longer gap comes before it.

    ``take``: the reading that the script chooses, from 1; None: the usual one, which ``said`` decides, the number of
    times that these words have been said before.
    """

    text: Template
    opens_paragraph: bool
    span: Span
    take: int | None = None
    said: int = 0


class _OneEvent:
    """A node of which a timeline has one event at most. Every node but blocks and text says its ``most_events``."""

    __slots__ = ()

    @property
    def most_events(self) -> int:
        return 1


@dataclass(frozen=True, slots=True)
class Pause(_OneEvent):
    duration: Elastic
    span: Span


@dataclass(frozen=True, slots=True)
class Hold:
    """The listener keeps still or keeps pressing; the release chime sounds when it ends."""

    duration: Elastic
    halfway: bool
    count: bool
    countdown: bool
    span: Span

    @property
    def most_events(self) -> int:
        counted = math.floor(self.duration.longest) if self.count else COUNTDOWN if self.countdown else 0
        return 2 + self.halfway + counted


@dataclass(frozen=True, slots=True)
class Chime:
    """``sound`` None is the session's own chime. ``every`` is the seconds between strikes, None the usual step.
    ``under``: the script goes on at once."""

    sound: SoundRef | None
    strikes: int
    every: Fraction | None
    level: float
    span: Span
    under: bool = False

    @property
    def most_events(self) -> int:
        return self.strikes


@dataclass(frozen=True, slots=True)
class Phase:
    kind: PhaseKind
    seconds: Fraction


@dataclass(frozen=True, slots=True)
class Breathe:
    """Paced breathing. ``words`` is the number of cycles whose phases are named aloud; None means all.

    ``held``: a faint tone goes on through holds and rests.
    """

    phases: tuple[Phase, ...]
    cycles: Whole
    words: int | None
    swell: bool
    held: bool
    span: Span

    @property
    def whole(self) -> Whole:
        """The number that a length may choose."""
        return self.cycles

    @property
    def most_events(self) -> int:
        """A phase, the wave over it or the tone through it, and its name."""
        moving = sum(phase.kind in ("in", "out") for phase in self.phases)
        waves = moving * self.swell + (len(self.phases) - moving) * self.held
        cycles = self.cycles.most
        named = cycles if self.words is None else min(cycles, self.words)
        return cycles * (len(self.phases) + waves) + named * len(self.phases)


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers from ``first`` to ``last`` (either way), spoken ``every`` so many seconds, the first at once."""

    first: int
    last: int
    every: Fraction
    span: Span

    @property
    def numbers(self) -> range:
        step = 1 if self.last >= self.first else -1
        return range(self.first, self.last + step, step)

    @property
    def most_events(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class PlaySound(_OneEvent):
    sound: SoundRef
    under: bool
    level: float
    span: Span


@dataclass(frozen=True, slots=True)
class Bed(_OneEvent):
    """The background from here on; ``sound`` None is silence. ``level`` None is the usual one, in dB to the voice."""

    sound: SoundRef | None
    level: float | None
    fade: Fraction | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class SetVoice(_OneEvent):
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class SetPace(_OneEvent):
    pace: Fraction
    span: Span


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter that starts inside a block."""

    title: Template
    span: Span


@dataclass(frozen=True, slots=True)
class Repeat:
    rounds: Whole
    body: tuple[Node, ...]
    span: Span

    @property
    def whole(self) -> Whole:
        """The number that a length may choose."""
        return self.rounds


@dataclass(frozen=True, slots=True)
class Each:
    """The body once for each item, which the slot ``name`` then holds."""

    name: str
    items: tuple[str, ...]
    body: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RestHold:
    """A hold as long as what is left of the ``[within]`` block that it ends."""

    halfway: bool
    count: bool
    countdown: bool
    span: Span


COUNTDOWN = 5
"""Seconds that a countdown speaks."""


@dataclass(frozen=True, slots=True)
class Within:
    """The body and then silence, or the hold ``rest``, together exactly ``duration``.

    ``countdown``: the last seconds are spoken. ``every``: the seconds from tick to tick; None: no ticks.
    """

    duration: Elastic
    body: tuple[Node, ...]
    span: Span
    countdown: bool = False
    every: Fraction | None = None
    rest: RestHold | None = None

    @property
    def most_events(self) -> int:
        """The events beside those of the body."""
        seconds = math.floor(self.duration.longest)
        ticks = 0 if self.every is None else math.floor(self.duration.longest / self.every)
        counted = 0 if self.rest is None else 2 + (seconds if self.rest.count else COUNTDOWN)
        return 1 + ticks + counted + (COUNTDOWN if self.countdown else 0)


Block = Repeat | Each | Within
Exercise = Pause | Hold | Chime | Breathe | Count
"""Nodes that take time themselves."""

Change = Bed | SetVoice | SetPace
"""Nodes that change a setting from here on and take no time."""

Node = Sentence | Exercise | PlaySound | Change | ChapterMark | Block


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of the routine. ``title`` None: what comes before the first heading.

    ``optional`` None: kept; else its number, and the chapters of the highest number are left out first. ``required``:
    kept even if the chapter above it is left out.
    """

    title: str | None
    level: int
    optional: int | None
    body: tuple[Node, ...]
    span: Span
    required: bool = False


@dataclass(frozen=True, slots=True)
class OpeningBed:
    """The bed at a session's start: ``sound`` None is none, ``level`` (dB) and ``fade`` (s) None are the usual ones."""

    sound: SoundRef | None = None
    level: float | None = None
    fade: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a session is spoken, 0.5 to 2, where 1 is calm: its first line and its last, in even steps between."""

    first: Fraction = Fraction(1)
    last: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Settings:
    """A session's settings: the front matter, with the command line's changes.

    ``phrasing``: how many seconds a pause at a comma lasts at pace 1; None: what suits the voice, 0: as it made it.
    ``sample_rate``: Hz of the finished file; None: that of the profile.
    """

    title: str
    description: str = ""
    author: str = ""
    date: str = ""
    language: str = "en"
    voice: str = "auto"
    pace: Pace = Pace()
    phrasing: Fraction | None = None
    length: Fraction | None = None
    bed: OpeningBed = OpeningBed()
    chimes: Chimes = field(default_factory=Chimes)
    gaps: Gaps = field(default_factory=Gaps)
    ducking: Ducking = field(default_factory=Ducking)
    levels: Levels = field(default_factory=Levels)
    room: RoomName = "small"
    loudness: float = TARGET_LOUDNESS
    profile: str = "podcast"
    sample_rate: int | None = None
    album: str = ""
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pronounce: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    spoken: SpokenAs = "written-out"
    tables: bool = False
    tags: tuple[str, ...] = ()
    cover: Path | None = None
    sleep: bool = False
    takes: TakesSetting = "vary"
    verify: bool = False
    kind: Kind | None = None
    checks: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    spans: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}), compare=False, repr=False)
    """The span of each key in the front matter, for diagnostics after parsing."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A part of a script where a rule is not applied: from line and column ``start`` up to, not including, ``end``."""

    rule: str
    file: str
    start: tuple[int, int]
    end: tuple[int, int]

    def covers(self, span: Span) -> bool:
        return span.file == self.file and self.start <= (span.line, span.column) < self.end


@dataclass(frozen=True, slots=True)
class Routine:
    """A script as it was read. ``scripts`` are the files it came from: its own first, then the included ones."""

    settings: Settings
    chapters: tuple[Chapter, ...]
    span: Span
    scripts: tuple[Path, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def files(self) -> Iterator[Path]:
        """Every file that it was read from or names: scripts, sounds, beds, the cover; some perhaps twice."""
        yield from self.scripts
        for sound in (self.settings.bed.sound, *(getattr(node, "sound", None) for node in self.nodes())):
            if sound is not None and sound.path is not None:
                yield sound.path
        if self.settings.cover is not None:
            yield self.settings.cover

    def nodes(self) -> Iterator[Node]:
        """Every node as written, blocks before what they hold; repeated bodies once."""
        for chapter in self.chapters:
            yield from walk(chapter.body)


def walk(body: tuple[Node, ...]) -> Iterator[Node]:
    for node in body:
        yield node
        if isinstance(node, Repeat | Each | Within):
            yield from walk(node.body)
