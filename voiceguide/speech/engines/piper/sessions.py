"""onnxruntime's sessions of Piper models: one for all lines where the noise can be made part of the model.

One thread, so that nothing depends on the number of cores. Graph optimisation is off: it saves 2 to 3% of a line's
time, and makes a session's start four times as long, for which some 25 lines would have to make up.
"""

from __future__ import annotations

import functools
import mmap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.onnx_runtime import runtime
from voiceguide.speech.engines.piper.noise import LENGTH, SEED, START, with_noise

_KEPT = 4  # sessions; a further one of joe's size takes 75 MB


_STEP = 100_003
"""Values between the noise of one take and that of the next; a prime that does not divide their number, so that no two
takes have the same."""


class _Take:
    """A kept session with another noise than the first take's."""

    def __init__(self, kept: Any, take: int) -> None:
        self._kept = kept
        self._start = np.array((take - 1) * _STEP % LENGTH, np.int64)

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> Any:
        """As onnxruntime's session."""
        return self._kept.run(names, {**inputs, START: self._start})


def session(path: Path, size: int, changed: int, take: int = 1) -> Any:
    """A session in which a text gives the same samples for a take, whatever was spoken before.

    It is kept as long as the model's size in bytes and its time of change in ns stay the same. A model whose noise
    cannot be made part of it gets a new session each time, with a freshly seeded generator. Raises SpeechError if the
    model cannot be loaded.
    """
    kept = _kept(path, size, changed)
    if kept is None:
        return _fresh(path, take)
    return kept if take == 1 else _Take(kept, take)


@functools.lru_cache(maxsize=_KEPT)
def _kept(path: Path, size: int, changed: int) -> Any | None:
    """A session for a model with its noise inside; None if there can be none."""
    try:
        path = path.resolve()
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            model = with_noise(content, path.name)
    except (OSError, ValueError):  # an empty file cannot be mapped
        return None
    if model is None:
        return None
    options = _options()
    options.enable_mem_pattern = False  # it would keep memory for every length of text
    options.add_session_config_entry("session.use_env_allocators", "1")
    try:
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(path.parent))
        _share_memory()
        return runtime().InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception:  # noqa: BLE001 (no common base class; before 1.21 onnxruntime does not know the folder's option)
        return None


def _fresh(path: Path, take: int) -> Any:
    runtime().set_seed(SEED + take - 1)
    try:
        return runtime().InferenceSession(str(path), _options(), providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions have no common base class
        raise SpeechError(
            f"the model {path} cannot be loaded, for it is damaged or not one of Piper's; "
            f"fetch the voice {path.stem} again, or choose another"
        ) from error


def _options() -> Any:
    options = runtime().SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = runtime().GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 4
    return options


@functools.cache
def _share_memory() -> None:
    """Lets all kept sessions compute in the same memory, which a process otherwise has for each of them."""
    module = runtime()
    module.create_and_register_allocator(
        module.OrtMemoryInfo("Cpu", module.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, module.OrtMemType.DEFAULT),
        module.OrtArenaCfg({}),
    )
