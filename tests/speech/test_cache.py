from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.support.misbehaving import tone
from tests.support.waiting import HANGS
from voiceguide.audio.envelope import envelope
from voiceguide.errors import OutputError
from voiceguide.kept import Kept
from voiceguide.speech.cache import VARIABLE, Store, cache_folder, key

NAME = key("hello", 1.0)
CLIP = tone(0.5)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "speech")


def files(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_a_clip_comes_back_within_half_a_step(store: Store) -> None:
    assert store.frames(NAME) is None
    assert store.samples(NAME) is None
    store.put(NAME, CLIP)
    assert store.frames(NAME) == len(CLIP)
    back = store.samples(NAME)
    assert back is not None
    assert back.dtype == np.float32
    assert np.abs(back - CLIP).max() <= 0.5 / 32_768 + 1e-7
    assert len(files(store)) == 1


def test_full_scale_does_not_wrap_round(store: Store) -> None:
    store.put(NAME, np.array([1.0, -1.0, 2.0, -2.0] * 50, np.float32))
    back = store.samples(NAME)
    assert back is not None
    assert back[:4] == pytest.approx([1.0, -1.0, 1.0, -1.0], abs=1e-4)


def test_keys_tell_fields_apart() -> None:
    assert key("a", "b") != key("ab", "")
    assert key("a", 1) != key("a", "1")
    assert key("a", 1.0) == key("a", 1.0)
    assert len(NAME) == 64


def damage_cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def damage_bit(content: bytes) -> bytes:
    middle = len(content) * 2 // 3
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def damage_header(content: bytes) -> bytes:
    return content[:17] + b"\x7f" + content[18:]


def damage_envelope(content: bytes) -> bytes:
    return content[:41] + b"\x7f" + content[42:]


def damage_all(content: bytes) -> bytes:
    return b""


def damage_zeros(content: bytes) -> bytes:
    return bytes(len(content))


@pytest.mark.parametrize("damage", [damage_cut, damage_header, damage_all, damage_zeros])
@pytest.mark.parametrize("ask", ["frames", "envelope", "samples"])
def test_a_damaged_entry_is_removed(store: Store, damage: Callable[[bytes], bytes], ask: str) -> None:
    store.put(NAME, CLIP)
    (path,) = files(store)
    path.write_bytes(damage(path.read_bytes()))
    assert getattr(store, ask)(NAME) is None
    assert files(store) == []
    store.put(NAME, CLIP)
    assert store.frames(NAME) == len(CLIP)


def test_what_is_damaged_is_found_by_those_who_need_it(store: Store) -> None:
    """Lengths are known without reading the samples."""
    store.put(NAME, CLIP)
    (path,) = files(store)
    content = path.read_bytes()
    path.write_bytes(damage_bit(content))
    assert store.frames(NAME) == len(CLIP)
    assert store.envelope(NAME) is not None
    assert store.samples(NAME) is None
    assert files(store) == []
    path.write_bytes(damage_envelope(content))
    assert store.samples(NAME) is not None
    assert store.frames(NAME) is None
    assert files(store) == []


@pytest.mark.parametrize("seconds", [0.01, 0.5, 40])
def test_an_envelope_comes_back_as_it_was_measured(store: Store, seconds: float) -> None:
    store.put(NAME, tone(seconds))
    there, samples = store.envelope(NAME), store.samples(NAME)
    assert there is not None
    assert samples is not None
    again = envelope(samples)
    assert np.array_equal(there.powers, again.powers)
    assert there.peak == again.peak


def test_an_entry_under_another_name_is_not_taken(store: Store) -> None:
    store.put(NAME, CLIP)
    (path,) = files(store)
    other = key("something else")
    stranger = store.folder / other[:2] / f"{other}.clip"
    stranger.parent.mkdir(exist_ok=True)
    stranger.write_bytes(path.read_bytes())
    assert store.samples(other) is None
    assert store.samples(NAME) is not None


WRITER = """
import sys, numpy as np
from pathlib import Path
from voiceguide.speech.cache import Store, key
store, enough = Store(Path(sys.argv[1])), Path(sys.argv[2])
rounds = 0
while rounds < 30 or not enough.exists():
    rounds += 1
    for n in range(4):
        clip = np.full(3000, (n + 1) / 10, np.float32)
        back = store.samples(key(n))
        assert back is None or (len(back) == 3000 and abs(float(back[0]) - (n + 1) / 10) < 1e-4), back
        store.put(key(n), clip)
        assert store.frames(key(n)) == 3000
"""


def test_many_processes_share_a_folder(store: Store, tmp_path: Path) -> None:
    enough = tmp_path / "enough"
    enough.touch()
    command = [sys.executable, "-W", "error", "-c", WRITER, str(store.folder), str(enough)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=HANGS)
        assert process.returncode == 0, errors.decode()
    assert len(files(store)) == 4


def test_scratch_folders_go_whatever_happens(store: Store) -> None:
    def interrupted() -> None:
        with store.scratch() as scratch:
            (scratch / "half").write_text("made")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert files(store) == []
    assert list((store.folder / "making").iterdir()) == []


def test_sweeping_leaves_what_another_version_may_still_use_for_a_day(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.remove_abandoned()  # nothing there yet
    (store.folder / "making" / "left-behind").mkdir(parents=True)
    (store.folder / "making" / "left-behind" / "half").touch()
    store.remove_abandoned()
    assert (store.folder / "making" / "left-behind").is_dir()
    later = time.time() + 2 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    store.remove_abandoned()
    assert list((store.folder / "making").iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("stranger", ["a pipe", "a device", "a folder", "a link to a pipe", "a link to itself"])
def test_what_is_no_file_in_the_place_of_an_entry_is_put_right(store: Store, tmp_path: Path, stranger: str) -> None:
    store.put(NAME, CLIP)
    entry, kept = store.path(NAME), Kept(tmp_path / "parts")
    kept.put(NAME, b"part")
    for path in (entry, kept.path(NAME)):
        path.unlink()
        _place(stranger, path, tmp_path)
    assert (store.frames(NAME), store.samples(NAME), kept.get(NAME)) == (None, None, None)
    store.put(NAME, CLIP)
    kept.put(NAME, b"part")
    assert (store.frames(NAME), kept.get(NAME)) == (len(CLIP), b"part")


def _place(stranger: str, path: Path, elsewhere: Path) -> None:
    match stranger:
        case "a pipe":
            os.mkfifo(path)
        case "a device":
            path.symlink_to("/dev/zero")
        case "a folder":
            path.mkdir()
            (path / "inside").touch()
        case "a link to a pipe":
            if not (elsewhere / "pipe").exists():
                os.mkfifo(elsewhere / "pipe")
            path.symlink_to(elsewhere / "pipe")
        case _:
            path.symlink_to(path)


DAY = 24 * 3600.0


def aged(store: Store, *days: float) -> list[Path]:
    """Entries that were used so many days ago, all of one size."""
    paths = []
    for number, age in enumerate(days):
        store.put(key(number), CLIP)
        paths.append(store.folder / key(number)[:2] / f"{key(number)}.clip")
        os.utime(paths[-1], (time.time() - age * DAY,) * 2)
    return paths


def test_use_is_marked_once_a_day(store: Store) -> None:
    old, recent = aged(store, 3, 0.9)
    before = recent.stat().st_mtime
    used = time.time()
    for number in (0, 1):
        assert store.frames(key(number)) == len(CLIP)
    assert old.stat().st_mtime >= used - 1  # a file system may keep whole seconds
    assert recent.stat().st_mtime == before
    assert [entry.path for entry in store.entries()] == [recent, old]


def test_pruning_by_age_takes_what_was_not_used(store: Store) -> None:
    assert store.prune(unused_for=0).left == 0  # nothing there yet
    week, month, used = aged(store, 7, 31, 40)
    assert store.frames(key(2)) is not None
    pruned = store.prune(unused_for=30 * DAY)
    assert (pruned.removed, pruned.refused, pruned.left) == (1, 0, 2)
    assert pruned.left_size == week.stat().st_size + used.stat().st_size
    assert set(files(store)) == {week, used}
    assert not month.exists()


def test_pruning_by_size_takes_what_was_used_longest_ago(store: Store) -> None:
    paths = aged(store, 2, 5, 1, 4, 3)
    sizes = {path: path.stat().st_size for path in paths}
    newest = [paths[number] for number in (2, 0, 4)]
    pruned = store.prune(most=sum(sizes[path] for path in newest))
    assert set(files(store)) == set(newest)
    assert pruned.freed == sizes[paths[1]] + sizes[paths[3]]
    assert store.prune(most=sum(sizes[path] for path in newest) - 1).left == 2
    assert store.prune(unused_for=1.5 * DAY, most=10**9).left == 1
    assert store.prune(most=0).left == 0
    assert files(store) == []
    store.put(NAME, CLIP)
    assert store.frames(NAME) == len(CLIP)


def test_what_is_no_entry_is_left_alone(store: Store) -> None:
    aged(store, 1)
    (store.folder / "ab").mkdir(exist_ok=True)
    (store.folder / "ab" / "mine.txt").touch()
    (store.folder / "note.clip").touch()
    with store.scratch() as scratch:
        (scratch / "half.clip").touch()
        assert len(store.entries()) == 1
        store.prune(most=0)
        assert (scratch / "half.clip").exists()
    assert {path.name for path in files(store)} == {"mine.txt", "note.clip"}


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_entries_can_be_shared_as_far_as_the_user_lets_them(store: Store, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        store.put(NAME, CLIP)
    finally:
        os.umask(before)
    (path,) = files(store)
    assert path.stat().st_mode & 0o777 == mode
    assert path.parent.stat().st_mode & 0o777 == (store.folder / "making").stat().st_mode & 0o777 == 0o777 & ~mask


def test_many_processes_share_a_folder_that_is_cleared_all_the_time(store: Store, tmp_path: Path) -> None:
    enough = tmp_path / "enough"
    writer = WRITER.replace(" == 3000\n", " in (3000, None)\n")
    assert writer != WRITER
    command = [sys.executable, "-W", "error", "-c", writer, str(store.folder), str(enough)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    rounds = 0
    while any(process.poll() is None for process in running):
        rounds += store.prune(most=0).removed > 0
        if rounds > 3:
            enough.touch()
    for process in running:
        _, errors = process.communicate(timeout=HANGS)
        assert process.returncode == 0, errors.decode()
    assert rounds > 3


def test_a_folder_that_cannot_be_written_to_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "speech")
    assert store.frames(NAME) is None
    with pytest.raises(OutputError, match=VARIABLE) as caught:
        store.put(NAME, CLIP)
    assert str(store.folder) in str(caught.value)


def test_the_variable_chooses_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path / "speech"
    monkeypatch.delenv(VARIABLE)
    assert cache_folder().name == "speech"
    assert "voiceguide" in cache_folder().parts
