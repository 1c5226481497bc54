"""Rewrites a Piper model so that its noise is part of it, and the same text always gives the same samples.

A Piper model (VITS) adds noise twice, to the durations of the phonemes and to the sound, and draws it by the operator
``RandomNormalLike``, whose generator continues from run to run. Each such node is replaced by seven others, which take
as many values as its input has from a tensor of noise that is added to the model, and bring them into the input's
shape. The tensor is read from its beginning, or from where the new input :data:`START` says: for other takes. How long
the second noise must be follows from the durations and is known only during the run; so the values are read
cyclically. Their number is a prime, so that a channel's noise never coincides with another channel's.

The large weights are not copied: the rewritten model refers to their places in the original file (ONNX external data).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.engines.protobuf import Buffer, Field, MalformedError, bytes_field, fields, number_field

SEED = 7

LENGTH = 262_147
"""Values of noise for each node, a prime: a sentence of 16 s at 22,050 Hz takes 192 values for each of 1,365 frames."""

START = "voiceguide/noise/start"
"""An input, int64, that need not be given: the number of the value with which all noise begins; 0."""

_LARGE = 1024  # bytes; smaller tensors stay in the model, as onnxruntime needs them for its inference of shapes
_PREFIX = "voiceguide/noise"
_RANDOM = frozenset(
    (b"RandomNormalLike", b"RandomNormal", b"RandomUniformLike", b"RandomUniform", b"Bernoulli", b"Multinomial")
)
_OLDEST_FORMAT, _OLDEST_OPERATORS = 4, 11  # with initializers that are no inputs, and with Range

# Field numbers of onnx.proto
_MODEL_FORMAT, _MODEL_GRAPH, _MODEL_OPERATORS, _MODEL_FUNCTIONS = 1, 7, 8, 25
_OPERATORS_DOMAIN, _OPERATORS_VERSION = 1, 2
_GRAPH_NODE, _GRAPH_TENSOR, _GRAPH_INPUT = 1, 5, 11
_INPUT_NAME, _INPUT_TYPE, _TYPE_TENSOR, _TENSOR_ELEMENT, _TENSOR_SHAPE = 1, 2, 1, 1, 2
_NODE_INPUT, _NODE_OUTPUT, _NODE_NAME, _NODE_OPERATOR, _NODE_ATTRIBUTE, _NODE_DOMAIN = 1, 2, 3, 4, 5, 7
_ATTRIBUTE_NAME, _ATTRIBUTE_INT, _ATTRIBUTE_TYPE = 1, 3, 20
_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS = 6, 11
_TENSOR_DIM, _TENSOR_TYPE, _TENSOR_NAME, _TENSOR_RAW, _TENSOR_EXTERNAL, _TENSOR_PLACE = 1, 2, 8, 9, 13, 14
_ENTRY_KEY, _ENTRY_VALUE = 1, 2
_FLOAT, _INT64 = 1, 7  # TensorProto.DataType
_EXTERNAL = 1  # TensorProto.DataLocation


class _Unusual(Exception):
    """The model is none that can be rewritten."""


@dataclass(slots=True)
class _Node:
    inputs: list[bytes] = field(default_factory=list)
    outputs: list[bytes] = field(default_factory=list)
    operator: bytes = b""
    attributes: list[Field] = field(default_factory=list)
    own_domain: bool = False


def noise(node: int) -> NDArray[np.float32]:
    """The noise of a model's first random node (0) or a further one, ``(LENGTH,)``, of variance 1.

    ``RandomState`` gives the same values in every release of numpy.
    """
    return np.random.RandomState(SEED + node).standard_normal(LENGTH).astype(np.float32)


def with_noise(model: Buffer, file: str) -> bytes | None:
    """The model with its noise inside; ``file`` is the name of its file, from which large weights are to be read.

    None if it is no ONNX model, draws no noise, or draws some in a way in which no Piper model does.
    """
    try:
        return _rewritten(model, file)
    except (_Unusual, MalformedError):
        return None


def _rewritten(model: Buffer, file: str) -> bytes:
    parts: list[bytes] = []
    graphs = []
    file_format = operators = 0
    for one in fields(model):
        if one.number == _MODEL_GRAPH:
            graphs.append(one)
            continue
        if one.number == _MODEL_FUNCTIONS:
            raise _Unusual
        if one.number == _MODEL_FORMAT:
            file_format = one.value
        elif one.number == _MODEL_OPERATORS:
            operators = max(operators, _operators(model, one))
        parts.append(model[one.begin : one.end])
    if len(graphs) != 1 or file_format < _OLDEST_FORMAT or operators < _OLDEST_OPERATORS:
        raise _Unusual
    return b"".join((*parts, bytes_field(_MODEL_GRAPH, *_graph(model, graphs[0], file))))


def _operators(model: Buffer, imported: Field) -> int:
    """The version of ONNX's own operators that a model names; 0 if the field is about others."""
    found = {one.number: one for one in fields(model, imported.start, imported.end)}
    domain, version = found.get(_OPERATORS_DOMAIN), found.get(_OPERATORS_VERSION)
    own = domain is None or model[domain.start : domain.end] in (b"", b"ai.onnx")
    return version.value if own and version else 0


def _graph(model: Buffer, graph: Field, file: str) -> Iterator[bytes]:
    """The fields of the rewritten graph. Raises _Unusual."""
    count = 0
    for one in fields(model, graph.start, graph.end):
        if one.number == _GRAPH_NODE:
            node = _node(model, one)
            if node.operator in _RANDOM:
                yield from _without_chance(model, node, count)
                count += 1
                continue
        elif one.number == _GRAPH_TENSOR:
            yield bytes_field(_GRAPH_TENSOR, *_tensor_outside(model, one, file))
            continue
        yield model[one.begin : one.end]
    if not count:
        raise _Unusual
    yield from _start()


