import struct
from pathlib import Path

import numpy as np
import pytest

from tests.support.containers import FRAMES, heard, write
from voiceguide.encoder.atoms import Moov
from voiceguide.encoder.mp4 import M4a
from voiceguide.errors import OutputError


def atom(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(data), name) + data


def test_packets_are_found_where_they_stand(tmp_path: Path) -> None:
    file = write(tmp_path / "x.m4a", M4a())
    places, sizes = Moov.of(file).packets()
    assert len(places) == -(-(FRAMES + 1024) // 1024)
    assert np.array_equal(places[1:3], places[:2] + sizes[:2])
    assert places[-1] + sizes[-1] <= file.stat().st_size
    assert sizes.sum() * 8 * 44_100 / FRAMES == pytest.approx(128_000, rel=0.1)


def test_another_stretch_can_be_presented(tmp_path: Path) -> None:
    file = write(tmp_path / "x.m4a", M4a())
    before = heard(file)
    Moov.of(file).present(1024 + 5000, 7000)
    assert np.array_equal(heard(file), before[5000:12_000])


def test_atoms_are_found_by_their_path(tmp_path: Path) -> None:
    file = tmp_path / "x"
    inner = atom(b"aaaa", b"12") + atom(b"bbbb", atom(b"cccc", b"345"))
    file.write_bytes(atom(b"ftyp", b"....") + atom(b"moov", inner))
    moov = Moov.of(file)
    assert moov.at == 12 + 8
    start, end = moov.find("bbbb", "cccc")
    assert moov.data[start:end] == b"345"
    with pytest.raises(OutputError, match="not as it was written"):
        moov.find("bbbb", "dddd")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no film at all",
        atom(b"ftyp", b"...."),
        atom(b"ftyp", b"....") + struct.pack(">I4s", 4, b"moov"),
        atom(b"ftyp", b"....") + struct.pack(">I4s", 0, b"free"),
        struct.pack(">I4s", 2**32 - 1, b"moov"),
    ],
)
def test_what_is_no_mp4_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(OutputError, match="not as it was written"):
        Moov.of(tmp_path / "x")


def test_an_atom_smaller_than_its_head_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(atom(b"moov", struct.pack(">I4s", 3, b"trak") + bytes(20)))
    with pytest.raises(OutputError, match="not as it was written"):
        Moov.of(tmp_path / "x").find("trak")
