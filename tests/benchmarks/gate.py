"""How many wrong takes the gate lets pass, and how many good ones it refuses: ``python -m tests.benchmarks.gate``.

Speaks 2,000 short lines, made of the routines' sentences and their parts, by a voice that says 5% of all takes wrongly
(``tests/support/faulty.py``), once without and once with the words checked. ``--lines`` and ``--rate`` change the
numbers; with ``--good`` only so many of the lines whose first take is right have their words checked, which takes long.
The lines are spoken into a folder of their own.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.cases import NAMES
from tests.support.faulty import FACTORY, FAULTS, fault_of
from tests.support.paths import ROOT
from voiceguide.progress import quiet
from voiceguide.routine import Sentence
from voiceguide.script import parse_file
from voiceguide.speech import FailedLinesError, Studio
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import ENGINES
from voiceguide.speech.gate.verdict import TRIES, other_take
from voiceguide.timeline import Line

_MOST_WORDS = 12
_OPENINGS = ("", "Now, ", "And again: ", "Slowly, ")


def texts(count: int) -> list[str]:
    """Short lines of guidance, no two alike, in an order of their own."""
    found = dict.fromkeys(_opened(_phrases()))
    lines = [text for text in found if 3 <= len(text.split()) <= _MOST_WORDS]
    random.Random(15).shuffle(lines)
    return lines[:count]


def _phrases() -> Iterator[str]:
    """The sentences of all English routines without variables, and their parts between commas."""
    for path in sorted((ROOT / "scripts").rglob("*.md")):
        if "gesichtsmassage" in path.parts:  # the parts that its routines include do not say their language
            continue
        routine, _ = parse_file(path, NAMES)
        for node in routine.nodes() if routine and routine.settings.language == "en" else ():
            if isinstance(node, Sentence) and all(isinstance(part, str) for part in node.text):
                text = "".join(map(str, node.text))
                yield text
                for part in re.split(r"[,;:] ", text.rstrip(".")):
                    yield f"{part}."


def _opened(phrases: Iterable[str]) -> Iterator[str]:
    known = list(phrases)
    for opening in _OPENINGS:
        for text in known:
            yield opening + (text[:1].lower() + text[1:] if opening else text[:1].upper() + text[1:])


def measured(lines: list[Line], folder: Path, jobs: int) -> str:
    """A table of the faults of the first takes, and of those that were kept; and the good takes that were refused."""
    studio = Studio(ENGINES | {"faulty": FACTORY}, Store(folder))
    failed: set[Line] = set()
    try:
        studio.speak(lines, jobs=jobs)
    except FailedLinesError as error:
        failed = {line for line, _ in error.failures}
    spoken = studio.speak([line for line in lines if line not in failed], jobs=jobs, progress=quiet)
    first, kept, refused, good, reasons = Counter[str](), Counter[str](), 0, 0, Counter[str]()
    for line in lines:
        first[fault_of(line.text, line.voice, line.take) or "good"] += 1
        if line in failed:
            takes = (line.take, *(other_take(line.take, tries) for tries in range(1, TRIES)))
            wrongly = sum(fault_of(line.text, line.voice, take) is None for take in takes)
            good, refused = good + wrongly, refused + wrongly
            reasons[f"of the line “{line.text}”, which failed"] += wrongly
            continue
        verdict = spoken.verdict(line)
        if verdict is None:
            continue
        kept[fault_of(line.text, line.voice, verdict.kept.take) or "good"] += 1
        for one in (verdict.kept, *verdict.refused):
            if fault_of(line.text, line.voice, one.take) is None:
                good += 1
                refused += bool(one.faults)
                reasons.update(one.faults)
    rows = [f"| {fault} | {first[fault]} | {kept[fault]} |" for fault in FAULTS]
    return "\n".join(
        [
            "| fault | of first takes | kept |",
            "|---|---:|---:|",
            *rows,
            f"{len(lines)} lines, {len(failed)} failed; {refused} of {good} good takes refused ({refused / good:.2%}):",
            *(f"  {count} {reason}" for reason, count in reasons.most_common(12)),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--rate", choices=("0", "5", "100"), default="5", help="per cent of wrong takes")
    parser.add_argument("--good", type=int, default=sys.maxsize, help="how many right lines have their words checked")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", choices=("without", "with"), help="one of the two runs")
    options = parser.parse_args()
    for verify in (False, True):
        if options.only in (None, "with" if verify else "without"):
            lines = [Line(text, f"faulty:{options.rate}", 1.0, "en", verify=verify) for text in texts(options.lines)]
            if verify:
                right = [line for line in lines if fault_of(line.text, line.voice, line.take) is None]
                lines = sorted(set(lines) - set(right[options.good :]), key=lines.index)
            with tempfile.TemporaryDirectory() as folder:
                print(f"\n{'With' if verify else 'Without'} the words checked:\n")
                print(measured(lines, Path(folder), options.jobs), flush=True)


if __name__ == "__main__":
    main()
