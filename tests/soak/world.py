"""What a soak works on: scripts, a pack, documents, the commands that are tried, and the bytes that each should give."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.paths import ROOT

LONGEST = 300.0
"""Seconds after which a command counts as hanging."""

_SCRIPT = """---
voice: {voice}
bed: rain
---
# Begin

Rest your hands, and breathe. [pause 2s] [breathe 4-6 x2] [chime bowl]

{change}

# End

[hold 6s countdown] [sound own.wav]

[pause ~40s]

Open your eyes.
"""
_PACK = "title: Soak\nlink: https://example.org/soak\nsessions:\n  - {script: x.md, lengths: [80s, 90s]}\n  - {script: y.md}\n"
_SSML = '<speak>Hello <break time="2s"/> there.</speak>'
_LEFT = (".*.part", "voiceguide-scratch-*")
_TEXT_SAID_OF_FAULTS = ("Traceback", "was not foreseen", "Please report", "fault in the program")

Check = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and where its results lie."""

    name: str
    arguments: tuple[str, ...]
    outputs: tuple[str, ...]


COMMANDS = (
    Command("render mp3", ("render", "x.md", "-o", "out/x.mp3", "--report", "out/r.json"), ("out/x.mp3", "out/r.json")),
    Command("render m4b", ("render", "x.md", "-o", "out/x.m4b"), ("out/x.m4b",)),
    Command("render opus", ("render", "x.md", "-o", "out/x.opus"), ("out/x.opus",)),
    Command("render flac", ("render", "y.md", "-o", "out/y.flac", "--captions", "vtt"), ("out/y.flac", "out/y.vtt")),
    Command("render stems", ("render", "x.md", "-o", "out/x.wav", "--stems", "out/stems"), ("out/x.wav", "out/stems")),
    Command("render chapters", ("render", "x.md", "-o", "out/c.mp3", "--split", "chapters"), ("out/c.mp3", "out/c")),
    Command("render two jobs", ("render", "x.md", "-o", "out/j.mp3", "--jobs", "2"), ("out/j.mp3",)),
    Command("plan", ("plan", "x.md", "--plot", "out/p.svg"), ("out/p.svg",)),
    Command("check", ("check", "x.md", "--json"), ()),
    Command("import", ("import", "a.ssml", "-o", "out/a.md", "--force"), ("out/a.md",)),
    Command("record", ("record", "x.md", "-o", "out/sheet"), ("out/sheet",)),
    Command("pack build", ("pack", "build", "pack.yaml", "-o", "out/built"), ("out/built",)),
)


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
class World:
    """One folder of its own, with its cache and its place for temporary files."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, folder: Path) -> World:
        """A new world, in a folder that is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("cache", "tmp", "out"):
            (folder / name).mkdir(parents=True)
        world = cls(folder)
        world.write()
        return world

    def write(self, change: str = "Let go.") -> None:
        """The scripts, with a sentence that may be another; each file whole, as editors save it."""
        for name, text in (
            ("x.md", _SCRIPT.format(voice="silent", change=change)),
            ("y.md", _SCRIPT.format(voice="system", change="Sink.").replace("[pause ~40s]", "[pause 3s]")),
            ("pack.yaml", _PACK),
            ("a.ssml", _SSML),
        ):
            made = self.folder / f".{name}.new"
            made.write_text(text)
            made.replace(self.folder / name)
        shutil.copyfile(ROOT / "sounds" / "bell.flac", self.folder / "own.wav")

    def fresh(self) -> None:
        """Takes all results away, and keeps the cache."""
        for name in ("out", "tmp"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir(exist_ok=True)

    def without_cache(self) -> None:
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        (self.folder / "cache").mkdir(exist_ok=True)

    def started(self, arguments: Sequence[str], prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
        """A command in a session of its own, so that all its processes can be found."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.folder / "tmp")}
        environment |= {"VOICEGUIDE_CACHE": str(self.folder / "cache"), **self.environment}
        return subprocess.Popen(
            [sys.executable, "-m", "voiceguide", *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=prepare,
        )

    def run(self, arguments: Sequence[str], prepare: Callable[[], None] | None = None) -> Ended:
        return ended(self.started(arguments, prepare))

    def results(self, command: Command) -> dict[str, str]:
        """The SHA-256 of each of a command's results that is there."""
        found: dict[str, str] = {}
        for output in command.outputs:
            path = self.folder / output
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                if file.is_file() and ".making" not in file.parts and not file.name.startswith("."):
                    found[file.relative_to(self.folder).as_posix()] = hashlib.sha256(_lasting(file)).hexdigest()
        return found

    def left(self) -> list[str]:
        """Temporary files and folders that lie about."""
        found = [
            path for place in ("cache", "tmp", "out") for row in _LEFT for path in (self.folder / place).rglob(row)
        ]
        return [path.relative_to(self.folder).as_posix() for path in found]


def ended(process: subprocess.Popen[bytes], longest: float = LONGEST) -> Ended:
    """Waits for a process; one that hangs is killed, and says so. It gets its time twice, for all of them may have been
    stopped from outside for a while."""
    for _ in range(2):
        with suppress(subprocess.TimeoutExpired):
            said, _ = process.communicate(timeout=longest)
            return Ended(process.returncode, said.decode(errors="replace"))
    os.killpg(process.pid, signal.SIGKILL)
    said, _ = process.communicate()
    return Ended(124, f"Traceback: it hung\n{said.decode(errors='replace')}")


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
        try:
            fields = status.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            yield int(status.parent.name)


def _lasting(file: Path) -> bytes:
    """A file's content without what differs from run to run."""
    data = file.read_bytes()
    if file.name == "r.json":
        report = json.loads(data)
        del report["run"]
        return json.dumps(report).encode()
    return data
