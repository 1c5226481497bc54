"""A session as an OpenTimelineIO timeline (JSON). Times are samples, at the file's sample rate."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from voiceguide.companions.projects.lanes import Item, Lane, Mark, Project


def otio_timeline(project: Project) -> str:
    """The text of an ``.otio`` file."""
    chapters = [_marker(mark, project.rate, "GREEN") for mark in project.chapters]
    moments = [_marker(mark, project.rate, "YELLOW") for mark in project.markers]
    tracks = {
        **_named("Stack.1", "tracks"),
        "source_range": None,
        "effects": [],
        "markers": [*chapters, *moments],
        "children": [_track(lane, project) for lane in project.lanes],
    }
    document = {**_named("Timeline.1", project.title), "global_start_time": _time(0, project.rate), "tracks": tracks}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _track(lane: Lane, project: Project) -> dict[str, Any]:
    return {
        **_named("Track.1", lane.name),
        "source_range": None,
        "effects": [],
        "markers": [],
        "kind": "Audio",
        "children": list(_children(lane, project)),
    }


def _children(lane: Lane, project: Project) -> Iterator[dict[str, Any]]:
    """The items with the gaps between them; a fade is a transition from or to what is silent."""
    reached, rate = 0, project.rate
    for item in lane.items:
        if item.start > reached:
            yield {**_named("Gap.1", ""), "source_range": _range(0, item.start - reached, rate)} | _bare()
        if item.fade_in:
            yield _transition("fade in", 0, item.fade_in, rate)
        yield _clip(item, lane, project)
        if item.fade_out:
            yield _transition("fade out", item.fade_out, 0, rate)
        reached = item.end
    if reached < project.samples:
        yield {**_named("Gap.1", ""), "source_range": _range(0, project.samples - reached, rate)} | _bare()


def _clip(item: Item, lane: Lane, project: Project) -> dict[str, Any]:
    stem = {
        **_named("ExternalReference.1", lane.file),
        "available_range": _range(0, project.samples, project.rate),
        "available_image_bounds": None,
        "target_url": quote(f"{project.folder}/{lane.file}"),
    }
    return {
        **_named("Clip.2", item.name),
        "source_range": _range(item.start, item.end - item.start, project.rate),
        **_bare(),
        "media_references": {"DEFAULT_MEDIA": stem},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def _transition(name: str, before: int, after: int, rate: int) -> dict[str, Any]:
    return {
        **_named("Transition.1", name),
        "in_offset": _time(before, rate),
        "out_offset": _time(after, rate),
        "transition_type": "SMPTE_Dissolve",
    }


def _marker(mark: Mark, rate: int, colour: str) -> dict[str, Any]:
    return {
        **_named("Marker.2", mark.text),
        "color": colour,
        "comment": "",
        "marked_range": _range(mark.start, mark.end - mark.start, rate),
    }


def _named(schema: str, name: str) -> dict[str, Any]:
    return {"OTIO_SCHEMA": schema, "metadata": {}, "name": name}


def _bare() -> dict[str, Any]:
    return {"effects": [], "markers": [], "enabled": True}


def _time(samples: int, rate: int) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(samples)}


def _range(start: int, samples: int, rate: int) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "duration": _time(samples, rate),
        "start_time": _time(start, rate),
    }