def _node(model: Buffer, place: Field) -> _Node:
    """A node of the graph. Raises _Unusual if noise is drawn in a graph of its own, such as a branch."""
    node = _Node()
    for one in fields(model, place.start, place.end):
        if one.number == _NODE_INPUT:
            node.inputs.append(model[one.start : one.end])
        elif one.number == _NODE_OUTPUT:
            node.outputs.append(model[one.start : one.end])
        elif one.number == _NODE_OPERATOR:
            node.operator = model[one.start : one.end]
        elif one.number == _NODE_DOMAIN:
            node.own_domain = one.end > one.start
        elif one.number == _NODE_ATTRIBUTE:
            node.attributes.append(one)
            for inner in fields(model, one.start, one.end):
                if inner.number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS):
                    content = model[inner.start : inner.end]
                    if any(operator in content for operator in _RANDOM):
                        raise _Unusual
    return node


def _without_chance(model: Buffer, node: _Node, index: int) -> Iterator[bytes]:
    """The tensors and nodes that replace a random node. Raises _Unusual if it is no standard normal one of floats."""
    if node.operator != b"RandomNormalLike" or node.own_domain or len(node.inputs) != 1 or len(node.outputs) != 1:
        raise _Unusual
    if [_integer(model, attribute) for attribute in node.attributes] != [(b"dtype", _FLOAT)]:
        raise _Unusual  # a mean, scale or seed of its own, or another type
    like, output = node.inputs[0], node.outputs[0]
    name = f"{_PREFIX}/{index}".encode()
    values, zero, one, length = name, name + b"/zero", name + b"/one", name + b"/length"
    size, shape, steps = name + b"/size", name + b"/shape", name + b"/steps"
    counted, places, taken = name + b"/counted", name + b"/places", name + b"/taken"
    yield _tensor(values, _FLOAT, noise(index).astype("<f4"))
    for constant, value in ((zero, 0), (one, 1), (length, LENGTH)):
        yield _tensor(constant, _INT64, np.array(value, "<i8"))
    yield _operation(b"Size", [like], size)
    yield _operation(b"Range", [zero, size, one], steps)
    yield _operation(b"Add", [steps, START.encode()], counted)
    yield _operation(b"Mod", [counted, length], places)
    yield _operation(b"Gather", [values, places], taken)
    yield _operation(b"Shape", [like], shape)
    yield _operation(b"Reshape", [taken, shape], output)


def _start() -> Iterator[bytes]:
    """The input :data:`START`, with the value that it has when it is not given."""
    scalar = number_field(_TENSOR_ELEMENT, _INT64), bytes_field(_TENSOR_SHAPE)
    kind = bytes_field(_TYPE_TENSOR, *scalar)
    yield bytes_field(_GRAPH_INPUT, bytes_field(_INPUT_NAME, START.encode()), bytes_field(_INPUT_TYPE, kind))
    yield _tensor(START.encode(), _INT64, np.array(0, "<i8"))


def _integer(model: Buffer, attribute: Field) -> tuple[bytes, int] | None:
    """An attribute's name and number; None if it is of another type."""
    found = {one.number: one for one in fields(model, attribute.start, attribute.end)}
    if not found.keys() <= {_ATTRIBUTE_NAME, _ATTRIBUTE_INT, _ATTRIBUTE_TYPE} or _ATTRIBUTE_NAME not in found:
        return None
    name, number = found[_ATTRIBUTE_NAME], found.get(_ATTRIBUTE_INT)
    return model[name.start : name.end], number.value if number else 0


def _operation(operator: bytes, inputs: list[bytes], output: bytes) -> bytes:
    return bytes_field(
        _GRAPH_NODE,
        *(bytes_field(_NODE_INPUT, one) for one in inputs),
        bytes_field(_NODE_OUTPUT, output),
        bytes_field(_NODE_NAME, output + b"/" + operator),
        bytes_field(_NODE_OPERATOR, operator),
    )


def _tensor(name: bytes, kind: int, values: NDArray[np.generic]) -> bytes:
    """An initializer; its values are little-endian."""
    return bytes_field(
        _GRAPH_TENSOR,
        *(number_field(_TENSOR_DIM, length) for length in values.shape),
        number_field(_TENSOR_TYPE, kind),
        bytes_field(_TENSOR_NAME, name),
        bytes_field(_TENSOR_RAW, values.tobytes()),
    )


def _tensor_outside(model: Buffer, tensor: Field, file: str) -> Iterator[bytes]:
    """The fields of an initializer, a large one's values replaced by their place in the file."""
    found = list(fields(model, tensor.start, tensor.end))
    outside = any(one.number in (_TENSOR_EXTERNAL, _TENSOR_PLACE) for one in found)
    for one in found:
        if outside or one.number != _TENSOR_RAW or one.end - one.start < _LARGE:
            yield model[one.begin : one.end]
            continue
        for key, value in (("location", file), ("offset", one.start), ("length", one.end - one.start)):
            entry = bytes_field(_ENTRY_KEY, key.encode()), bytes_field(_ENTRY_VALUE, str(value).encode())
            yield bytes_field(_TENSOR_EXTERNAL, *entry)
        yield number_field(_TENSOR_PLACE, _EXTERNAL)
