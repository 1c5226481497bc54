"""The planner at natural lengths: cases as specification, exactness over hours, and what always holds."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cases import NAMES, FixedLengths, parameters, plan, planned
from tests.support.waiting import at_most
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.routine import Routine
from voiceguide.script import parse
from voiceguide.timeline import Timeline
from voiceguide.units import SAMPLE_RATE


@pytest.mark.parametrize(("script", "expected"), parameters("plan"))
def test_case(script: str, expected: str) -> None:
    assert planned(script) == expected


def _routine(script: str) -> Routine:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert not [finding.render() for finding in findings if finding.severity == "error"]
    return routine


def test_decimals_never_drift() -> None:
    timeline, _ = plan(_routine("[breathe 5.5-5.7-3.3 for 60m words none]"))
    starts = [event.start for event in timeline.events if event.kind == "breath"]
    exact, expected = Fraction(1), []
    for _ in range(len(starts) // 3):
        for seconds in ("5.5", "5.7", "3.3"):
            expected.append(exact)
            exact += Fraction(seconds)
    assert len(starts) == 3 * 248
    assert all(
        abs(start - place * SAMPLE_RATE) <= Fraction(1, 2) for start, place in zip(starts, expected, strict=True)
    )


def test_more_than_twelve_hours_is_told_where_it_happens() -> None:
    timeline, problems = plan(_routine("[repeat 5]\n[pause 2h]\n[pause 1h]\n[end]\n"))
    assert timeline.frames > 12 * 3600 * SAMPLE_RATE
    (problem,) = problems
    assert problem.message == "up to here the session lasts longer than 12 hours, the most it may"
    assert problem.span.line == 3


def test_lines_are_told_once_each_with_their_first_place() -> None:
    routine = _routine("Press.\n[repeat 2]\nPress. Round {n}.\n[count 2]\n[end]\n")
    found, problems = planner.lines(routine, {"auto": "v"})
    assert problems == ()
    assert [(line.text, line.take, place.line) for line, place in found.items()] == [
        ("Press.", 1, 1), ("Press.", 2, 3), ("Round one.", 1, 3), ("one", 1, 4), ("two", 1, 4),
        ("Press.", 3, 3), ("Round two.", 1, 3), ("one", 2, 4), ("two", 2, 4),
    ]  # fmt: skip


def test_voices_are_told_with_their_first_place() -> None:
    routine = _routine("---\nvoice: one\n---\nHi. [voice two] Hi. [voice two] Hi. [voice one] Hi.\n")
    found = planner.voice_names(routine)
    assert {name: (place.line, place.column) for name, place in found.items() if place} == {
        "one": (2, 8),
        "two": (4, 5),
    }


_DURATIONS = st.sampled_from(["0.3s", "1s", "2.75s", "~4s", "1s..9s"])
_LEAVES = st.one_of(
    st.sampled_from(["Ab.", "Press softly now.", "Breathe.", "A longer sentence that goes on for a while."]),
    st.builds("[pause {}]".format, _DURATIONS),
    st.builds(
        "[hold {}{}]".format, _DURATIONS, st.sampled_from(["", " halfway", " count", " countdown", " count countdown"])
    ),
    st.sampled_from(
        ["[chime]", "[chime bell x2 every 1.5s]", "[count 4]", "[count 3 every 0.5s]", "[sound bell under]"]
    ),
    st.sampled_from(
        ["[breathe 4-6 x2]", "[breathe 0.7-0.6 x3 words all]", "[breathe box x1 swell]", "[breathe sigh x2]"]
    ),
    st.sampled_from(
        ["[bed brown]", "[bed pink fade 2s]", "[bed none]", "[pace 0.5]", "[voice other]", "\n\n", "\n# Part\n"]
    ),
)
_SCRIPTS = st.recursive(
    st.lists(_LEAVES, min_size=1, max_size=6).map("\n".join),
    lambda inner: st.builds(
        "{}\n{}\n[end]".format, st.sampled_from(["[repeat 3]", "[each a, b]", "[within 11h]"]), inner
    ),
    max_leaves=4,
).map(lambda body: f"Start.\n\n{body}\n")


@given(_SCRIPTS)
@settings(max_examples=250, deadline=None)
def test_what_holds_for_every_timeline(script: str) -> None:
    routine = _routine(script)
    timeline, problems = plan(routine)
    if any(problem.severity == "error" for problem in problems):
        return  # 11 hours twice
    events = timeline.events
    assert [event.start for event in events] == sorted(event.start for event in events)
    assert all(0 <= event.start <= event.end <= timeline.frames for event in events)
    assert min(event.start for event in events if event.kind != "bed") == SAMPLE_RATE
    voice = [event for event in events if event.kind == "speech"]
    assert all(first.end <= second.start for first, second in pairwise(voice))
    assert all(clip.frames == event.end - event.start for event, clip in timeline.sounding() if event.kind == "speech")
    done = max(event.end for event in events if event.kind in ("speech", "pause", "hold", "breath"))
    rung = max((event.start + clip.frames for event, clip in timeline.sounding()), default=0)
    assert timeline.frames >= max(done + 2 * SAMPLE_RATE, rung)
    _chapters_cover(timeline)
    assert plan(routine) == (timeline, problems)


def _chapters_cover(timeline: Timeline) -> None:
    if timeline.chapters:
        assert timeline.chapters[0].start == 0
        assert timeline.chapters[-1].end == timeline.frames
        assert all(a.end == b.start for a, b in pairwise(timeline.chapters))


@pytest.mark.parametrize(
    "length", ["", "---\nlength: 2h50m\n---\n", "---\nlength: 6h\n---\n", "---\nlength: 1h\n---\n"]
)
def test_planning_and_fitting_three_hours_takes_well_under_a_second(length: str) -> None:
    part = "[repeat ~3]\nStroke {n} of {total}. [pause ~2s]\n[end]\n" + "Another line to say. [pause ~2s]\n" * 28
    routine = _routine(length + "".join(f"# Part {n} [optional]\n{part}" for n in range(100)))
    with at_most(1.5):  # a third of that on an idle machine
        timeline, problems = plan(routine, FixedLengths())
    assert problems == ()
    assert len(timeline.events) > 1500
    if routine.settings.length is not None:
        assert timeline.frames == routine.settings.length * SAMPLE_RATE
