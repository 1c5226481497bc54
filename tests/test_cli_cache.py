"""``voiceguide cache``: shows, prunes and clears what is kept, while others may be using it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import pytest
from conftest import Run

from voiceguide.speech.cache import Store, key

DAY = 24 * 3600


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Five lines of the same size; line n was not used for n days."""
    store = Store(tmp_path / "cache" / "speech")
    for days in range(5):
        store.put(key(days), np.zeros(44_100, np.float32))
        then = time.time() - days * DAY - 60
        os.utime(next(store.folder.glob(f"*/{key(days)}.clip")), (then, then))
    return store


def kept(store: Store) -> list[int]:
    return [days for days in range(5) if any(store.folder.glob(f"*/{key(days)}.clip"))]


def test_it_shows_how_much_is_kept(store: Store, voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("cache", VOICEGUIDE_CACHE=str(tmp_path / "cache"))
    assert result.stdout.splitlines() == [
        f"{store.folder}: 5 spoken lines, 0.0 MB.",
        "The line that was used the longest ago was not used for 4 days.",
    ]
    empty = voiceguide("cache", "show", VOICEGUIDE_CACHE=str(tmp_path / "none"))
    assert empty.stdout == f"{tmp_path / 'none' / 'speech'}: 0 spoken lines, 0.0 MB.\n"
    assert not (tmp_path / "none").exists()


def test_it_prunes_by_age_and_by_size(store: Store, voiceguide: Run, tmp_path: Path) -> None:
    environment = {"VOICEGUIDE_CACHE": str(tmp_path / "cache")}
    assert voiceguide("cache", "prune", "--unused-for", "3.5", **environment).stdout.startswith(
        "Removed 1 spoken line,"
    )
    assert kept(store) == [0, 1, 2, 3]
    size = sum(entry.size for entry in store.entries())
    two = f"{size / 2 / 1000 + 0.001:.3f}kB"
    assert voiceguide("cache", "prune", "--max-size", two, **environment).stdout.startswith("Removed 2 spoken lines,")
    assert kept(store) == [0, 1]


def test_it_clears_only_when_told_twice(store: Store, voiceguide: Run, tmp_path: Path) -> None:
    environment = {"VOICEGUIDE_CACHE": str(tmp_path / "cache")}
    asked = voiceguide("cache", "clear", **environment)
    assert asked.returncode == 1
    assert kept(store) == [0, 1, 2, 3, 4]
    assert voiceguide("cache", "clear", "--yes", **environment).stdout == "Removed 5 spoken lines, 0.0 MB.\n"
    assert kept(store) == []


@pytest.mark.parametrize("arguments", [(), ("--max-size", "much"), ("--unused-for", "-1")])
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], voiceguide: Run) -> None:
    result = voiceguide("cache", "prune", *arguments)
    assert result.returncode == 2
    assert "Error: " in result.stderr


def test_reading_a_line_counts_as_use_but_once_a_day_only(store: Store) -> None:
    path = next(store.folder.glob(f"*/{key(3)}.clip"))
    assert store.frames(key(3)) == 44_100
    touched = path.stat().st_mtime_ns
    assert time.time() - touched / 1e9 < 60
    fresh = next(store.folder.glob(f"*/{key(0)}.clip")).stat().st_mtime_ns
    store.samples(key(0))
    store.samples(key(3))
    assert next(store.folder.glob(f"*/{key(0)}.clip")).stat().st_mtime_ns == fresh
    assert path.stat().st_mtime_ns == touched


def test_others_can_read_what_one_has_kept(store: Store) -> None:
    """As far as the user's own mask allows: a folder shared over a network is of use to its group."""
    mask = os.umask(0)
    os.umask(mask)
    for path in store.folder.rglob("*"):
        if path.name != "making":
            assert path.stat().st_mode & 0o777 == (0o777 if path.is_dir() else 0o666) & ~mask, path


def test_an_entry_that_vanishes_meanwhile_is_no_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = store.entries()
    entries[0].path.unlink()
    monkeypatch.setattr(store, "entries", lambda: entries)
    store.clear()
    assert kept(store) == []
