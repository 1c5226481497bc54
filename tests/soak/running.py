"""Commands while they run: how they start, how far they are, and how they end."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.paths import ROOT

LONGEST = 300.0
"""Seconds after which a command counts as hanging."""
_TEXT_SAID_OF_FAULTS = ("Traceback", "was not foreseen", "Please report", "fault in the program")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its status (negative for a signal), and what it said."""

    status: int
    said: str

    @property
    def faults(self) -> tuple[str, ...]:
        """What no command should say, whatever was done to it."""
        return tuple(word for word in _TEXT_SAID_OF_FAULTS if word in self.said)


@dataclass(frozen=True, slots=True)
class Running:
    """A command that was started in a session of its own. ``poll`` gives its status when it has ended, else None."""

    pid: int
    said: Path
    poll: Callable[[], int | None]

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def work(self) -> float:
        """The processor seconds that its main process has used; 0 after its end."""
        fields = _fields(Path(f"/proc/{self.pid}/stat"))
        return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0

    def worked(self, seconds: float, longest: float = LONGEST) -> bool:
        """Waits until it has used so many processor seconds, or, as a server does, waits itself: ``longest`` seconds.
        Returns whether it is still running."""
        until = time.monotonic() + longest
        while self.poll() is None:
            if self.work() >= seconds or time.monotonic() > until:
                return True
            time.sleep(0.004)
        return False

    def ended(self, longest: float = LONGEST) -> Ended:
        """Waits for its end. It gets its time twice, for all may have been stopped from outside for a while; one that
        hangs then is killed, and that is said."""
        for _ in range(2):
            until = time.monotonic() + longest
            while time.monotonic() < until:
                if (status := self.poll()) is not None:
                    return Ended(status, self.said.read_text(errors="replace"))
                time.sleep(0.01)
        where = _where(self.pid)
        self.send(signal.SIGABRT)  # Python's handler of faults writes where each thread is
        time.sleep(1.0)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        return Ended(124, f"Traceback: it hung\n{where}\n{self.said.read_text(errors='replace')}")


class Nursery:
    """Starts commands by :mod:`tests.soak.nursery`. Close it at the end."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.soak.nursery"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._ended: dict[int, int] = {}
        self._rest = b""
        self._until("ready")

    def start(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], said: Path) -> Running:
        order = {
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(environment),
            "said": str(said),
        }
        assert self._process.stdin is not None
        said.write_bytes(b"")
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        pid = self._until("started")
        return Running(pid, said, lambda: self._status(pid))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def _status(self, pid: int) -> int | None:
        for _ in self._news(wait=False):
            pass
        return self._ended.get(pid)

    def _until(self, word: str) -> int:
        while True:
            for row in self._news(wait=True):
                if row[0] == word:
                    return int(row[-1]) if len(row) > 1 else 0

    def _news(self, wait: bool) -> list[Any]:
        assert self._process.stdout is not None
        handle, found = self._process.stdout.fileno(), list[Any]()
        while select.select([handle], [], [], None if wait and not found else 0)[0]:
            if not (read := os.read(handle, 1 << 16)):
                raise RuntimeError("the nursery has ended")
            *rows, self._rest = (self._rest + read).split(b"\n")
            new = [json.loads(row) for row in rows]
            found += new
            for row in new:
                if row[0] == "started":
                    self._ended.pop(row[1], None)  # an earlier process had the same number
                elif row[0] == "ended":
                    self._ended[row[1]] = row[2]
        return found


def executed(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    said: Path,
    prepare: Callable[[], None] | None = None,
) -> Running:
    """Starts a program of its own, as a shell does. ``prepare`` runs in it before it begins."""
    with said.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONFAULTHANDLER": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare,
        )
    return Running(process.pid, said, process.poll)


def survivors(session: int) -> list[int]:
    """The processes of a session that are still there after some seconds."""
    until = time.monotonic() + 20.0
    while found := list(_of_session(session)):
        if time.monotonic() > until:
            return found
        time.sleep(0.05)
    return []


def _of_session(session: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        fields = _fields(status)
        if fields and int(fields[3]) == session and fields[0] != "Z":
            yield int(status.parent.name)


def _fields(status: Path) -> list[str]:
    """The fields of ``/proc/PID/stat`` after the program's name (proc(5)); none when the process has ended."""
    try:
        return status.read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _where(session: int) -> str:
    """What the processes of a session wait for, as the kernel tells it."""
    rows = []
    for pid in _of_session(session):
        for thread in Path(f"/proc/{pid}/task").glob("*"):
            with suppress(OSError):
                channel, state = (thread / "wchan").read_text(), (thread / "stat").read_text().rpartition(")")[2][:2]
                rows.append(f"{pid} thread {thread.name}:{state} {channel}")
        with suppress(OSError):
            rows.append(f"{pid}: {Path(f'/proc/{pid}/cmdline').read_bytes()[-200:]!r}")
    return "\n".join(rows)
