"""The items of each lane of a picture: an outline, a text and a look."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from voiceguide.picture.drawing import Points, box
from voiceguide.picture.text import clean
from voiceguide.timeline import Event, Timeline
from voiceguide.units import seconds


class Look(NamedTuple):
    """How things of one sort are drawn, and what the legend calls them."""

    label: str
    face: str
    edge: str


LOOKS = {
    "chapter": Look("chapter", "#f7f5ef", "#d9d4c7"),
    "next-chapter": Look("", "white", "#d9d4c7"),
    "speech": Look("voice", "#0072b2", "none"),
    "pause": Look("pause", "#9aa0a9", "#9aa0a9"),
    "elastic-pause": Look("elastic pause", "#fbfbfc", "#9aa0a9"),
    "hold": Look("hold", "#e08a00", "#e08a00"),
    "elastic-hold": Look("elastic hold", "#fff3dd", "#e08a00"),
    "breath": Look("breath, rising with the inhale", "#8fd0bb", "#8fd0bb"),
    "swell": Look("breath with a swell", "#2c9474", "#2c9474"),
    "chime": Look("chime, ringing out", "#bd92c3", "#bd92c3"),
    "sound": Look("sound", "#eec3b3", "#b8431f"),
    "bed": Look("bed", "#e3d8be", "#b39d6b"),
    "loudness": Look("short-term loudness (LUFS)", "", "#33475b"),
}
"""In the order of the legend. The colours differ for colour-blind eyes; elastic and rigid differ in grey too."""


class Thing(NamedTuple):
    """Something of one look. Its outline's heights are parts of its lane's; ``room`` is the interval that its text may
    cover."""

    look: str
    start: float
    end: float
    outline: Points
    text: str = ""
    room: tuple[float, float] = (0.0, 0.0)


def curve(start: float, end: float, low: float, high: float) -> Points:
    """A raised cosine from one height to another."""
    parts = (0.0, 1.0) if low == high else tuple(step / 8 for step in range(9))
    return [(start + (end - start) * p, low + (high - low) * (1 - math.cos(math.pi * p)) / 2) for p in parts]


def boxes(events: Iterable[Event], total: float) -> list[Thing]:
    """Speech, pauses, holds, chimes and sounds. A text may reach to where the next thing begins."""
    things: list[Thing] = []
    for event in reversed(tuple(events)):
        look = f"elastic-{event.kind}" if event.elastic else event.kind
        start, end, until = seconds(event.start), seconds(event.end), things[-1].start if things else total
        outline = [(start, 0.0), (start, 1.0), (end, 0.0)] if look == "chime" else box(start, end, 0.0, 1.0)
        things.append(Thing(look, start, end, outline, clean(event.text or ""), (start, until)))
    return things[::-1]


def breaths(events: tuple[Event, ...]) -> list[Thing]:
    """How full the breath is: it rises with an inhale, falls with an exhale. A double inhale shares one rise."""
    swells = {event.start for event in events if event.text == "swell" and event.track == "breath"}
    phases = (event for event in events if event.kind == "breath")
    things: list[Thing] = []
    full, reached = 0.0, -1
    for (phase, _), run in groupby(phases, key=lambda event: (event.phase, event.cycle)):
        same = tuple(run)
        low, first = full if same[0].start == reached else 0.0, same[0].start
        full, reached = {"in": 1.0, "out": 0.0}.get(phase or "", low), same[-1].end
        rise = (full - low) / max(1, reached - first)
        for event in same:
            start, end = seconds(event.start), seconds(event.end)
            rising = curve(start, end, low + rise * (event.start - first), low + rise * (event.end - first))
            look = "swell" if event.start in swells else "breath"
            things.append(Thing(look, start, end, [(start, 0.0), *rising, (end, 0.0)]))
    return things


def beds(events: Iterable[Event]) -> list[Thing]:
    """Beds with their fades. The height tells the level, down to 27 dB below the voice."""
    things = []
    for event in events:
        if event.kind == "bed" and event.text:
            start, end, height = seconds(event.start), seconds(event.end), min(1.0, max(0.55, 1 + event.level / 60))
            risen = min(end, start + seconds(event.fade_in))
            falling = max(risen, end - seconds(event.fade_out))
            outline = curve(start, risen, 0, height) + curve(falling, end, height, 0)
            name = f"{clean(event.text)}, {event.level:g} dB".replace("-", "−")
            things.append(Thing("bed", start, end, outline, name, (risen, falling)))
    return things


def chapters(timeline: Timeline) -> list[Thing]:
    things = []
    for number, chapter in enumerate(timeline.chapters):
        start, end, look = seconds(chapter.start), seconds(chapter.end), "next-chapter" if number % 2 else "chapter"
        things.append(Thing(look, start, end, box(start, end, 0.0, 1.0), clean(chapter.title), (start, end)))
    return things
