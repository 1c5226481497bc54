"""What a finished pack publishes beside its sessions: the player, the feed, the practice plan, the cue sheets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from voiceguide.errors import OutputError
from voiceguide.publish.manifest import Manifest, PackSession
from voiceguide.publish.timeline_document import Document
from voiceguide.reviews import Standing

if TYPE_CHECKING:
    from voiceguide.publish.player import BedChoice

PAGES_VERSION = 5
"""Raised with every change to the pages that are made for the same pack, so that packs get new ones."""

Timelines = Callable[[PackSession], Mapping[str, Any]]
"""Reads the timeline document of a session from the pack."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The ``files``, each path in the pack's folder with its content, made as they are taken, so that one is in memory
    at a time; and ``notes`` for the user."""

    files: Iterator[tuple[str, bytes]]
    notes: tuple[str, ...]


def pages_hash(manifest: Manifest, start: date | None, version: str, standings: Mapping[str, Standing]) -> str:
    """A hash of everything that the pages are made from. ``standings`` are those of the sessions' scripts, where these
    have been reviewed, by the sessions' names."""
    bare = replace(manifest, pages={}, pages_hash="", left_over=(), earlier={})
    covered = [PAGES_VERSION, version, start and start.isoformat(), bare.to_json()]
    known = (session.name for session in manifest.sessions if session.name in standings)
    covered.append({name: asdict(standings[name]) for name in known})
    return hashlib.sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()


def pages(manifest: Manifest, timelines: Timelines, start: date | None, standings: Mapping[str, Standing]) -> Pages:
    """``start`` is the day on which the practice plan begins; without one there is no calendar. ``standings`` are those
    of :func:`pages_hash`. Taking the files raises OutputError if a timeline can't be read."""
    from voiceguide.publish import calendar, feed  # here and not above: most builds keep all pages

    notes: list[str] = []
    beside: dict[str, str] = {}
    if manifest.link is None:
        notes.append("There is no feed, because it needs the address of the pack: write 'link:' or give --link.")
    else:
        beside["Podcast feed"] = feed.NAME
    if manifest.programme and start is None:
        notes.append("There is no calendar of the practice plan: give --start with the day on which it begins.")
    elif manifest.programme and start is not None:
        beside["Calendar"] = calendar.NAME
    return Pages(_files(manifest, timelines, start, standings, beside), tuple(notes))


def _files(
    manifest: Manifest,
    timelines: Timelines,
    start: date | None,
    standings: Mapping[str, Standing],
    beside: Mapping[str, str],
) -> Iterator[tuple[str, bytes]]:
    """Each session's own files, and then those that tell of all sessions: one timeline at a time."""
    from voiceguide.publish import calendar, feed
    from voiceguide.publish.cue_sheet import cue_sheet
    from voiceguide.publish.player import Stamp, player_files, steps_path, steps_script

    steps: dict[str, Stamp] = {}
    for session in manifest.sessions:
        document = _document(session, timelines)
        yield f"{session.name}.html", cue_sheet(manifest, session, document, standings.get(session.name))
        script = steps_script(session, document)
        steps[session.name] = Stamp.of(script)
        yield steps_path(session), script
    if feed.NAME in beside.values():
        yield feed.NAME, feed.feed(manifest)
    if calendar.NAME in beside.values() and start is not None:
        yield calendar.NAME, calendar.programme(manifest, start)
    extras = frozenset(f"{session.name}.html" for session in manifest.sessions)
    beds = dict(_bed_choices()) if any("living" in one.files for one in manifest.sessions) else {}
    extras |= frozenset(beside.values())
    yield from player_files(manifest, steps, beside, extras, tuple(beds)).items()
    yield from ((bed.path, data) for bed, data in beds.items())


def _bed_choices() -> Iterator[tuple[BedChoice, bytes]]:
    from voiceguide.living.beds import bed_choices
    from voiceguide.packs.jobs import program_stamp
    from voiceguide.session.render import kept_parts

    return bed_choices(program_stamp(), kept_parts())


def _document(session: PackSession, timelines: Timelines) -> Document:
    try:
        return Document.of(timelines(session))
    except ValueError as error:
        raise OutputError(f"The timeline of {session.name} can't be read: {error}.") from error
