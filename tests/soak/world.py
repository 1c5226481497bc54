"""What a soak works on: scripts, a pack, documents, the commands that are tried, and the bytes that each should give."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.running import Ended, Nursery, Running, executed
from tests.support.paths import ROOT

_SCRIPT = """---
voice: {voice}
bed: rain
---
# Begin

Rest your hands, and breathe. [breathe 2-3 x1] [chime bowl]

{change}

# End

[hold 5s countdown] [sound own.wav]

[pause ~8s]

Open your eyes.
"""
_PACK = "title: Soak\nlink: https://example.org/soak\nsessions:\n  - {script: x.md, lengths: [30s, 32s]}\n  - {script: y.md}\n"
_SSML = '<speak>Hello <break time="2s"/> there.</speak>'
_LEFT = (".*.part", "voiceguide-scratch-*")


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, where its results lie, and how often it is chosen against the others."""

    name: str
    arguments: tuple[str, ...]
    outputs: tuple[str, ...]
    share: int = 4


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
    Command("pack build", ("pack", "build", "pack.yaml", "-o", "out/built"), ("out/built",), 1),
)


@dataclass(frozen=True, slots=True)
class World:
    """One folder of its own, with its cache and its place for temporary files.

    With a ``nursery`` commands start at once; with an ``environment`` of their own, or a ``prefix`` (a program that
    starts another), they are started as a shell does.
    """

    folder: Path
    nursery: Nursery | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()

    @classmethod
    def made(cls, folder: Path, nursery: Nursery | None = None) -> World:
        """A new world, in a folder that is emptied first."""
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("cache", "tmp", "out"):
            (folder / name).mkdir(parents=True)
        world = cls(folder, nursery)
        world.write()
        return world

    def write(self, change: str = "Let go.") -> None:
        """The scripts, with a sentence that may be another; each file whole, as editors save it."""
        for name, text in (
            ("x.md", _SCRIPT.format(voice="silent", change=change)),
            ("y.md", _SCRIPT.format(voice="system", change="Sink.").replace("[pause ~8s]", "[pause 3s]")),
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
        for said in self.folder.glob("said-*"):
            said.unlink()

    def without_cache(self) -> None:
        shutil.rmtree(self.folder / "cache", ignore_errors=True)
        (self.folder / "cache").mkdir(exist_ok=True)

    def started(self, arguments: Sequence[str], prepare: Callable[[], None] | None = None) -> Running:
        """A command in a session of its own, so that all its processes can be found. ``prepare`` runs in it first."""
        own = {"PYTHONPATH": str(ROOT), "TMPDIR": str(self.folder / "tmp")}
        own |= {"VOICEGUIDE_CACHE": str(self.folder / "cache"), **self.environment}
        said = self.folder / f"said-{secrets.token_hex(4)}"
        if self.nursery and not (prepare or self.environment or self.prefix):
            return self.nursery.start(arguments, self.folder, own, said)
        command = [*self.prefix, sys.executable, "-m", "voiceguide", *arguments]
        return executed(command, self.folder, own, said, prepare)

    def run(self, arguments: Sequence[str], prepare: Callable[[], None] | None = None) -> Ended:
        return self.started(arguments, prepare).ended()

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


def _lasting(file: Path) -> bytes:
    """A file's content without what differs from run to run."""
    data = file.read_bytes()
    if file.name == "r.json":
        report = json.loads(data)
        del report["run"]
        return json.dumps(report).encode()
    return data
