"""How often rules that need sense miss a passage, and how often they tell of a harmless one.

``python -m tests.checks.rates`` prints the rates, those of held-out passages beside the others; ``--missed RULE`` the passages
themselves, of the tuned half alone.

Each file of ``tests/fixtures/checks/sense/HALF/LANGUAGE`` has the name of a rule: ``=`` before lines of the front matter,
``+`` before passages that the rule should tell of, ``-`` before those that it should let pass. Those of ``held-out`` were written
before the rules, and nobody looks at them when a rule is mended.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.checks.page import routine_of
from tests.support.cases import plan
from tests.support.paths import FIXTURES
from voiceguide.checks import CHECKS, tables
from voiceguide.checks.subject import Subject
from voiceguide.rules import BY_NAME

FOLDER = FIXTURES / "checks" / "sense"
HALVES = ("tuned", "held-out")


@dataclass(frozen=True, slots=True)
class Judged:
    """The passages of a file with a mark, and those of them that its rule tells of."""

    passages: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def rest(self) -> tuple[str, ...]:
        told = set(self.told)
        return tuple(one for one in self.passages if one not in told)


def files(half: str) -> list[Path]:
    return sorted((FOLDER / half).glob("*/*.txt"))


@cache
def judged(path: Path, mark: str) -> Judged:
    rows = path.read_text("utf-8").splitlines()
    head = [row[2:] for row in rows if row.startswith("= ")]
    passages = tuple(dict.fromkeys(row[2:] for row in rows if row.startswith(f"{mark} ")))
    return Judged(passages, tuple(one for one in passages if _tells(path.stem, head, one)))


def _tells(rule: str, head: list[str], passage: str) -> bool:
    front = "---\n" + "".join(f"{row}\n" for row in head) + "---\n" if head else ""
    routine = routine_of(front + passage.replace(" [newline] ", "\n\n") + "\n")
    words = tables.words_of(routine.settings.language)
    return any(CHECKS[rule](Subject(routine, words, plan(routine)[0]), BY_NAME[rule]))


def rates() -> Iterator[str]:
    yield f"{'':8}{'rule':18}{'missed, tuned':>16}{'held out':>12}{'false, tuned':>16}{'held out':>12}"
    for path in files("tuned"):
        other = FOLDER / "held-out" / path.parent.name / path.name
        cells = []
        for mark in "+-":
            for one in (path, other):
                found = judged(one, mark) if one.exists() else Judged((), ())
                wrong = found.rest if mark == "+" else found.told
                cells.append(f"{len(wrong)} of {len(found.passages)}")
        yield f"{path.parent.name:8}{path.stem:18}{cells[0]:>16}{cells[1]:>12}{cells[2]:>16}{cells[3]:>12}"


if __name__ == "__main__":
    if "--missed" in sys.argv:
        for file in files("tuned"):
            if file.stem in sys.argv or f"{file.parent.name}/{file.stem}" in sys.argv:
                print(*(f"{file.parent.name} missed: {one}" for one in judged(file, "+").rest), sep="\n")
                print(*(f"{file.parent.name} false: {one}" for one in judged(file, "-").told), sep="\n")
    else:
        print(*rates(), sep="\n")
