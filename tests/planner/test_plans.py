"""Plans of many lengths at once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.support.cases import NAMES, FixedLengths, plan
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.script import parse

SCRIPT = """# Begin
Rest your hands. [pause ~10s]
# Breathe {optional}
[breathe 4-4 x4..12 words none]
# End
Good. [pause ~5s] [chime]
"""


def test_each_is_as_it_would_be_by_itself() -> None:
    routine, findings = parse(Source("x.md", SCRIPT), NAMES)
    assert routine is not None, findings
    voices, lengths = {name: f"full-{name}" for name in planner.voice_names(routine)}, FixedLengths()
    seconds = [Fraction(number) for number in (1, 20, 30, 60, 90, 120, 100_000)]
    found = dict(planner.plans(routine, voices, lengths, seconds))
    assert list(found) == seconds[3:-1]
    for length, timeline in found.items():
        alone = replace(routine, settings=replace(routine.settings, length=length))
        assert timeline == plan(alone)[0]
