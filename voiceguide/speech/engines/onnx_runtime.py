"""onnxruntime, which neural voices run on, without its warnings and its telemetry."""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@functools.cache
def runtime_release() -> str:
    """The release that is installed. Raises PackageNotFoundError."""
    return importlib.metadata.version("onnxruntime")


@functools.cache
def runtime() -> Any:
    """The module, without its warnings about missing graphics cards and without its telemetry. Raises ImportError."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read while it is imported
    with _silent_stderr():
        module = importlib.import_module("onnxruntime")
        module.set_default_logger_severity(4)
    return module


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Silences standard error, also for C code. For a worker process."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
