"""The wire format, against the real library's encoding of ONNX messages."""

from __future__ import annotations

import mmap
from pathlib import Path

import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.speech.engines.protobuf import (
    BYTES,
    FIXED32,
    FIXED64,
    VARINT,
    MalformedError,
    bytes_field,
    fields,
    number_field,
    varint,
)

NUMBERS = st.integers(0, 2**64 - 1)


@given(st.lists(st.tuples(st.integers(1, 2**29 - 1), NUMBERS | st.binary(max_size=300)), max_size=8))
def test_what_is_written_is_read(content: list[tuple[int, int | bytes]]) -> None:
    written = [number_field(n, value) if isinstance(value, int) else bytes_field(n, value) for n, value in content]
    message = b"".join(written)
    found = list(fields(message))
    assert [message[one.begin : one.end] for one in found] == written
    read = [(one.number, one.value if one.wire == VARINT else message[one.start : one.end]) for one in found]
    assert read == content


@given(st.lists(st.integers(0, 2**63 - 1), max_size=5), st.binary(max_size=200), st.text(max_size=20))
def test_a_tensor_written_here_is_read_by_the_library(dims: list[int], raw: bytes, name: str) -> None:
    parts = [number_field(1, length) for length in dims]
    tensor = onnx.TensorProto.FromString(
        b"".join((*parts, number_field(2, 1), bytes_field(8, name.encode()), bytes_field(9, raw[:50], raw[50:])))
    )
    assert (list(tensor.dims), tensor.data_type, tensor.name, tensor.raw_data) == (dims, 1, name, raw)


def test_a_message_of_the_library_is_read_here_with_every_wire_type() -> None:
    attribute = onnx.helper.make_attribute("alpha", 0.5).SerializeToString()
    found = {one.number: one for one in fields(attribute)}
    assert found[2].wire == FIXED32
    assert attribute[found[1].start : found[1].end] == b"alpha"
    assert found[20].value == onnx.AttributeProto.FLOAT
    fixed = varint(3 << 3 | FIXED64) + bytes(8)
    assert [(one.wire, one.end - one.start) for one in fields(fixed)] == [(FIXED64, 8)]


def test_a_part_of_a_mapped_file(tmp_path: Path) -> None:
    inner = number_field(1, 300)
    (tmp_path / "x").write_bytes(bytes_field(7, inner) + number_field(1, 8))
    with (tmp_path / "x").open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        graph, version = fields(content)
        assert [(one.number, one.value) for one in fields(content, graph.start, graph.end)] == [(1, 300)]
    assert (graph.wire, version.value) == (BYTES, 8)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_message_or_malformed(content: bytes) -> None:
    try:
        found = list(fields(content))
    except MalformedError:
        return
    assert b"".join(content[one.begin : one.end] for one in found) == content


@pytest.mark.parametrize("length", range(1, 12))
def test_a_truncated_message(length: int) -> None:
    whole = bytes_field(2, bytes(9)) + number_field(1, 1 << 40)
    assert len(list(fields(whole))) == 2
    with pytest.raises(MalformedError, match="ends within"):
        list(fields(whole[: length if length < 11 else len(whole) - 1]))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"\x00\x01", "without a number"),
        (b"\x0b\x0c", "wire type 3"),
        (b"\x0e", "wire type 6"),
        (b"\x08" + b"\xff" * 10, "more than 64 bits"),
        (b"\x08" + b"\xff" * 9 + b"\x02", "more than 64 bits"),
        (b"\x12\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "ends within a field"),
        (b"\x0d\x00\x00\x00", "ends within a field"),
    ],
)
def test_malformed(message: bytes, words: str) -> None:
    with pytest.raises(MalformedError, match=words):
        list(fields(message))


@pytest.mark.parametrize("value", [-1, 2**64])
def test_numbers_that_do_not_fit(value: int) -> None:
    with pytest.raises(ValueError, match="64 bits"):
        varint(value)
