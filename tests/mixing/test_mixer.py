"""The mix: every frame in its place, fades, stems, ducking, any block on its own, flat memory."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import get_args

import numpy as np
import pytest

from tests.support.signals import Samples
from tests.support.sources import MadeSources
from voiceguide.audio.rooms import ROOMS, in_room
from voiceguide.mixing.mixer import BLOCK, Mixer
from voiceguide.routine import SoundRef
from voiceguide.sound_settings import Ducking, Levels
from voiceguide.timeline import Clip, ClipSource, Event, Line, Swell, Timeline, Track
from voiceguide.units import SAMPLE_RATE, gain

SECOND = SAMPLE_RATE
SMALL = ROOMS["small"]
assert SMALL is not None
RAIN, OCEAN, BELL = SoundRef("rain"), SoundRef("ocean"), SoundRef("bell")


class Flat:
    """A bed whose samples are all one number."""

    def __init__(self, value: float = 1.0) -> None:
        self.value = value

    def read(self, start: int, frames: int) -> Samples:
        assert start >= 0
        return np.full((frames, 2), self.value, np.float32)


class Counting:
    """A bed whose samples tell their own frame, in seconds, and minus it."""

    def read(self, start: int, frames: int) -> Samples:
        time = (np.arange(start, start + frames) / SECOND).astype(np.float32)
        return np.stack((time, -time), axis=1)


DIP = Ducking().depth_db


def no_clips(source: ClipSource) -> Samples:
    raise AssertionError(f"nobody should ask for {source}")


def line(text: str) -> Line:
    return Line(text, "a voice", 1.0, "en")


def said(start: int, clip: Clip, track: Track = "voice") -> Event:
    return Event("speech", track, start, start + clip.frames, None, clip=clip)


def rung(start: int, clip: Clip, track: Track = "chimes") -> Event:
    return Event("chime", track, start, start + clip.frames, None, clip=clip)


def laid(start: int, end: int, bed: SoundRef = RAIN, level: float = 0.0, fade_in: int = 0, fade_out: int = 0) -> Event:
    return Event("bed", "bed", start, end, None, bed=bed, level=level, fade_in=fade_in, fade_out=fade_out)


def timeline(frames: int, *events: Event) -> Timeline:
    return Timeline("t", "en", "v", frames, (), tuple(sorted(events, key=lambda event: event.start)))


def whole(mixer: Mixer, start: int = 0, bus: Track | None = None) -> Samples:
    blocks = list(mixer.blocks(start, bus=bus))
    assert all(len(block) == BLOCK for block in blocks[:-1])
    assert all(block.dtype == np.float32 and block.shape[1] == 2 for block in blocks)
    return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)


def mixed(frames: int, *events: Event, clips: Callable[[ClipSource], Samples] = no_clips, bed: float = 1.0) -> Samples:
    return whole(Mixer(timeline(frames, *events), MadeSources(clips, lambda _: Flat(bed))))


def random_clip(source: ClipSource) -> Samples:
    """Noise of up to 2 s that depends on the source alone; mono for lines, stereo for sounds."""
    name = repr(source).encode()
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(name).digest()[:4]))
    frames = int(rng.integers(100, 2 * SECOND))
    return rng.normal(0, 0.1, frames if isinstance(source, Line) else (frames, 2)).astype(np.float32)


def busy(seconds: int, seed: int = 5) -> Mixer:
    """A session in which everything overlaps."""
    rng = np.random.default_rng(seed)
    end = seconds * SECOND + 12_345
    events = [laid(0, end // 2 + SECOND, RAIN, -6, SECOND, SECOND), laid(end // 2, end, OCEAN, -9, SECOND, 2 * SECOND)]
    for number in range(seconds):
        start = int(rng.integers(0, end - 2 * SECOND))
        source: ClipSource = line(str(number)) if number % 2 else SoundRef(f"sound {number % 5}")
        frames = min(len(random_clip(source)), int(rng.integers(1000, 2 * SECOND)))
        clip = Clip(source, frames, float(rng.integers(-12, 3)), int(rng.integers(0, frames)))
        events.append(said(start, clip) if number % 2 else rung(start, clip, "breath" if number % 4 else "chimes"))
    return Mixer(timeline(end, *events), MadeSources(random_clip, lambda ref: Flat(0.3) if ref == RAIN else Counting()))


# -- clips


def test_impulses_land_on_their_frames() -> None:
    starts = [0, 1, 999, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK - 2, 4 * BLOCK + 17]
    impulse = np.array([1.0, 0.5], np.float32)
    events = [said(start, Clip(line(f"{start}"), 2)) for start in starts]
    mix = mixed(4 * BLOCK + 19, *events, clips=lambda _: impulse)
    expected = np.zeros(4 * BLOCK + 19, np.float32)
    for start in starts:
        expected[start : start + 2] += impulse
    assert np.array_equal(mix, np.stack((expected, expected), axis=1))


def test_an_impulse_after_three_hours() -> None:
    at = 3 * 3600 * SECOND - 5
    mixer = Mixer(
        timeline(at + 100, said(at, Clip(line("x"), 1))),
        MadeSources(lambda _: np.ones(1, np.float32), lambda _: Flat()),
    )
    last = whole(mixer, start=at - 1000)
    assert np.flatnonzero(last[:, 0]).tolist() == [1000]


def test_stereo_clips_keep_their_channels() -> None:
    sound = np.stack((np.arange(10), -np.arange(10)), axis=1).astype(np.float32)
    mix = mixed(100, rung(20, Clip(BELL, 10)), clips=lambda _: sound)
    assert np.array_equal(mix[20:30], sound)


def test_clips_add_up_at_their_levels() -> None:
    one = np.full(1000, 0.5, np.float32)
    events = [said(0, Clip(line("a"), 1000)), rung(500, Clip(BELL, 1000, level=-20.0))]
    mix = mixed(2000, *events, clips=lambda _: one)
    assert mix[:500] == pytest.approx(0.5)
    assert mix[500:1000] == pytest.approx(0.55)
    assert mix[1000:1500] == pytest.approx(0.05)
    assert not mix[1500:].any()


@pytest.mark.parametrize("start", [0, 100, BLOCK - 500, BLOCK - 800, 3 * BLOCK - 1000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_clip_is_cut_to_its_frames_and_faded(start: int, channels: int) -> None:
    source = np.ones(5000 if channels == 1 else (5000, 2), np.float32)
    mix = mixed(4 * BLOCK, said(start, Clip(line("x"), 1000, fade_out=400)), clips=lambda _: source)
    heard = mix[start : start + 1000]
    assert (heard[:600] == 1).all()
    fade = (1 + np.cos(np.pi * (np.arange(400) + 0.5) / 400)) / 2
    assert heard[600:, 0] == pytest.approx(fade, abs=1e-6)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    assert not mix[start + 1000 :].any()
    assert (source == 1).all()


def test_a_fade_longer_than_one_block() -> None:
    frames = 4 * BLOCK
    mix = mixed(
        frames + 10, rung(5, Clip(BELL, frames, fade_out=3 * BLOCK)), clips=lambda _: np.ones(frames, np.float32)
    )
    fade = (1 + np.cos(np.pi * (np.arange(3 * BLOCK) + 0.5) / (3 * BLOCK))) / 2
    assert mix[5 + BLOCK : 5 + frames, 0] == pytest.approx(fade, abs=1e-6)


def test_a_source_shorter_than_its_clip_ends_early() -> None:
    mix = mixed(1000, said(10, Clip(line("x"), 500, fade_out=100)), clips=lambda _: np.ones(200, np.float32))
    assert (mix[10:210] == 1).all()
    assert not mix[210:].any()


def test_a_clip_that_would_outlast_the_session_is_faded() -> None:
    frames = 2 * SECOND
    mix = mixed(frames, rung(SECOND, Clip(BELL, 5 * SECOND)), clips=lambda _: np.ones(5 * SECOND, np.float32))
    assert len(mix) == frames
    assert (mix[SECOND : frames - SECOND // 100] == 1).all()
    assert mix[-1, 0] < 0.001
    assert np.abs(np.diff(mix[SECOND:, 0])).max() < 0.01


def test_events_without_a_sound_are_silent() -> None:
    pause = Event("pause", "voice", 0, 5000, None, elastic=True)
    assert not mixed(BLOCK + 7, pause).any()


def test_an_empty_session_has_no_blocks() -> None:
    assert list(Mixer(timeline(0), MadeSources(no_clips, lambda _: Flat())).blocks()) == []


# -- stems and parts


def test_stems_sum_to_the_mix() -> None:
    mixer = busy(40)
    stems = {bus: whole(mixer, bus=bus) for bus in get_args(Track)}
    assert all(np.abs(stem).max() > 0.05 for stem in stems.values())
    assert np.abs(sum(stems.values()) - whole(mixer)).max() < 1e-6


def test_a_stem_asks_for_its_own_sounds_only() -> None:
    def lines_only(source: ClipSource) -> Samples:
        assert isinstance(source, Line)
        return random_clip(source)

    def no_beds(ref: SoundRef) -> Flat:
        raise AssertionError(ref)

    assert whole(Mixer(busy(10).timeline, MadeSources(lines_only, no_beds)), bus="voice").any()


def test_every_block_is_the_same_from_any_start() -> None:
    mixer = busy(40)
    mix = whole(mixer)
    assert np.array_equal(whole(mixer), mix)
    for start in (BLOCK, 7 * BLOCK, 7 * BLOCK + 11, len(mix) - 5, len(mix)):
        assert np.array_equal(whole(mixer, start), mix[start:])


def test_each_bus_has_a_gain_of_its_own() -> None:
    mixer = busy(20)
    softer = replace(mixer, levels=Levels(voice=1.5, breath=-3.0, chimes=-6.0, bed=-20.0))
    for bus, level in (("voice", 1.5), ("breath", -3.0), ("chimes", -6.0), ("bed", -20.0)):
        assert np.allclose(whole(softer, bus=bus), whole(mixer, bus=bus) * gain(level), rtol=1e-6, atol=1e-6)


# -- the bed


def test_a_bed_at_its_level_with_its_fades() -> None:
    frames = 10 * SECOND
    mix = mixed(frames, laid(SECOND, 9 * SECOND, level=-20, fade_in=2 * SECOND, fade_out=3 * SECOND))
    assert not mix[:SECOND].any()
    assert not mix[9 * SECOND :].any()
    assert mix[3 * SECOND : 6 * SECOND] == pytest.approx(0.1, rel=1e-6)
    rise = np.sin(np.pi / 2 * (np.arange(2 * SECOND) + 0.5) / (2 * SECOND))
    assert mix[SECOND : 3 * SECOND, 0] == pytest.approx(0.1 * rise, abs=1e-6)
    fall = np.cos(np.pi / 2 * (np.arange(3 * SECOND) + 0.5) / (3 * SECOND))
    assert mix[6 * SECOND : 9 * SECOND, 1] == pytest.approx(0.1 * fall, abs=1e-6)


def test_two_beds_cross_with_equal_power() -> None:
    events = [laid(0, 6 * SECOND, RAIN, fade_out=4 * SECOND), laid(2 * SECOND, 8 * SECOND, OCEAN, fade_in=4 * SECOND)]

    class Left(Flat):
        def read(self, start: int, frames: int) -> Samples:
            return super().read(start, frames) * np.array((1, 0), np.float32)

    class Right(Flat):
        def read(self, start: int, frames: int) -> Samples:
            return super().read(start, frames) * np.array((0, 1), np.float32)

    mix = whole(
        Mixer(timeline(8 * SECOND, *events), MadeSources(no_clips, lambda ref: Left() if ref == RAIN else Right()))
    )
    assert (mix**2).sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert mix[4 * SECOND] == pytest.approx([0.5**0.5] * 2, abs=1e-3)


def test_a_bed_that_changes_its_level_goes_on_without_a_bump() -> None:
    """The samples on both sides are the same, so the gains sum, not the powers; and its time runs on."""
    events = [
        laid(SECOND, 6 * SECOND, RAIN, fade_out=4 * SECOND),
        laid(2 * SECOND, 9 * SECOND, RAIN, level=-6, fade_in=4 * SECOND),
    ]
    mix = mixed(9 * SECOND, *events)
    assert (mix[SECOND : 2 * SECOND] == 1).all()
    assert mix[6 * SECOND :] == pytest.approx(gain(-6))
    crossing = mix[2 * SECOND : 6 * SECOND, 0]
    assert (np.diff(crossing) <= 1e-6).all()
    counted = whole(Mixer(timeline(9 * SECOND, *events), MadeSources(no_clips, lambda _: Counting())))
    assert counted[8 * SECOND, 0] == pytest.approx(7 * gain(-6), rel=1e-4)


def test_a_bed_begins_at_its_own_start() -> None:
    mix = whole(Mixer(timeline(9 * SECOND, laid(3 * SECOND, 9 * SECOND)), MadeSources(no_clips, lambda _: Counting())))
    assert mix[4 * SECOND] == pytest.approx([1.0, -1.0], abs=1e-4)


def test_a_bed_past_the_end_is_cut() -> None:
    mix = mixed(2 * SECOND, laid(0, 5 * SECOND, fade_out=SECOND), laid(3 * SECOND, 4 * SECOND))
    assert len(mix) == 2 * SECOND
    assert mix[-1, 0] < 0.001


# -- ducking


def ducked_bed(*lines: tuple[float, float], seconds: float = 20, ducking: Ducking | None = None) -> np.ndarray:
    """The bed's gain in dB over a session with silent lines at the given seconds."""
    frames = round(seconds * SECOND)
    events = [laid(0, frames)]
    for start, end in lines:
        clip = Clip(line("x"), round((end - start) * SECOND))
        events.append(said(round(start * SECOND), clip))
    mixer = Mixer(
        timeline(frames, *events),
        MadeSources(lambda _: np.zeros(1, np.float32), lambda _: Flat()),
        ducking or Ducking(),
    )
    return 20 * np.log10(whole(mixer, bus="bed")[:, 0].astype(np.float64))


