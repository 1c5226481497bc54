"""Places as editors count them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from voiceguide.errors import Source
from voiceguide.language_server.positions import Positions

TEXTS = st.text(st.sampled_from("a😀é\n\r\u2028\t字"), max_size=20)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@given(TEXTS, st.integers(0, 20), st.sampled_from(sorted(CODECS)))
def test_there_and_back(text: str, offset: int, encoding: str) -> None:
    source = Source("x", text)
    offset = min(offset, len(source.text))
    positions = Positions(source, types.PositionEncodingKind(encoding))
    place = positions.position(offset)
    row = source.text[:offset].rpartition("\n")[2]
    codec, size = CODECS[encoding]
    assert place == types.Position(source.text.count("\n", 0, offset), len(row.encode(codec)) // size)
    assert positions.offset(place) == offset


def test_places_that_are_none_mean_the_nearest_end() -> None:
    positions = Positions(Source("x", "ab\nc😀"))
    assert positions.offset(types.Position(0, 99)) == 2
    assert positions.offset(types.Position(9, 0)) == 5
    assert positions.offset(types.Position(1, 3)) == 5
