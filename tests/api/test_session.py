from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

import voiceguide
from tests.api.scripts import QUIET
from tests.support.signals import tone
from voiceguide import SAMPLE_RATE, Clip, OptionError, Session, SoundError, SoundRef


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with voiceguide.plan(voiceguide.read_text(QUIET), length="50s", bed="rain") as planned:
        yield planned


def _all(session: Session, **options: object) -> np.ndarray:
    return np.concatenate(list(session.blocks(**options)))  # type: ignore[arg-type]


def test_a_session_is_as_long_as_it_was_asked_to_be(session: Session) -> None:
    assert (session.frames, session.seconds, session.title) == (50 * SAMPLE_RATE, 50.0, "A quiet moment")
    assert session.timeline.fit is not None
    assert session.timeline.to_json()["seconds"] == 50.0


def test_mastered_blocks_are_what_a_lossless_file_holds(session: Session, tmp_path: Path) -> None:
    report = session.render(tmp_path / "x.wav")
    held, rate = soundfile.read(tmp_path / "x.wav", dtype="float32")
    blocks = list(session.blocks())
    assert {(block.dtype.name, block.shape[1]) for block in blocks} == {("float32", 2)}
    assert (rate, len(held)) == (SAMPLE_RATE, session.frames)
    assert np.abs(np.concatenate(blocks) - held).max() <= 2**-24
    assert report.to_json()["mastering"]["encodes"] == 1


def test_blocks_begin_and_end_anywhere_with_the_same_samples(session: Session) -> None:
    start, stop = 7 * SAMPLE_RATE + 13, 11 * SAMPLE_RATE + 5
    for mastered in (True, False):
        part = _all(session, start=start, stop=stop, mastered=mastered)
        assert np.array_equal(part, _all(session, mastered=mastered)[start:stop])


def test_the_tracks_sum_to_the_mix(session: Session) -> None:
    tracks = [_all(session, mastered=False, track=track) for track in ("voice", "breath", "chimes", "bed")]
    assert all(np.any(track) for track in tracks)
    assert np.abs(sum(tracks) - _all(session, mastered=False)).max() < 1e-6
    with pytest.raises(OptionError, match="start: a session has no frame -1"):
        next(session.blocks(-1))
    with pytest.raises(OptionError, match="track: mastering is for the whole mix"):
        next(session.blocks(track="voice"))


def test_a_long_session_is_never_held_as_a_whole() -> None:
    with voiceguide.plan(voiceguide.read_text(QUIET.replace("~5s", "20m")), bed="none") as long:
        tracemalloc.start()
        for _ in long.blocks(mastered=False):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < long.frames * 2 * 4 / 10


def test_an_event_can_be_dropped_moved_and_made_softer(session: Session) -> None:
    timeline = session.timeline
    chime = next(event for event in timeline.events if event.kind == "chime")
    others = [event for event in timeline.events if event is not chime and event.kind != "bed"]
    silent = session.with_timeline(timeline.with_events(others))
    changed = session.with_timeline(timeline.with_events([chime.moved(-chime.start).louder(-6), *others]))
    dropped, heard = _all(silent, mastered=False), _all(changed, mastered=False)
    assert chime.clip is not None
    alone = heard[: chime.clip.frames] - dropped[: chime.clip.frames]
    sound = voiceguide.find_sound("bowl").samples()[: len(alone)]
    assert np.abs(alone - sound * 10 ** ((chime.clip.level - 6) / 20)).max() < 1e-6
    assert changed.timeline.events[0].start == 0


def test_another_bed_is_heard_in_its_place(session: Session) -> None:
    timeline = session.timeline.with_events(
        replace(event, bed=SoundRef("brown"), text="brown") if event.kind == "bed" else event
        for event in session.timeline.events
    )
    beds = [_all(one, mastered=False, track="bed") for one in (session, session.with_timeline(timeline))]
    asked = voiceguide.plan(voiceguide.read_text(QUIET), length="50s", bed="brown")
    assert np.array_equal(beds[1], _all(asked, mastered=False, track="bed"))
    assert not np.array_equal(*beds)


def test_room_before_a_frame_moves_what_follows_and_nothing_else(session: Session) -> None:
    pause = next(event for event in session.timeline.events if event.kind == "pause")
    for frames in (SAMPLE_RATE, -SAMPLE_RATE):
        changed = session.with_timeline(session.timeline.with_room(pause.end, frames))
        before = _all(session, mastered=False, track="voice")
        after = _all(changed, mastered=False, track="voice")
        assert len(after) == len(before) + frames == changed.frames
        assert np.array_equal(after[pause.end + frames :], before[pause.end :])
        moved = next(event for event in changed.timeline.events if event.kind == "pause")
        assert (moved.start, moved.end) == (pause.start, pause.end + frames)
        chapters = changed.timeline.chapters
        assert [chapters[0].start, chapters[-1].end] == [0, changed.frames]
        assert chapters[0].end == chapters[1].start == session.timeline.chapters[1].start + frames
        bed = next(event for event in changed.timeline.events if event.kind == "bed")
        assert (bed.start, bed.end) == (0, changed.frames)
    with pytest.raises(ValueError, match="something starts or ends"):
        session.timeline.with_room(pause.end, pause.start - pause.end - 1)


