"""How fitting a length grows with the script: ``python -m tests.benchmarks.fitting``. No voice takes part.

A script of 3,000 lines lasts three hours. Each size is planned at its natural length and fitted to three lengths, side
by side in one run; the ratios are what counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from tests.support.cases import NAMES, FixedLengths, plan
from voiceguide.errors import Source
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.units import SAMPLE_RATE

_PART = "# Part {n}{optional}\n\n[repeat ~3]\nStroke {{n}} of {{total}}. [pause ~2s]\n[end]\n" + "".join(
    f"Line {line} of this part. [pause ~2s]\n" for line in range(28)
)


def _routine(lines: int) -> Routine:
    parts = (_PART.format(n=n, optional=" [optional]" if n % 3 == 0 else "") for n in range(lines // 30))
    routine, _ = parse(Source("x.md", "".join(parts)), NAMES)
    assert routine is not None
    return routine


def _seconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    print(f"{'lines':>6} {'natural':>9} {'shorter':>9} {'longer':>9} {'least':>9}   seconds; ratio to half the size")
    before: list[float] = []
    for lines in (750, 1500, 3000):
        routine = _routine(lines)
        natural = plan(routine, FixedLengths())[0].frames
        row = [_seconds(lambda routine=routine: plan(routine, FixedLengths()))]
        for share in (Fraction(4, 5), Fraction(3, 2), Fraction(1, 2)):
            length = Fraction(round(natural * share), SAMPLE_RATE)
            asked = replace(routine, settings=replace(routine.settings, length=length))
            row.append(_seconds(lambda asked=asked: plan(asked, FixedLengths())))
        ratios = "  ".join(f"{now / then:.1f}" for now, then in zip(row, before, strict=True)) if before else ""
        print(f"{lines:>6} " + " ".join(f"{value:>9.3f}" for value in row) + f"   {ratios}")
        before = row


if __name__ == "__main__":
    main()