def at(curve: np.ndarray, second: float) -> float:
    return float(curve[round(second * SECOND)])


def test_the_bed_is_down_when_the_voice_begins_and_back_after_it() -> None:
    curve = ducked_bed((5.0, 8.0))
    moved = np.flatnonzero(curve < 0)
    assert moved[0] / SECOND == pytest.approx(4.7, abs=0.01)
    assert (moved[-1] + 1) / SECOND == pytest.approx(9.25, abs=0.02)
    assert curve[5 * SECOND : 8 * SECOND] == pytest.approx(-DIP, abs=1e-5)
    assert at(curve, 4.85) == pytest.approx(-DIP / 2, abs=0.01)
    assert at(curve, 8.625) == pytest.approx(-DIP / 2, abs=0.01)


def test_the_bed_moves_smoothly_one_way_at_a_time() -> None:
    curve = ducked_bed((5.0, 8.0))
    assert (np.diff(curve[: 5 * SECOND]) <= 0).all()
    assert (np.diff(curve[8 * SECOND :]) >= 0).all()
    assert np.abs(np.diff(curve)).max() < DIP / (0.3 * SECOND) * 1.6


def test_no_pumping_between_close_lines() -> None:
    """A gap shorter than lead and release together stays ducked; a longer one is given back fully."""
    curve = ducked_bed((2.0, 3.0), (3.6, 5.0), (6.5, 8.0), (9.56, 11.0))
    assert curve[2 * SECOND : 8 * SECOND] == pytest.approx(-DIP, abs=1e-5)
    assert curve[8 * SECOND : round(9.56 * SECOND)].max() == pytest.approx(0.0, abs=1e-4)


