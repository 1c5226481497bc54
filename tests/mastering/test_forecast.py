"""What a mix is forecast to measure, beside what it does measure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.support.paths import ROOT
from tests.support.signals import Samples, noise, speech_like
from tests.support.sources import MadeSources
from voiceguide.audio.loudness import Meter
from voiceguide.audio.rooms import ROOMS, Room
from voiceguide.mastering.forecast import course, forecast
from voiceguide.mastering.measurement import Measurement, measure
from voiceguide.mixing.mixer import Mixer
from voiceguide.routine import SoundRef
from voiceguide.session.options import SessionOptions
from voiceguide.session.session import planned
from voiceguide.sound_settings import Ducking, Levels
from voiceguide.timeline import Clip, ClipSource, Event, Line, Timeline
from voiceguide.units import SAMPLE_RATE, gain

SECOND = SAMPLE_RATE
BELL, RAIN, OCEAN = SoundRef("bell"), SoundRef("rain"), SoundRef("ocean")
SCRIPTS = ("breathing/four-seven-eight.md", "facial-massage/three-minute-wake.md", "stretching/desk-break.md")


def line(number: int) -> Line:
    return Line(f"line {number}", "voice", 1.0, "en")


@cache
def clip(source: ClipSource) -> Samples:
    """A phrase of 2 to 5 s for a line, a bell that fades over 4 s otherwise."""
    if isinstance(source, Line):
        seed = int(source.text.removeprefix("line "))
        return speech_like(7 + seed % 4, seed, talking=0.9)[SECOND // 2 : (2 + seed % 4) * SECOND, 0]
    fading = np.exp(-np.arange(4 * SECOND) / SECOND)[:, np.newaxis]
    return (noise(4, 0.05, seed=3) * fading).astype(np.float32)


class Hiss:
    """A bed of white noise at about -23 LUFS."""

    def read(self, start: int, frames: int) -> Samples:
        return np.random.default_rng(start).normal(0, 0.035, (frames, 2)).astype(np.float32)


def session(*beds: Event, seconds: int = 90, **named: Levels | Ducking | Room | None) -> Mixer:
    """Lines and bells at odd frames, bells ringing into lines, and the last of both cut by the session's end."""
    events = list(beds)
    start, number = 1234, 0
    while start < seconds * SECOND:
        spoken = Clip(line(number), len(clip(line(number))))
        events.append(Event("speech", "voice", start, start + spoken.frames, None, clip=spoken))
        rung = Clip(BELL, 3 * SECOND, level=-4.0, fade_out=SECOND)
        start += spoken.frames + 7_001
        events.append(Event("chime", "chimes", start, start + rung.frames, None, clip=rung))
        start += SECOND * (1 + number % 5) + 333
        number += 1
    events.sort(key=lambda event: event.start)
    timeline = Timeline("t", "en", "v", seconds * SECOND, (), tuple(events))
    return Mixer(timeline, MadeSources(clip, lambda _: Hiss()), **named)  # type: ignore[arg-type]


def laid(ref: SoundRef, start: float, end: float, level: float, fade_in: float = 2, fade_out: float = 2) -> Event:
    frames = (round(second * SECOND) for second in (start, end, fade_in, fade_out))
    first, after, rise, fall = frames
    return Event("bed", "bed", first, after, None, bed=ref, level=level, fade_in=rise, fade_out=fall)


def refaded(frames: int) -> Mixer:
    """With other fades at the bells' ends, and the bells so loud that they count."""
    mixer = session(levels=Levels(chimes=8.0))
    events = (
        replace(event, clip=replace(event.clip, fade_out=frames)) if event.clip and event.kind == "chime" else event
        for event in mixer.timeline.events
    )
    return replace(mixer, timeline=replace(mixer.timeline, events=tuple(events)))


def told(mixer: Mixer) -> Measurement | None:
    return forecast(mixer)


MIXES: dict[str, Callable[[], Mixer]] = {
    "voice and bells": session,
    "a bed below": lambda: session(laid(RAIN, 0, 90, -20)),
    "two beds that cross": lambda: session(laid(RAIN, 0, 42, -18), laid(OCEAN, 40, 90, -22)),
    "a bed that is not ducked": lambda: session(laid(RAIN, 0, 90, -19), ducking=Ducking(depth_db=0.0)),
    "a long fade": lambda: session(laid(RAIN, 0, 90, -16, 30, 45)),
    "other levels": lambda: session(laid(RAIN, 0, 90, -24), levels=Levels(voice=-5.0, chimes=6.0, bed=3.0)),
    "in a small room": lambda: session(room=ROOMS["small"]),
    "in a hall": lambda: session(room=ROOMS["hall"]),
    "two seconds": lambda: replace(session(), timeline=replace(session().timeline, frames=2 * SECOND)),
    "too short to have a loudness": lambda: replace(session(), timeline=replace(session().timeline, frames=700)),
    "a fade longer than its clip": lambda: refaded(9 * SECOND),
}


@pytest.mark.parametrize("name", MIXES)
def test_tells_what_is_measured(name: str) -> None:
    mixer = MIXES[name]()
    measured, found = measure(mixer), told(mixer)
    assert found is not None
    assert found.loudness_lufs == pytest.approx(measured.loudness_lufs, abs=0.05)
    if mixer.frames > 5 * SECOND:
        assert found.true_peak_dbtp == pytest.approx(measured.true_peak_dbtp, abs=1.0)


