"""A project as Reaper opens it (RPP, a text of nested ``<BLOCK`` … ``>``). Times are seconds."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.companions.projects.lanes import Item, Lane, Project

_EQUAL_POWER = 1  # the shape of a fade that begins fast
_REGION = 1


def reaper_project(project: Project) -> str:
    """The text of an ``.rpp`` file."""
    return "".join(f"{line}\n" for line in _lines(project))


def _lines(project: Project) -> Iterator[str]:
    yield '<REAPER_PROJECT 0.1 "7.0" 0'
    yield f"  SAMPLERATE {project.rate} 1 0"
    yield "  TEMPO 60 4 4"
    yield "  <NOTES 0 2"
    yield f"    |{project.title}"
    yield "  >"
    for number, mark in enumerate((*project.chapters, *project.markers), 1):
        is_region = int(mark.end > mark.start)
        yield f"  MARKER {number} {project.seconds(mark.start)} {_quoted(mark.text)} {is_region}"
        if is_region:
            yield f'  MARKER {number} {project.seconds(mark.end)} "" {_REGION}'
    for lane in project.lanes:
        yield from _track(lane, project)
    yield ">"


def _track(lane: Lane, project: Project) -> Iterator[str]:
    yield "  <TRACK"
    yield f"    NAME {_quoted(lane.name)}"
    yield "    VOLPAN 1 0 -1 -1 1"
    yield "    NCHAN 2"
    for item in lane.items:
        yield from _item(item, lane, project)
    yield "  >"


def _item(item: Item, lane: Lane, project: Project) -> Iterator[str]:
    yield "    <ITEM"
    yield f"      POSITION {project.seconds(item.start)}"
    yield "      SNAPOFFS 0"
    yield f"      LENGTH {project.seconds(item.end - item.start)}"
    yield "      LOOP 0"
    for name, fade in (("FADEIN", item.fade_in), ("FADEOUT", item.fade_out)):
        yield f"      {name} {_EQUAL_POWER} {project.seconds(fade)} 0 {_EQUAL_POWER} 0 0 0"
    yield f"      NAME {_quoted(item.name)}"
    yield "      VOLPAN 1 0 1 -1"
    yield f"      SOFFS {project.seconds(item.start)}"
    yield "      PLAYRATE 1 1 0 -1 0 0.0025"
    yield "      <SOURCE WAVE"
    yield f"        FILE {_quoted(f'{project.folder}/{lane.file}')}"
    yield "      >"
    yield "    >"


def _quoted(text: str) -> str:
    """A text between quotation marks that it does not hold; there are no others to escape them with."""
    for mark in "\"'`":
        if mark not in text:
            return f"{mark}{text}{mark}"
    return f"`{text.replace('`', chr(39))}`"
