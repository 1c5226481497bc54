"""A studio that is killed while it saves: what is on disk is one text or the other, and no version is half."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

ROUNDS = 40

SAVING = """
import itertools, sys
from pathlib import Path
from voiceguide.studio.workspace import Workspace

workspace = Workspace(Path(sys.argv[1]))
print("ready", flush=True)
for number in itertools.count(int(sys.argv[2])):
    text = f"{number}\\n" * 20_000
    workspace.save("evening.md", text, workspace.mark("evening.md"))
"""

KILLING = """
import os, random, signal, sys, time
import voiceguide.studio.workspace  # once for all that are forked

chance = random.Random(7)
for number in range(int(sys.argv[1])):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(write, 1)
        sys.argv = ["saving", sys.argv[2], str(1000 * number)]
        exec(compile(open(sys.argv[1] + "/../saving.py").read(), "saving.py", "exec"))
    os.close(write)
    os.read(read, 100)
    time.sleep(chance.uniform(0.0, 0.06))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(read)
    lines = set(open(sys.argv[2] + "/evening.md").read().splitlines(keepends=True))
    size = os.path.getsize(sys.argv[2] + "/evening.md")
    print(len(lines), size // len(next(iter(lines))), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so there")
def test_a_script_is_whole_whenever_its_studio_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "evening.md").write_text("old\n" * 20_000)
    (tmp_path / "saving.py").write_text(SAVING)
    command = [sys.executable, "-c", KILLING, str(ROUNDS), str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == ["1 20000"] * ROUNDS
    versions = list((folder / ".voiceguide" / "versions" / "evening.md").glob("*.txt"))
    assert len(versions) > ROUNDS / 2
    for version in versions:
        lines = version.read_text().splitlines()
        assert (len(set(lines)), len(lines)) == (1, 20_000)