def test_a_timeline_that_could_not_be_heard_is_refused(session: Session) -> None:
    events = session.timeline.events
    speech = next(event for event in events if event.kind == "speech")
    bed = next(event for event in events if event.kind == "bed")
    assert speech.clip is not None
    line = replace(speech.clip.source, text="Never said.")  # type: ignore[type-var]
    refused = [
        (replace(speech, clip=Clip(line, 100)), ValueError, "“Never said.” was not spoken"),  # type: ignore[arg-type]
        (replace(speech, clip=replace(speech.clip, frames=10**9)), ValueError, "longer than its source"),
        (replace(speech, clip=Clip(SoundRef("bowll"), 1)), SoundError, "did you mean"),
        (replace(bed, bed=SoundRef("rian")), SoundError, "did you mean 'rain'"),
        (speech.moved(10**9), ValueError, "outside the session"),
        (speech.moved(-(10**9)), ValueError, "outside the session"),
    ]
    for event, error, message in refused:
        with pytest.raises(error, match=message):
            session.with_timeline(session.timeline.with_events([event]))
    with pytest.raises(ValueError, match="out of order"):
        session.with_timeline(replace(session.timeline, events=events[::-1]))
    with pytest.raises(ValueError, match="was not spoken"):
        replace(session, timeline=session.timeline.with_events([refused[0][0]]))


def test_replacing_the_timeline_changes_what_is_heard(session: Session) -> None:
    silent = replace(session, timeline=session.timeline.with_events([]))
    assert not np.any(_all(silent))
    assert repr(silent) == "<Session 'A quiet moment', 50s, 0 events>"


def test_the_lengths_that_a_script_can_have_are_those_that_can_be_planned() -> None:
    script = voiceguide.read_text(QUIET)
    lengths = voiceguide.length_range(script, length="1h")
    assert lengths.shortest < lengths.natural == voiceguide.plan(script).frames < lengths.longest
    for frames in (lengths.shortest, lengths.longest):
        assert voiceguide.plan(script, length=frames / SAMPLE_RATE).frames == frames
    with pytest.raises(voiceguide.ScriptError, match="the session cannot last 1h"):
        voiceguide.plan(script, length="1h")


def test_own_sounds_last_as_long_as_the_session(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "own.wav", tone(3.0, -20.0), SAMPLE_RATE)
    script = voiceguide.read_text("---\nvoice: silent\n---\nSit.\n[sound own.wav]\n", folder=tmp_path)
    unpacked = Path(os.environ["VOICEGUIDE_CACHE"])

    def folders() -> list[Path]:
        return sorted(unpacked.glob("voiceguide-scratch-*"))

    session = voiceguide.plan(script)
    assert len(folders()) == 1
    blocks = session.blocks(mastered=False)
    del session
    gc.collect()
    assert np.any(np.concatenate(list(blocks)))  # whoever still listens keeps them
    del blocks
    gc.collect()
    assert folders() == []
    with voiceguide.plan(script) as closed:
        pass
    assert folders() == []
    with pytest.raises(ValueError, match="has been closed"):
        next(closed.blocks())


def test_it_works_inside_an_event_loop(tmp_path: Path) -> None:
    async def main() -> tuple[int, int]:
        here = voiceguide.plan(voiceguide.read_text(QUIET))
        there = await asyncio.to_thread(voiceguide.plan, voiceguide.read_text(QUIET))
        report = await asyncio.to_thread(there.render, tmp_path / "x.mp3")
        return here.frames, report.timeline.frames

    here, there = asyncio.run(main())
    assert here == there


def test_nothing_of_the_process_is_changed_and_nothing_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def state() -> object:
        handlers = {number: signal.getsignal(number) for number in signal.valid_signals()}
        return (
            Path.cwd(),
            dict(os.environ),
            handlers,
            list(logging.root.handlers),
            np.geterr(),
            threading.active_count(),
        )

    before = state()
    with voiceguide.plan(voiceguide.read_text(QUIET.replace("Thank", "Many thank"))) as session:
        session.render(tmp_path / "x.mp3", captions="vtt", stems=tmp_path / "stems")
        session.check()
        session.draw(tmp_path / "x.svg")
    assert state() == before
    assert capfd.readouterr() == ("", "")