@pytest.mark.parametrize("name", SCRIPTS)
def test_tells_what_a_routine_of_the_library_measures(name: str) -> None:
    with planned(ROOT / "scripts" / name, SessionOptions(voice="system", jobs=2)) as made:
        mixer = replace(made.mixer(), levels=Levels(bed=-7.0))  # so that no bed counts, which would have to be measured
        measured, found = measure(mixer), forecast(mixer)
        dry = measure(replace(mixer, room=None))
    assert found is not None
    assert found.loudness_lufs == pytest.approx(measured.loudness_lufs, abs=0.05)
    assert found.true_peak_dbtp == pytest.approx(dry.true_peak_dbtp, abs=0.1)
    assert found.true_peak_dbtp == pytest.approx(measured.true_peak_dbtp, abs=0.3)


class Waves:
    """A bed that is 6 dB louder for 5 s, and as much softer for 5 s."""

    def read(self, start: int, frames: int) -> Samples:
        louder = (np.arange(start, start + frames) // (5 * SECOND) % 2 == 0)[:, np.newaxis]
        return Hiss().read(start, frames) * np.where(louder, np.float32(gain(6)), np.float32(gain(-6)))


def test_a_bed_that_counts_has_to_be_heard() -> None:
    assert told(session(laid(RAIN, 0, 90, -3))) is None
    alone = Timeline("t", "en", "v", 30 * SECOND, (), (laid(RAIN, 0, 30, -20),))
    assert told(Mixer(alone, MadeSources(clip, lambda _: Hiss()))) is None


@pytest.mark.parametrize("level", range(-60, -3, 3))
def test_a_bed_under_a_few_words_is_told_rightly_or_not_at_all(level: int) -> None:
    """Words so sparse that a bed far below them may pass the gate: then the loudness falls."""
    spoken = Clip(line(1), len(clip(line(1))))
    said = Event("speech", "voice", 60 * SECOND, 60 * SECOND + spoken.frames, None, clip=spoken)
    timeline = Timeline("t", "en", "v", 120 * SECOND, (), (laid(RAIN, 0, 120, level), said))
    mixer = Mixer(timeline, MadeSources(clip, lambda _: Waves()), Ducking(depth_db=0.0))
    found = told(mixer)
    assert found is None or found.loudness_lufs == pytest.approx(measure(mixer).loudness_lufs, abs=0.3)
    assert (found is None) == (level >= -36)


class Overture:
    """A bed that begins 20 dB louder than it goes on."""

    def read(self, start: int, frames: int) -> Samples:
        louder = (np.arange(start, start + frames) < 3 * SECOND)[:, np.newaxis]
        return Hiss().read(start, frames) * np.where(louder, np.float32(1), np.float32(gain(-20)))


def test_the_mean_of_a_bed_is_that_of_its_longest_stretch() -> None:
    beds = laid(RAIN, 0, 3, -14, 0, 0), laid(OCEAN, 3, 8, -60), laid(RAIN, 8, 600, -14, 0, 0)
    mixer = replace(session(*beds, seconds=600), sources=MadeSources(clip, lambda _: Overture()))
    found = told(mixer)
    assert found is not None
    assert found.loudness_lufs == pytest.approx(measure(mixer).loudness_lufs, abs=0.1)


def test_nothing_is_silence() -> None:
    silent = Timeline("t", "en", "v", 30 * SECOND, (), ())
    nothing = Measurement(-math.inf, -math.inf)
    assert told(Mixer(silent, MadeSources(clip, lambda _: Hiss()))) == nothing
    assert told(Mixer(replace(silent, frames=0), MadeSources(clip, lambda _: Hiss()))) == nothing


def test_every_source_is_asked_for_once() -> None:
    asked: Counter[ClipSource] = Counter()

    def counted(source: ClipSource) -> Samples:
        asked[source] += 1
        return clip(source)

    forecast(replace(session(), sources=MadeSources(counted, lambda _: Hiss())))
    assert set(asked.values()) == {1}
    assert len(asked) > 10


def test_nothing_is_mixed_for_it() -> None:
    class OnlyEnvelopes(MadeSources):
        def samples(self, source: ClipSource) -> Samples:
            raise AssertionError(f"nobody should ask for {source}")

    mixer = session(laid(RAIN, 0, 600, -20), seconds=600)
    assert told(replace(mixer, sources=OnlyEnvelopes(clip, lambda _: Hiss()))) == told(mixer)


def test_a_softer_bus_makes_a_softer_peak() -> None:
    before, after = told(session()), told(session(levels=Levels(voice=-6.0, chimes=-6.0)))
    assert before is not None
    assert after is not None
    assert after.true_peak_dbtp == pytest.approx(before.true_peak_dbtp - 6, abs=0.01)


def test_the_course_is_the_loudness_that_is_measured_second_by_second() -> None:
    mixer = session(laid(RAIN, 0, 90, -20))
    meter = Meter()
    for block in mixer.blocks():
        meter.feed(block)
    measured = meter.short_term()  # of the 3 s from each tenth of a second on
    found = course(mixer, gain_db=2.0)
    assert len(found) == 90
    for second in range(2, 88):
        assert found[second] - 2.0 == pytest.approx(measured[10 * second - 15], abs=0.7)
