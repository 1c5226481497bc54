"""A project as Audacity opens it: the XML of version 2, which version 3 imports. Times are seconds.

A project of version 3 is a database of the samples themselves; this one points at the stems, as blocks of a file
elsewhere. Stereo is two tracks that are linked.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import count
from xml.sax.saxutils import quoteattr

from voiceguide.companions.projects.lanes import Item, Lane, Mark, Project

_HEAD = (
    '<?xml version="1.0" standalone="no" ?>\n'
    '<!DOCTYPE project PUBLIC "-//audacityproject-1.3.0//DTD//EN" '
    '"http://audacity.sourceforge.net/xml/audacityproject-1.3.0.dtd" >\n'
)
_BLOCK = 262_144  # samples of a block, which Audacity reads at once
_FLOAT = 262_159  # its name for samples of 32-bit float
_POINTS = 16  # of a fade's course
_SOFTEST = 1e-5  # the level at which a fade begins; the course between two points is a line in dB


def audacity_project(project: Project) -> str:
    """The text of an ``.aup`` file."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(project))


def _lines(project: Project) -> Iterator[str]:
    yield (
        f'<project xmlns="http://audacity.sourceforge.net/xml/" projname={quoteattr(project.folder)} version="1.3.0" '
        f'audacityversion="2.4.2" sel0="0.0" sel1="0.0" vpos="0" h="0.0" zoom="8.0" rate="{project.rate}.0" '
        'snapto="off">'
    )
    yield f'  <tags><tag name="TITLE" value={quoteattr(project.title)}/></tags>'
    yield from _labels("chapters", project.chapters, project)
    if project.markers:
        yield from _labels("markers", project.markers, project)
    names = count(1)
    for lane in project.lanes:
        for channel in (0, 1):
            yield from _track(lane, channel, project, names)
    yield "</project>"


def _labels(name: str, marks: tuple[Mark, ...], project: Project) -> Iterator[str]:
    yield f'  <labeltrack name="{name}" numlabels="{len(marks)}" height="73" minimized="0" isSelected="0">'
    for mark in marks:
        times = f't="{project.seconds(mark.start)}" t1="{project.seconds(mark.end)}"'
        yield f"    <label {times} title={quoteattr(mark.text)}/>"
    yield "  </labeltrack>"


def _track(lane: Lane, channel: int, project: Project, names: Iterator[int]) -> Iterator[str]:
    yield (
        f'  <wavetrack name="{lane.name}" channel="{channel}" linked="{1 - channel}" mute="0" solo="0" height="150" '
        f'minimized="0" isSelected="0" rate="{project.rate}" gain="1.0" pan="0.0" colorindex="0">'
    )
    for item in lane.items:
        yield from _clip(item, lane, channel, project, names)
    yield "  </wavetrack>"


def _clip(item: Item, lane: Lane, channel: int, project: Project, names: Iterator[int]) -> Iterator[str]:
    samples = item.end - item.start
    yield (f'    <waveclip offset="{project.seconds(item.start)}" name={quoteattr(item.name)} colorindex="0">')
    yield f'      <sequence maxsamples="{_BLOCK}" sampleformat="{_FLOAT}" numsamples="{samples}">'
    for at in range(0, samples, _BLOCK):
        yield (
            f'        <waveblock start="{at}"><pcmaliasblockfile summaryfile="e{next(names):08x}.auf" '
            f'aliasfile="{lane.file}" aliasstart="{item.start + at}" aliaslen="{min(_BLOCK, samples - at)}" '
            f'aliaschannel="{channel}" min="-1.0" max="1.0" rms="0.1"/></waveblock>'
        )
    yield "      </sequence>"
    points = list(_envelope(item, project.rate))
    yield f'      <envelope numpoints="{len(points)}">'
    yield from (f'        <controlpoint t="{time:.9f}" val="{level:.6f}"/>' for time, level in points)
    yield "      </envelope>"
    yield "    </waveclip>"


def _envelope(item: Item, rate: int) -> Iterator[tuple[float, float]]:
    """Seconds from the clip's start, and the gain there, of fades of equal power."""
    length = (item.end - item.start) / rate
    course = [(step / _POINTS, max(_SOFTEST, math.sin(math.pi / 2 * step / _POINTS))) for step in range(_POINTS + 1)]
    if item.fade_in:
        yield from ((share * item.fade_in / rate, level) for share, level in course)
    if item.fade_out:
        yield from ((length - share * item.fade_out / rate, level) for share, level in reversed(course))