def test_a_line_inside_another_does_not_end_the_dip() -> None:
    curve = ducked_bed((2.0, 10.0), (3.0, 4.0))
    assert curve[2 * SECOND : 10 * SECOND] == pytest.approx(-DIP, abs=1e-5)


def test_lines_at_the_very_edges() -> None:
    curve = ducked_bed((0.0, 1.0), (19.0, 20.0))
    assert at(curve, 0.0) == pytest.approx(-DIP, abs=1e-5)
    assert curve[-1] == pytest.approx(-DIP, abs=1e-5)
    assert at(curve, 10.0) == 0.0


def test_another_ducking() -> None:
    curve = ducked_bed((5.0, 8.0), ducking=Ducking(depth_db=12, lead=1.0, release=3.0))
    assert at(curve, 6.0) == pytest.approx(-12.0, abs=1e-4)
    assert at(curve, 4.5) == pytest.approx(-6.0, abs=0.01)
    assert at(curve, 9.5) == pytest.approx(-6.0, abs=0.01)
    still = ducked_bed((5.0, 8.0), ducking=Ducking(depth_db=0))
    assert (still == 0).all()


def test_chimes_do_not_duck_the_bed() -> None:
    events = [laid(0, 5 * SECOND), rung(SECOND, Clip(BELL, SECOND))]
    mix = mixed(5 * SECOND, *events, clips=lambda _: np.zeros(1, np.float32))
    assert (mix == 1).all()


