"""Runs a command and tells what it used, by the operating system's own account of the finished process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds by the clock, seconds of processor time with all children, and the largest process's peak in MB."""

    wall: float
    processor: float
    memory: float


def used(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Usage:
    """Runs the command to its end. Raises RuntimeError with what it told when it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(environment or {})},
    )
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} … failed:\n{told.decode(errors='replace')[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)
