"""What is mixed before mastering, measured on sessions of real speech, chimes and beds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.seams import found
from voiceguide.audio.loudness import Meter, loudest_moment
from voiceguide.audio.stream import Samples
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.mixing.mixer import Mixer
from voiceguide.session.options import SessionOptions
from voiceguide.session.session import Session, planned
from voiceguide.sound_settings import Ducking
from voiceguide.timeline import Timeline, Track
from voiceguide.units import SAMPLE_RATE

SCRIPT = """---
voice: system
bed: rain
chimes: bell
{settings}
---
[chime]
[pause 4s]
Rest your hands on your face, and let your shoulders sink with every breath. [pause 8s]
[bed brown]
[pause 6s]
Let the skin grow warm under your palms, and let your jaw hang a little open.
[pause 15s]
"""


@contextmanager
def session(folder: Path, settings: str = "", text: str = SCRIPT) -> Iterator[Session]:
    path = folder / "mix.md"
    path.write_text(text.format(settings=settings), "utf-8")
    with planned(path, SessionOptions()) as made:
        yield made


def whole(mixer: Mixer, bus: Track | None = None) -> Samples:
    return np.concatenate(list(mixer.blocks(bus=bus)))


class Heard:
    """A session's plan, its mix, and each bus alone; ``still`` is the bed as it would be without ducking."""

    def __init__(self, made: Session) -> None:
        mixer = made.mixer()
        self.timeline: Timeline = made.timeline
        self.mix = whole(mixer)
        self.voice, self.chimes, self.bed = (whole(mixer, bus) for bus in ("voice", "chimes", "bed"))
        self.still = whole(replace(mixer, ducking=Ducking(depth_db=0.0)), "bed")
        self.lines = [(event.start, event.end) for event in made.timeline.events if event.kind == "speech"]

    def ducked(self, frame: int) -> float:
        """How far the bed lies under where it would be, in dB, around a frame: both are the same samples."""
        near = slice(frame - 50, frame + 50)
        return 10 * float(np.log10((self.still[near] ** 2).sum() / (self.bed[near] ** 2).sum()))


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Heard:
    with session(tmp_path_factory.mktemp("mix")) as made:
        return Heard(made)


def loudness(samples: Samples) -> float:
    meter = Meter()
    meter.feed(samples)
    return meter.integrated()


def test_each_line_is_as_loud_as_a_voice_should_be(heard: Heard) -> None:
    for start, end in heard.lines:
        assert loudness(heard.voice[start:end]) == pytest.approx(VOICE_LOUDNESS, abs=0.5)


def test_the_bed_lies_more_than_20_db_under_the_voice(heard: Heard) -> None:
    """17 between the lines, 24 under them (WCAG 1.4.7 asks for 20)."""
    for start, end in heard.lines:
        assert loudness(heard.voice[start:end]) - loudness(heard.bed[start:end]) == pytest.approx(24, abs=1)
        pause = heard.bed[end + 2 * SAMPLE_RATE : end + 6 * SAMPLE_RATE]
        assert VOICE_LOUDNESS - loudness(pause) == pytest.approx(17, abs=1.5)


def test_a_chime_lies_4_lu_under_the_voice(heard: Heard) -> None:
    assert loudest_moment(heard.chimes) == pytest.approx(VOICE_LOUDNESS - 4, abs=0.1)


