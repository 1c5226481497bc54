"""What is said about the takes of a session's lines, with a voice that errs and one that has no takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.gate import texts
from tests.speech.gate.test_judge import TEXTS
from tests.support.cases import NAMES
from tests.support.faulty import FACTORY, fault_of
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.session.clips import Clips
from voiceguide.session.takes import choice_warnings, gate_report, gate_warnings
from voiceguide.sounds.files import SoundStore
from voiceguide.speech import Spoken, Studio
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import ENGINES
from voiceguide.speech.gate.verdict import TRIES, other_take
from voiceguide.timeline import Timeline

CUT = "begins in the middle of a sound"


def session(tmp_path: Path, script: str, voice: str) -> tuple[Routine, Timeline, Spoken]:
    routine, _ = parse(Source("x.md", script), NAMES)
    voices = {name: voice if name == "auto" else name for name in planner.voice_names(routine)}
    lines, _ = planner.lines(routine, voices)
    spoken = Studio(ENGINES | {"faulty": FACTORY}, Store(tmp_path / "speech")).speak(lines, jobs=1)
    with SoundStore(tmp_path) as sounds:
        timeline, _ = planner.plan(routine, voices, Clips(spoken, sounds))
    return routine, timeline, spoken


def test_a_refused_take_is_in_the_report_and_no_warning(tmp_path: Path) -> None:
    text = next(text for text in TEXTS if fault_of(text, "faulty:first", 1) == "cut")
    routine, timeline, spoken = session(tmp_path, f"Hm.\n\n{text}\n", "faulty:first")
    lines, _ = planner.lines(routine, {"auto": "faulty:first"})
    assert [warning.message for warning in gate_warnings(lines, spoken)] == []
    report = gate_report(timeline, spoken)
    assert report["checked"] == 2
    assert {
        "text": text,
        "voice": "faulty:first",
        "file": "x.md",
        "line": 3,
        "kept": 101,
        "faults": "",
        "refused": [{"take": 1, "reason": CUT}],
    } in report["lines"]


def test_a_line_that_no_take_says_well_is_a_warning_at_its_place(tmp_path: Path) -> None:
    text = next(
        text
        for text in texts(4_000)
        if {fault_of(text, "faulty:100", other_take(1, tries)) for tries in range(TRIES)} == {"cut"}
    )
    routine, timeline, spoken = session(tmp_path, text, "faulty:100")
    lines, _ = planner.lines(routine, {"auto": "faulty:100"})
    (row,) = gate_report(timeline, spoken)["lines"]
    assert len(row["refused"]) == TRIES - 1
    (warning,) = gate_warnings(lines, spoken)
    assert (warning.span.line, warning.severity) == (1, "warning")
    assert warning.message == f"the voice faulty:100 may not say “{text}” well: it {row['faults']}"


@pytest.mark.parametrize("voice", ["silent", "faulty:0"])
def test_a_choice_without_effect_is_told_once_where_it_stands(voice: str, tmp_path: Path) -> None:
    script = f"{TEXTS[0]}\n\n[repeat 2]\n[take 3] {TEXTS[0]}\n[end]\n"
    routine, timeline, spoken = session(tmp_path, script, voice)
    found = list(dict.fromkeys(choice_warnings(routine, timeline, spoken)))
    expected = [(4, "the voice silent has one reading only, so [take 3] has no effect")] if voice == "silent" else []
    assert [(warning.span.line, warning.message) for warning in found] == expected
    assert gate_report(timeline, spoken) == {"checked": 0 if voice == "silent" else 2, "lines": []}