# -- memory


@dataclass
class Library:
    """Clips of 4 s, a new array each time it is asked."""

    asked: list[ClipSource] = field(default_factory=list)

    def __call__(self, source: ClipSource) -> Samples:
        self.asked.append(source)
        return np.full(4 * SECOND, 0.1, np.float32)


def long_session(minutes: int) -> tuple[Timeline, Library]:
    """Seven lines a minute, each of its own, a chime with each, a swell now and then."""
    events = [laid(0, minutes * 60 * SECOND, level=-24)]
    for number in range(minutes * 7):
        start = number * 8 * SECOND + 100
        events.append(said(start, Clip(line(f"line {number}"), 4 * SECOND)))
        events.append(rung(start + 2 * SECOND, Clip(BELL, 4 * SECOND)))
        if number % 10 == 0:
            events.append(rung(start, Clip(Swell(True, 4 * SECOND), 4 * SECOND), "breath"))
    return timeline(minutes * 60 * SECOND, *events), Library()


def peak_memory(minutes: int) -> int:
    """Bytes at the most while a session is mixed, beyond what its timeline takes."""
    planned, library = long_session(minutes)
    mixer = Mixer(planned, MadeSources(library, lambda _: Flat()))
    tracemalloc.start()
    try:
        frames = sum(len(block) for block in mixer.blocks())
        highest = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert frames == planned.frames
    assert len(library.asked) >= minutes * 7
    return highest


