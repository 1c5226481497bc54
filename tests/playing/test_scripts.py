"""A script that is heard as it is played, against the file that a render writes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import soundfile

import voiceguide
from tests.playing.listener import ANSWERED, Listener
from tests.support.waiting import HANGS
from voiceguide.errors import Source
from voiceguide.live.session import LiveSession
from voiceguide.playing.scripts import ScriptPlayable
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText
from voiceguide.units import SAMPLE_RATE

SECOND = SAMPLE_RATE
TEXT = """---
title: Evening
voice: system
language: en
bed: brown
---
# Settle
Sit down, and rest your hands. [pause 2s] Close your eyes. [chime bowl]

# Breathe
Breathe with the sounds. [breathe 3-3 x6 words none]

Let the breath come and go. [hold 8s]
"""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> np.ndarray:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("rendered")
    (folder / "evening.md").write_text(TEXT)
    with voiceguide.plan(folder / "evening.md") as planned:
        planned.render(folder / "evening.flac")
    samples, _ = soundfile.read(folder / "evening.flac", dtype="float32")
    return samples  # type: ignore[no-any-return]


@pytest.fixture
def session() -> Iterator[LiveSession]:
    with LiveSession(ScriptText(Source("evening.md", TEXT)), SessionOptions(jobs=2)) as live:
        assert live.settle(HANGS, spoken=True)
        yield live


@pytest.fixture
def listener(session: LiveSession) -> Listener:
    return Listener(ScriptPlayable(session))


def _alike(heard: np.ndarray, expected: np.ndarray) -> None:  # type: ignore[type-arg]
    """Correlation, and no frame of delay: what a file holds is rounded to 24 bits."""
    assert np.corrcoef(heard[:, 0], expected[:, 0])[0, 1] > 0.999
    assert np.abs(heard - expected).max() < 1e-5


def test_what_is_heard_is_what_the_file_holds(listener: Listener, rendered: np.ndarray) -> None:  # type: ignore[type-arg]
    heard = listener.hear(10_000 * SECOND)
    _alike(heard[: len(rendered)], rendered)
    assert not heard[len(rendered) :].any()


def test_after_a_key_as_well(listener: Listener, rendered: np.ndarray) -> None:  # type: ignore[type-arg]
    listener.hear(2 * SECOND)
    for command in ("forth", "chapter forth", "back"):
        listener.press(command)  # type: ignore[arg-type]
        at = listener.moment.frame
        _alike(listener.hear(2 * SECOND), rendered[at : at + 2 * SECOND])


def test_a_pause_loses_nothing(listener: Listener, rendered: np.ndarray) -> None:  # type: ignore[type-arg]
    listener.hear(2 * SECOND + 1234)
    listener.press("pause")
    at = listener.moment.frame
    assert at == 2 * SECOND + 1234
    listener.press("pause")
    _alike(listener.hear(SECOND), rendered[at + ANSWERED : at + ANSWERED + SECOND])


def test_after_a_pause_in_a_breath_the_cue_line_and_then_the_cycle(
    listener: Listener,
    rendered: np.ndarray,  # type: ignore[type-arg]
) -> None:
    timeline = listener.player._playable.place.timeline
    breath = next(event for event in timeline.events if event.kind == "breath")
    cue = next(event for event in timeline.events if event.text == "Breathe with the sounds.")
    listener.hear(breath.start + 27 * SECOND)
    listener.press("pause", "pause")
    heard = listener.hear(30 * SECOND)
    said = slice(0, cue.end - cue.start - ANSWERED)
    first = cue.start - SECOND // 5 + ANSWERED
    _alike(heard[said], rendered[first : first + said.stop])
    cycle = breath.start + 24 * SECOND
    jump = min(cue.end + SECOND // 5, breath.start) - first
    faded = SECOND // 10
    rest = heard[jump + faded : jump + 4 * SECOND]
    _alike(rest, rendered[cycle + faded : cycle + 4 * SECOND])


def test_the_bed_and_the_voice_have_a_level_each(listener: Listener, session: LiveSession) -> None:
    listener.press("softer bed", "softer bed", "louder voice")
    listener.hear(SECOND)
    assert listener.moment.levels == {"bed": -4.0, "voice": 2.0}
    for _ in range(30):
        listener.player.send("softer bed")
    listener.hear(SECOND)
    assert listener.moment.levels["bed"] == -30.0


def test_the_bed_alone_changes(listener: Listener, rendered: np.ndarray) -> None:  # type: ignore[type-arg]
    listener.press(*["softer bed"] * 5)  # type: ignore[list-item]
    timeline = listener.player._playable.place.timeline
    pause = next(event for event in timeline.events if event.kind == "pause")
    at = listener.moment.frame
    listener.hear(pause.start + SECOND // 2 - at)
    quiet = listener.hear(SECOND)
    expected = rendered[pause.start + SECOND // 2 :][:SECOND]
    assert np.sqrt((quiet**2).mean() / (expected**2).mean()) == pytest.approx(10 ** (-10 / 20), rel=0.02)


def test_a_text_that_changes_is_heard(listener: Listener, session: LiveSession) -> None:
    listener.hear(SECOND)
    session.update(TEXT.replace("Close your eyes.", "Close your eyes now."))
    assert session.settle(HANGS, spoken=True)
    listener.player.go(lambda: session.at(8, 60))
    listener.hear(SECOND)
    span = session.span(listener.moment.frame)
    assert span is not None
    assert TEXT.split("\n")[7][span.column - 1 :].startswith("Close")


def test_waiting_is_shown_and_the_frame_stays() -> None:
    many = " ".join(f"This is sentence number {number}." for number in range(12))
    text = ScriptText(Source("x.md", f"---\nvoice: system\nbed: brown\n---\n{many}\n"))
    with LiveSession(text, SessionOptions(jobs=1)) as session:
        listener = Listener(ScriptPlayable(session))
        states = set()
        while not listener.buffer.drained:
            if len(listener.hear(SECOND)):
                states.add(listener.moment.state)
        assert states <= {"waiting", "playing"}
        assert "playing" in states
        assert listener.moment.frame == session.plan.timeline.frames
        assert not session.findings
