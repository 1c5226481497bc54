"""The worked examples of docs/architecture.md, done in a copy of the project.

A subsection shows each change as a ``diff`` block: a line ``+++ path``, then a file's lines, those to add with a ``+``,
those to take away with a ``-``, and around them lines that tell the place. ``@@`` alone begins another place of the
same file. A block of added lines only makes a new file, or goes to a file's end.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "architecture.md"


@dataclass(frozen=True, slots=True)
class Walkthrough:
    """One subsection: the changes in order, each a path with its hunks, and the commands."""

    changes: tuple[tuple[str, tuple[str, ...]], ...]
    commands: tuple[str, ...]

    @property
    def files(self) -> list[str]:
        """What a person edits by hand."""
        return list(dict.fromkeys(path for path, _ in self.changes))


def walkthrough(title: str) -> Walkthrough:
    (section,) = re.findall(rf"^### {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE.read_text("utf-8"), re.M | re.S)
    changes = []
    for block in re.findall(r"^```diff\n\+\+\+ (.*?)^```", section, re.M | re.S):
        path, _, rest = block.partition("\n")
        changes.append((path.strip(), tuple(re.split(r"^@@\n", rest, flags=re.M))))
    commands = [row for block in re.findall(r"^```sh\n(.*?)^```", section, re.M | re.S) for row in block.splitlines()]
    return Walkthrough(tuple(changes), tuple(commands))


def _changed(text: str, hunk: str, path: str) -> str:
    rows = [(row[:1], row[1:]) for row in hunk.splitlines()]
    old = "".join(f"{row}\n" for sign, row in rows if sign in " -")
    new = "".join(f"{row}\n" for sign, row in rows if sign in " +")
    if not old:
        return text + new
    assert text.count(old) == 1, f"{path} does not have this once:\n{old}"
    return text.replace(old, new)


@dataclass(frozen=True, slots=True)
class Checkout:
    """A copy of the project that can be changed."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Checkout:
        for folder in ("voiceguide", "sounds", "docs", "tests"):  # bytecode too, which holds while the times are kept
            shutil.copytree(ROOT / folder, root / folder)
        shutil.copy(ROOT / "pyproject.toml", root)
        return cls(root)

    def follow(self, walk: Walkthrough) -> None:
        """Makes the changes, then runs the commands."""
        for path, hunks in walk.changes:
            file = self.root / path
            text = file.read_text("utf-8") if file.exists() else ""
            for hunk in hunks:
                text = _changed(text, hunk, path)
            file.write_text(text, "utf-8")
        for command in walk.commands:
            name, *arguments = shlex.split(command)
            self.run(*(arguments if name == "python" else ("-m", name, *arguments)))

    def run(self, *arguments: str, fails: bool = False) -> str:
        """What Python says with these arguments, run in the copy."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr
