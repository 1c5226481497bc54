from pathlib import Path

import numpy as np
import pytest
from mutagen.mp3 import MP3

from tests.support.containers import FRAMES, RATE, TAGS, heard, write
from voiceguide.encoder.format import Encoded
from voiceguide.encoder.mp3 import Mp3
from voiceguide.encoder.mp3.cut import Mp3Cut
from voiceguide.encoder.mp3.info_frame import FRAME
from voiceguide.encoder.tags import Tags
from voiceguide.errors import OutputError

KINDS = [Mp3(), Mp3(bitrate=64), Mp3(bitrate=320), Mp3(vbr=0), Mp3(vbr=9)]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_a_part_from_anywhere_holds_the_samples_of_the_whole(tmp_path: Path, kind: Mp3) -> None:
    """Many places, since what a frame needs of those before it differs from frame to frame."""
    whole = write(tmp_path / "whole.mp3", kind)
    cut, expected = Mp3Cut.of(whole, kind), heard(whole)
    rng = np.random.default_rng(3)
    for start in [0, FRAME - 1, *rng.integers(0, FRAMES - 1, 8).tolist(), FRAMES - 1]:
        frames = int(rng.integers(1, min(2 * RATE, FRAMES - start) + 1))
        place = tmp_path / "part.mp3"
        assert cut.part(start, place, Tags("Part", frames)) == Encoded(frames, place.stat().st_size)
        assert np.array_equal(heard(place), expected[start : start + frames]), f"{frames} frames from {start}"


@pytest.mark.parametrize("kind", KINDS, ids=repr)
def test_a_part_knows_its_length_and_its_bytes(tmp_path: Path, kind: Mp3) -> None:
    cut = Mp3Cut.of(write(tmp_path / "whole.mp3", kind), kind)
    cut.part(RATE, tmp_path / "part.mp3", Tags("Part", 2 * RATE))
    info = MP3(tmp_path / "part.mp3").info
    assert info.length == pytest.approx(2.0, abs=1e-6)
    assert info.encoder_info.startswith("LAME 3.100")
    data = (tmp_path / "part.mp3").read_bytes()
    tag = data.index(b"Info" if kind.vbr is None else b"Xing")
    first = data.rindex(b"\xff\xfb", 0, tag)
    assert int.from_bytes(data[tag + 12 : tag + 16], "big") == len(data) - first


def test_what_is_no_mp3_or_has_lost_its_end_is_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.mp3", Mp3())
    data = whole.read_bytes()
    for wrong in (data[:-100], data[3:], data[: len(data) // 2] + bytes(2000) + data[len(data) // 2 + 2000 :], b""):
        whole.write_bytes(wrong)
        with pytest.raises(OutputError, match="can't be cut into parts"):
            Mp3Cut.of(whole, Mp3())


def test_a_part_beyond_the_end_is_refused(tmp_path: Path) -> None:
    cut = Mp3Cut.of(write(tmp_path / "whole.mp3", Mp3()), Mp3())
    with pytest.raises(OutputError, match="can't be cut into parts"):
        cut.part(FRAMES - 10, tmp_path / "part.mp3", Tags("Part", 2 * RATE))


def test_the_whole_s_tags_may_be_as_large_as_they_like(tmp_path: Path) -> None:
    kind = Mp3()
    bare = heard(write(tmp_path / "bare.mp3", kind, Tags("t", FRAMES)))
    cut = Mp3Cut.of(write(tmp_path / "whole.mp3", kind, TAGS), kind)
    cut.part(0, tmp_path / "part.mp3", Tags("t", FRAMES))
    assert np.array_equal(heard(tmp_path / "part.mp3"), bare)