def test_three_hours_need_no_more_memory_than_ten_minutes() -> None:
    short, long = peak_memory(10), peak_memory(180)
    assert long < short + 2_000_000
    assert long < 40_000_000


def test_a_chime_is_fetched_once_and_a_line_when_it_is_due() -> None:
    planned, library = long_session(3)
    blocks = Mixer(planned, MadeSources(library, lambda _: Flat())).blocks()
    next(blocks)
    assert library.asked == [line("line 0"), Swell(True, 4 * SECOND)]
    for _ in blocks:
        pass
    assert library.asked.count(BELL) == 1
    assert len(library.asked) == len(set(library.asked))


def test_what_a_source_raises_comes_through() -> None:
    def broken(source: ClipSource) -> Samples:
        raise ValueError("no such line")

    with pytest.raises(ValueError, match="no such line"):
        whole(Mixer(timeline(SECOND, said(0, Clip(line("x"), 5))), MadeSources(broken, lambda _: Flat())))


# -- the room


def in_a_room(mixer: Mixer) -> Mixer:
    return replace(mixer, room=SMALL)


def test_only_the_voice_sounds_in_a_room_and_the_mix_is_the_same_from_any_frame() -> None:
    mixer = in_a_room(busy(20))
    mix = whole(mixer)
    for start in (1, BLOCK - 1, 7 * BLOCK + 311, 15 * BLOCK):
        assert np.array_equal(whole(mixer, start), mix[start:])
    for bus in ("breath", "chimes", "bed"):
        assert np.array_equal(whole(mixer, bus=bus), whole(busy(20), bus=bus))
    stems = sum(whole(mixer, bus=bus).astype(np.float64) for bus in ("voice", "breath", "chimes", "bed"))
    assert np.abs(stems - mix).max() < 1e-5


def test_a_line_rings_on_after_its_end_and_its_cut_is_what_rings() -> None:
    """The clip is cut to half its source and faded before it comes into the room."""
    room, sound = SMALL, random_clip(line("a"))
    frames, fade, start = len(sound) // 2, 500, 3_000
    events = [said(start, Clip(line("a"), frames, -6.0, fade))]
    made = Mixer(timeline(5 * SECOND, *events), MadeSources(lambda _: sound, lambda _: Flat()), room=room)
    cut = sound[:frames].copy()
    cut[-fade:] *= (1 + np.cos(np.pi * (np.arange(fade) + 0.5) / fade).astype(np.float32)) / 2
    expected = in_room(cut, room) * np.float32(10 ** (-6 / 20))
    mix = whole(made)
    assert np.allclose(mix[start : start + len(expected)], expected, atol=1e-6)
    assert np.abs(mix[start + frames :]).max() > 1e-5
    assert not mix[:start].any()
    assert not mix[start + len(expected) :].any()


def test_a_session_that_ends_first_fades_the_room_out() -> None:
    room, sound = SMALL, random_clip(line("a"))
    end = len(sound) + 3_000
    made = Mixer(
        timeline(end, said(0, Clip(line("a"), len(sound)))), MadeSources(lambda _: sound, lambda _: Flat()), room=room
    )
    mix = whole(made)
    assert np.array_equal(mix[: end - 441], in_room(sound, room)[: end - 441])
    assert np.abs(mix[-1]).max() < 1e-6 < np.abs(mix[-2_000:-441]).max()
