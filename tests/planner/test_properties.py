"""What holds for the plan of any script, with clips of any length."""

from __future__ import annotations

import zlib
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.support.cases import NAMES, plan
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.routine import Each, Node, Repeat, Routine, Sentence, SoundRef, Within, filled
from voiceguide.script import parse
from voiceguide.timeline import Line, Timeline
from voiceguide.units import SAMPLE_RATE, frames

_RINGING = ("bowl", "bell", "tick")


class UnevenLengths:
    """Lengths that are no round numbers, the same for the same text and pace."""

    def line(self, line: Line) -> int:
        return 3_000 + zlib.crc32(f"{line.text} {line.pace}".encode()) % 90_001

    def sound(self, sound: SoundRef) -> int:
        return 1_000 + zlib.crc32(sound.name.encode()) % 700_001


_WORDS = st.sampled_from(["Press", "Circle {n}", "The {side} side", "Breathe", "Rest, and feel it"])
_TIMES = st.sampled_from(["0s", "0.013s", "1.5s", "~3s", "2s..7s"])
_CUES = st.one_of(
    st.builds("[pause {}]".format, _TIMES),
    st.sampled_from(["[hold 2.7s count]", "[hold ~6s countdown halfway]", "[count 3]", "[count 3 to 1 every 0.7s]"]),
    st.sampled_from(["[breathe 1.1-1.7 x3 swell]", "[breathe sigh x2 words all]", "[breathe 0.9-0.2-1.3 for 10s]"]),
    st.builds("[chime {} x2 every 1.3s]".format, st.sampled_from(_RINGING)),
    st.sampled_from(["[sound tick]", "[sound bell under]", "[bed brown fade 3s]", "[bed none]", "[pace 1.3]"]),
    st.sampled_from(["[voice ana]", "\n\n", "\n\n# Part {n}\n\n", "\n\n## Other\n\n"]),
)
_PIECES = st.lists(st.one_of(_WORDS.map(lambda words: f"{words}. "), _CUES), min_size=1, max_size=5).map("".join)
_BLOCKS = st.recursive(
    _PIECES,
    lambda inner: st.builds(
        "{0}\n{2}\n[end]\n{1}".format,
        st.sampled_from(["[repeat 2]", "[each side: left, right]", "[within 9m]"]),
        _PIECES,
        inner,
    ),
    max_leaves=4,
)
_SCRIPTS = st.builds("[repeat 1] [each side: both]\nStart.\n{}\n[end] [end]\n".format, _BLOCKS)


def _routine(script: str) -> Routine:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert [finding.render() for finding in findings if finding.severity == "error"] == []
    return routine


def _said(body: tuple[Node, ...], values: dict[str, str]) -> list[str]:
    """Every sentence in the order in which it is heard."""
    texts: list[str] = []
    for node in body:
        match node:
            case Sentence():
                texts.append(filled(node.text, values))
            case Repeat():
                rounds = node.rounds.natural
                for n in range(1, rounds + 1):
                    texts += _said(node.body, {**values, "n": str(n), "total": str(rounds)})
            case Each():
                for item in node.items:
                    texts += _said(node.body, {**values, node.name: item})
            case Within():
                texts += _said(node.body, values)
    return texts


@given(_SCRIPTS)
@settings(max_examples=150, deadline=None)
def test_every_sentence_is_said_in_its_order_and_nothing_else_is(script: str) -> None:
    routine = _routine(script)
    timeline, _ = plan(routine, UnevenLengths())
    expected = [text for chapter in routine.chapters for text in _said(chapter.body, {})]
    sentences = [event.text for event in timeline.events if event.kind == "speech" and str(event.text).endswith(".")]
    assert sentences == expected


