"""The folder of kept results: what comes back, what goes, and that nothing about it stops anybody."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.support.paths import ROOT
from tests.support.waiting import HANGS
from voiceguide import kept as module
from voiceguide.kept import Kept


def name(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "parts")


def test_what_was_kept_comes_back(kept: Kept) -> None:
    assert kept.get(name(1)) is None
    assert kept.entries() == ()
    kept.put(name(1), b"one")
    kept.put(name(2), b"")
    assert (kept.get(name(1)), kept.get(name(2)), kept.get(name(3))) == (b"one", b"", None)
    assert {entry.path.stem for entry in kept.entries()} == {name(1), name(2)}
    assert not list((kept.folder / "making").iterdir())


@pytest.mark.parametrize(
    "damage", [lambda e: e[:-1], lambda e: e + b"x", lambda e: e[:20] + b"X" + e[21:], lambda e: b""]
)
def test_a_damaged_entry_is_removed_and_made_again(kept: Kept, damage: object) -> None:
    kept.put(name(1), b"what it is" * 3)
    path = kept.entries()[0].path
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert kept.get(name(1)) is None
    assert not path.exists()
    kept.put(name(1), b"again")
    assert kept.get(name(1)) == b"again"


def test_an_entry_under_another_s_name_is_not_taken(kept: Kept) -> None:
    kept.put(name(1), b"one")
    path = kept.entries()[0].path
    other = kept.folder / name(2)[:2] / f"{name(2)}.part"
    other.parent.mkdir(exist_ok=True)
    path.rename(other)
    assert kept.get(name(2)) is None


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    kept = Kept(tmp_path, most=3500)
    for number in range(3):
        kept.put(name(number), bytes(1000))
        os.utime(tmp_path / name(number)[:2] / f"{name(number)}.part", (time.time() - 1000 + number,) * 2)
    assert kept.get(name(0)) == bytes(1000)  # and is used again
    kept.put(name(3), bytes(1000))
    kept.tidy()
    assert [kept.get(name(number)) is not None for number in range(4)] == [True, False, True, True]
    assert sum(entry.size for entry in kept.entries()) <= 3500


def test_much_that_is_added_is_tidied_meanwhile(tmp_path: Path) -> None:
    kept = Kept(tmp_path, most=2500)
    for number in range(10):
        kept.put(name(number), bytes(1000))
    assert sum(entry.size for entry in kept.entries()) <= 4 * 1016


def test_who_only_takes_adds_nothing(kept: Kept) -> None:
    taking = Kept(kept.folder, adds=False)
    taking.put(name(1), b"one")
    assert not kept.folder.exists()
    kept.put(name(1), b"one")
    assert taking.get(name(1)) == b"one"


def test_a_folder_that_cannot_be_used_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nothing/here")):
        kept = Kept(folder)
        kept.put(name(1), b"one")
        kept.put(name(2), b"two")
        kept.tidy()
        assert kept.get(name(1)) is None
        assert kept.entries() == ()


def test_a_disk_that_is_nearly_full_is_left_alone(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**8))
    kept.put(name(1), b"one")
    assert kept.entries() == ()
    monkeypatch.undo()
    kept.put(name(1), b"one")  # not tried again in the same run
    assert kept.entries() == ()


def test_a_disk_that_becomes_full_leaves_nothing_half_written(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.Path, "replace", full)
    kept.put(name(1), b"one")
    assert not list((kept.folder / "making").iterdir())
    assert kept.entries() == ()


def test_remains_of_killed_runs_go_after_a_day(kept: Kept) -> None:
    kept.put(name(1), b"one")
    for file, age in (("old", 25 * 3600), ("new", 3600)):
        (kept.folder / "making" / file).write_bytes(b"half")
        os.utime(kept.folder / "making" / file, (time.time() - age,) * 2)
    kept.tidy()
    assert [path.name for path in (kept.folder / "making").iterdir()] == ["new"]


WRITER = """
import sys
from pathlib import Path
from voiceguide.kept import Kept
kept = Kept(Path(sys.argv[1]))
print("go", flush=True)
while True:
    for number in range(20):
        kept.put(f"{number:064x}", bytes([number]) * 500_000)
"""


def test_a_killed_process_leaves_whole_entries(tmp_path: Path) -> None:
    for _ in range(3):
        command = [sys.executable, "-c", WRITER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"go\n"
            while not Kept(tmp_path).entries():
                time.sleep(0.01)
            process.kill()
            process.wait(HANGS)
    kept = Kept(tmp_path)
    before = kept.entries()
    for number in range(20):
        assert kept.get(f"{number:064x}") in (None, bytes([number]) * 500_000)
    assert len(kept.entries()) == len(before) > 0


def test_many_threads_use_one_folder(tmp_path: Path) -> None:
    kept, wrong = Kept(tmp_path, most=30_000), []

    def work(first: int) -> None:
        for number in range(first, first + 60):
            kept.put(name(number % 40), bytes([number % 40]) * 1000)
            wrong.extend(n for n in range(40) if kept.get(name(n)) not in (None, bytes([n]) * 1000))

    threads = [threading.Thread(target=work, args=(first,)) for first in (0, 20, 40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(HANGS)
    assert not wrong