def test_the_bed_sinks_before_each_line_and_comes_back_after_it(heard: Heard) -> None:
    for start, end in heard.lines:
        assert heard.ducked(start - 14_000) == pytest.approx(0, abs=0.05)  # 318 ms before
        assert 0.1 < heard.ducked(start - 10_000) < 6.9
        for inside in (start + 100, (start + end) // 2, end - 100):
            assert heard.ducked(inside) == pytest.approx(7, abs=0.05)
        assert 0.1 < heard.ducked(end + round(0.6 * SAMPLE_RATE)) < 6.9
        assert heard.ducked(end + round(1.3 * SAMPLE_RATE)) == pytest.approx(0, abs=0.05)


def test_a_script_says_how_far_the_bed_sinks_and_how_loud_a_bus_is(heard: Heard, tmp_path: Path) -> None:
    with session(tmp_path, "ducking: {depth: 9dB, lead: 1s}\nlevels: {chimes: -5dB}") as made:
        deeper = Heard(made)
    start, end = deeper.lines[0]
    assert deeper.ducked((start + end) // 2) == pytest.approx(9, abs=0.05)
    assert 0.5 < deeper.ducked(start - SAMPLE_RATE // 2) < 8.5
    assert loudest_moment(deeper.chimes) == pytest.approx(loudest_moment(heard.chimes) - 5, abs=0.05)
    assert np.array_equal(deeper.voice, heard.voice)


def test_one_bed_turns_into_the_next_without_a_dip_or_a_bump(heard: Heard) -> None:
    """Rain and brown noise are as loud as each other, and so is every half second while they cross."""
    first, second = (event for event in heard.timeline.events if event.kind == "bed")
    assert first.end - second.start == first.fade_out == second.fade_in == 4 * SAMPLE_RATE
    levels = [
        loudness(heard.still[at : at + SAMPLE_RATE // 2])
        for at in range(second.start - 2 * SAMPLE_RATE, first.end + 2 * SAMPLE_RATE, SAMPLE_RATE // 2)
    ]
    assert max(levels) - min(levels) < 2


def rms(samples: Samples) -> float:
    return 10 * float(np.log10((samples.astype(np.float64) ** 2).mean() + 1e-20))


def test_a_session_fades_in_and_out(heard: Heard) -> None:
    tenth = SAMPLE_RATE // 10
    body = rms(heard.bed[2 * SAMPLE_RATE : 4 * SAMPLE_RATE])
    opening = [rms(heard.bed[at : at + tenth]) for at in range(0, SAMPLE_RATE, tenth)]
    assert np.all(np.diff(opening) > -3)  # a drop of rain may fall
    assert opening[0] < body - 15
    closing = [
        rms(heard.bed[at : at + SAMPLE_RATE])
        for at in range(len(heard.bed) - 10 * SAMPLE_RATE, len(heard.bed) - SAMPLE_RATE, SAMPLE_RATE)
    ]
    assert np.all(np.diff(closing) < 0.5)
    assert rms(heard.mix[-tenth:]) < closing[0] - 30
    assert np.abs(heard.mix[[0, -1]]).max() < 1e-4


def test_a_session_for_sleep_fades_over_a_minute_and_a_half(tmp_path: Path) -> None:
    with session(tmp_path, text="---\nvoice: system\nbed: pink\nsleep: true\n---\nSleep well. [pause 4m]\n") as made:
        first = made.timeline.frames - 100 * SAMPLE_RATE
        ending = np.concatenate(list(made.mixer().blocks(first)))
    levels = np.array([rms(ending[at : at + 10 * SAMPLE_RATE]) for at in range(0, len(ending), 10 * SAMPLE_RATE)])
    # The cosine's mean power over each tenth of the fade, after ten seconds without one.
    edges = np.linspace(0, np.pi / 2, 10)
    power = np.diff(edges / 2 + np.sin(2 * edges) / 4) / np.diff(edges)
    assert levels - levels[0] == pytest.approx([0.0, *(10 * np.log10(power))], abs=0.5)


def steepest(samples: Samples) -> float:
    return float(np.abs(np.diff(samples, axis=0)).max())


def test_the_mix_has_no_steeper_step_than_what_is_mixed(heard: Heard) -> None:
    """Neither a block's edge, nor a fade, nor a dip adds a step to those of speech, chime and bed."""
    parts = steepest(heard.voice) + steepest(heard.chimes) + steepest(heard.still)
    assert steepest(heard.mix) <= parts
    assert steepest(heard.bed) <= steepest(heard.still)
    blocks = range(SAMPLE_RATE, len(heard.bed), SAMPLE_RATE)
    steps = np.abs(np.diff(heard.still, axis=0)).max(axis=1)
    assert np.array([steps[at - 1] for at in blocks]).max() < np.quantile(steps, 0.9999)


def test_nobody_finds_where_the_session_changes_its_block(heard: Heard) -> None:
    """A bed's middle, where nothing fades, at four edges of blocks."""
    middle: Any = heard.still[-26 * SAMPLE_RATE : -11 * SAMPLE_RATE]
    offset = (len(heard.still) - 26 * SAMPLE_RATE) % SAMPLE_RATE
    edges = [SAMPLE_RATE - offset + second * SAMPLE_RATE for second in (1, 4, 7, 10)]
    assert found(middle, [(edge, edge) for edge in edges]) == []
