"""A second studio on the same folder is told; one that is gone is not in the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.studio.running import running
from tests.support.paths import ROOT
from tests.support.waiting import until
from voiceguide.studio.presence import Other, Presence


def test_a_second_studio_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        assert first.other is None
        with running(tmp_path) as second:
            assert second.other == Other(os.getpid(), first.port)
            assert f"{first.port}" in second.other.place
    with running(tmp_path) as third:
        assert third.other is None
    assert not (tmp_path / ".voiceguide" / "studio.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed so there")
def test_a_studio_that_was_killed_is_not_in_the_way(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "voiceguide", "studio", str(tmp_path), "--no-open"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert b"token" in process.stdout.readline()
        until((tmp_path / ".voiceguide" / "studio.json").exists)
        there = Presence(tmp_path / ".voiceguide", 1)
        assert there.other is not None
        assert there.other.process == process.pid
        process.send_signal(signal.SIGKILL)
    again = Presence(tmp_path / ".voiceguide", 2)
    assert again.other is None
    again.release()


@pytest.mark.parametrize("note", ["", "{}", "[]", '{"process": "x", "port": 1}', "[" * 3000])
def test_a_note_that_cannot_be_read_still_tells_that_there_is_one(tmp_path: Path, note: str) -> None:
    first = Presence(tmp_path / "own", 1)
    (tmp_path / "own" / "studio.json").write_text(note)
    second = Presence(tmp_path / "own", 2)
    assert second.other is not None
    assert second.other.place == "another process"
    second.release()
    assert Presence(tmp_path / "own", 3).other is not None
    first.release()
