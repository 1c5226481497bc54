"""What a soak has done, and what it has found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attack: how often it ``landed`` (a signal that came after the end did not), and the ``faults``."""

    landed: int
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts by attack, and every fault in words."""

    tried: Counter[str] = field(default_factory=Counter)
    landed: Counter[str] = field(default_factory=Counter)
    faulty: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, attack: str, outcome: Outcome) -> None:
        self.tried[attack] += 1
        self.landed[attack] += outcome.landed
        self.faulty[attack] += bool(outcome.faults)
        self.faults += [f"{attack}: {fault}" for fault in outcome.faults]

    def table(self) -> str:
        """A row for each attack: how often it was tried, how often it landed, and how often something was wrong."""
        width = max((len(name) for name in (*self.tried, *self.skipped)), default=0)
        rows = [f"{'attack':{width}}  tried  landed  faults"]
        rows += [
            f"{name:{width}}  {count:5}  {self.landed[name]:6}  {self.faulty[name]:6}"
            for name, count in sorted(self.tried.items())
        ]
        totals = (self.tried.total(), self.landed.total(), self.faulty.total())
        rows.append(f"{'all':{width}}  {totals[0]:5}  {totals[1]:6}  {totals[2]:6}")
        rows += [f"{name:{width}}  skipped: {why}" for name, why in self.skipped.items()]
        return "\n".join(rows)
