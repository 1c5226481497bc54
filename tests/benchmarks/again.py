"""A session rendered again after a change: ``python -m tests.benchmarks.again [--minutes 10 60] [--jobs 2]``.

The workload without ``length:``, so that a change moves all that follows, with the default voice. Each row renders in a
process of its own, with all lines kept but the changed one, and with the parts that the unchanged session left. Prints
a table in Markdown: seconds by the clock and of processor time, with their shares of the clean render's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.usage import Usage, used
from tests.benchmarks.workload import script
from voiceguide.kept import PARTS
from voiceguide.speech.cache import VARIABLE

_FIRST = "Rest your hands on your cheeks, part {}."
_LAST = "Hold still, and notice what is different, part {}."


@dataclass(frozen=True, slots=True)
class _Bench:
    """A script of so many minutes in a folder, rendered with a cache of its own."""

    folder: Path
    minutes: int
    jobs: int

    @property
    def _cache(self) -> Path:
        return self.folder / f"cache-{self.minutes}"

    def rows(self) -> Iterator[tuple[str, Usage, float]]:
        """What each render used, and the gain that it had in dB."""
        text = script(self.minutes).replace("voice: system", "voice: auto").replace(f"length: {self.minutes}m\n", "")
        self._run("plan", text)
        self._run("render", text)  # to have the program and the library in the system's cache
        shutil.rmtree(self._cache / PARTS)
        yield "clean", *self._run("render", text)
        shutil.copytree(self._cache / PARTS, self.folder / "before")
        yield "nothing changed", *self._run("render", text)
        last = _LAST.format(self.minutes)
        middle, first = (_FIRST.format(minute) for minute in (self.minutes // 2 + 1, 1))
        for name, sentence in (("last", last), ("middle", middle), ("first", first)):
            changed = text.replace(sentence, f"And now, {sentence[0].lower()}{sentence[1:]}")
            assert changed != text
            shutil.rmtree(self._cache / PARTS)
            shutil.copytree(self.folder / "before", self._cache / PARTS)
            yield f"{name} sentence changed", *self._run("render", changed)
        shutil.rmtree(self.folder / "before")

    def _run(self, command: str, text: str) -> tuple[Usage, float]:
        path, report = self.folder / "x.md", self.folder / "x.json"
        path.write_text(text)
        arguments = [sys.executable, "-m", "voiceguide", command, str(path), "--jobs", str(self.jobs)]
        if command == "render":
            arguments += ["-o", str(self.folder / "x.mp3"), "-q", "--report", str(report)]
        usage = used(arguments, {VARIABLE: str(self._cache)})
        return usage, json.loads(report.read_text())["mastering"]["gain_db"] if command == "render" else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, nargs="*", default=[10, 60])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    print("| minutes | | seconds | of clean | processor | of clean | MB | gain, dB |")
    print("|---:|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for minutes in options.minutes:
            clean: Usage | None = None
            for name, usage, gain_db in _Bench(Path(folder), minutes, options.jobs).rows():
                clean = clean or usage
                shares = usage.wall / clean.wall, usage.processor / clean.processor
                print(
                    f"| {minutes} | {name} | {usage.wall:.1f} | {shares[0]:.2f} | {usage.processor:.1f} | {shares[1]:.2f} "
                    f"| {usage.memory:.0f} | {gain_db:.1f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
