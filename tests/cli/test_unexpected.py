"""Errors that nobody has foreseen: a sentence, a file with the trace, and status 1."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from voiceguide.cli.unexpected import told


def test_the_whole_trace_lies_in_a_file_and_a_sentence_names_it() -> None:
    try:
        raise ZeroDivisionError("no such \udcff number\nand more")
    except ZeroDivisionError as error:
        said = told(error)
    assert "Traceback" not in said
    assert "ZeroDivisionError: no such" in said
    found = re.search(r"in (\S+\.txt);", said)
    assert found
    trace = Path(found[1])
    assert "test_unexpected.py" in trace.read_text("utf-8")
    trace.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("command", ["check", "plan", "render", "import", "record"])
def test_a_link_to_itself_as_the_script_gives_a_sentence(command: str, tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "voiceguide", command, str(loop)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize("command", ["check", "plan", "render"])
def test_a_name_that_is_no_text_is_refused_before_the_work(command: str, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "a") + b"\xff.md"
    Path(os.fsdecode(path)).write_text("Hi.\n")
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"voiceguide", command.encode(), path], capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"this file's name is not UTF-8 text" in done.stdout + done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(("arguments", "status"), [("--version", 0), ("nothing", 2)])
def test_a_signal_after_the_work_ends_the_process_with_the_works_own_status(arguments: str, status: int) -> None:
    program = (
        "import atexit, os, signal; from voiceguide.cli import main; "
        f"atexit.register(os.kill, os.getpid(), signal.SIGTERM); main(['{arguments}'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("voiceguide ") is (status == 0)
