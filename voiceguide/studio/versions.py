"""What scripts were before: every saved text, thinned out as it gets old."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from voiceguide.atomic import write_bytes

_NAME = re.compile(r"(?P<at>[0-9]{13})-(?P<digest>[0-9a-f]{12})\.txt")
_DAY = 24 * 3600.0
_ALL, _HOURLY = _DAY, 14 * _DAY
"""Seconds for which every version is kept, and one of each hour; then one of each day."""
_MOST = 1_000  # versions of a script


@dataclass(frozen=True, slots=True)
class Version:
    """A text of a script: when it was saved (seconds since 1970), its size in bytes, and the key that reads it."""

    key: str
    at: float
    size: int


class Versions:
    """The versions of all scripts of a folder, in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, data: bytes, now: float | None = None) -> None:
        """Keeps a text, unless it is the newest version, and thins out the old ones. Raises OutputError."""
        now = time.time() if now is None else now
        digest = hashlib.sha256(data).hexdigest()[:12]
        kept = self.of(name)
        if kept and kept[0].key.endswith(f"-{digest}.txt"):
            return
        milliseconds = max(round(now * 1000), round(kept[0].at * 1000) + 1 if kept else 0)
        write_bytes(self._place(name) / f"{milliseconds:013d}-{digest}.txt", data)
        for version in thinned(self.of(name), now):
            with suppress(OSError):
                (self._place(name) / version.key).unlink()

    def of(self, name: str) -> tuple[Version, ...]:
        """A script's versions, the newest first."""
        found = []
        with suppress(OSError):
            for path in self._place(name).iterdir():
                if match := _NAME.fullmatch(path.name):
                    with suppress(OSError):
                        found.append(Version(path.name, int(match["at"]) / 1000, path.stat().st_size))
        return tuple(sorted(found, key=lambda version: version.key, reverse=True))

    def read(self, name: str, key: str) -> str | None:
        """The text of a version; None when it is not there any more."""
        if not _NAME.fullmatch(key):
            return None
        try:
            return (self._place(name) / key).read_bytes().decode("utf-8", "replace")
        except OSError:
            return None

    def rename(self, name: str, new: str) -> None:
        """Lets the versions go with a script that gets another name; those of an older script of that name stay."""
        source, target = self._place(name), self._place(new)
        with suppress(OSError):
            if not target.exists():
                source.rename(target)
                return
            for path in source.iterdir():
                path.rename(target / path.name)

    def _place(self, name: str) -> Path:
        return self._folder / quote(name, safe="")


def thinned(versions: Sequence[Version], now: float) -> tuple[Version, ...]:
    """Of versions, the newest first, those that are not worth keeping: all but the last one of an hour after a day, of
    a day after a fortnight, and what is beyond the most."""
    gone: list[Version] = []
    seen: set[tuple[float, int]] = set()
    kept = 0
    for version in versions:
        age = now - version.at
        each = 0.0 if age <= _ALL else 3600.0 if age <= _HOURLY else _DAY
        stretch = (each, int(version.at // each)) if each else (0.0, -kept)
        if stretch in seen or kept >= _MOST:
            gone.append(version)
            continue
        seen.add(stretch)
        kept += 1
    return tuple(gone)
