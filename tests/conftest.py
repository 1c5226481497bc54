"""What several test files share: a cache of their own, the real command line, and ffmpeg."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
import soxr

ROOT = Path(__file__).resolve().parent.parent
ROUTINES = ROOT / "scripts" / "facial-massage"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Tests never read or fill the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEGUIDE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def voiceguide(tmp_path: Path) -> Run:
    """Runs the command line in an empty folder, as a person would."""

    def run(*arguments: str | Path, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "voiceguide", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


def ffmpeg(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """ffmpeg's standard output (bytes) and what it said."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, timeout=300)


def decoded(path: Path) -> Any:
    """A file as ffmpeg decodes it: float32 ``(frames, 2)``."""
    out = ffmpeg("-v", "error", "-i", path, "-f", "f32le", "-ac", "2", "-ar", "44100", "pipe:1").stdout
    return np.frombuffer(out, np.float32).reshape(-1, 2)


def ebur128(path: Path) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP) by ffmpeg's meter."""
    said = ffmpeg("-i", path, "-filter:a", "ebur128=peak=true", "-f", "null", "-").stderr.decode()
    summary = said[said.rindex("Summary:") :]
    values = {
        key.strip(): value.split()[0]
        for key, _, value in (row.partition(":") for row in summary.splitlines())
        if value.split()
    }
    return float(values["I"]), float(values["Peak"])


def report(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def to_16k(mono: Any) -> Any:
    """Sound at 44.1 kHz as the recogniser takes it: float32 at 16 kHz."""
    return soxr.resample(mono.astype(np.float32), 44_100, 16_000)
