"""The rules that need the mix, on measures that are made for them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.checks.page import routine_of
from tests.support.cases import plan
from voiceguide.checks import CHECKS, check
from voiceguide.checks.mixed import STEP, Misheard, Mixed
from voiceguide.checks.subject import Subject
from voiceguide.checks.tables.en import WORDS
from voiceguide.rule_spec import Limit
from voiceguide.rules import BY_NAME, RULES
from voiceguide.timeline import Track

SCRIPT = "Rest your hands. [pause 4s] [chime bell] Breathe out slowly. [pause 4s]\n"
TRACKS: tuple[Track, ...] = ("voice", "breath", "chimes", "bed")


def _power(decibels: float) -> float:
    return 10 ** (decibels / 10) if math.isfinite(decibels) else 0.0


def _mix(
    levels: Mapping[Track, float],
    phone: Mapping[Track, float] | None = None,
    *,
    bed: str = "brown",
    edges: tuple[float, float] = (-math.inf, -math.inf),
    misheard: Mapping[int, Misheard] | None = None,
    sleep: bool = False,
) -> Subject:
    """A session in which each track has one level (dB) wherever its events sound; tracks that are left out are silent."""
    routine = routine_of(f"---\nbed: {bed}\n{'sleep: true' if sleep else ''}\n---\n{SCRIPT}")
    timeline = plan(routine)[0]
    steps = timeline.frames // STEP

    def powers(of: Mapping[Track, float]) -> Mapping[Track, tuple[float, ...]]:
        found: dict[Track, list[float]] = {track: [0.0] * steps for track in TRACKS}
        for event in timeline.events:
            frames = event.clip.frames if event.clip else event.end - event.start
            first, last = event.start // STEP, max(event.start // STEP + 1, (event.start + frames) // STEP)
            if event.kind != "pause" and event.track in of:
                for step in range(first, min(last, steps)):
                    found[event.track][step] = _power(of[event.track])
        return MappingProxyType({track: tuple(row) for track, row in found.items()})

    mixed = Mixed(powers(levels), powers(phone or levels), edges, misheard)
    return Subject(routine, WORDS, timeline, mixed=mixed)


def _told(rule: str, subject: Subject) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in CHECKS[rule](subject, BY_NAME[rule])]


VOICE: Mapping[Track, float] = {"voice": -23.0}


@pytest.mark.parametrize(("bed", "severities"), [(-38.1, []), (-37.0, ["warning"] * 2), (-32.0, ["error"] * 2)])
def test_a_line_that_the_bed_comes_close_to(bed: float, severities: list[str]) -> None:
    told = _told("bed-masks", _mix({**VOICE, "bed": bed}))
    assert [severity for severity, _ in told] == severities
    if told:
        assert told[0][1] == f"the voice is only {-23 - bed:.0f} LU above the bed in this line (0:01.0)"


@pytest.mark.parametrize(("chime", "severities"), [(-26.1, []), (-24.0, ["warning"]), (-21.0, ["error"])])
def test_a_line_through_which_a_chime_rings(chime: float, severities: list[str]) -> None:
    told = _told("sound-masks", _mix({**VOICE, "chimes": chime}))
    assert [severity for severity, _ in told] == severities


@pytest.mark.parametrize(
    ("bed", "sleep", "count"), [(-45.0, False, 0), (-50.0, False, 1), (-44.0, True, 0), (-46.0, True, 1)]
)
def test_a_jump_out_of_the_bed(bed: float, sleep: bool, count: int) -> None:
    told = _told("loudness-jump", _mix({**VOICE, "bed": bed, "chimes": -60.0}, sleep=sleep))
    assert len(told) == count
    assert all("LU louder at once here (" in message for _, message in told)


def test_out_of_silence_nothing_is_a_jump() -> None:
    assert _told("loudness-jump", _mix({**VOICE, "bed": -80.0})) == []


@pytest.mark.parametrize(("chimes", "count"), [(-46.0, 0), (-48.0, 1)])
def test_a_chime_that_a_phone_does_not_play(chimes: float, count: int) -> None:
    told = _told("phone-lost", _mix({**VOICE, "chimes": -30.0}, {**VOICE, "chimes": chimes}))
    assert [message.split(" lies")[0] for _, message in told] == ["on a phone “bell”"] * count


@pytest.mark.parametrize(("there", "count"), [(-54.0, 0), (-56.0, 1)])
def test_a_bed_that_a_phone_does_not_play(there: float, count: int) -> None:
    told = _told("phone-lost", _mix({**VOICE, "bed": -40.0}, {**VOICE, "bed": there}))
    assert len([message for _, message in told if "this bed" in message]) == count


def test_a_bed_that_is_meant_to_be_hardly_heard_is_let_pass() -> None:
    told = _told("phone-lost", _mix({**VOICE, "bed": -54.0}, {**VOICE, "bed": -70.0}))
    assert [message for _, message in told if "this bed" in message] == []


@pytest.mark.parametrize(
    ("edges", "words"), [((-50.0, -math.inf), []), ((-30.0, -math.inf), ["begins"]), ((-50.0, -39.0), ["ends"])]
)
def test_an_edge_in_the_middle_of_a_sound(edges: tuple[float, float], words: list[str]) -> None:
    assert [message.split()[2] for _, message in _told("cut-edges", _mix(VOICE, edges=edges))] == words


def test_words_that_are_misheard_are_told_once_at_their_place() -> None:
    subject = _mix(VOICE)
    line = subject.timed_sentences[1].event
    heard = Misheard(("slowly",), "Breathe out slow leaf")
    (finding,) = CHECKS["misheard"](_mix(VOICE, misheard={line: heard}), BY_NAME["misheard"])
    assert finding.message == "“slowly” may be misheard: “Breathe out slow leaf” is understood of this line"
    assert finding.span.length == len("slowly")
    assert _told("misheard", subject) == []


def test_without_a_mix_the_rules_that_need_it_are_left_out() -> None:
    routine = routine_of(SCRIPT)
    subject = _mix({**VOICE, "bed": -24.0})
    sound = {rule.name for rule in RULES if rule.needs == "sound"}
    assert not {finding.rule for finding in check(routine, plan(routine)[0]).findings} & sound
    found = check(subject.routine, subject.plan, mix=subject.mixed).findings
    assert "bed-masks" in {finding.rule for finding in found}


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        pytest.param(rule.name, name, id=f"{rule.name}: {name}")
        for rule in RULES
        if rule.needs == "sound"
        for name in rule.limits
    ],
)
def test_every_limit_decides_something(rule: str, name: str) -> None:
    row = BY_NAME[rule]
    mixes = [
        _mix(
            {"voice": -23.0, "bed": bed, "chimes": chimes},
            {"voice": -23.0, "bed": -56.0, "chimes": -48.0},
            edges=(-39, -41),
            sleep=sleep,
        )
        for bed in (-32.0, -37.5, -48.5)
        for chimes in (-25.5, -60.0)
        for sleep in (False, True)
    ]
    limit = row.limits[name]
    moved = [
        replace(row, limits={**row.limits, name: Limit(limit.value * factor, limit.unit)})
        for factor in (0.5, 0.8, 1.25, 2)
    ]
    usual = [[(one.severity, one.message[:20]) for one in CHECKS[rule](mix, row)] for mix in mixes]
    assert any(
        [[(one.severity, one.message[:20]) for one in CHECKS[rule](mix, other)] for mix in mixes] != usual
        for other in moved
    )
