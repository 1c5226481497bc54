"""What the terminal shows of a moment."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.playing.listener import timeline_of
from voiceguide.cli.play.display import Lines, clock, rows
from voiceguide.playing.moments import Moment, State
from voiceguide.playing.outline import Outline
from voiceguide.units import SAMPLE_RATE

TIMELINE = timeline_of(
    "# Arrive\nSit down. [pause 2s]\n\n# Breathe\nBreathe with me. [pause 1s] [breathe 4-2-4 x3 words none] [hold 20s]"
)
OUTLINE = Outline(TIMELINE)


def shown(
    frame: int, width: int = 80, state: State = "playing", *, timer: int | None = None, plain: bool = False
) -> str:
    moment = Moment(TIMELINE, frame, state, timer, {"bed": 0.0, "voice": -2.0})
    return "\n".join(row.text for row in rows(moment, OUTLINE, width, keys=True, plain=plain))


def test_a_breath_fills_and_empties_its_bar() -> None:
    start = OUTLINE.exercises[0].start
    seconds = (0, 2, 5, 8)
    bars = [shown(start + second * SAMPLE_RATE).count("█") for second in seconds]
    assert bars == [0, 12, 24, 12]
    assert "breath 3 of 3" in shown(start + 21 * SAMPLE_RATE)


def test_a_hold_tells_how_long_it_lasts() -> None:
    start = OUTLINE.exercises[1].start
    assert "hold" in shown(start + 5 * SAMPLE_RATE)
    assert "15 s" in shown(start + 5 * SAMPLE_RATE)


def test_chapter_text_times_and_state() -> None:
    text = shown(3 * SAMPLE_RATE)
    assert "Arrive (1 of 2)" in text
    assert "Sit down." in text
    assert "0:03  ━─" in text
    assert f"{clock(TIMELINE.frames - 3 * SAMPLE_RATE)} left of {clock(TIMELINE.frames)}" in text
    assert "playing, voice -2 dB" in text
    assert "paused" in shown(0, state="paused")
    assert "waiting for the next line" in shown(0, state="waiting")
    assert "ends in 7 min" in shown(0, timer=400 * SAMPLE_RATE)
    assert "ends in 0:40" in shown(0, timer=40 * SAMPLE_RATE)


@pytest.mark.parametrize("width", [24, 36, 59, 60, 80, 200])
def test_it_stays_calm_and_fits(width: int) -> None:
    pictures = [shown(second * SAMPLE_RATE, width) for second in range(TIMELINE.frames // SAMPLE_RATE)]
    assert len({picture.count("\n") for picture in pictures}) == 1, "the rows never move"
    if width >= 36:
        assert max(cell_len(row) for row in pictures[20].split("\n")[2:]) <= max(width, 78)


def test_a_terminal_without_unicode() -> None:
    start = OUTLINE.exercises[0].start
    assert shown(start + SAMPLE_RATE, plain=True).replace("·", "").isascii()


def test_control_characters_of_a_script_stay_out_of_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import replace

    line = next(event for event in TIMELINE.events if event.kind == "speech")
    timeline = replace(TIMELINE, events=(replace(line, text="Sit\x1b[2J down."),))
    moment = Moment(timeline, line.start, "playing", None, {})
    assert "\x1b" not in "".join(row.text for row in rows(moment, Outline(timeline), 80, keys=False))
    Lines().show(moment)
    assert "\x1b" not in capsys.readouterr().out


def test_lines_tell_each_chapter_and_line_once(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    for frame in range(0, TIMELINE.frames, SAMPLE_RATE // 10):
        lines.show(Moment(TIMELINE, frame, "playing", None, {}))
    told = [row.split(maxsplit=1)[1] for row in capsys.readouterr().out.splitlines()]
    assert told == ["Arrive", "Sit down.", "Breathe", "Breathe with me."]