@given(_SCRIPTS)
@settings(max_examples=150, deadline=None)
def test_the_session_ends_two_seconds_after_its_last_event_or_when_the_last_chime_has_rung_out(script: str) -> None:
    timeline, _ = plan(_routine(script), UnevenLengths())
    rung = [event.end for event in timeline.events if event.kind == "chime"]
    others = [event.end for event in timeline.events if event.kind not in ("chime", "bed")]
    end = max([*rung, max(others) + 2 * SAMPLE_RATE])
    struck = [
        event.start + 5 * SAMPLE_RATE // 2 + 2 * SAMPLE_RATE for event in timeline.events if event.kind == "chime"
    ]
    assert end <= timeline.frames <= max([end, *struck])
    assert all(event.end <= timeline.frames for event in timeline.events)
    assert all(event.fade_in >= 0 and event.fade_out >= 0 for event in timeline.events)
    assert min(event.start for event in timeline.events if event.kind != "bed") == SAMPLE_RATE


@given(_SCRIPTS)
@settings(max_examples=100, deadline=None)
def test_the_lines_to_speak_are_those_of_the_plan(script: str) -> None:
    routine = _routine(script)
    voices = {name: f"full-{name}" for name in planner.voice_names(routine)}
    lines, _ = planner.lines(routine, voices)
    timeline, _ = planner.plan(routine, voices, UnevenLengths())
    spoken = [clip.source for _, clip in timeline.sounding() if isinstance(clip.source, Line)]
    assert set(lines) == set(spoken)
    assert {line.voice for line in spoken} <= set(voices.values())


@given(_BLOCKS)
@settings(max_examples=100, deadline=None)
def test_a_block_of_an_exact_length_puts_what_follows_on_its_frame(inside: str) -> None:
    block = f"[each side: both] [repeat 1] [within 2h] [pause 1s]\n{inside}\n[end] [end] [end]\n"
    timeline, problems = plan(_routine(f"Before. {block} After.\n"), UnevenLengths())
    assume(not [problem for problem in problems if problem.severity == "error"])  # nine minutes in nine minutes
    before = next(event for event in timeline.events if event.text == "Before.")
    after = next(event for event in timeline.events if event.text == "After.")
    assert after.start - before.end == 2 * 3600 * SAMPLE_RATE


def _phases(timeline: Timeline) -> list[int]:
    return [event.start for event in timeline.events if event.kind == "breath"]


@pytest.mark.parametrize("pattern", ["5.5-5.5", "4-6", "1.1-1.3", "3.3333-2.7-4.1-0.9", "(2.05+1.05)-6.1", "5.7-3.31"])
def test_an_hour_of_breathing_is_exact_to_the_frame(pattern: str) -> None:
    routine = _routine(f"[breathe {pattern} for 60m words none]\n")
    starts = _phases(plan(routine, UnevenLengths())[0])
    parts = [Fraction(number) for part in pattern.split("-") for number in part.strip("()").split("+")]
    cycles = len(starts) // len(parts)
    assert abs(cycles * sum(parts) - 3600) <= sum(parts) / 2
    places = [Fraction(0)]
    for _ in range(cycles):
        for part in parts:
            places.append(places[-1] + part)
    assert starts == [SAMPLE_RATE + frames(place) for place in places[:-1]]


@pytest.mark.parametrize(
    ("script", "line"),
    [
        ("[pause 11h]\n[pause 1h]\n[pause 1s]\n", 2),
        ("[pause 11h59m59s]\n", 1),
        ("[pause 1h]\n[chime bowl x100 every 10m]\n[pause 1s]\n", 2),
        ("[hold 11h59m56s]\n[breathe 1-1 x1 words none]\n", 2),
        ("Hi.\n[repeat 13]\n[pause 1h]\n[end]\n", 3),
    ],
)
def test_the_first_place_past_twelve_hours_is_told_once(script: str, line: int) -> None:
    _, problems = plan(_routine(script), UnevenLengths())
    assert [problem.message for problem in problems] == [
        "up to here the session lasts longer than 12 hours, the most it may"
    ]
    assert problems[0].span.line == line


def test_twelve_hours_to_the_frame_fit() -> None:
    timeline, problems = plan(_routine("[pause 11h59m57s]\n"), UnevenLengths())
    assert problems == ()
    assert timeline.frames == 12 * 3600 * SAMPLE_RATE
