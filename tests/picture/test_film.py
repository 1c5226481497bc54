"""A session's film, frame after frame."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.containers import picture
from voiceguide.picture.film import FPS, HEIGHT, WIDTH, Film
from voiceguide.picture.scenes import Scene
from voiceguide.timeline import ChapterRange, Event, Timeline
from voiceguide.units import SAMPLE_RATE as RATE

STEP = RATE // FPS
COVER = picture().data


def film(*events: Event, seconds: float = 1.0, scene: Scene = "auto", chapters: tuple[ChapterRange, ...] = ()) -> Film:
    return Film(Timeline("Calm", "en", "v", round(seconds * RATE), chapters, events), COVER, scene)


def breath(phase: str, start: float, end: float, cycle: int = 1) -> Event:
    return Event("breath", "breath", round(start * RATE), round(end * RATE), None, phase=phase, cycle=cycle)  # type: ignore[arg-type]


def speech(text: str, start: int, end: int) -> Event:
    return Event("speech", "voice", start, end, None, text=text)


def width_of_disc(frame: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
    """Pixels of the circle's middle row that are lighter than the ground beside the ring."""
    row = frame[340].astype(int)  # above the middle, where no word stands
    return int((row > row[:400].max() + 20).sum())


def test_a_film_is_as_long_as_its_session_to_less_than_a_frame() -> None:
    assert [film(seconds=s).frames for s in (0.01, 1, 1.039, 1.04, 3600)] == [1, FPS, FPS, FPS + 1, 3600 * FPS]


def test_frames_are_drawn_one_by_one_in_the_same_memory() -> None:
    pictures = film(seconds=12 * 3600).pictures()
    first, second = next(pictures), next(pictures)
    assert first is second
    assert (first.shape, first.dtype) == ((HEIGHT * 3 // 2, WIDTH), np.uint8)
    assert 16 <= first[:HEIGHT].min() <= first[:HEIGHT].max() <= 235


def test_a_line_is_seen_from_its_nearest_frame_on() -> None:
    shown = film(speech("Close your eyes.", 5 * STEP + 400, 7 * STEP), seconds=0.48)
    brightest = [int(frame[850:1_050].max()) for frame in shown.pictures()]
    assert [level > 200 for level in brightest] == [False] * 5 + [True] * 7


def test_the_circle_grows_with_the_inhale_and_is_there_only_while_the_session_breathes() -> None:
    shown = film(breath("in", 0.08, 0.4), breath("hold", 0.4, 0.52), breath("out", 0.52, 0.84), seconds=0.96)
    widths = [width_of_disc(frame) for frame in shown.pictures()]
    rising, falling = widths[2:10], widths[13:21]
    assert rising == sorted(rising)
    assert rising[-1] > rising[0] + 250
    assert falling == sorted(falling, reverse=True)
    assert len(set(widths[10:13])) == 1
    assert len(set(widths[:2])) == 1
    always = [width_of_disc(frame) for frame in film(scene="circle", seconds=0.08).pictures()]
    assert always == [always[0]] * 2
    assert 0 < always[0] < rising[0]
    never = film(breath("in", 0, 1), scene="cover", seconds=0.08)
    assert np.array_equal(next(never.pictures()), next(film(scene="cover").pictures()))


def test_a_double_inhale_shares_one_rise() -> None:
    shown = film(breath("in", 0, 0.4), breath("in", 0.4, 0.6), breath("out", 0.6, 1), seconds=0.6)
    widths = [width_of_disc(frame) for frame in shown.pictures()]
    assert widths == sorted(widths)
    assert widths[9] < widths[14]


def test_what_the_font_cannot_write_is_told_and_not_drawn() -> None:
    shown = film(speech("Слушай.", 0, STEP), speech("目を閉じて。", 2 * STEP, 3 * STEP), seconds=0.16)
    assert shown.unwritten == ("目を閉じて。",)
    brightest = [int(frame[850:1_050].max()) > 200 for frame in shown.pictures()]
    assert brightest == [True, True, False, False]


@pytest.mark.parametrize("text", ["word " * 60, "x" * 400])
def test_long_text_stays_within_the_picture(text: str) -> None:
    frame = next(film(speech(text.strip(), 0, RATE), seconds=0.04).pictures())
    lit = np.flatnonzero((frame[840:1_080] > 200).any(axis=0))
    assert lit[0] > 0.05 * WIDTH
    assert lit[-1] < 0.95 * WIDTH
