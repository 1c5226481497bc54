"""How soon a session is heard: ``python -m tests.benchmarks.live [--minutes 10 60 180]``.

Two processes for each session, with the default voice and two workers: one that begins with nothing spoken; and one that
finds all lines kept, in which a pause is changed again and again, and new lines are written. The new line is what is
waited for: playing starts at it, and its first samples count. Prints a table in Markdown, seconds that passed and, in
brackets, seconds of processor time (planning: of processor time alone).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.workload import script
from voiceguide.speech.cache import VARIABLE

if TYPE_CHECKING:
    from voiceguide.live.session import LiveSession

_PIECE = 2205  # frames: a twentieth of a second
_CHANGES = 5
_LOADED = 5.0  # seconds after which voices are loaded
_NEW = ("listen", "wait a while", "rest both hands", "be still", "let it all go", "feel the ground")
"""What new lines say; none of them is spoken before, for the first process makes no change."""

_ROWS = {
    "first sample, nothing spoken yet, new process": "cold",
    "first sample, all lines kept, new process": "kept",
    "first sample, all lines kept, the program running": "again",
    "first sample after a change of a pause": "pause",
    "first sample of the first new line": "first line",
    "first sample of a new line": "line",
    "planned again after a keystroke": "planned",
    "share of a core while it plays": "share",
    "peak memory, MB": "memory",
}
_SPENT = " spent"  # the processor time of a row of this process, where it was measured too


def measured(path: Path, *, changed: bool) -> dict[str, float]:
    """One process: opens the script, plays, and, if ``changed``, changes it."""
    watch = _Watch()
    from voiceguide.api.live import open_live
    from voiceguide.api.scripts import read

    found: dict[str, float] = {}
    text = path.read_text()
    with open_live(read(path), jobs=2) as session:
        session.read(_PIECE)
        found |= watch.took("first")
        session.settle(spoken=True)
        if changed:
            found |= _changed(session, text)
    import resource

    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    watch = _Watch()
    with open_live(read(path), jobs=2) as session:
        session.read(_PIECE)
        return found | watch.took("again")


class _Watch:
    """Time that passes, and that processors work for this process."""

    def __init__(self) -> None:
        self._begin, self._spent = time.perf_counter(), time.process_time()

    def took(self, row: str) -> dict[str, float]:
        """The seconds since the watch was made."""
        return {row: time.perf_counter() - self._begin, row + _SPENT: time.process_time() - self._spent}


def _changed(session: LiveSession, text: str) -> dict[str, float]:
    time.sleep(_LOADED)
    at = text.rindex("Let the breath come and go")
    place = text[:at].count("\n") + 1, at - text.rfind("\n", 0, at)
    new = [f"{text[:at]}Now {words}. {text[at:]}" for words in _NEW]
    other = [text.replace("300ms..9s", f"{200 + 10 * number}ms..9s", 1) for number in range(2 * _CHANGES)]
    return {
        "first line": _said(session, new[0], place),
        "line": _median(_said(session, text, place) for text in new[1:]),
        "pause": _median(_heard(session, text, place) for text in other[:_CHANGES]),
        "planned": _median(_planned(session, text) for text in other[_CHANGES:]),
        "share": _share(session),
    }


def _median(times: Iterable[float]) -> float:
    return sorted(times)[_CHANGES // 2]


def _heard(session: LiveSession, text: str, place: tuple[int, int]) -> float:
    """Seconds from a change to its sound, with the play head at its place."""
    begin = time.perf_counter()
    session.update(text)
    session.settle()
    session.seek(session.at(*place) or 0)
    session.read(_PIECE)
    return time.perf_counter() - begin


def _said(session: LiveSession, text: str, place: tuple[int, int]) -> float:
    """Seconds from a change to the first samples of the new sentence at that place, which was never spoken."""
    begin = time.perf_counter()
    session.update(text)
    session.settle()
    session.seek(session.at(*place) or 0)
    waits = session.waiting
    if not waits:
        raise RuntimeError("the new line has been spoken before")
    while waits:  # until it is there, the bed goes on
        time.sleep(0.002)
        waits = session.waiting
        session.read(_PIECE)
    seconds, span = time.perf_counter() - begin, session.span()
    if span is None or (span.line, span.column) != place:
        raise RuntimeError(f"what is heard is not the new line, but stands at {span}")
    return seconds


def _planned(session: LiveSession, text: str) -> float:
    begin = time.process_time()
    session.update(text)
    session.settle()
    return time.process_time() - begin


def _share(session: LiveSession) -> float:
    """Processor seconds for each second that is played."""
    session.settle(spoken=True)
    session.seek(0)
    begin, frames = time.process_time(), 0
    for block in session.blocks():
        frames += len(block)
    return (time.process_time() - begin) / (frames / 44_100)


def _run(path: Path, cache: Path, *options: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.live", "--one", str(path), *options]
    done = subprocess.run(command, env={**os.environ, VARIABLE: str(cache)}, capture_output=True, text=True, check=True)
    rows: dict[str, float] = json.loads(done.stdout)
    return rows


def _cell(found: dict[str, float], row: str) -> str:
    """A row's seconds, with those of processor time in brackets."""
    if row == "memory":
        return f"{found[row]:.0f}"
    spent = f" ({found[row + _SPENT]:.3f})" if row + _SPENT in found else ""
    return f"{found[row]:.4f}" if row == "share" else f"{found[row]:.3f}{spent}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, nargs="*", default=[10, 60, 180])
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--changed", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(measured(options.one, changed=options.changed)))
        return
    columns: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for minutes in options.minutes:
            path = Path(folder) / f"{minutes}.md"
            path.write_text(script(minutes).replace("voice: system", "voice: auto"))
            cold = _run(path, Path(folder) / f"cache-{minutes}")
            kept = _run(path, Path(folder) / f"cache-{minutes}", "--changed")
            columns[minutes] = kept
            for row, found in (("cold", cold), ("kept", kept)):
                columns[minutes] |= {row: found["first"], row + _SPENT: found["first" + _SPENT]}
    print("| | " + " | ".join(f"{minutes} min" for minutes in columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for name, key in _ROWS.items():
        cells = (_cell(found, key) for found in columns.values())
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
