"""A session that is heard while it changes, with real voices, against the file that a render writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import voiceguide
from tests.support.waiting import HANGS, until
from voiceguide.errors import ScriptError, Source
from voiceguide.live.session import LiveSession
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText
from voiceguide.speech.cache import cache_folder
from voiceguide.units import SAMPLE_RATE

TEXT = """---
voice: system
language: en
bed: brown
---
# Settle

Sit down, and rest your hands. [pause 2s] Close your eyes. [chime bowl]

# Breathe

[breathe 4-6 x2]

Let the breath come and go. [hold 5s]
"""


def _open(text: str, *, jobs: int = 2) -> LiveSession:
    return LiveSession(ScriptText(Source("evening.md", text)), SessionOptions(jobs=jobs))


def _all(session: LiveSession) -> np.ndarray:  # type: ignore[type-arg]
    return np.concatenate(list(session.blocks()))


@pytest.fixture
def session() -> Iterator[LiveSession]:
    with _open(TEXT) as live:
        assert live.settle(HANGS, spoken=True)
        yield live


def test_what_is_heard_is_what_a_file_would_hold(session: LiveSession, tmp_path: Path) -> None:
    script = tmp_path / "evening.md"
    script.write_text(TEXT)
    with voiceguide.plan(script) as planned:
        expected = np.concatenate(list(planned.blocks()))
    session.seek(0)
    heard = _all(session)
    assert heard.shape == expected.shape
    faded = SAMPLE_RATE // 10  # after the jump
    assert np.abs(heard - expected)[faded:].max() < 1e-6


def test_a_new_sentence_is_heard_at_its_place(session: LiveSession) -> None:
    before = session.plan.timeline.frames
    session.read(session.at(8) or 0)
    session.update(TEXT.replace("Close your eyes.", "Let the shoulders sink. Close your eyes."))
    assert session.settle(HANGS, spoken=True)
    assert not session.findings
    heard = _all(session)
    assert session.plan.timeline.frames > before
    assert session.ended
    assert len(heard) > session.plan.timeline.frames - SAMPLE_RATE - (session.at(8) or 0)


def test_it_begins_before_everything_is_spoken() -> None:
    many = "\n\n".join(f"This is the sentence with the number {number}." for number in range(30))
    with _open(f"---\nvoice: system\nbed: brown\n---\n{many}\n", jobs=1) as session:
        first = session.read(SAMPLE_RATE)
        assert len(first) == SAMPLE_RATE
        assert session.plan.missing, "not all of them can have been spoken yet"
        assert session.settle(HANGS, spoken=True)
        heard = _all(session)
        said = [event for event in session.plan.timeline.events if event.kind == "speech"]
        assert len(said) == 30
        assert len(heard) >= session.plan.timeline.frames - SAMPLE_RATE


def test_errors_are_told_and_the_sound_goes_on(session: LiveSession) -> None:
    session.read(SAMPLE_RATE)
    session.update(TEXT.replace("[pause 2s]", "[puase 2s]"))
    assert session.settle(HANGS)
    assert [finding.message for finding in session.findings if finding.severity == "error"]
    assert len(session.read(SAMPLE_RATE)) == SAMPLE_RATE
    session.update(TEXT)
    assert session.settle(HANGS)
    assert not session.findings


def test_a_text_that_cannot_be_planned_is_an_error_when_it_is_first() -> None:
    with _open("[puase 2s]\n") as session, pytest.raises(ScriptError, match="puase"):
        session.read(100)


def test_text_and_moment_lead_to_each_other(session: LiveSession) -> None:
    frame = session.at(14)
    assert frame is not None
    session.seek(frame)
    assert session.frame == frame
    span = session.span()
    assert span is not None
    assert (span.line, span.column) == (14, 1)


def test_a_voice_that_fails_is_told_with_the_line() -> None:
    text = "---\nvoice: system\n---\nSay this.\n"
    with _open(text) as session:
        assert session.settle(HANGS, spoken=True)
        session.update(text.replace("Say this.", "Say this.\n\n[voice nobody]\n\nAnd that."))
        assert session.settle(HANGS)
        assert ["nobody" in finding.message for finding in session.findings] == [True]


def test_many_texts_in_a_row_end_with_the_last(session: LiveSession) -> None:
    for number in range(40):
        session.update(TEXT.replace("2s]", f"{2 + number / 10}s]"))
    assert session.settle(HANGS)
    pause = next(event for event in session.plan.timeline.events if event.kind == "pause")
    assert pause.end - pause.start == round(5.9 * SAMPLE_RATE)


def test_closing_ends_workers_and_threads() -> None:
    import threading

    before = threading.active_count()
    session = _open("---\nvoice: system\n---\nOne line. And another.\n")
    session.read(10)
    session.close()
    until(lambda: threading.active_count() == before)  # a timer that was cancelled ends by itself


def _workers() -> list[Path]:
    return list((cache_folder() / "making").glob("*/worker-*.txt"))


def test_voices_are_loaded_ahead_only_where_the_text_will_change(session: LiveSession) -> None:
    session.close()
    script = ScriptText(Source("evening.md", TEXT))
    with LiveSession(script, SessionOptions(jobs=1), changes=False) as fixed:
        assert fixed.settle(HANGS, spoken=True)
        fixed.update(TEXT + "\n")
        assert fixed.settle(HANGS), "the thread that plans has done with the first plan"
        assert not _workers()
    with LiveSession(script, SessionOptions(jobs=1)) as changing:
        assert changing.settle(HANGS, spoken=True)
        until(_workers)
