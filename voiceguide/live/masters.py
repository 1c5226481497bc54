"""How sessions were mastered that have been heard before, so that they begin without being measured again.

What is kept has the hash of everything that mastering follows from for its name. Sessions with files of a person's own
are measured every time, since the files may be others.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from voiceguide.kept import Kept
from voiceguide.live.plan import LivePlan, Mastering
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.solve import Master
from voiceguide.routine import SoundRef
from voiceguide.timeline import ClipSource, Line

_VERSION = 3
"""Count it up with every change that makes masters differ, of the sound library too."""


class KeptMasters:
    """The mastering of plans whose lines are all spoken, in a folder of results."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def find(self, plan: LivePlan) -> Mastering | None:
        """How a plan was mastered; None when that is not known."""
        key = _key(plan)
        content = None if key is None else self._kept.get(key)
        return None if content is None else _read(json.loads(content))

    def keep(self, plan: LivePlan, mastering: Mastering) -> None:
        """Keeps how a plan is mastered."""
        if (key := _key(plan)) is not None:
            self._kept.put(key, json.dumps(asdict(mastering)).encode())


def _read(found: dict[str, Any]) -> Mastering:
    master = found["master"]
    return Mastering(Master(**{**master, "mix": Measurement(**master["mix"])}), found["bed_db"])


def _key(plan: LivePlan) -> str | None:
    """A hash of what decides how a plan is mastered; None when a line is missing, or a file is played."""
    settings, timeline = plan.routine.settings, plan.timeline
    sounds = [clip.source for _, clip in timeline.sounding() if isinstance(clip.source, SoundRef)]
    beds = [event.bed for event in timeline.events if event.bed is not None]
    if plan.missing or any(sound.path is not None for sound in (*sounds, *beds)):
        return None
    whole = settings.profile, settings.loudness, settings.levels, settings.ducking, settings.room, timeline.frames
    keys: dict[ClipSource, str] = {}
    events = [repr((_VERSION, whole))]
    for event in timeline.events:
        clip = event.clip
        if clip is None and event.bed is None:
            continue
        if clip is not None and (source := clip.source) not in keys:
            keys[source] = plan.clips.clips.spoken.key(source) if isinstance(source, Line) else repr(source)
        sound = None if clip is None else (keys[clip.source], clip.frames, clip.level, clip.fade_out)
        bed = None if event.bed is None else (event.bed.name, event.end, event.level, event.fade_in, event.fade_out)
        events.append(repr((event.track, event.start, sound, bed)))
    return hashlib.sha256("\n".join(events).encode()).hexdigest()
