"""Mends: the finding goes, and nothing else of the text changes."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable

import pytest

from tests.support.paths import ROUTINES
from voiceguide.editing.mends import mend
from voiceguide.errors import Diagnostic, Source
from voiceguide.script import parse
from voiceguide.script.files import Folder
from voiceguide.session.options import known_sounds

MENDED = [
    ("[puase 5s] Hi.", "[pause 5s] Hi."),
    ("[Pasue 5s] Hi.", "[pause 5s] Hi."),
    ("[pause 5] Hi.", "[pause 5s] Hi."),
    ("[pause 5 sec] Hi.", "[pause 5s] Hi."),
    ("[pause 5 Sekunden] Hi.", "[pause 5s] Hi."),
    ("[pause 1 minute 30 seconds] Hi.", "[pause 1m30s] Hi."),
    ("[pause 1,5] Hi.", "[pause 1.5s] Hi."),
    ("[pause 3..10] Hi.", "[pause 3s..10s] Hi."),
    ("[pause 1..2m] Hi.", "[pause 1m..2m] Hi."),
    ("[pause ~5] Hi.", "[pause ~5s] Hi."),
    ("[pause 10s..5s] Hi.", "[pause 5s..10s] Hi."),
    ("[count 5 every 2]", "[count 5 every 2s]"),
    ("[hold 20s half-way]", "[hold 20s halfway]"),
    ("[hold 20s countdwn]", "[hold 20s countdown]"),
    ("[chime bell -6]", "[chime bell -6dB]"),
    ("[chime bel]", "[chime bell]"),
    ("[bed rian]\n\nHi.", "[bed rain]\n\nHi."),
    ("[breathe bx x2]", "[breathe box x2]"),
    ("[breathe 4-6 6x]", "[breathe 4-6 x6]"),
    ("[breathe 4-6 x8..4]", "[breathe 4-6 x4..8]"),
    ("[repeat 3x]\nA.\n[end]", "[repeat 3]\nA.\n[end]"),
    ("[repeat x3]\nA.\n[end]", "[repeat 3]\nA.\n[end]"),
    ("[repeat 3]\nA.\n\n# B\n\nC.", "[repeat 3]\nA.\n\n[end]\n\n# B\n\nC."),
    ("[repeat 3]\nA.\n# B\n\nC.", "[repeat 3]\nA.\n\n[end]\n\n# B\n\nC."),
    ("A.\n\n[within 20s]\nB.\n", "A.\n\n[within 20s]\nB.\n\n[end]\n"),
    ("[repeat 2]\nA.\n\n<!--\n# B\n-->\n\nC.", "[repeat 2]\nA.\n\n<!--\n# B\n-->\n\nC.\n\n[end]\n"),
    ("A.\n\n[end]\n\nB.", "A.\n\n\nB."),
    ("A. [end]\n", "A.\n"),
    ("A. [end] B.", "A.  B."),
    ("Sit. [pause 5s Let go.", "Sit. [pause 5s] Let go."),
    ("Sit. [breathe 4-6 x2 words none\n\nRest.", "Sit. [breathe 4-6 x2 words none]\n\nRest."),
    ("Sit. [chime", "Sit. [chime]"),
    ("---\ntitle: X\nvoice: system\n\n# A\n\nHi.", "---\ntitle: X\nvoice: system\n---\n\n# A\n\nHi."),
    ("---\ntitle: X", "---\ntitle: X\n---\n"),
    ("---\nvioce: system\n---\nHi.", "---\nvoice: system\n---\nHi."),
    ("---\nbed: rian\n---\nHi.", "---\nbed: rain\n---\nHi."),
    ('---\nbed: "rian" # soft\n---\nHi.', '---\nbed: "rain" # soft\n---\nHi.'),
    ("---\ngaps: {sentence: 0.6}\n---\nHi.", "---\ngaps: {sentence: 0.6s}\n---\nHi."),
    ("---\nlength: 10 min\n---\nHi.", "---\nlength: 10m\n---\nHi."),
    ("---\nlevels: {bed: -6}\n---\nHi.", "---\nlevels: {bed: -6dB}\n---\nHi."),
    ("---\nlevels: {bd: -6dB}\n---\nHi.", "---\nlevels: {bed: -6dB}\n---\nHi."),
    ("---\nvariables: {name: Ben}\n---\nHi {nmae}.", "---\nvariables: {name: Ben}\n---\nHi {name}."),
    ("#Arrive\n\nHi.", "# Arrive\n\nHi."),
    ("### A\n\nHi.", "## A\n\nHi."),
    ("# A [optinal 2]\n\nHi.", "# A [optional 2]\n\nHi."),
    ("[[pause 5s]] Hi.", "[pause 5s] Hi."),
    ("[pause 5s](x) Hi.", "[pause 5s] (x) Hi."),
    ("😀 Hi. [puase 5s]", "😀 Hi. [pause 5s]"),
]

LEFT = [
    "---\nlength: 10\n---\nHi.",  # ten seconds, or ten minutes
    "---\nlanguage: zz\n---\nHi.",
    "[xyzzy] Hi.",
    "[pause] Hi.",
    "[pause -5s] Hi.",
    "[voice heart Hi.",
    "<!-- Hi.",
    "# \n\nHi.",
    "Hi {name}.",
]


def _findings(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("x.md", text), known_sounds(), folder=Folder(ROUTINES))[1]


@pytest.mark.parametrize(("broken", "mended"), MENDED)
def test_what_is_certain_is_mended(broken: str, mended: str) -> None:
    finding, *_ = _findings(broken)
    edit = mend(finding)
    assert edit is not None
    assert edit.applied(broken) == mended
    assert finding.message not in {each.message for each in _findings(mended)}


@pytest.mark.parametrize("text", LEFT)
def test_what_a_person_has_to_decide_is_left(text: str) -> None:
    assert [edit for finding in _findings(text) if (edit := mend(finding))] == []


def _swapped(word: str) -> str:
    return word[0] + word[2] + word[1] + word[3:]


BREAKS: dict[str, Callable[[re.Match[str]], str]] = {
    r"\[(pause|hold|breathe|chime|within|repeat)": lambda cue: f"[{_swapped(cue[1])}",
    r"\[pause [0-9.~]+s\]": lambda cue: cue[0].replace("s]", "]"),
    r"\[pause [0-9.~]+(s)\]": lambda cue: cue[0].replace("s]", " seconds]"),
    r"\[(pause|breathe|hold) [^\]\n]*\]": lambda cue: cue[0][:-1],
    r"^\[end\]$": lambda cue: "",
    r"^\[(repeat|each)[^\]]*\]$": lambda cue: "",
    r"^(voice|pace|bed|chimes|variables|author|description):": lambda key: f"{_swapped(key[1])}:",
    r"^(---)\n(?=\n)": lambda fence: "\n",
    r"^# (?=\w)": lambda marks: "#",
    r"^## ": lambda marks: "#### ",
    r"\[bed (\w+)": lambda bed: f"[bed {_swapped(bed[1])}",
    r" x([0-9]+)\]": lambda times: f" {times[1]}x]",
}
"""Slips of the pen: where one can happen, and what it makes of that place."""


def _broken(count: int) -> list[str]:
    dice = random.Random(7)
    texts = [path.read_text("utf-8") for path in sorted(ROUTINES.rglob("*.md")) if path.name != "README.md"]
    found: list[str] = []
    while len(found) < count:
        text, slip = dice.choice(texts), dice.choice(list(BREAKS))
        places = list(re.finditer(slip, text, re.MULTILINE))
        if places:
            place = dice.choice(places)
            found.append(text[: place.start()] + BREAKS[slip](place) + text[place.end() :])
    return found


def test_a_mend_removes_its_finding_and_adds_no_error() -> None:
    mended = 0
    for text in _broken(200):
        before = _findings(text)
        for finding in before:
            edit = mend(finding)
            if edit is None:
                continue
            mended += 1
            after = _findings(edit.applied(text))
            alike = Counter(each.message for each in before)[finding.message]
            assert Counter(each.message for each in after)[finding.message] < alike, (finding.render(), edit)
            errors = [sum(each.severity == "error" for each in found) for found in (before, after)]
            assert errors[1] <= errors[0], (finding.render(), edit)
    assert mended > 150
