"""``voiceguide cache``: what is kept, and how it goes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command_line import Run
from tests.support.misbehaving import tone
from voiceguide.kept import Kept
from voiceguide.speech.cache import VARIABLE, Store, key

Cache = Callable[..., str]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with two lines used just now, and one that was not for 40 days; each has some 9 kB. Beside it are two
    parts, of which one is as old."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    store = Store(tmp_path / "cache" / "speech")
    for number in range(3):
        store.put(key(number), tone(0.1 + number / 50))
    old = store.folder / key(1)[:2] / f"{key(1)}.clip"
    kept = Kept(tmp_path / "cache" / "parts")
    for number in range(2):
        kept.put(key(number), b"part")
    for path in (old, kept.folder / key(1)[:2] / f"{key(1)}.part"):
        os.utime(path, (time.time() - 40 * 24 * 3600,) * 2)
    return store


@pytest.mark.parametrize("arguments", [(), ("show",)])
def test_what_is_there(store: Store, voiceguide: Run, arguments: tuple[str, ...]) -> None:
    result = voiceguide("cache", *arguments)
    assert result.returncode == 0
    assert result.stderr == ""
    whole, old, parts, old_parts = result.stdout.splitlines()
    assert whole.startswith("3 spoken lines (0.")
    assert whole.endswith(f" MB), in {store.folder}.")
    assert old.startswith("Not used for 30 days: 1 spoken line (0.0 MB). 'voiceguide cache prune --older-than 30d'")
    assert parts == f"2 encoded or measured parts (0.0 MB), in {store.folder.parent / 'parts'}."
    assert old_parts.startswith("Not used for 30 days: 1 encoded or measured part (0.0 MB). 'voiceguide cache prune")


def test_an_empty_cache(voiceguide: Run, tmp_path: Path) -> None:
    nothing = {VARIABLE: str(tmp_path / "nothing")}
    assert voiceguide("cache", **nothing).stdout == (
        f"0 spoken lines (0.0 MB), in {tmp_path / 'nothing' / 'speech'}.\n"
        f"0 encoded or measured parts (0.0 MB), in {tmp_path / 'nothing' / 'parts'}.\n"
    )
    assert voiceguide("cache", "clear", **nothing).stderr == "There was nothing to remove.\n"
    assert not (tmp_path / "nothing").exists()


def test_pruning(store: Store, voiceguide: Run) -> None:
    pruned = voiceguide("cache", "prune", "--older-than", "30d", "--max-size", "1GB")
    assert pruned.returncode == 0
    assert pruned.stdout == ""
    assert pruned.stderr == (
        "Removed 1 spoken line (0.0 MB) and 1 encoded or measured part (0.0 MB). "
        "Left: 2 spoken lines (0.0 MB) and 1 encoded or measured part (0.0 MB).\n"
    )
    assert store.frames(key(1)) is None
    assert "nothing to remove. Left: 2" in voiceguide("cache", "prune", "--older-than", "1.5W").stderr
    lines = sum(entry.size for entry in store.entries())
    first = voiceguide("cache", "prune", "--max-size", f"{lines + 10}b").stderr  # what is made again soonest
    assert first.startswith("Removed 1 encoded or measured part (0.0 MB). Left: 2 spoken lines")
    assert voiceguide("cache", "prune", "--max-size", "1kb").stderr == "Removed 2 spoken lines (0.0 MB).\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Please say what may go: --older-than 30d, --max-size 500MB, or both."),
        (("--older-than", "30"), "'30' is no age; write it like 30d, 2w or 12h"),
        (("--older-than", "-3d"), "'-3d' is no age"),
        (("--max-size", "500"), "'500' is no size; write it like 500MB or 2GB"),
    ],
)
def test_what_is_no_age_and_no_size(arguments: tuple[str, ...], words: str, store: Store, voiceguide: Run) -> None:
    result = voiceguide("cache", "prune", *arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert len(store.entries()) == 3


def test_clearing_asks_first(store: Store, voiceguide: Run) -> None:
    asked = voiceguide("cache", "clear")  # nobody is there to answer
    assert asked.returncode == 1
    assert "There are 3 spoken lines (0.0 MB), in " in asked.stderr
    assert asked.stderr.endswith("Nothing was removed. With --yes nobody is asked.\n")
    assert len(store.entries()) == 3
    cleared = voiceguide("cache", "clear", "--yes")
    assert cleared.returncode == 0
    assert cleared.stderr == "Removed 3 spoken lines (0.0 MB) and 2 encoded or measured parts (0.0 MB).\n"
    assert store.entries() == ()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may remove everything")
def test_what_may_not_be_removed_is_told(store: Store, voiceguide: Run) -> None:
    for folder in store.folder.iterdir():
        folder.chmod(0o555)
    result = voiceguide("cache", "clear", "--yes")
    assert result.returncode == 1
    assert "Could not be removed, being in use or somebody else's: 3 spoken lines." in result.stderr
    assert len(store.entries()) == 3
    for folder in store.folder.iterdir():
        folder.chmod(0o755)
