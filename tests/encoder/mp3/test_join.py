"""MP3 parts made side by side: one stream, the same for any number of workers, in which no join can be told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from mutagen.mp3 import MP3

from tests.encoder.mp3.test_mp3 import by_ffmpeg, by_libsndfile
from tests.support.signals import noise, speech_like
from tests.support.streams import InBlocks
from voiceguide.audio.stream import Samples, parts
from voiceguide.encoder.encode import encode_and_measure
from voiceguide.encoder.format import Encoding
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.frames import FrameReader, Run
from voiceguide.encoder.mp3.info_frame import FRAME, frame_length
from voiceguide.encoder.mp3.join import EARLY, LATE, Joiner, main_data_begin
from voiceguide.encoder.mp3.parts import Parts
from voiceguide.encoder.tags import Tags, id3
from voiceguide.errors import OutputError
from voiceguide.units import SAMPLE_RATE, gain


def frames_of(data: bytes) -> list[bytes]:
    reader = FrameReader()
    frames = reader.feed(data)
    reader.end()
    return frames


def _session() -> Samples:
    """Two minutes in four parts, which end in a loud chord, in speech, and in a burst: a window of another shape."""
    samples = speech_like(121, seed=8) + noise(121, gain(-55))
    time = np.arange(SAMPLE_RATE * 4) / SAMPLE_RATE
    chord = (
        sum(np.sin(2 * np.pi * hertz * time) for hertz in (261.6, 329.6, 392.0, 2093.0)) * 0.1 * np.hanning(len(time))
    )
    seams = [start for start, _ in parts(len(samples))[1:]]
    samples[seams[0] - len(time) // 2 :][: len(time)] += chord[:, np.newaxis].astype(np.float32)
    burst = np.random.default_rng(5).uniform(-0.5, 0.5, (300, 2)).astype(np.float32)
    for offset in range(-1152 * 3, 1152 * 5, 700):
        samples[seams[2] + offset :][:300] += burst
    return np.clip(samples, -0.9, 0.9)


SESSION = _session()
FORMATS = [Mp3(), Mp3(bitrate=64), Mp3(bitrate=320), Mp3(vbr=5)]


def _side_by_side(kind: Mp3, place: Path, jobs: int = 2) -> Samples:
    """Writes the session; returns what it decodes to."""
    encode_and_measure(InBlocks(SESSION), place, kind, Tags("Test", len(SESSION)), Encoding(jobs))
    return by_libsndfile(place)


@pytest.mark.parametrize("kind", FORMATS, ids=str)
def test_joined_parts_sound_like_the_whole(tmp_path: Path, kind: Mp3) -> None:
    """As near to what went in as a single run, frame for frame round the joins, for every decoder."""
    heard = _side_by_side(kind, tmp_path / "parts.mp3")
    kind.write(InBlocks(SESSION).blocks(), tmp_path / "whole.mp3", Tags("Test", len(SESSION)))
    whole = by_libsndfile(tmp_path / "whole.mp3")
    assert np.abs(by_ffmpeg(tmp_path / "parts.mp3") - heard).max() < 2e-5
    assert len(heard) == len(SESSION)
    assert (tmp_path / "parts.mp3").stat().st_size == pytest.approx((tmp_path / "whole.mp3").stat().st_size, rel=0.004)
    for seam, _ in parts(len(SESSION))[1:]:
        near = slice(seam - 4 * FRAME, seam + (LATE + 4) * FRAME)
        ours, theirs = (_noise_by_frame(sound[near], SESSION[near]) for sound in (heard, whole))
        assert ours.max() < 1.3 * theirs.max()
        assert np.median(ours / theirs) < 1.15


def _noise_by_frame(heard: Samples, sound: Samples) -> Samples:
    """The RMS of what coding added, in stretches of a quarter of a frame."""
    difference = (heard - sound).reshape(-1, FRAME // 4 * 2)
    noise_: Samples = np.sqrt(np.mean(np.square(difference), axis=1))
    return noise_


def test_the_number_of_jobs_changes_no_byte(tmp_path: Path) -> None:
    files = []
    for jobs in (0, 1, 2, 3):
        _side_by_side(Mp3(), tmp_path / f"{jobs}.mp3", jobs)
        files.append((tmp_path / f"{jobs}.mp3").read_bytes())
    assert len(set(files)) == 1


class Begun(InBlocks):
    """Counts how many parts of it have been begun."""

    begun = 0

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        self.begun += 1
        return super().blocks(start, stop)


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_a_part_is_passed_on_before_too_many_others_are_begun(jobs: int) -> None:
    """Else all of a long session would be held in memory where making its sound takes longer than LAME."""
    sound, finished, after = Begun(SESSION), 0, 0
    for run in Parts(sound, jobs, lambda: Mp3(quality=9).lame(background=False), "9", 1.0).runs():
        assert run.first < after or not finished
        finished, after = finished + 1, run.after
        assert sound.begun - finished <= (jobs and jobs + 1)
    assert finished == 4


def test_every_frame_finds_its_main_data_where_it_was_put(tmp_path: Path) -> None:
    """No frame's data begins before that of the frame before it ends, and only frames at joins have other rates."""
    _side_by_side(Mp3(), tmp_path / "x.mp3")
    data = (tmp_path / "x.mp3").read_bytes()[len(id3(Tags("Test", len(SESSION)))) :]
    frames = frames_of(data)[1:]
    end = taken = 0
    for number, frame in enumerate(frames):
        begin = end - main_data_begin(frame)
        assert begin >= taken, number
        bits = int.from_bytes(frame[4:36], "big")
        used = sum(bits >> 256 - 20 - 59 * granule - 12 & 0xFFF for granule in range(4))
        taken = begin + -(-used // 8)
        end += len(frame) - 36
        assert taken <= end, number
    other = [number for number, frame in enumerate(frames) if len(frame) not in (417, 418)]
    places = [start // FRAME for start, _ in parts(len(SESSION))[1:]]
    assert len(other) <= len(places)
    assert all(any(0 <= number + 1 - place < LATE for place in places) for number in other)


def test_the_file_tells_its_length(tmp_path: Path) -> None:
    _side_by_side(Mp3(), tmp_path / "x.mp3")
    info = MP3(tmp_path / "x.mp3").info
    assert info.length == pytest.approx(len(SESSION) / SAMPLE_RATE, abs=1e-6)
    assert info.track_peak == pytest.approx(np.abs(SESSION).max(), abs=1e-4)


def _run(first: int, count: int, begins: int, window: int = 0, length: int = 417) -> Run:
    """Frames at 128 kbit/s that hold nothing but their numbers."""
    frames = []
    for number in range(first, first + count):
        side = begins << 247 | sum((window and 4 | window) << 256 - 20 - 59 * granule - 36 for granule in range(4))
        body = bytes((number % 251,)) * (length - 36)
        frames.append(b"\xff\xfb\x90\x64" + side.to_bytes(32, "big") + body)
    return Run(first, frames)


OLD = 20 + EARLY + LATE  # frames of a run when the next one begins at frame 20


@pytest.mark.parametrize("piece", [1, 7, 100])
@pytest.mark.parametrize(
    ("held", "wanted", "length"), [(500, 300, 417), (300, 300, 417), (300, 400, 522), (0, 511, 1044)]
)
def test_a_frame_makes_room_for_what_the_next_run_needs(held: int, wanted: int, length: int, piece: int) -> None:
    joiner, old, new = Joiner(), _run(0, OLD, held), _run(20, 60, wanted)
    joined: list[bytes] = []
    for run in (old, new):
        for first in range(0, len(run.frames), piece):
            joined += joiner.add(Run(run.first + first, run.frames[first : first + piece]))
    joined += joiner.finish()
    place = 20 + EARLY
    assert len(joined) == 80
    assert joined[: place - 2] == old.frames[: place - 2]
    assert joined[place:] == new.frames[EARLY:]
    assert len(joined[place - 1]) == length == frame_length(joined[place - 1])
    before = b"".join(frame[36:] for frame in joined[:place])
    expected = b"".join(frame[36:] for frame in new.frames[:EARLY])
    assert before[-wanted:] == expected[-wanted:]
    untouched = b"".join(frame[36:] for frame in old.frames[:place])[: -held or None]
    assert before.startswith(untouched)


def test_frames_are_given_as_they_come() -> None:
    """But for those that the next run may still change."""
    joiner, old = Joiner(), _run(0, 1000, 0)
    assert list(joiner.add(Run(0, old.frames[:600]))) == old.frames[:576]
    assert list(joiner.add(Run(600, old.frames[600:]))) == old.frames[576:976]
    assert list(joiner.finish()) == old.frames[976:]


def test_a_join_waits_for_windows_that_fit() -> None:
    joiner, old, new = Joiner(), _run(0, OLD, 0), _run(20, 60, 0)
    differing = Run(20, (*_run(20, EARLY + 3, 0, window=1).frames, *new.frames[EARLY + 3 :]))
    joined = [*joiner.add(old), *joiner.add(differing), *joiner.finish()]
    assert joined == [*old.frames[: 20 + EARLY + 4], *new.frames[EARLY + 4 :]]


def test_runs_that_never_fit_are_refused() -> None:
    joiner = Joiner()
    list(joiner.add(_run(0, OLD, 0)))
    with pytest.raises(OutputError, match="could not be joined"):
        list(joiner.add(_run(20, 60, 0, window=2)))


def test_a_damaged_stream_is_refused() -> None:
    data = b"".join(_run(0, 3, 0).frames)
    assert len(frames_of(data)) == 3
    for damaged in (data[:-1] + b"x" * 7, data + b"\xff\xfb"):
        with pytest.raises(OutputError, match="damaged"):
            frames_of(damaged)


def test_parts_follow_one_another() -> None:
    spans = parts(len(SESSION))
    assert len(spans) == 4
    assert all(before[1] == after[0] for before, after in pairwise(spans))
