"""Kokoro's model, changed as it is loaded: a speed for each phoneme, and how long each phoneme has become.

As published, the model has one speed for all phonemes, and so for the silence that it puts before and after them too.
Below speed 1 that silence is stretched as well, beyond what the model was trained on, and a vowel sounds in it before
the first word (https://github.com/hexgrad/kokoro/issues/344). Speeds enter a single division of the phonemes' lengths,
which takes a list as well; so it is enough to declare the input as a list of any length. The lengths, which the model
computes anyway, are declared as a second output.
"""

from __future__ import annotations

import functools
import mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.engines.kokoro.files import MODEL, STYLES, is_genuine
from voiceguide.speech.engines.kokoro.phonemes import LONGEST
from voiceguide.speech.engines.onnx_runtime import runtime
from voiceguide.speech.engines.protobuf import Buffer, Field, bytes_field, fields, number_field, varint

SAMPLE_RATE = 24_000
STEP = 600
"""Samples of the unit in which the model gives lengths."""

_DURATIONS = b"/encoder/Gather_output_0"

# Field numbers of onnx.proto
_GRAPH, _INPUT, _OUTPUT = 7, 11, 12
_NAME, _TYPE, _TENSOR, _ELEMENTS, _SHAPE = 1, 2, 1, 1, 2
_FLOAT, _INT64, _BYTES = 1, 7, 2  # TensorProto.DataType, and the wire type of bytes
_DIMENSION, _ANY_LENGTH = 1, b""


def with_speeds_and_lengths(model: Buffer) -> bytes:
    """The model with the input ``speed`` (n,), one for each phoneme, and the output of lengths (n,), int64, in STEPs.

    Raises ValueError if it is no ONNX model with such an input.
    """
    content = memoryview(model)
    outside: list[bytes | memoryview] = []
    inside: list[bytes | memoryview] = []
    for one in fields(model):
        if one.number != _GRAPH:
            outside.append(content[one.begin : one.end])
            continue
        for inner in fields(model, one.start, one.end):
            replaced = inner.number == _INPUT and _name(model, inner) == b"speed"
            inside.append(_declared(_INPUT, b"speed", _FLOAT) if replaced else content[inner.begin : inner.end])
    if not any(isinstance(part, bytes) for part in inside):
        raise ValueError("it has no input for the speed")
    inside.append(_declared(_OUTPUT, _DURATIONS, _INT64))
    return b"".join((*outside, varint(_GRAPH << 3 | _BYTES), varint(sum(map(len, inside))), *inside))


def _name(model: Buffer, declared: Field) -> bytes:
    return next(
        (model[one.start : one.end] for one in fields(model, declared.start, declared.end) if one.number == 1), b""
    )


def _declared(field: int, name: bytes, elements: int) -> bytes:
    """An input or output of the graph: a list of any length."""
    shape = bytes_field(_SHAPE, bytes_field(_DIMENSION, _ANY_LENGTH))
    kind = bytes_field(_TYPE, bytes_field(_TENSOR, number_field(_ELEMENTS, elements), shape))
    return bytes_field(field, bytes_field(_NAME, name), kind)


class Model:
    """The model with the styles of all voices, loaded from a folder.

    It computes with one thread, so that nothing depends on the number of cores, and draws no random numbers: the same
    phonemes give the same samples. Raises OSError, ValueError for damaged files, and onnxruntime's exceptions.
    """

    def __init__(self, folder: Path) -> None:
        for file in (MODEL, STYLES):
            if not is_genuine(folder, file):
                raise ValueError(f"the file {folder / file.name} is damaged")
        options = runtime().SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it would keep memory for every length of text
        options.log_severity_level = 4
        with (
            (folder / MODEL.name).open("rb") as stored,
            mmap.mmap(stored.fileno(), 0, access=mmap.ACCESS_READ) as content,
        ):
            model = with_speeds_and_lengths(content)
        self._session = runtime().InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._styles = np.load(folder / STYLES.name)

    @functools.lru_cache(maxsize=8)  # noqa: B019 (a model is kept as long as its worker lives)
    def _style(self, voice: str) -> NDArray[np.float32]:
        """A voice's styles, (lengths, 256), one for each number of phonemes."""
        styles: NDArray[np.float32] = self._styles[voice].reshape(LONGEST, -1)
        return styles

    def say(self, tokens: list[int], voice: str, speed: float) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The samples of 1 to :data:`LONGEST` phonemes, and the lengths in samples of the silence before them, of each
        phoneme, and of the silence after them.

        The silences are never longer than at speed 1.
        """
        speeds = np.full(len(tokens) + 2, speed, np.float32)
        speeds[[0, -1]] = max(1.0, speed)
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._style(voice)[len(tokens) - 1][None],
            "speed": speeds,
        }
        samples, lengths = self._session.run(None, inputs)
        return np.ravel(samples), np.ravel(lengths) * STEP


@functools.lru_cache(maxsize=1)
def loaded(folder: Path) -> Model:
    """The model of a folder, kept for all lines of a worker."""
    return Model(folder)
