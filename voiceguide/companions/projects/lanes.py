"""What every project is written from: tracks of items over the stems, with fades, chapters and markers.

Positions are samples of the session's file, at ``rate`` Hz, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, assert_never

from voiceguide.routine import SoundRef
from voiceguide.timeline import BreathCue, ClipSource, Event, Line, Swell, Timeline
from voiceguide.units import samples_at

if TYPE_CHECKING:
    from voiceguide.mixing.placing import Arrangement


@dataclass(frozen=True, slots=True)
class Item:
    """The samples ``start`` up to ``end`` of a stem, at the same place in the session. ``fade_in`` and ``fade_out``:
    samples of fades of equal power, which the stem does not have itself."""

    start: int
    end: int
    name: str
    fade_in: int = 0
    fade_out: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """A track: the name of its stem's file in the folder of stems, and its items in order, of which none overlap."""

    name: str
    file: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch with a name, or a moment, where ``end`` is ``start``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Project:
    """A session of ``samples`` samples. ``folder`` is that of the stems, as it is called beside the project."""

    title: str
    rate: int
    samples: int
    folder: str
    lanes: tuple[Lane, ...]
    chapters: tuple[Mark, ...]
    markers: tuple[Mark, ...]

    def seconds(self, samples: int) -> str:
        """Seconds, exact to a thousandth of a sample."""
        return f"{samples / self.rate:.9f}"


def project_of(timeline: Timeline, arrangement: Arrangement, folder: str) -> Project:
    """The project of a session. ``arrangement`` is that of its mix; its beds' outer fades are the items' own, so
    ``bed.wav`` is to be mixed from :func:`without_outer_fades`."""

    def at(frame: int) -> int:
        return samples_at(timeline.sample_rate, frame)

    sounds: dict[str, list[Item]] = {"voice": [], "breath": [], "chimes": []}
    for clip in arrangement.clips:
        sounds[clip.bus].append(Item(at(clip.start), at(clip.end), _name(clip.clip.source)))
    lanes = [Lane(bus, f"{bus}.wav", tuple(_apart(items))) for bus, items in sounds.items()]
    beds = [Item(at(e.start), at(e.end), _words(e.text), *map(at, fades)) for e, fades in _with_fades(timeline)]
    lanes.append(Lane("bed", "bed.wav", tuple(_apart(beds))))
    chapters = tuple(Mark(at(c.start), at(c.end), _words(c.title)) for c in timeline.chapters)
    markers = tuple(Mark(at(e.start), at(e.start), text) for e, text in _moments(timeline))
    return Project(
        _words(timeline.title), timeline.sample_rate, at(timeline.frames), folder, tuple(lanes), chapters, markers
    )


def without_outer_fades(timeline: Timeline) -> Timeline:
    """The session with beds that begin and end at once where nothing else of the bed sounds; crossfades stay."""
    own = {id(event): fades for event, fades in _with_fades(timeline)}

    def unfaded(event: Event) -> Event:
        fade_in, fade_out = own.get(id(event), (0, 0))
        return replace(
            event,
            fade_in=0 if fade_in else event.fade_in,
            fade_out=0 if fade_out else event.fade_out,
        )

    return replace(timeline, events=tuple(map(unfaded, timeline.events)))


def _with_fades(timeline: Timeline) -> Iterator[tuple[Event, tuple[int, int]]]:
    """Each bed, cut at the session's end, with the frames of fade at its start and end that overlap no other bed."""
    beds = [event for event in timeline.events if event.bed is not None and event.start < timeline.frames]
    reached = 0
    for event, following in pairwise([*beds, None]):
        assert event is not None
        end = min(event.end, timeline.frames)
        alone_before = event.start >= reached
        alone_after = following is None or following.start >= end
        reached = max(reached, end)
        yield event, (event.fade_in if alone_before else 0, event.fade_out if alone_after else 0)


def _apart(items: Iterable[Item]) -> Iterator[Item]:
    """The same stretches of a stem, each cut where the next one begins: a stem has the sum of what overlaps, so the
    last of several lasts to the end of all."""
    found = [_together(tuple(same)) for _, same in groupby(sorted(items, key=_start), key=_start)]
    reached = 0
    for item, following in pairwise([*found, None]):
        assert item is not None
        reached = max(reached, item.end)
        end = reached if following is None else min(reached, following.start)
        yield replace(item, end=end, fade_out=item.fade_out if end == item.end else 0)


def _start(item: Item) -> int:
    return item.start


def _together(same: Sequence[Item]) -> Item:
    """Items that begin at the same sample as one."""
    longest = max(same, key=lambda item: item.end)
    return replace(longest, name=", ".join(dict.fromkeys(item.name for item in same)))


def _name(source: ClipSource) -> str:
    match source:
        case Line():
            return _words(source.as_written)
        case SoundRef():
            return _words(source.name)
        case Swell():
            return "swell"
        case BreathCue():
            return f"breath {source.phase}"
        case _:
            assert_never(source)


def _moments(timeline: Timeline) -> Iterator[tuple[Event, str]]:
    """What cannot be seen in the sound: where holds begin, and where paced breathing does."""
    for event in timeline.events:
        if event.kind == "hold":
            yield event, "hold"
        elif event.kind == "breath" and event.phase == "in" and event.cycle == 1:
            yield event, "breathing"


def _words(text: str | None) -> str:
    return " ".join((text or "").split())
