"""Breaths that a text marks phase by phase, gathered into one cue of paced breathing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from voiceguide.importing.marks.words import SpokenMark
from voiceguide.importing.state import ImportState
from voiceguide.languages import phase_words
from voiceguide.script.values import LONGEST_PHASE

_MOST_TIMES = 1000


@dataclass(frozen=True, slots=True)
class _Phase:
    line: int
    raw: str
    mark: SpokenMark
    times: int = 1  # of the breath that this phase ends

    @property
    def seconds(self) -> Fraction | None:
        """None if the length is not certain enough for paced breathing."""
        fixed = not self.mark.length.startswith("~") and ".." not in self.mark.length
        return self.mark.seconds if fixed and 0 < self.mark.seconds <= LONGEST_PHASE else None


class Breaths:
    """Collects consecutive phases until something else follows."""

    def __init__(self, state: ImportState) -> None:
        self._state = state
        self._phases: list[_Phase] = []

    @property
    def open(self) -> bool:
        return bool(self._phases)

    def add(self, line: int, raw: str, mark: SpokenMark) -> None:
        """Adds a mark of the kind in, out or hold."""
        self._phases.append(_Phase(line, raw, mark))

    def times(self, line: int, raw: str, times: int) -> bool:
        """Repeats the breath that has just been collected. False if there is none that is whole."""
        for length in (4, 3, 2):
            last = self._phases[-length:]
            cycle = _cycle(last) if len(last) == length and all(phase.times == 1 for phase in last) else None
            if cycle is not None and len(cycle) == length and 0 < times <= _MOST_TIMES:
                self._phases[-1] = replace(last[-1], raw=f"{last[-1].raw} {raw}", times=times)
                return True
        return False

    def flush(self) -> None:
        """Writes the collected phases: whole breaths as ``[breathe …]``, others as words with a pause, or as a hold."""
        phases, self._phases = self._phases, []
        while phases:
            cycle = _cycle(phases)
            if cycle is None:
                self._single(phases.pop(0))
                continue
            length, rounds = len(cycle), 1
            while _same(cycle, phases[length * rounds : length * (rounds + 1)]):
                rounds += 1
            done, phases = phases[: length * rounds], phases[length * rounds :]
            times = sum(phase.times for phase in done[length - 1 :: length])
            pattern = _pattern(cycle)
            self._state.writer.cue(f"breathe {pattern} x{times}")
            what = " ".join(phase.raw for phase in cycle)
            self._state.ledger.guessed(done[0].line, what, f"[breathe {pattern} x{times}], with a sound for each phase")

    def _single(self, phase: _Phase) -> None:
        writer, mark = self._state.writer, phase.mark
        if mark.kind == "hold":
            writer.cue(f"hold {mark.length}")
            into = f"[hold {mark.length}], which a soft chime ends"
        else:
            words = phase_words(self._state.language)
            said = (words.of("in" if mark.kind == "in" else "out") if words else phase.raw) + "."
            writer.words(f" {said} ", phase.line)
            if ".." in mark.length:
                writer.cue(f"pause {mark.length}")
            else:
                writer.silence(mark.seconds, elastic=mark.length.startswith("~"))
            into = f"“{said}” and [pause {mark.length}]"
        self._state.ledger.guessed(phase.line, phase.raw, f"{into}; {mark.why}" if mark.why else into)


def _cycle(phases: list[_Phase]) -> list[_Phase] | None:
    """The phases of one whole breath at the start: in, perhaps a hold, out, perhaps a hold. None when there is none."""
    kinds = [phase.mark.kind for phase in phases[:4]]
    for length, shape in (
        (4, ["in", "hold", "out", "hold"]),
        (3, ["in", "hold", "out"]),
        (3, ["in", "out", "hold"]),
        (2, ["in", "out"]),
    ):
        if kinds[:length] == shape and all(phase.seconds is not None for phase in phases[:length]):
            return phases[:length]
    return None


def _pattern(cycle: list[_Phase]) -> str:
    numbers = [f"{float(phase.seconds or 0):g}" for phase in cycle]
    if [phase.mark.kind for phase in cycle] == ["in", "out", "hold"]:
        numbers.insert(1, "0")
    return "-".join(numbers)


def _same(one: list[_Phase], other: list[_Phase]) -> bool:
    return [(p.mark.kind, p.seconds) for p in one] == [(p.mark.kind, p.seconds) for p in other]
