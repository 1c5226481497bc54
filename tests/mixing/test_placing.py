"""A timeline arranged for mixing: what sounds where, at which level, on which bus."""

from __future__ import annotations

import pytest

from voiceguide.mixing.placing import Arrangement, arrange
from voiceguide.routine import SoundRef
from voiceguide.sound_settings import Levels
from voiceguide.timeline import Clip, Event, Line, Timeline

RAIN, OCEAN, BELL = SoundRef("rain"), SoundRef("ocean"), SoundRef("bell")
SAID = Event("speech", "voice", 100, 400, None, clip=Clip(Line("x", "v", 1.0, "en"), 300, level=-1.0))
RUNG = Event("chime", "chimes", 300, 900, None, clip=Clip(BELL, 800, level=-4.0, fade_out=50))


def arranged(frames: int, *events: Event, levels: Levels | None = None) -> Arrangement:
    return arrange(Timeline("t", "en", "v", frames, (), events), levels or Levels())


def laid(source: SoundRef, start: int, end: int, level: float = -24.0) -> Event:
    return Event("bed", "bed", start, end, None, bed=source, level=level)


def test_everything_has_its_frames_its_bus_and_its_level() -> None:
    found = arranged(2000, laid(RAIN, 0, 2000), SAID, RUNG, levels=Levels(voice=2.0, chimes=-3.0, bed=5.0))
    assert found.frames == 2000
    assert [(clip.start, clip.end, clip.bus, clip.clip.level) for clip in found.clips] == [
        (100, 400, "voice", 1.0), (300, 1100, "chimes", -7.0),
    ]  # fmt: skip
    assert [(bed.start, bed.end, bed.bus, bed.event.level) for bed in found.beds] == [(0, 2000, "bed", -19.0)]
    assert found.speech == ((100, 400),)


def test_nothing_reaches_beyond_the_end() -> None:
    found = arranged(350, laid(RAIN, 0, 2000), laid(OCEAN, 350, 2000), SAID, RUNG)
    assert [(clip.start, clip.end) for clip in found.clips] == [(100, 350), (300, 350)]
    assert [(bed.source, bed.end) for bed in found.beds] == [(RAIN, 350)]
    assert arranged(300, SAID, RUNG).clips == arranged(300, SAID).clips


def test_one_bus_has_its_own_alone() -> None:
    whole = arranged(2000, laid(RAIN, 0, 2000), SAID, RUNG)
    assert whole.of(None) == whole
    assert whole.of("voice") == Arrangement(2000, whole.clips[:1], (), whole.speech)
    assert whole.of("bed") == Arrangement(2000, (), whole.beds, whole.speech)


@pytest.mark.parametrize(("second", "joins"), [(RAIN, True), (OCEAN, False)])
def test_a_bed_that_changes_its_level_runs_on(second: SoundRef, joins: bool) -> None:
    first, then = arranged(2000, laid(RAIN, 10, 800), laid(second, 700, 2000, -30.0)).beds
    assert (first.joins, first.leads_on, then.joins, then.leads_on) == (False, joins, joins, False)
    assert then.origin == (10 if joins else 700)


def test_a_bed_that_returns_after_a_gap_begins_anew() -> None:
    first, then = arranged(2000, laid(RAIN, 0, 800), laid(RAIN, 801, 2000)).beds
    assert (first.leads_on, then.joins, then.origin) == (False, False, 801)
