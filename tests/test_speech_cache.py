from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from misbehaving import tone

from voiceguide.errors import OutputError
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
    return content[:41] + b"\x7f" + content[42:]


def damage_all(content: bytes) -> bytes:
    return b""


def damage_zeros(content: bytes) -> bytes:
    return bytes(len(content))


@pytest.mark.parametrize("damage", [damage_cut, damage_bit, damage_header, damage_all, damage_zeros])
@pytest.mark.parametrize("ask", ["frames", "samples"])
def test_a_damaged_entry_is_removed(store: Store, damage, ask: str) -> None:  # type: ignore[no-untyped-def]
    store.put(NAME, CLIP)
    (path,) = files(store)
    path.write_bytes(damage(path.read_bytes()))
    assert getattr(store, ask)(NAME) is None
    assert files(store) == []
    store.put(NAME, CLIP)
    assert store.frames(NAME) == len(CLIP)


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
store = Store(Path(sys.argv[1]))
for _ in range(30):
    for n in range(4):
        clip = np.full(3000, (n + 1) / 10, np.float32)
        back = store.samples(key(n))
        assert back is None or (len(back) == 3000 and abs(float(back[0]) - (n + 1) / 10) < 1e-4), back
        store.put(key(n), clip)
        assert store.frames(key(n)) == 3000
"""


def test_many_processes_share_a_folder(store: Store) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITER, str(store.folder)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=60)
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


def test_sweeping_takes_only_what_is_old(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.sweep()  # nothing there yet
    (store.folder / "making" / "left-behind").mkdir(parents=True)
    (store.folder / "making" / "left-behind" / "half").touch()
    store.sweep()
    assert (store.folder / "making" / "left-behind").is_dir()
    later = time.time() + 2 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    store.sweep()
    assert list((store.folder / "making").iterdir()) == []


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
