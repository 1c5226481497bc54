"""Follows a worked example of docs/architecture.md: a copy of the package with the example's diffs applied."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.paths import ROOT


def steps(heading: str) -> dict[str, str]:
    """The diffs of the section under ``### heading``, by file."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    section = re.split(r"^##+ ", text.split(f"### {heading}\n")[1], maxsplit=1, flags=re.MULTILINE)[0]
    return dict(re.findall(r"^```diff\n\+\+\+ (\S+)\n(.*?)^```", section, re.MULTILINE | re.DOTALL))


def copied(folder: Path, diffs: dict[str, str]) -> Path:
    """A copy of the package in ``folder``, with the diffs applied; each hunk must fit exactly one place."""
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "voiceguide", folder / "voiceguide", ignore=skipped)
    shutil.copytree(ROOT / "sounds", folder / "sounds", ignore=skipped)
    for name, diff in diffs.items():
        path = folder / name
        text = path.read_text("utf-8")
        for hunk in diff.split("@@\n")[1:]:
            rows = hunk.splitlines(keepends=True)
            old = "".join(row[1:] or "\n" for row in rows if row[0] != "+")
            new = "".join(row[1:] or "\n" for row in rows if row[0] != "-")
            assert text.count(old) == 1, f"this is not once in {name}:\n{old}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> str:
    """What Python prints when it runs with the copied package."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    result = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=folder, env=environment, timeout=300
    )
    assert result.returncode == 0, result.stderr
    return result.stdout
