"""How fast voiceguide is, how much memory it takes, and beside what: ``python -m tests.benchmarks``.

All rows are measured side by side in one run, each as a process of its own; what counts are the ratios. Prints a table
in Markdown and writes everything as JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.usage import Usage, used
from tests.benchmarks.workload import script
from voiceguide.kept import PARTS

_CONTENDERS = str(Path(__file__).with_name("contenders.py"))
_VOICEGUIDE = [sys.executable, "-m", "voiceguide"]
_RUNS = {10: 5, 60: 3, 180: 3}  # of each quick row; one for other lengths
_COMMAND_RUNS = 15
_LONGEST_PYDUB = {False: 10, True: 60}  # minutes, without and with --all: it takes an hour and 7 GB for three hours
_LONGEST_SLOW = {False: 60, True: 10_000}


@dataclass(frozen=True, slots=True)
class Row:
    """A way to make the session. ``slow`` ones are run once; ``longest`` is the longest session it is asked for."""

    name: str
    command: Callable[[Workload, Path], Sequence[str]]
    cold: bool = False
    slow: bool = False
    longest: int = 10_000


@dataclass(frozen=True, slots=True)
class Workload:
    minutes: int
    script: Path
    folder: Path


@dataclass(slots=True)
class Measured:
    row: Row
    minutes: int
    usages: list[Usage] = field(default_factory=list)

    @property
    def wall(self) -> float:
        return statistics.median(usage.wall for usage in self.usages)

    @property
    def memory(self) -> float:
        return max(usage.memory for usage in self.usages)


def _ours(jobs: int, voice: str = "system") -> Callable[[Workload, Path], Sequence[str]]:
    def command(work: Workload, output: Path) -> Sequence[str]:
        options = ["--voice", voice, "--jobs", str(jobs), "-q"]
        return [*_VOICEGUIDE, "render", str(work.script), "-o", str(output), *options]

    return command


def _theirs(name: str) -> Callable[[Workload, Path], Sequence[str]]:
    def command(work: Workload, output: Path) -> Sequence[str]:
        return [sys.executable, _CONTENDERS, name, str(work.folder), str(output)]

    return command


def _rows(*, everything: bool) -> tuple[Row, ...]:
    slow = _LONGEST_SLOW[everything]
    return (
        Row("LAME alone, one thread", _theirs("lame")),
        Row("voiceguide, speech kept, 1 job", _ours(1)),
        Row("voiceguide, speech kept, 2 jobs", _ours(2)),
        Row("voiceguide, nothing kept, 1 job", _ours(1), cold=True, slow=True, longest=slow),
        Row("voiceguide, nothing kept, 2 jobs", _ours(2), cold=True, slow=True, longest=slow),
        Row("voiceguide, default voice, nothing kept, 2 jobs", _ours(2, "auto"), cold=True, slow=True),
        Row("system voice alone (pyttsx3)", _theirs("voice"), slow=True),
        Row("ffmpeg, one filter graph", _theirs("ffmpeg"), slow=True, longest=slow),
        Row("pyttsx3 + pydub", _theirs("pydub"), slow=True, longest=_LONGEST_PYDUB[everything]),
    )


def _prepared(place: Path, minutes: int) -> Workload:
    path = place / f"{minutes}.md"
    path.write_text(script(minutes), "utf-8")
    work = Workload(minutes, path, place / str(minutes))
    used([sys.executable, _CONTENDERS, "prepare", str(path), str(work.folder)])
    return work


def _measured(place: Path, work: Workload, rows: Sequence[Row]) -> Iterator[Measured]:
    """Every row's runs in turn, so that a change in the machine's speed meets all of them."""
    results = [Measured(row, work.minutes) for row in rows if work.minutes <= row.longest]
    for number in range(_RUNS.get(work.minutes, 1)):
        for result in results:
            if number and result.row.slow:
                continue
            _told(f"{work.minutes} minutes, run {number + 1}: {result.row.name}")
            fresh = place / "fresh"
            output = place / "out" / "session.mp3"
            output.parent.mkdir()
            shutil.rmtree(place / "kept" / PARTS, ignore_errors=True)  # only speech is kept, no part of a file
            environment = {"VOICEGUIDE_CACHE": str(fresh)} if result.row.cold else {}
            result.usages.append(used(result.row.command(work, output), environment))
            shutil.rmtree(output.parent)
            shutil.rmtree(fresh, ignore_errors=True)
    yield from results


def _quick_commands(work: Workload) -> dict[str, list[Usage]]:
    commands = {
        "voiceguide --help": [*_VOICEGUIDE, "--help"],
        "voiceguide plan, 10 minutes, speech kept": [*_VOICEGUIDE, "plan", str(work.script), "--json"],
    }
    return {name: [used(command) for _ in range(_COMMAND_RUNS)] for name, command in commands.items()}


def _routine(place: Path) -> dict[str, Usage]:
    """A real routine spoken by the default voice from nothing, by the jobs; and LAME alone on its samples."""
    routine = Path(__file__).resolve().parents[2] / "scripts" / "facial-massage" / "bedtime-unwind.md"
    _told("a real routine")
    folder = place / "routine"
    used([sys.executable, _CONTENDERS, "prepare", str(routine), str(folder)])
    output = place / "routine.mp3"
    found = {"LAME": used([sys.executable, _CONTENDERS, "lame", str(folder), str(output)])}
    for jobs in (1, 2):
        fresh = place / "fresh"
        command = [*_VOICEGUIDE, "render", str(routine), "-o", str(output), "--jobs", str(jobs), "-q"]
        found[f"{jobs}"] = used(command, {"VOICEGUIDE_CACHE": str(fresh)})
        shutil.rmtree(fresh)
    return found


def _told(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _table(results: Sequence[Measured], lengths: Sequence[int]) -> Iterator[str]:
    yield "| | " + " | ".join(f"{minutes} min: seconds | to LAME | MB" for minutes in lengths) + " |"
    yield "|---|" + "---:|---:|---:|" * len(lengths)
    floor = {result.minutes: result for result in results if result.row.name.startswith("LAME")}
    for name in dict.fromkeys(result.row.name for result in results):
        cells = []
        for minutes in lengths:
            found = [result for result in results if result.row.name == name and result.minutes == minutes]
            if found:
                cells.append(f"{found[0].wall:.1f} | {_ratio(found[0], floor[minutes]):.2f} | {found[0].memory:.0f}")
            else:
                cells.append("– | – | –")
        yield f"| {name} | " + " | ".join(cells) + " |"


def _ratio(result: Measured, floor: Measured) -> float:
    """The median of the ratios run by run."""
    pairs = zip(result.usages, floor.usages, strict=False)
    return statistics.median(usage.wall / other.wall for usage, other in pairs)


def _machine() -> dict[str, Any]:
    packages = ("numpy", "scipy", "lameenc", "soundfile", "pyttsx3", "pydub", "imageio-ffmpeg")
    model = next(
        (row.split(":", 1)[1].strip() for row in _lines(Path("/proc/cpuinfo")) if row.startswith("model name")),
        platform.processor(),
    )
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in packages},
    }


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=int, nargs="+", default=[10, 60, 180], help="lengths of the sessions")
    parser.add_argument(
        "--all", action="store_true", help="also the slow rows for three hours, and an hour by pydub; takes an hour"
    )
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"), help="where the figures are written")
    options = parser.parse_args()
    results: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["VOICEGUIDE_CACHE"] = str(place / "kept")
        os.environ["PYTHONPYCACHEPREFIX"] = str(place / "compiled")  # as an installed program has it
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for minutes in options.minutes:
            work = _prepared(place, minutes)
            if minutes == min(options.minutes):
                commands, routine = _quick_commands(work), _routine(place)
            results += _measured(place, work, _rows(everything=options.all))
            shutil.rmtree(work.folder)
    print("\n".join(_table(results, options.minutes)), "\n")
    for name, usages in commands.items():
        print(
            f"{name}: {statistics.median(usage.wall for usage in usages):.2f} s, at best {min(u.wall for u in usages):.2f} s"
        )
    floor = routine["LAME"].wall
    print(f"bedtime-unwind, default voice, nothing kept, to LAME alone ({floor:.1f} s): ", end="")
    print(", ".join(f"{jobs} job(s) {routine[jobs].wall / floor:.2f}" for jobs in ("1", "2")))
    document = {
        "machine": _machine(),
        "sessions": [
            {"row": result.row.name, "minutes": result.minutes, "runs": [asdict(usage) for usage in result.usages]}
            for result in results
        ],
        "commands": {name: [asdict(usage) for usage in usages] for name, usages in commands.items()},
        "routine": {name: asdict(usage) for name, usage in routine.items()},
    }
    options.json.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
