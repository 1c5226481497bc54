"""How the model is changed as it is loaded, on a small one with the same inputs: each phoneme lasts as many steps as its
number says, and the sound is silence."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from voiceguide.speech.engines.kokoro import model as module
from voiceguide.speech.engines.kokoro.files import MODEL, STYLES, File
from voiceguide.speech.engines.kokoro.model import STEP, Model, with_speeds_and_lengths
from voiceguide.speech.engines.onnx_runtime import runtime


@functools.cache
def small_model() -> bytes:
    lengths = "/encoder/Gather_output_0"
    nodes = [
        helper.make_node("Cast", ["tokens"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["numbers", "speed"], ["slowed"]),
        helper.make_node("Round", ["slowed"], ["rounded"]),
        helper.make_node("Cast", ["rounded"], ["steps"], to=TensorProto.INT64),
        helper.make_node("Gather", ["steps", "first"], [lengths]),
        helper.make_node("ReduceSum", [lengths], ["sum"], keepdims=1),
        helper.make_node("Mul", ["sum", "step"], ["frames"]),
        helper.make_node("ConstantOfShape", ["frames"], ["audio"]),
    ]
    inputs = [
        helper.make_tensor_value_info("tokens", TensorProto.INT64, [1, "n"]),
        helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
        helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
    ]
    constants = [
        helper.make_tensor("first", TensorProto.INT64, [], [0]),
        helper.make_tensor("step", TensorProto.INT64, [1], [STEP]),
    ]
    graph = helper.make_graph(
        nodes, "small", inputs, [helper.make_tensor_value_info("audio", TensorProto.FLOAT, ["m"])], constants
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(made)
    return made.SerializeToString()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / MODEL.name).write_bytes(small_model())
    with (tmp_path / STYLES.name).open("wb") as archive:
        np.savez(archive, af_heart=np.zeros((510, 1, 256), np.float32))
    for name, file in (("MODEL", MODEL), ("STYLES", STYLES)):
        content = (tmp_path / file.name).read_bytes()
        monkeypatch.setattr(module, name, File(file.name, len(content), hashlib.sha256(content).hexdigest()))
    return tmp_path


def test_only_the_declarations_are_changed() -> None:
    before, after = onnx.load_from_string(small_model()), onnx.load_from_string(with_speeds_and_lengths(small_model()))
    assert [value.name for value in after.graph.output] == ["audio", "/encoder/Gather_output_0"]
    assert list(before.graph.node) == list(after.graph.node)
    assert list(before.graph.initializer) == list(after.graph.initializer)
    assert {value.name for value in after.graph.input} == {"tokens", "style", "speed"}
    assert before.opset_import == after.opset_import


def test_the_published_model_takes_one_speed_only() -> None:
    session = runtime().InferenceSession(small_model(), providers=["CPUExecutionProvider"])
    with pytest.raises(Exception, match="speed"):
        session.run(
            None,
            {"tokens": [[4, 4]], "style": np.zeros((1, 256), np.float32), "speed": np.ones(2, np.float32)},
        )


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_each_phoneme_has_its_speed_and_the_silences_are_never_stretched(
    folder: Path, monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    model = Model(folder)
    samples, lengths = model.say([4, 8, 12], "af_heart", speed)
    assert list(lengths) == [0, *(round(number / speed) * STEP for number in (4, 8, 12)), 0]
    assert len(samples) == sum(lengths)
    given: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []
    monkeypatch.setattr(
        model, "_session", type("Session", (), {"run": lambda _, __, inputs: given.append(inputs["speed"]) or (0, 0)})()
    )
    model.say([4, 8, 12], "af_heart", speed)
    assert np.allclose(given[0], [max(1.0, speed), speed, speed, speed, max(1.0, speed)])


@pytest.mark.parametrize("name", [MODEL.name, STYLES.name])
def test_a_damaged_file_is_not_loaded(folder: Path, name: str) -> None:
    with (folder / name).open("r+b") as file:
        file.seek(30)
        file.write(b"?")
    with pytest.raises(ValueError, match=f"{name} is damaged"):
        Model(folder)


def test_another_model_is_refused() -> None:
    with pytest.raises(ValueError, match="no input for the speed"):
        with_speeds_and_lengths(helper.make_model(helper.make_graph([], "none", [], [])).SerializeToString())
    with pytest.raises(ValueError, match="message"):
        with_speeds_and_lengths(small_model()[:-3])
