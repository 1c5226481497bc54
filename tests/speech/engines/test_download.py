"""Two processes that want the same voice at once: one fetches it from a real server on loopback, the other waits."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.waiting import HANGS, until
from voiceguide.errors import SpeechError
from voiceguide.speech.engines.download import fetch, scratch

CONTENT = bytes(range(256)) * 1200
SHA256 = hashlib.sha256(CONTENT).hexdigest()

FETCHING = """
import sys
from pathlib import Path
from voiceguide.speech.engines.download import fetch
address, target, size, sha256 = sys.argv[1:]
tell = lambda stage, done, total: print(stage, done, flush=True)
print("new" if fetch(address, Path(target), int(size), sha256, tell) else "there")
"""
SCRATCHING = """
import sys
from pathlib import Path
from voiceguide.speech.engines.download import scratch
tell = lambda stage, done, total: print(stage, flush=True)
with scratch(Path(sys.argv[1]), "joe", 1, tell) as folder:
    (folder / "made").write_text(sys.argv[2])
    print("in", flush=True)
    sys.stdin.readline()
    print((folder / "made").read_text())
"""


@dataclass
class Server:
    """Sends half of the content, and the rest after ``go_on``; ``requests`` have come so far."""

    address: str = ""
    go_on: threading.Event = field(default_factory=threading.Event)
    requests: int = 0


@pytest.fixture
def server() -> Iterator[Server]:
    there = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            there.requests += 1
            self.send_response(200)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()
            self.wfile.write(CONTENT[: len(CONTENT) // 2])
            there.go_on.wait(HANGS)
            self.wfile.write(CONTENT[len(CONTENT) // 2 :])

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        there.address = f"http://127.0.0.1:{http.server_port}/emma.onnx"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield there
        there.go_on.set()
        http.shutdown()
        thread.join()


class Process:
    """A program whose printed lines are read as they come."""

    def __init__(self, code: str, *arguments: str) -> None:
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as printed:
            for line in printed:
                self.lines.append(line.rstrip("\n"))

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int:
        """Lets it read to the end of its input, and gives its exit status."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(HANGS)
        self._reader.join(HANGS)
        return self._process.returncode


def test_two_downloads_of_one_file_at_once_are_one(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "voices" / "emma.onnx"
    arguments = (server.address, str(target), str(len(CONTENT)), SHA256)
    processes = [Process(FETCHING, *arguments) for _ in range(2)]
    until(lambda: server.requests > 1 or any("Waiting" in line for one in processes for line in one.lines))
    server.go_on.set()
    assert [process.end() for process in processes] == [0, 0]
    assert server.requests == 1
    assert sorted(process.lines[-1] for process in processes) == ["new", "there"]
    assert target.read_bytes() == CONTENT
    assert [path.name for path in target.parent.iterdir()] == ["emma.onnx"]


def test_the_one_that_waited_fetches_it_when_the_other_was_killed(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "emma.onnx"
    arguments = (server.address, str(target), str(len(CONTENT)), SHA256)
    first = Process(FETCHING, *arguments)
    until(lambda: server.requests)
    second = Process(FETCHING, *arguments)
    until(lambda: server.requests > 1 or any("Waiting" in line for line in second.lines))
    first.kill()
    server.go_on.set()
    assert second.end() == 0
    assert second.lines[-1] == "new"
    assert target.read_bytes() == CONTENT
    assert first.end() != 0


def test_two_voices_are_not_unpacked_over_one_another(tmp_path: Path) -> None:
    first = Process(SCRATCHING, str(tmp_path), "first")
    until(lambda: first.lines)
    second = Process(SCRATCHING, str(tmp_path), "second")
    until(lambda: second.lines)
    assert second.lines[0].startswith("Waiting")
    assert first.end() == 0
    assert first.lines[-1] == "first"
    until(lambda: "in" in second.lines)
    assert second.end() == 0
    assert second.lines[-1] == "second"
    assert list(tmp_path.iterdir()) == []


def test_who_waits_can_give_up(server: Server, tmp_path: Path) -> None:
    class GaveUp(Exception):
        pass

    def give_up(stage: str, done: int, total: int) -> None:
        assert stage.startswith("Waiting")
        raise GaveUp

    with scratch(tmp_path, "emma", 1, lambda *step: None), pytest.raises(GaveUp):
        fetch(server.address, tmp_path / "emma", len(CONTENT), SHA256, give_up)
    assert server.requests == 0


def test_a_file_that_came_damaged_leaves_nothing_and_no_lock(server: Server, tmp_path: Path) -> None:
    server.go_on.set()
    with pytest.raises(SpeechError, match="came damaged, and was left out"):
        fetch(server.address, tmp_path / "emma", len(CONTENT), "0" * 64, lambda *step: None)
    assert list(tmp_path.iterdir()) == []
