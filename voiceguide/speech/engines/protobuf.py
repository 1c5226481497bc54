"""The wire format of Protocol Buffers, in which ONNX models are stored: reads a message's fields and writes fields.

Without a schema: the caller knows which field numbers hold numbers, strings and messages. Strict: whatever does not
fill a message exactly is an error, so that a truncated model is detected.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass

Buffer = bytes | mmap.mmap
"""What a message is read from. A mapped file is read only where its fields begin, however large the values are."""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
"""The wire types. Groups (3 and 4) are obsolete, and not in ONNX."""

_WIDTHS = {FIXED64: 8, FIXED32: 4}  # bytes
_LARGEST = 1 << 64


class MalformedError(ValueError):
    """The bytes are not a message."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message. Its tag begins at ``begin``, and its value reaches from ``start`` to ``end``.

    ``number`` is the field's number, ``value`` that of a varint; 0 for other wire types.
    """

    number: int
    wire: int
    begin: int
    start: int
    end: int
    value: int = 0


def fields(buffer: Buffer, start: int = 0, end: int | None = None) -> Iterator[Field]:
    """The fields of the message between two offsets, in the file's order. Raises MalformedError where it is none."""
    end = len(buffer) if end is None else end
    at = start
    while at < end:
        tag, after = _varint(buffer, at, end)
        number, wire, value = tag >> 3, tag & 7, 0
        if not number:
            raise MalformedError("a field without a number")
        if wire == VARINT:
            value, stop = _varint(buffer, after, end)
        elif wire == BYTES:
            length, after = _varint(buffer, after, end)
            stop = after + length
        elif wire in _WIDTHS:
            stop = after + _WIDTHS[wire]
        else:
            raise MalformedError(f"a field of the wire type {wire}")
        if stop > end:
            raise MalformedError("the message ends within a field")
        yield Field(number, wire, at, after, stop, value)
        at = stop


def varint(value: int) -> bytes:
    """A number of up to 64 bits, encoded. Raises ValueError for any other."""
    if not 0 <= value < _LARGEST:
        raise ValueError(f"{value} is not a number of 64 bits")
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def number_field(number: int, value: int) -> bytes:
    """A field with a varint."""
    return varint(number << 3 | VARINT) + varint(value)


def bytes_field(number: int, *parts: bytes) -> bytes:
    """A field with bytes, a string (UTF-8) or a message, which may be given in parts."""
    return b"".join((varint(number << 3 | BYTES), varint(sum(map(len, parts))), *parts))


def _varint(buffer: Buffer, at: int, end: int) -> tuple[int, int]:
    """The number at an offset, and the offset after it."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            raise MalformedError("the message ends within a number")
        byte = buffer[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if value >= _LARGEST:
                break
            return value, at
    raise MalformedError("a number of more than 64 bits")
