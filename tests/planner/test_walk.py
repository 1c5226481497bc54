"""The walk tells a visitor of everything in the order of play, and takes every choice from it."""

from __future__ import annotations

from collections.abc import Iterable

from tests.support.cases import NAMES
from voiceguide.errors import Diagnostic, Source
from voiceguide.planner.choices import Material
from voiceguide.planner.visitor import Round
from voiceguide.planner.walk import HEAD, Walk
from voiceguide.routine import Bed, Breathe, Node, Repeat, SoundRef, Within
from voiceguide.script import parse
from voiceguide.timeline import Event, Line
from voiceguide.units import SAMPLE_RATE, Elastic, frames

SECOND = SAMPLE_RATE


class _OneSecondEach:
    def line(self, line: Line) -> int:
        return SECOND

    def sound(self, sound: SoundRef) -> int:
        return SECOND


class _Diary:
    """A visitor that writes down what it is told, and chooses two rounds, one cycle, and the longest durations."""

    wants_breaths = False

    def __init__(self) -> None:
        self.lines: list[str] = []

    def _note(self, what: str, at: int) -> None:
        self.lines.append(f"{(at - HEAD) / SECOND:g} {what}")

    def add(self, event: Event) -> None:
        self._note(f"{event.kind} {event.text or ''}".strip(), event.start)

    def report(self, problem: Diagnostic) -> None:
        self.lines.append(problem.message)

    def chapter(self, title: str, start: int) -> None:
        self._note(f"chapter {title}".strip(), start)

    def bed(self, node: Bed, start: int) -> None:
        self._note(f"bed {node.sound.name if node.sound else 'none'}", start)

    def duration(self, elastic: Elastic) -> int:
        return frames(elastic.longest)

    def cycles(self, node: Breathe, *, in_block: bool) -> int:
        return 1

    def rounds(self, node: Repeat, *, in_block: bool) -> Iterable[Round]:
        self.lines.append("in a block" if in_block else "free")
        return [(1, 2), (2, 2)]

    def open_block(self, node: Within) -> int:
        self.lines.append("opened")
        return 20 * SECOND

    def close_block(self, node: Within, start: int, content: int, length: int) -> int:
        self.lines.append(f"closed with {content / SECOND:g} of {length / SECOND:g}")
        return start + length

    def passed(self, node: Node, now: int) -> None:
        pass


def _walked(script: str) -> tuple[list[str], Walk]:
    routine, findings = parse(Source("x.md", script), NAMES)
    assert findings == ()
    diary = _Diary()
    voices = {routine.settings.voice: "silent", "anna": "anna"}
    walk = Walk(Material.of(routine, voices, _OneSecondEach()), diary)
    for chapter in routine.chapters:
        walk.chapter(chapter.title or "", chapter.body)
    return diary.lines, walk


def test_loops_gaps_and_chapters_come_in_the_order_of_play() -> None:
    lines, walk = _walked(
        "# One\nSoften. Let go.\n[repeat 3] Round {n} of {total}. [end]\n\n# Two\n[each left, right] {each}. [end]\n"
    )
    assert lines == [
        "0 chapter One",
        "0 speech Soften.",
        "1.6 speech Let go.",
        "free",
        "3.2 speech Round 1 of 2.",
        "4.8 speech Round 2 of 2.",
        "7 chapter Two",
        "7 speech left.",
        "9.2 speech right.",
    ]
    assert walk.now - HEAD == round(10.2 * SECOND)


def test_every_choice_is_the_visitors() -> None:
    lines, _ = _walked("[pause 2s..4s] [breathe 4-6 x3] A. [within 20s] B. [repeat 2] C. [end] [end] [bed none] D.\n")
    assert lines == [
        "0 chapter",
        "0 pause",
        "14 speech A.",
        "opened",
        "15.6 speech B.",
        "in a block",
        "17.2 speech C.",
        "18.8 speech C.",
        "closed with 4.2 of 20",
        "19.8 pause",
        "35.6 bed none",
        "35.6 speech D.",
    ]


def test_what_is_handed_on_tells_who_speaks_and_what_was_heard() -> None:
    _, walk = _walked("A. [voice anna] [pace 0.9] B.\n")
    assert (walk.state.voice, walk.state.pace, walk.state.spoke_last) == ("anna", 0.9, True)
    _, walk = _walked("A. [pause 1s]\n")
    assert not walk.state.spoke_last
