"""Jobs in processes: all done, the one to blame found, and nothing left when the parent is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.waiting import until
from voiceguide.packs.executors import ATTEMPTS, LostJobError, processes, results, threads


def squared(number: int) -> int:
    return number * number


def deadly(number: int, tally: str) -> int:
    """Kills its own process for 3, each time; for 5 the first time only."""
    with Path(tally).open("a") as file:
        file.write(f"{number}\n")
    tried = Path(tally).read_text().splitlines().count(str(number))
    if number == 3 or (number == 5 and tried == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def faulty(number: int) -> int:
    raise ValueError(f"no {number}")


def suspended(note: str) -> None:
    Path(note).write_text(str(os.getpid()))
    os.kill(os.getpid(), signal.SIGSTOP)


def _only(number: int) -> tuple[Any, ...]:
    return (number,)


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def test_every_job_has_its_result() -> None:
    found = dict(results(partial(processes, 2), squared, _only, range(20), 2))
    assert found == {number: number * number for number in range(20)}


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_job_that_kills_its_process_is_found_and_the_others_are_done(tmp_path: Path) -> None:
    tally = str(tmp_path / "tally")
    found = dict(results(partial(processes, 2), deadly, lambda number: (number, tally), range(8), 2))
    lost = found.pop(3)
    assert isinstance(lost, LostJobError)
    assert "killed each time" in str(lost)
    assert found == {number: number * number for number in range(8) if number != 3}
    assert Path(tally).read_text().splitlines().count("3") == ATTEMPTS


def test_what_a_job_raises_stands_for_its_result() -> None:
    found = dict(results(partial(processes, 1), faulty, _only, [0, 1], 1))
    assert {number: str(error) for number, error in found.items()} == {0: "no 0", 1: "no 1"}


def test_what_cannot_be_handed_over_stops_no_other(tmp_path: Path) -> None:
    def arguments(number: int) -> tuple[Any, ...]:
        return (int((tmp_path / f"{number}").read_text()),)

    (tmp_path / "2").write_text("2")
    found = dict(results(partial(processes, 1), squared, arguments, [1, 2], 1))
    assert isinstance(found[1], FileNotFoundError)
    assert found[2] == 4


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(
        "import os, time\n"
        "from voiceguide.packs.executors import processes\n"
        "if __name__ == '__main__':\n"
        "    with processes(1) as pool:\n"
        "        print(pool.submit(os.getpid).result(), flush=True)\n"
        "        pool.submit(time.sleep, 3600).result()\n"
    )
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        os.kill(child, 0)  # it is there
        parent.kill()
    until(lambda: not _runs(child), "the end of the child")


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells the states of processes")
def test_a_suspended_process_does_not_keep_who_gives_up(tmp_path: Path) -> None:
    note = tmp_path / "note"

    def give_up(pool: Executor) -> None:
        pool.submit(suspended, str(note))
        until(lambda: note.exists() and note.read_text() and _state(int(note.read_text())) == "T", "its suspension")
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"), processes(1) as pool:
        give_up(pool)
    assert _state(int(note.read_text())) in ("", "Z")


def _runs(process: int) -> bool:
    return _state(process) not in ("", "Z")


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def test_whoever_waits_can_end_the_jobs_of_threads_meanwhile() -> None:
    stop, asked = threading.Event(), []

    def give_up() -> None:
        asked.append(1)
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        list(results(partial(threads, 2, stop), lambda _: stop.wait(60), _only, [1, 2, 3], 2, give_up))
    assert stop.is_set()
    assert asked == [1]
