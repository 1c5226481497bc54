from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from tests.support.misbehaving import DIARY, FACTORY
from tests.support.paths import ROOT
from tests.support.waiting import HANGS, until
from voiceguide.errors import OutputError
from voiceguide.speech.clips import Unusable, make_clip
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.process import python_command
from voiceguide.speech.worker import WATCH
from voiceguide.speech.workers import Pool, Worker
from voiceguide.timeline import Line

LIMIT = 4.0
"""Seconds for a line: what hangs takes no longer, and what does not needs a hundredth."""


def line(text: str) -> Line:
    return Line(text, "odd", 1.0, "en")


def plausible(asked: Line, said: Line, utterance: Utterance) -> Line | None:
    make_clip(utterance, said.text, said.pace)
    return None


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the engine notes its processes and what it was asked."""
    folder = tmp_path / "diary"
    folder.mkdir()
    monkeypatch.setenv(DIARY, str(folder))
    return folder


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.fixture
def run(scratch: Path, diary: Path) -> Callable[..., dict[str, str | None]]:
    def run(*texts: str, jobs: int = 2, factory: str = FACTORY, limit: float = LIMIT) -> dict[str, str | None]:
        pool = Pool(factory, jobs, scratch, limit)
        outcomes = list(pool.speak([line(text) for text in texts], plausible))
        assert len(outcomes) == len(texts)
        assert alive(diary) == []
        assert zombies(diary) == []
        return {done.text: reason for done, reason in outcomes}

    return run


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"  # dead, and waiting for whoever adopted it


def alive(diary: Path) -> list[int]:
    return [int(path.name) for path in diary.iterdir() if path.name.isdigit() and is_alive(int(path.name))]


def zombies(diary: Path) -> list[int]:
    """The ended processes that we have not asked for how they ended, as whoever starts a process should."""
    processes = [int(path.name) for path in diary.iterdir() if path.name.isdigit()]
    return [process for process in processes if Path(f"/proc/{process}").exists() and parent(process) == os.getpid()]


def parent(process: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def asked(diary: Path, text: str) -> int:
    return (diary / f"{text}.txt").stat().st_size


def test_good_lines(run, diary: Path) -> None:  # type: ignore[no-untyped-def]
    texts = [f"a good line number {n}" for n in range(9)] + ["print 8000", "resampled 22050"]
    assert run(*texts) == dict.fromkeys(texts)
    assert sum(path.name.isdigit() for path in diary.iterdir()) <= 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hang", "gave no answer within 4s"),
        ("crash", "stopped with exit status 7: the model is corrupt"),
        ("signal", "stopped with signal 6"),
        ("kill", "stopped with signal 9"),
        ("raise", "reported: no such phoneme"),
        ("empty", "made no sound at all"),
        ("silence", "made nothing but silence"),
        ("nan", "made samples that are no numbers"),
        ("endless", "made 2m of sound, too long for these words"),
    ],
)
def test_a_bad_line_is_tried_three_times_and_told(run, diary: Path, text: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    assert run("a good line", text, "another good line") == {
        "a good line": None,
        text: reason,
        "another good line": None,
    }
    assert asked(diary, text) == 3
    assert asked(diary, "a good line") == 1


def test_a_line_that_works_in_the_end(run, diary: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("second time lucky", "third time lucky") == {"second time lucky": None, "third time lucky": None}
    assert asked(diary, "second time lucky") == 2
    assert asked(diary, "third time lucky") == 3


def test_each_attempt_has_a_new_worker(run, diary: Path) -> None:  # type: ignore[no-untyped-def]
    run("raise", jobs=1)
    assert sum(path.name.isdigit() for path in diary.iterdir()) == 3


def test_an_engine_that_cannot_be_loaded_fails_all_lines_at_once(run) -> None:  # type: ignore[no-untyped-def]
    outcomes = run("a line", "another", "a third", factory="tests.support.misbehaving:broken")
    assert set(outcomes.values()) == {"cannot be used: its model is missing"}


def test_an_engine_that_dies_while_loading(run) -> None:  # type: ignore[no-untyped-def]
    assert run("a line", factory="tests.support.misbehaving:dying") == {"a line": "stopped with exit status 5"}


def test_an_engine_that_always_hangs_is_given_up(run, diary: Path) -> None:  # type: ignore[no-untyped-def]
    texts = [f"hang {n}" for n in range(8)]
    reasons = list(run(*texts, jobs=2, limit=0.2).values())
    assert reasons.count("gave no answer within 0.2s") >= 3
    assert "was not tried, because it gave no answer to" in " ".join(map(str, reasons))


def test_an_error_while_keeping_a_clip_ends_the_pool(scratch: Path, diary: Path) -> None:
    def keep(asked: Line, said: Line, utterance: Utterance) -> Line | None:
        raise OutputError("The disk is full.")

    with pytest.raises(OutputError, match="full"):
        list(Pool(FACTORY, 2, scratch).speak([line("a line"), line("hang")], keep))
    assert alive(diary) == []


def test_leaving_early_ends_the_workers(scratch: Path, diary: Path) -> None:
    with closing(Pool(FACTORY, 2, scratch).speak([line("hang"), line("a good line")], plausible)) as outcomes:
        assert next(outcomes) == (line("a good line"), None)
        until(lambda: len(alive(diary)) >= 1)
    assert alive(diary) == []


def test_samples_cross_the_pipe_unchanged(scratch: Path) -> None:
    from tests.support.misbehaving import MisbehavingEngine

    worker = Worker(FACTORY, scratch)
    try:
        worker.wait_ready(HANGS)
        for text in ("mono 22050", "mono 48000"):
            there, here = worker.speak(line(text), HANGS), MisbehavingEngine().speak(text, "odd", 1.0)
            assert there.sample_rate == here.sample_rate
            assert np.array_equal(there.samples, here.samples)
    finally:
        worker.close()
    assert worker.process.returncode is not None


SESSION = """
import sys
from pathlib import Path
from voiceguide.speech.cache import Store
from voiceguide.speech.studio import Studio
from voiceguide.timeline import Line
studio = Studio({"odd": "tests.support.misbehaving:MisbehavingEngine"}, Store(Path(sys.argv[1])))
studio.speak([Line(text, "odd", 1.0, "en") for text in ("fork", "hang", "a good line")], jobs=2)
"""


@pytest.fixture
def session(tmp_path: Path, diary: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run whose two workers hang, one of them in a child of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", SESSION, str(tmp_path / "store")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    )
    until(lambda: len(alive(diary)) == 3, "the start of the workers")
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ctrl_c_ends_the_workers_and_leaves_nothing(
    session: subprocess.Popen[bytes], diary: Path, tmp_path: Path
) -> None:
    session.send_signal(signal.SIGINT)
    _, errors = session.communicate(timeout=HANGS)
    assert errors.rstrip().endswith(b"KeyboardInterrupt")
    assert alive(diary) == []
    assert list((tmp_path / "store" / "making").iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_die_with_a_killed_parent(
    session: subprocess.Popen[bytes], diary: Path, number: signal.Signals
) -> None:
    session.send_signal(number)
    session.wait(timeout=HANGS)
    until(lambda: alive(diary) == [], "the end of the workers")


def test_where_the_system_does_not_help_a_worker_watches_its_input(diary: Path) -> None:
    command = python_command("voiceguide.speech.worker", FACTORY, "0", WATCH)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin
        assert worker.stdout
        assert worker.stdout.readline() == b'{"ready": true}\n'
        worker.stdin.write(b'{"text": "hang", "voice": "odd", "pace": 1.0, "take": 1}\n')
        worker.stdin.flush()
        until(lambda: (diary / "hang.txt").exists())
        worker.stdin.close()
        assert worker.wait(timeout=HANGS) == 0


def test_a_strangers_folder_is_not_imported_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported from the current folder')")
    monkeypatch.chdir(tmp_path)
    outcomes = list(Pool(FACTORY, 1, scratch).speak([line("a good line")], plausible))
    assert outcomes == [(line("a good line"), None)]


def test_unusable_reads_as_a_sentence_after_the_voice() -> None:
    with pytest.raises(Unusable, match=r"^made "):
        plausible(line("x"), line("x"), Utterance(np.zeros(0, np.float32), 44_100))
