"""The document ``voiceguide.living/1``: where everything stands, for every length (docs/packs.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from voiceguide.living.clips import ClipTable, Placement
from voiceguide.living.lengths import LengthPlan
from voiceguide.living.loops import Loop
from voiceguide.living.sound import PROBE_AT, Mastering
from voiceguide.mix_levels import BED_LEVEL
from voiceguide.mixing.ducking import Dips
from voiceguide.mixing.placing import PlacedBed
from voiceguide.publish.steps import listening
from voiceguide.publish.timeline_document import Document
from voiceguide.sound_settings import Ducking
from voiceguide.units import SAMPLE_RATE

SCHEMA = "voiceguide.living/1"

_ADDED_FADES = (1, 10)  # seconds in which a bed that the script has not comes up and goes, as one of the script's does


@dataclass(slots=True)
class Texts:
    """Texts by number, each once."""

    numbers: dict[str, int] = field(default_factory=dict)

    def __call__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def plan_rows(plan: LengthPlan, table: ClipTable, texts: Texts, ducking: Ducking) -> dict[str, Any]:
    """A plan, without the lengths that follow from the table once all plans have been through it."""
    arrangement = plan.arrangement
    return {
        "frames": arrangement.frames,
        "gain": plan.gain_db,
        "clips": table.placements(arrangement.clips),
        "beds": [_bed_row(placed, table) for placed in arrangement.beds],
        "dips": [list(dip) for dip in Dips(arrangement.speech, ducking).intervals],
        **_listening(plan, texts),
    }


def _bed_row(placed: PlacedBed, table: ClipTable) -> list[Any]:
    event = placed.event
    fades = [event.fade_in, event.fade_out, int(placed.joins), int(placed.leads_on)]
    return [table.bed(placed), placed.start, placed.end, placed.origin, round(event.level, 3), *fades]


def _listening(plan: LengthPlan, texts: Texts) -> dict[str, Any]:
    """What the player needs to know of the plan, with its texts as numbers."""
    told = listening(Document.of(plan.timeline.to_json()))
    for chapter in told["chapters"]:
        chapter["title"] = texts(chapter["title"])
    for step in told["steps"]:
        step["lines"] = [[line["start"], line["end"], texts(line["text"])] for line in step["lines"]]
        step["counted"] = [texts(text) for text in step["counted"]]
    return told


def document(
    rows: Sequence[dict[str, Any]],
    table: ClipTable,
    texts: Texts,
    loops: Sequence[tuple[str, Loop]],
    mix: tuple[Ducking, Mastering],
) -> dict[str, Any]:
    """The whole document but for the slices. Its sounds are numbered: the probe, the clips, the beds."""
    ducking, mastering = mix
    return {
        "schema": SCHEMA,
        "rate": SAMPLE_RATE,
        "probe": PROBE_AT,
        "master": mastering.gain_db,
        "ducking": {"depth": ducking.depth_db, "lead": ducking.lead, "release": ducking.release},
        "added_bed": {"level": BED_LEVEL, "fades": [SAMPLE_RATE * seconds for seconds in _ADDED_FADES]},
        "clips": [[placed.bus, table.frames(number)] for number, placed in enumerate(table.longest)],
        "beds": [{"name": name, "loop": [one.begin, one.end]} for name, one in loops],
        "texts": list(texts.numbers),
        "plans": [{**row, "clips": [_clip_row(placement, table) for placement in row["clips"]]} for row in rows],
    }


def _clip_row(placement: Placement, table: ClipTable) -> list[int]:
    """Sound and start; its length and fade only where it is not played whole."""
    if placement.fade or placement.frames != table.frames(placement.sound):
        return [placement.sound, placement.start, placement.frames, placement.fade]
    return [placement.sound, placement.start]
