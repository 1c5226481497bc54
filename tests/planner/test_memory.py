"""Chapters that are planned again: looked through and measured only when they are others."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.planner.test_properties import UnevenLengths
from tests.support.cases import NAMES
from voiceguide import planner
from voiceguide.errors import Source
from voiceguide.planner.memory import Memory, content_of
from voiceguide.routine import PlaySound, Routine, SoundRef
from voiceguide.script import parse
from voiceguide.timeline import Line, Timeline

TEXT = (
    "---\nlength: 1m\n---\n# One\n\nFirst. It is 1 of 2. [pause ~9s]\n\n# Two\n\nSecond. [pause 2s..19s] [chime bowl]\n"
)


class Counted(UnevenLengths):
    """Counts how often each line is measured."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def line(self, line: Line) -> int:
        self.asked[line.text] += 1
        return super().line(line)


def _routine(text: str) -> Routine:
    routine, findings = parse(Source("x.md", text), NAMES)
    assert not findings
    return routine


def _plan(text: str, memory: Memory | None, lengths: UnevenLengths) -> Timeline:
    routine = _routine(text)
    planner.lines(routine, {"auto": "a"}, memory=memory)
    return planner.plan(routine, {"auto": "a"}, lengths, memory)[0]


def test_only_the_changed_chapter_is_measured() -> None:
    memory, lengths = Memory(), Counted()
    _plan(TEXT, memory, lengths)
    first = Counter(lengths.asked)
    lengths.asked.clear()
    changed = TEXT.replace("First", "Before the first")
    timeline = _plan(changed, memory, lengths)
    assert lengths.asked["Second."] == first["Second."] - 1, "it is laid out, and not measured"
    assert lengths.asked["Before the first."] == first["First."]
    assert timeline == _plan(changed, None, UnevenLengths())


def test_lengths_that_are_others_are_measured_again() -> None:
    class Longer(UnevenLengths):
        def line(self, line: Line) -> int:
            return super().line(line) + 20_000

    memory = Memory()
    _plan(TEXT, memory, UnevenLengths())
    memory.forget_lengths()
    assert _plan(TEXT, memory, Longer()) == _plan(TEXT, None, Longer())


@pytest.mark.parametrize("setting", ["pace: 1.2", "takes: same", "gaps: {sentence: 2s}", "spoken: as-written"])
def test_another_setting_holds_for_every_chapter(setting: str) -> None:
    memory = Memory()
    _plan(TEXT, memory, UnevenLengths())
    changed = TEXT.replace("length: 1m", f"length: 1m\n{setting}")
    assert _plan(changed, memory, UnevenLengths()) == _plan(changed, None, UnevenLengths())


def test_a_chapter_has_the_same_content_wherever_it_stands() -> None:
    body = "[repeat 2]\nRound {n}. [hold ~5s]\n[end]\n\n[breathe box x3] [each side: left, right] The {side}. [end]\n"
    first, second = (_routine(text).chapters[0].body for text in (body, f"> Above it.\n\n{body}"))
    assert first != second
    assert content_of(first) == content_of(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rest. Sit.", "Rest.\n\nSit."),
        ("[pause 5s]", "[hold 5s]"),
        ("[pause ~5s]", "[pause 5s]"),
        ("[repeat 2] Rest. [end]", "[repeat 3] Rest. [end]"),
        ("[repeat 2] Rest. [end]", "[repeat 2] Rest. [pause 1s] [end]"),
        ("[each left, right] {each}. [end]", "[each a: left, right] {a}. [end]"),
        ("[repeat 2] {n}. [end]", "[repeat 2] {total}. [end]"),
        ("[take 2] Rest.", "Rest."),
        ("[chime bell]", "[chime bell -6dB]"),
    ],
)
def test_what_is_heard_otherwise_is_another_content(one: str, other: str) -> None:
    assert content_of(_routine(one).chapters[0].body) != content_of(_routine(other).chapters[0].body)


def test_a_file_has_no_content_that_stays() -> None:
    (node,) = (node for node in _routine("Listen. [sound bell]").nodes() if isinstance(node, PlaySound))
    own = PlaySound(SoundRef("bell", Path("bell.flac")), node.under, node.level, node.span)
    assert content_of((node,)) is not None
    assert content_of((own,)) is None


def test_what_is_too_much_to_try_is_so_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[planner.lines.__module__], "MOST_TRIED", 12)
    longer = TEXT + "# Three\n\nThird. Fourth. Fifth. Sixth. [pause ~2s]\n"
    memory = Memory()
    assert planner.lines(_routine(TEXT), {"auto": "a"}, memory=memory)[1] == ()
    again = planner.lines(_routine(longer), {"auto": "a"}, memory=memory)
    assert again[1]
    assert again == planner.lines(_routine(longer), {"auto": "a"})
