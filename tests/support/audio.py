"""Finished files as ffmpeg decodes and measures them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import soxr

from tests.support.waiting import HANGS


def ffmpeg(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """ffmpeg's standard output (bytes) and what it said."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True, timeout=HANGS)


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


def to_16k(mono: Any) -> Any:
    """Sound at 44.1 kHz as the recogniser takes it: float32 at 16 kHz."""
    return soxr.resample(mono.astype(np.float32), 44_100, 16_000)
