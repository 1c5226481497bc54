"""What a finished pack publishes beside its sessions: the player, the feed, the practice plan, the cue sheets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
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


def pages_hash(manifest: Manifest, start: date | None, version: str, standings: Mapping[str, Standing]) -> str:
    """A hash of everything that the pages are made from. ``standings`` are those of the sessions' scripts, where these
    have been reviewed, by the sessions' names."""
    bare = replace(manifest, pages={}, pages_hash="", left_over=(), earlier={})
    covered = [PAGES_VERSION, version, start and start.isoformat(), bare.to_json()]
    known = (session.name for session in manifest.sessions if session.name in standings)
    covered.append({name: asdict(standings[name]) for name in known})
    return hashlib.sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()


def pages(
    manifest: Manifest, timelines: Timelines, start: date | None, standings: Mapping[str, Standing]
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files by their paths in the pack's folder, and notes for the user. ``start`` is the day on which the practice
    plan begins; without one there is no calendar. ``standings`` are those of :func:`pages_hash`. Raises OutputError if
    a timeline can't be read."""
    from voiceguide.publish import calendar, feed  # here and not above: most builds keep all pages
    from voiceguide.publish.cue_sheet import cue_sheet
    from voiceguide.publish.player import player_files

    notes: list[str] = []
    documents = {session.name: _document(session, timelines) for session in manifest.sessions}
    found = {
        f"{one.name}.html": cue_sheet(manifest, one, documents[one.name], standings.get(one.name))
        for one in manifest.sessions
    }
    beside: dict[str, str] = {}
    if manifest.link is None:
        notes.append("There is no feed, because it needs the address of the pack: write 'link:' or give --link.")
    else:
        found[feed.NAME] = feed.feed(manifest)
        beside["Podcast feed"] = feed.NAME
    if manifest.programme and start is None:
        notes.append("There is no calendar of the practice plan: give --start with the day on which it begins.")
    elif manifest.programme and start is not None:
        found[calendar.NAME] = calendar.programme(manifest, start)
        beside["Calendar"] = calendar.NAME
    beds = dict(_bed_choices()) if any("living" in one.files for one in manifest.sessions) else {}
    found |= player_files(manifest, documents, beside, frozenset(found), tuple(beds))
    found |= {bed.path: data for bed, data in beds.items()}
    return found, tuple(notes)


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
