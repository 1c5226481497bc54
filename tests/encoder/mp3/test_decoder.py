"""Windows of a stream decoded and measured: bit for bit as the whole file decodes, wherever they lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.encoder.mp3.test_join import FORMATS, SESSION, frames_of
from tests.encoder.mp3.test_mp3 import by_libsndfile
from tests.support.streams import InBlocks
from voiceguide.audio.measures import LOOK_AHEAD, RUN_UP, StretchMeter
from voiceguide.audio.stream import PART
from voiceguide.encoder.encode import encode_and_measure
from voiceguide.encoder.format import Encoding
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.decoder import Mp3Meter, Window
from voiceguide.encoder.tags import Tags, id3
from voiceguide.errors import OutputError
from voiceguide.kept import Kept

TAGS = Tags("Test", len(SESSION))


def written(kind: Mp3, path: Path) -> list[bytes]:
    """The stream's frames, without the Info frame."""
    encode_and_measure(InBlocks(SESSION), path, kind, TAGS, Encoding(2))
    return frames_of(path.read_bytes()[len(id3(TAGS)) :])[1:]


@pytest.mark.parametrize("kind", [*FORMATS, Mp3(vbr=9)], ids=str)
def test_a_window_decodes_as_the_whole_does(tmp_path: Path, kind: Mp3) -> None:
    frames = written(kind, tmp_path / "x.mp3")
    whole = by_libsndfile(tmp_path / "x.mp3")
    for start, stop in ((0, PART), (PART, 2 * PART), (3 * PART, len(SESSION)), (44_100, 88_200)):
        window = Window(start, stop, len(SESSION))
        sound = np.concatenate(list(window.decoded([frames[number] for number in window.needed])))
        assert np.array_equal(sound, whole[max(0, start - RUN_UP) : stop + LOOK_AHEAD])


def test_a_file_is_measured_by_its_windows(tmp_path: Path) -> None:
    frames, whole = written(Mp3(), tmp_path / "x.mp3"), by_libsndfile(tmp_path / "x.mp3")
    meter = StretchMeter(0, len(whole), levels=True, last=True)
    meter.feed(whole)
    for pieces in (range(0, len(frames), 7), range(0, len(frames), 2000)):
        found = Mp3Meter(len(SESSION), levels=True)
        for at in pieces:
            found.feed(frames[at : at + pieces.step])
        assert found.done == len(SESSION)
        measures = found.measures()
        assert np.allclose(measures.powers, meter.measures().powers, rtol=5e-3, atol=1e-8)
        assert (measures.peak, measures.levels) == (meter.measures().peak, meter.measures().levels)


def test_what_was_measured_is_not_decoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frames, kept = written(Mp3(), tmp_path / "x.mp3"), Kept(tmp_path / "kept")
    decoded: list[int] = []
    once = Window.decoded

    def counted(window: Window, frames: Sequence[bytes]) -> object:
        decoded.append(window.start)
        return once(window, frames)

    monkeypatch.setattr(Window, "decoded", counted)
    plain, first, again = (measured(frames, store) for store in (None, kept, kept))
    assert plain == first == again
    assert decoded == 2 * [0, PART, 2 * PART, 3 * PART]
    other = [*frames[:2000], frames[2000][:-1] + b"\1", *frames[2001:]]
    measured(other, kept)
    assert decoded[8:] == [2000 * 1152 // PART * PART]


def measured(frames: list[bytes], kept: Kept | None) -> object:
    meter = Mp3Meter(len(SESSION), levels=False, kept=kept)
    meter.feed(frames)
    return meter.measures()


def test_frames_that_are_missing_are_told(tmp_path: Path) -> None:
    meter = Mp3Meter(len(SESSION), levels=False)
    meter.feed(written(Mp3(), tmp_path / "x.mp3")[:3000])
    assert 0 < meter.done < len(SESSION)
    with pytest.raises(OutputError, match="to its end"):
        meter.measures()
