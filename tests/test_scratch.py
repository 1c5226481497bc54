"""Temporary folders: each belongs to a living process, and what a killed one leaves goes at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.waiting import HANGS
from voiceguide.entries import Entries
from voiceguide.scratch import PREFIX, move_in, remove_abandoned, scratch
from voiceguide.sounds.files import SoundStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")

_WORKER = """
import sys, time
from pathlib import Path
from voiceguide.scratch import locked_file, scratch, PREFIX
place = Path(sys.argv[1])
with scratch(place) as folder:
    (folder / "half").write_bytes(b"made")
    locked_file(lambda: place / (PREFIX + "file"))
    print(folder, flush=True)
    time.sleep(3600)
"""


@contextmanager
def _working(place: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process with a folder and a file in ``place``, killed at the end."""
    worker = subprocess.Popen([sys.executable, "-c", _WORKER, str(place)], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert PREFIX in worker.stdout.readline()
    try:
        yield worker
    finally:
        worker.kill()
        worker.communicate(timeout=HANGS)


def test_what_a_living_process_has_stays_and_what_it_leaves_when_it_is_killed_goes(tmp_path: Path) -> None:
    with _working(tmp_path):
        remove_abandoned(tmp_path)
        remove_abandoned(tmp_path, only_remains=True)
        assert len(list(tmp_path.iterdir())) == 2
    assert len(list(tmp_path.rglob("*"))) == 3
    with scratch(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_the_next_session_clears_all_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system, cache = tmp_path / "tmp", tmp_path / "cache"
    monkeypatch.setattr("tempfile.tempdir", str(system))
    store = Entries(cache / "speech", ".clip")
    for place in (system, cache, store.making):
        place.mkdir(parents=True)
        with _working(place):
            pass
    with SoundStore(cache):
        assert list(system.iterdir()) == []
    assert [path.name for path in cache.iterdir()] == ["speech"]
    store.remove_abandoned()
    assert list(store.making.iterdir()) == []


def test_what_others_made_stays(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "kept").touch()
    (tmp_path / f"{PREFIX}link").symlink_to(victim)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "voiceguide-notes.txt").touch()
    remove_abandoned(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
    assert (victim / "kept").exists()


def test_a_file_is_moved_in_whole_or_not_at_all(tmp_path: Path) -> None:
    target, making = tmp_path / "ab" / "abc", tmp_path / "making"
    move_in(b"whole", target, making)
    assert target.read_bytes() == b"whole"
    assert target.stat().st_mode & 0o777 == 0o666 & ~_umask()
    (tmp_path / "folder" / "full").mkdir(parents=True)
    with pytest.raises(OSError, match="folder"):
        move_in(b"other", tmp_path / "folder", making)
    assert list(making.iterdir()) == []


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
