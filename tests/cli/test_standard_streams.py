"""Standard output and standard error that are full, closed, or gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import Run

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")

SCRIPT = "---\nvoice: silent\n---\n# Calm\nRest.\n[pause 2s]\n"


def _run(*arguments: str, folder: Path, redirected: str) -> subprocess.CompletedProcess[str]:
    (folder / "x.md").write_text(SCRIPT)
    command = f'exec "$0" -m voiceguide "$@" {redirected}'
    return subprocess.run(
        ["sh", "-c", command, sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-", "2>&- >&-"])
def test_messages_that_nobody_gets_fail_no_work(redirected: str, tmp_path: Path) -> None:
    done = _run("render", "x.md", folder=tmp_path, redirected=redirected)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "sessions" / "x.mp3").stat().st_size > 0


def test_an_error_still_counts_when_its_message_is_lost(tmp_path: Path) -> None:
    assert _run("render", "gone.md", folder=tmp_path, redirected="2>/dev/full").returncode == 1


@pytest.mark.parametrize("arguments", [("plan", "x.md", "--json"), ("check", "x.md", "--text-only", "--json")])
def test_a_result_that_cannot_be_written_is_told(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = _run(*arguments, folder=tmp_path, redirected=">/dev/full")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "The work failed: No space left on device (standard output)."


def test_a_device_is_no_output(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(SCRIPT)
    for option in ("-o", "--report"):
        done = voiceguide("render", "x.md", "-q", option, "/dev/full" if option == "--report" else "/dev/full/x.mp3")
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("/dev/full")


@pytest.mark.parametrize("command", ["render", "plan", "check", "record"])
def test_a_folder_is_no_script(command: str, voiceguide: Run) -> None:
    done = voiceguide(command, ".")
    assert done.returncode == 1
    assert (
        ".:1:1: error: this is a folder, not a script\n    help: name the .md file in it\n" in done.stdout + done.stderr
    )
    if command == "render":
        assert done.stderr.splitlines()[-1] == ". has 1 error; nothing was written for it."
