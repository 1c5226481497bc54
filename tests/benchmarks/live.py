"""How soon a session is heard: ``python -m tests.benchmarks.live [--minutes 10 60 180]``.

Each row is measured in a process of its own, with the default voice and two workers: from nothing to the first sample,
once without any kept line and once with all of them, after a change of one word, with a new line; the time to plan the
text again; and what an hour of playing costs. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.workload import script
from voiceguide.speech.cache import VARIABLE

if TYPE_CHECKING:
    from voiceguide.live.session import LiveSession

_PIECE = 2205  # frames: a twentieth of a second
_CHANGES = 5
_ROWS = {
    "first sample, nothing kept": "cold",
    "first sample, all lines kept, new process": "kept",
    "first sample after a change of a pause": "pause",
    "first sample after a new line": "line",
    "planned again after a keystroke (processor time)": "planned",
    "share of a core while it plays": "share",
    "peak memory, MB": "memory",
}


def measured(path: Path) -> dict[str, float]:
    """One process: opens the script, plays, changes it."""
    begin = time.perf_counter()
    from voiceguide.api.live import open_live
    from voiceguide.api.scripts import read

    found: dict[str, float] = {}
    text = path.read_text()
    with open_live(read(path), jobs=2) as session:
        session.read(_PIECE)
        found["first"] = time.perf_counter() - begin
        session.settle(spoken=True)
        last = text.rindex("Let the breath come and go")
        line = text[:last].count("\n") + 1
        found["pause"] = _median(lambda n: _heard(session, text.replace("300ms..9s", f"3{n}0ms..9s", 1), line))
        found["planned"] = _median(lambda n: _planned(session, text.replace("300ms..9s", f"2{n}0ms..9s", 1)))
        found["line"] = _median(
            lambda n: _heard(session, text[:last] + f"Now {_NEW[n]}. " + text[last:], line, said=True)
        )
        found["share"] = _share(session)
    import resource

    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


_NEW = ("listen", "wait a while", "rest both hands", "be still", "let it all go")


def _median(once: Callable[[int], float]) -> float:
    return sorted(once(number) for number in range(_CHANGES))[_CHANGES // 2]


def _heard(session: LiveSession, text: str, line: int, *, said: bool = False) -> float:
    """Seconds from a change to its sound, with the play head at its place."""
    begin = time.perf_counter()
    session.update(text)
    session.settle()
    session.seek(session.at(line))
    while session.read(_PIECE) is None or (said and session.waiting):
        time.sleep(0.002)
    return time.perf_counter() - begin


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


def _run(path: Path, cache: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.live", "--one", str(path)]
    done = subprocess.run(command, env={**os.environ, VARIABLE: str(cache)}, capture_output=True, text=True, check=True)
    rows: dict[str, float] = json.loads(done.stdout)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, nargs="*", default=[10, 60, 180])
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(measured(options.one)))
        return
    columns: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for minutes in options.minutes:
            path = Path(folder) / f"{minutes}.md"
            path.write_text(script(minutes).replace("voice: system", "voice: auto"))
            cold = _run(path, Path(folder) / f"cache-{minutes}")
            kept = _run(path, Path(folder) / f"cache-{minutes}")
            columns[minutes] = {**kept, "cold": cold["first"], "kept": kept["first"]}
    print("| | " + " | ".join(f"{minutes} min" for minutes in columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for name, key in _ROWS.items():
        cells = (f"{found[key]:.0f}" if key == "memory" else f"{found[key]:.3f}" for found in columns.values())
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
