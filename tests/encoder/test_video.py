"""A video: its sound is the M4A's to the sample, and its picture shows what sounds, within a frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from tests.support.audio import decoded
from tests.support.containers import picture, probe
from voiceguide.encoder.encode import encode
from voiceguide.encoder.format import Completed, Encoded
from voiceguide.encoder.kinds import KINDS
from voiceguide.encoder.tags import Tags
from voiceguide.encoder.video import Mp4
from voiceguide.picture.film import FPS
from voiceguide.timeline import ChapterRange, Event, Timeline

RATE = 44_100
FRAMES = 4 * RATE + 777
LINE = (RATE + 3_000, 2 * RATE)  # the spoken line, during which the left channel has a click
CHAPTERS = (ChapterRange("Ruhe", 0, 3 * RATE), ChapterRange("Atem", 3 * RATE, FRAMES))
EVENTS = (
    Event("speech", "voice", *LINE, None, text="Schließe die Augen."),
    Event("breath", "breath", 3 * RATE, FRAMES, None, phase="in", cycle=1),
)
TIMELINE = Timeline("Ruhe", "de", "v", FRAMES, CHAPTERS, EVENTS)
TAGS = Tags("Ruhe", FRAMES, language="de", chapters=CHAPTERS, cover=picture())


def blocks() -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    sound = np.zeros((FRAMES, 2), np.float32)
    sound[LINE[0]] = 0.8
    yield sound


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Completed, Encoded]:
    path = tmp_path_factory.mktemp("video") / "x.mp4"
    encoded = encode(blocks(), path, Mp4(), TAGS)
    return path, Mp4().completed(path, encoded, TAGS, TIMELINE), encoded


def test_the_sound_is_that_of_the_file_without_a_picture(made: tuple[Path, Completed, Encoded], tmp_path: Path) -> None:
    path, complete, encoded = made
    assert complete.encoded == Encoded(FRAMES, path.stat().st_size)
    assert complete.encoded.size > encoded.size
    encode(blocks(), tmp_path / "plain.m4a", KINDS["m4a"].format().with_bitrate("192"), TAGS)
    sound = decoded(path)
    assert np.array_equal(sound, decoded(tmp_path / "plain.m4a"))
    assert len(sound) == FRAMES
    assert int(np.abs(sound[:, 0]).argmax()) == LINE[0]


def test_the_picture_shows_what_is_said_within_a_frame(made: tuple[Path, Completed, Encoded]) -> None:
    words, times = [], []
    with av.open(str(made[0])) as file:
        stream = file.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (1_920, 1_080, FPS)
        for frame in file.decode(stream):
            assert frame.time is not None
            times.append(frame.time)
            words.append(int(frame.to_ndarray()[850:1_050:4, ::4].max()))
    assert times == pytest.approx([number / FPS for number in range(len(times))])
    assert 0 <= FRAMES / RATE - len(times) / FPS < 1 / FPS
    shown = [time for time, brightest in zip(times, words, strict=True) if brightest > 180]
    assert shown[0] == pytest.approx(LINE[0] / RATE, abs=1 / FPS)
    assert shown[-1] == pytest.approx(LINE[1] / RATE + 1.5, abs=2 / FPS)


def test_players_find_chapters_cover_and_a_text_track(made: tuple[Path, Completed, Encoded]) -> None:
    found = probe(made[0])
    assert found.seconds == pytest.approx(FRAMES / RATE, abs=2e-5)
    assert [title for *_, title in found.chapters] == ["Ruhe", "Atem"]
    assert [start for start, *_ in found.chapters] == pytest.approx([0, 3], abs=0.0005)
    assert found.tags["title"] == "Ruhe"
    with av.open(str(made[0])) as file:
        subtitles = file.streams.subtitles[0]
        assert subtitles.language == "deu"
        packet = next(packet for packet in file.demux(subtitles) if packet.size > 2)
        assert bytes(packet)[2:].decode() == "Schließe die Augen."
        assert packet.pts is not None
        assert packet.time_base is not None
        assert float(packet.pts * packet.time_base) == pytest.approx(LINE[0] / RATE, abs=0.001)


def test_the_same_session_gives_the_same_bytes(made: tuple[Path, Completed, Encoded], tmp_path: Path) -> None:
    path = tmp_path / "again.mp4"
    Mp4().completed(path, encode(blocks(), path, Mp4(), TAGS), TAGS, TIMELINE)
    assert path.read_bytes() == made[0].read_bytes()


def test_other_kinds_have_no_picture_to_choose(tmp_path: Path) -> None:
    assert Mp4().with_picture("circle") == Mp4(scene="circle")
    with pytest.raises(ValueError, match="there are auto, cover, circle"):
        Mp4().with_picture("square")
    with pytest.raises(ValueError, match="mp3 has no picture; mp4 has one"):
        KINDS["mp3"].format().with_picture("cover")
