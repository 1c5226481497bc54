"""The ways in which files go wrong."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping
from pathlib import Path


def damage(path: Path, others: list[Path], dice: random.Random) -> str:
    """Damages an entry of the cache in one of the ways in which files go wrong; returns its name. ``others`` are other
    entries, which may come in its place."""
    data = path.read_bytes()
    whole = [other.read_bytes() for other in others[:5] if other.is_file() and not other.is_symlink()]
    how: Mapping[str, Callable[[], object]] = {
        "flipped": lambda: path.write_bytes(_flipped(data, dice)),
        "cut": lambda: path.write_bytes(data[: dice.randrange(len(data) or 1)]),
        "empty": lambda: path.write_bytes(b""),
        "foreign": lambda: path.write_bytes(dice.choice(whole)),
        "forbidden": lambda: path.chmod(0),
        "missing": path.unlink,
        "linked": lambda: _instead(path, lambda: path.symlink_to("/dev/zero")),
        "circular": lambda: _instead(path, lambda: path.symlink_to(path)),
        "piped": lambda: _instead(path, lambda: os.mkfifo(path)),
        "folder": lambda: _instead(path, path.mkdir),
    }
    name = dice.choice(list(how))
    how[name]()
    return name


def _flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    changed[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _instead(path: Path, make: Callable[[], object]) -> None:
    path.unlink()
    make()
