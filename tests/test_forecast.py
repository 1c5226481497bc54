"""What a mix will measure, told without mixing it: beside what it does measure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from conftest import ROOT
from signals import Samples, noise, speech_like

from voiceguide.envelope import Envelope, envelope
from voiceguide.forecast import forecast
from voiceguide.mastering import Measurement, measure
from voiceguide.mixer import Mixer
from voiceguide.reading import SessionOptions
from voiceguide.rehearsal import planned
from voiceguide.routine import Ducking, Levels, SoundRef
from voiceguide.timeline import Clip, ClipSource, Event, Line, Timeline
from voiceguide.units import SAMPLE_RATE

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
    """A bed of white noise at about -23 LUFS, the same wherever it is read."""

    def read(self, start: int, frames: int) -> Samples:
        return np.random.default_rng(start).normal(0, 0.035, (frames, 2)).astype(np.float32)


def session(*beds: Event, seconds: int = 90, **named: Levels | Ducking) -> Mixer:
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
    return Mixer(timeline, clip, lambda _: Hiss(), **named)  # type: ignore[arg-type]


def laid(ref: SoundRef, start: float, end: float, level: float, fade_in: float = 2, fade_out: float = 2) -> Event:
    frames = (round(second * SECOND) for second in (start, end, fade_in, fade_out))
    first, after, rise, fall = frames
    return Event("bed", "bed", first, after, None, bed=ref, level=level, fade_in=rise, fade_out=fall)


def told(mixer: Mixer) -> Measurement | None:
    return forecast(mixer, lambda source: envelope(clip(source)))


MIXES: dict[str, Callable[[], Mixer]] = {
    "voice and bells": session,
    "a bed below": lambda: session(laid(RAIN, 0, 90, -20)),
    "two beds that cross": lambda: session(laid(RAIN, 0, 42, -18), laid(OCEAN, 40, 90, -22)),
    "a bed that is not ducked": lambda: session(laid(RAIN, 0, 90, -19), ducking=Ducking(depth_db=0.0)),
    "a long fade": lambda: session(laid(RAIN, 0, 90, -16, 30, 45)),
    "other levels": lambda: session(laid(RAIN, 0, 90, -24), levels=Levels(voice=-5.0, chimes=6.0, bed=3.0)),
    "shorter than a moment": lambda: replace(session(), timeline=replace(session().timeline, frames=1300)),
}


@pytest.mark.parametrize("name", MIXES)
def test_tells_what_is_measured(name: str) -> None:
    mixer = MIXES[name]()
    measured, found = measure(mixer), told(mixer)
    assert found is not None
    assert found.loudness_lufs == pytest.approx(measured.loudness_lufs, abs=0.05)
    if mixer.frames > SECOND:
        assert found.true_peak_dbtp == pytest.approx(measured.true_peak_dbtp, abs=0.5)


@pytest.mark.parametrize("name", SCRIPTS)
def test_tells_what_a_routine_of_the_library_measures(name: str) -> None:
    with planned(ROOT / "scripts" / name, SessionOptions(voice="system", jobs=2)) as made:
        mixer = made.mixer()
        measured, found = measure(mixer), forecast(mixer, made.envelope)
    assert found is not None
    assert found.loudness_lufs == pytest.approx(measured.loudness_lufs, abs=0.05)
    assert found.true_peak_dbtp == pytest.approx(measured.true_peak_dbtp, abs=0.1)


def test_a_bed_that_counts_has_to_be_heard() -> None:
    assert told(session(laid(RAIN, 0, 90, -3))) is None
    alone = Timeline("t", "en", "v", 30 * SECOND, (), (laid(RAIN, 0, 30, -20),))
    assert told(Mixer(alone, clip, lambda _: Hiss())) is None


def test_nothing_is_silence() -> None:
    silent = Timeline("t", "en", "v", 30 * SECOND, (), ())
    nothing = Measurement(-math.inf, -math.inf)
    assert told(Mixer(silent, clip, lambda _: Hiss())) == nothing
    assert told(Mixer(replace(silent, frames=0), clip, lambda _: Hiss())) == nothing


def test_every_source_is_asked_for_once() -> None:
    asked: Counter[ClipSource] = Counter()

    def counted(source: ClipSource) -> Envelope:
        asked[source] += 1
        return envelope(clip(source))

    forecast(session(), counted)
    assert set(asked.values()) == {1}
    assert len(asked) > 10


def test_a_session_of_three_hours_is_told_at_once() -> None:
    """Without a sample of it being mixed."""

    def nobody(source: ClipSource) -> Samples:
        raise AssertionError(f"nobody should ask for {source}")

    mixer = replace(session(laid(RAIN, 0, 10_800, -20), seconds=10_800), clips=nobody)
    short = told(session(laid(RAIN, 0, 180, -20), seconds=180))
    long = forecast(mixer, cache(lambda source: envelope(clip(source))))
    assert long is not None
    assert short is not None
    assert long.loudness_lufs == pytest.approx(short.loudness_lufs, abs=0.5)


def test_a_softer_bus_makes_a_softer_peak() -> None:
    before, after = told(session()), told(session(levels=Levels(voice=-6.0, chimes=-6.0)))
    assert before is not None
    assert after is not None
    assert after.true_peak_dbtp == pytest.approx(before.true_peak_dbtp - 6, abs=0.01)
