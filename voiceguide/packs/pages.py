"""What a finished pack publishes beside its sessions: the player, the feed, the practice plan, the cue sheets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from voiceguide.errors import OutputError
from voiceguide.publish.manifest import Manifest, PackSession

PAGES_VERSION = 1
"""Raised when the same pack comes to be published otherwise."""


def pages_hash(manifest: Manifest, start: date | None, version: str) -> str:
    """Stands for all that the pages are made from."""
    bare = replace(manifest, pages={}, pages_hash="", left_over=())
    covered = [PAGES_VERSION, version, start and start.isoformat(), bare.to_json()]
    return hashlib.sha256(json.dumps(covered, sort_keys=True).encode()).hexdigest()


def pages(
    manifest: Manifest, timelines: Callable[[PackSession], Mapping[str, Any]], start: date | None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files by their paths in the pack's folder, and what a person should know. ``start`` is the day on which the
    practice plan begins; without one there is none."""
    from voiceguide.publish import calendar, feed  # here and not above: most builds find all pages in place
    from voiceguide.publish.cue_sheet import cue_sheet
    from voiceguide.publish.player import player_files

    notes: list[str] = []
    known = {session.name: timelines(session) for session in manifest.sessions}
    found: dict[str, bytes] = {}
    for session in manifest.sessions:
        try:
            found[f"{session.name}.html"] = cue_sheet(manifest, session, known[session.name])
        except ValueError as error:
            raise OutputError(f"The timeline of {session.name} can't be read: {error}.") from error
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
    found |= player_files(manifest, known, beside, frozenset(found))
    return found, tuple(notes)
