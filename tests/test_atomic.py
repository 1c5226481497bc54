import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.waiting import HANGS
from voiceguide.atomic import atomic, write_bytes, write_text
from voiceguide.errors import OutputError

posix = pytest.mark.skipif(sys.platform == "win32", reason="asks for POSIX")


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def fail_halfway(target: Path, failure: type[BaseException]) -> None:
    with atomic(target) as part:
        part.write_bytes(b"half")
        raise failure("halfway")


def test_the_output_appears_whole_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folders" / "session.mp3"
    with atomic(target) as part:
        assert part.parent == target.parent
        assert part.name.startswith(".")
        assert part.suffix == ".part"
        part.write_bytes(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert names(target.parent) == ["session.mp3"]


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_the_last_good_file(tmp_path: Path, failure: type[BaseException]) -> None:
    target = tmp_path / "session.mp3"
    target.write_bytes(b"good")
    with pytest.raises(failure):
        fail_halfway(target, failure)
    assert target.read_bytes() == b"good"
    assert names(tmp_path) == ["session.mp3"]


def test_a_failed_first_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="halfway"):
        fail_halfway(tmp_path / "session.mp3", ValueError)
    assert names(tmp_path) == []


def start_writer(target: Path) -> subprocess.Popen[str]:
    """A process that is in the middle of writing ``target`` and stays there."""
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom voiceguide.atomic import atomic\n"
        "with atomic(Path(sys.argv[1])) as part:\n"
        "    part.write_bytes(b'half')\n    print(part, flush=True)\n    time.sleep(3600)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline().strip().endswith(".part")
    return writer


def end(writer: subprocess.Popen[str]) -> None:
    writer.kill()
    writer.communicate(timeout=HANGS)


def test_a_killed_run_leaves_only_a_hidden_file_that_the_next_run_clears_away(tmp_path: Path) -> None:
    target = tmp_path / "session.mp3"
    target.write_bytes(b"good")
    other = tmp_path / ".session.mp3.notours.part"
    other.write_bytes(b"another program's")
    end(start_writer(target))
    assert target.read_bytes() == b"good"
    assert len([name for name in names(tmp_path) if name.endswith(".part")]) == 2
    write_bytes(target, b"better")
    assert target.read_bytes() == b"better"
    assert names(tmp_path) == [other.name, "session.mp3"]


def test_a_run_leaves_the_work_of_a_living_one_alone(tmp_path: Path) -> None:
    target = tmp_path / "session.mp3"
    writer = start_writer(target)
    try:
        write_bytes(target, b"ours")
        assert len(names(tmp_path)) == 2
    finally:
        end(writer)


def test_two_writers_in_one_process_do_not_collide(tmp_path: Path) -> None:
    target = tmp_path / "session.mp3"
    with atomic(target) as first, atomic(target) as second:
        assert first != second
        first.write_bytes(b"first")
        second.write_bytes(b"second")
    assert target.read_bytes() == b"first"
    assert names(tmp_path) == ["session.mp3"]


@posix
def test_an_interrupt_from_the_keyboard_leaves_nothing(tmp_path: Path) -> None:
    writer = start_writer(tmp_path / "session.mp3")
    writer.send_signal(signal.SIGINT)
    writer.communicate(timeout=HANGS)
    assert names(tmp_path) == []


def refused(path: Path) -> str:
    with pytest.raises(OutputError) as caught:
        write_bytes(path, b"x")
    message = str(caught.value)
    assert message.endswith(".")
    assert "Errno" not in message
    return message


def test_places_that_cannot_be_written_are_refused_before_the_work(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = tmp_path / "file"
    file.write_bytes(b"kept")
    assert "there is a folder of that name" in refused(folder)
    assert "a part of its path is a file" in refused(file / "session.mp3")
    assert "a part of its path is a file" in refused(file / "deeper" / "session.mp3")
    assert "name is too long" in refused(tmp_path / ("x" * 300))
    assert "no file may have" in refused(tmp_path / "nul\0.mp3")
    assert file.read_bytes() == b"kept"
    assert names(tmp_path) == ["file", "folder"]


@posix
def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "device or a pipe" in refused(pipe)
    assert "device or a pipe" in refused(Path(os.devnull))
    assert pipe.is_fifo()


@posix
def test_protected_places_are_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is protected from root")
    target = tmp_path / "session.mp3"
    target.write_bytes(b"kept")
    target.chmod(0o444)
    assert "write-protected" in refused(target)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    assert "you may not write there" in refused(closed / "session.mp3")
    assert target.read_bytes() == b"kept"


@posix
def test_a_read_only_disk_is_refused() -> None:
    with pytest.raises(OutputError, match="could not be written"):
        write_bytes(Path("/proc/voiceguide/session.mp3"), b"x")


@posix
def test_a_full_disk_is_told_calmly_and_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom voiceguide.atomic import write_bytes\n"
        "from voiceguide.errors import OutputError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"  # the disk's own limit can't be lowered here
        "try:\n    write_bytes(Path(sys.argv[1]), bytes(5000))\n"
        "except OutputError as error:\n    print(error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "x.mp3")], capture_output=True, text=True, timeout=HANGS, check=True
    )
    assert "larger than this disk or account allows. Choose a folder on another disk." in run.stdout
    assert names(tmp_path) == []


@posix
def test_a_link_is_followed_and_permissions_are_kept(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "session.mp3"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "link.mp3"
    link.symlink_to(real)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


@posix
def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_bytes(tmp_path / "session.mp3", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "session.mp3").stat().st_mode & 0o777 == 0o640


def test_long_names_and_odd_names_work(tmp_path: Path) -> None:
    for name in ("ü" * 120 + ".mp3", "[a](b)*?.mp3" if os.name != "nt" else "[a](b).mp3", ".hidden"):
        write_bytes(tmp_path / name, b"x")
        end(start_writer(tmp_path / name))
        write_bytes(tmp_path / name, b"y")
        assert (tmp_path / name).read_bytes() == b"y"
    assert not [name for name in names(tmp_path) if name.endswith(".part")]


def test_text_is_utf_8_with_its_own_line_ends(tmp_path: Path) -> None:
    write_text(tmp_path / "report.json", "ä\n")
    assert (tmp_path / "report.json").read_bytes() == b"\xc3\xa4\n"


def test_no_file_is_left_open(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("open files can't be counted here")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        write_bytes(tmp_path / "x", b"x")
        with contextlib.suppress(ValueError):
            fail_halfway(tmp_path / "x", ValueError)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
