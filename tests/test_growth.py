"""What any input costs: processor time and memory in proportion to its size, for every element of the grammars.

Each input is one element again and again. A reader whose time grew with the square would need sixteen times as long
for four times the text; the limit lies between that and four.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cases import NAMES, FixedLengths
from tests.support.waiting import HANGS, at_most
from voiceguide import planner
from voiceguide.checks import check
from voiceguide.errors import Source
from voiceguide.importing import translate
from voiceguide.planner.choices import Material
from voiceguide.planner.fitting import Fitting
from voiceguide.routine import Routine
from voiceguide.script import parse

KIB = 1024
_TIMES = 8.0  # as long, for four times the text
_SLACK = 0.1  # seconds
_MEMORY = 40 * KIB * KIB  # bytes, for 64 KiB of text

SCRIPT = {
    "headings": "# T\n",
    "optional chapters": "## T [optional]\n\nHi.\n\n",
    "optional chapters in order": "# T [optional 2]\nHi.\n# U [optional]\n[pace 1.1]\nHo.\n",
    "pauses": "[pause 1s] ",
    "elastic pauses": "A. [pause ~3s] ",
    "holds": "[hold 9s halfway]\n",
    "chimes": "[chime] ",
    "breaths": "[breathe 4-6 x2] ",
    "counts": "[count 3] ",
    "sounds": "[sound bell]\n",
    "beds": "[bed brown]\n",
    "paces": "[pace 1.1]\nA.\n",
    "loops": "[repeat 2]\nGo {n}.\n[end]\n",
    "elastic loops": "[repeat ~3]\nGo.\n[end]\n",
    "each": "[each a, b]\n{each}.\n[end]\n",
    "blocks of a length": "[within 9s]\nHi.\n[end]\n",
    "open loops": "[repeat 2]\n",
    "ends of nothing": "[end]\n",
    "open braces": "{",
    "unknown names": "{x} ",
    "open brackets": "[",
    "brackets and brackets": "[a](",
    "links": "[a](b) ",
    "pictures": "![a](b) ",
    "emphasis": "*a* ",
    "marks of emphasis": "*_",
    "stars": "**a",
    "backticks": "``a",
    "comments": "<!-- c -->",
    "comments within": "<!-- ",
    "comments on lines": "a <!--\n-->\n",
    "quotes": "> q\n",
    "lists": "- a\n",
    "nested lists": "  - a\n",
    "tables": "| a | b |\n",
    "backslashes": "\\",
    "line ends": "\n",
    "tiny lines": "a\n",
    "tiny sentences": "A. ",
    "stops": ". ",
    "a long line": "a",
    "html": "<b>a</b> ",
    "entities": "&amp; ",
    "rules": "---\n",
    "underlined": "A\n===\n",
    "code": "```\n",
    "struck": "~~a~~ ",
    "highlights": "==a",
    "wiki links": "[[a|b]] ",
    "references": "[a]: /b\n\n[c][a] ",
    "footnotes": "a[^1] ",
    "table rows": "| a |\n|---|\n| b |\n",
    "struck elements": "<del>a ",
    "items in items": "- - a\n",
    "deep items": "- ",
    "tags with attributes": "<a b c=d ",
    "unknown cues": "[puase 3s]\n",
}
MARKS = {
    "sections": "#[x] ",
    "dots": "... ",
    "words and dots": "a... ",
    "pauses": "[pause] ",
    "breaths": "[breathe in] [hold] ",
    "times": "[0:05] ",
    "open brackets": "[a",
    "round brackets": "(((",
    "angles": "<",
    "stars": "*a",
    "underscores": "a_ ",
    "backticks": "`a",
    "plus": "++a++ ",
    "comments": "<!-- a --> ",
    "comments on lines": "<!--\n",
    "html": "<p>",
    "breaks": '<break time="1s"/> ',
    "modified": '(a)[b:"c"] ',
    "links": "[a](b) ",
    "struck": "~~a~~ ",
    "entities": "&amp; ",
    "blanks": "____ ",
    "placeholders": "[NAME], a ",
    "emphasised pauses": "*pause* A. ",
    "counts": "3\n2\n1\n",
    "labels": "Narrator: a\n",
    "wiki links": "[[a|b]] ",
    "headings": "# x\n",
    "underlined": "x\n---\n",
    "lists": "- x\n",
    "quotes": "> x\n",
    "line ends": "\n",
    "a long line": "a",
}
MARKUP = {
    "breaks": '<break time="1s"/>',
    "words and breaks": "a<break/>",
    "sentences": "<s>a</s>",
    "paragraphs": "<p>a b.</p>",
    "emphasis": "<emphasis>x</emphasis>",
    "comments": "<!-- c -->",
    "entities": "&amp;",
    "words": "a b. ",
    "rates": '<prosody rate="slow">a</prosody> ',
    "said as": '<say-as interpret-as="date">2020</say-as>',
    "sounds": '<audio src="x.mp3"/>',
    "voices": '<voice name="x">a</voice>',
    "instructions": "<?x y?>",
    "unknown": "<x:y/>",
    "at the same time": "<par>x</par>",
    "open tags": "<p>",
}


def of_size(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def read_script(text: str) -> None:
    """Reads, plans and checks a script, as far as it has no errors."""
    routine, findings = parse(Source("x.md", text), NAMES)
    for finding in findings:
        finding.to_json()
    if routine is not None and not any(finding.severity == "error" for finding in findings):
        _planned(routine)


def _planned(routine: Routine) -> None:
    voices = {name: name for name in planner.voice_names(routine)}
    _, problems = planner.lines(routine, voices, any_length=True)
    if problems:
        check(routine)
        return
    timeline, _ = planner.plan(routine, voices, FixedLengths())
    check(routine, timeline)
    fitting = Fitting(routine, Material.of(routine, voices, FixedLengths()))
    reach = fitting.range()
    fitting.fitted((reach.natural + reach.shortest) // 2)


def read_marks(text: str) -> None:
    translate(Source("x.txt", text), form="text")


def read_markup(text: str) -> None:
    translate(Source("x.ssml", f"<speak>{text}</speak>"), form="ssml")


CASES = [
    pytest.param(read, unit, id=f"{form}: {name}")
    for form, read, units in (
        ("script", read_script, SCRIPT),
        ("marks", read_marks, MARKS),
        ("ssml", read_markup, MARKUP),
    )
    for name, unit in units.items()
]


def _seconds(read: Callable[[str], None], text: str) -> float:
    """Processor time of one reading, without the collector, whose work grows with all that other tests left behind."""
    gc.disable()
    try:
        begin = time.process_time()
        read(text)
        return time.process_time() - begin
    finally:
        gc.enable()


@pytest.mark.parametrize(("read", "unit"), CASES)
def test_time_grows_with_the_text(read: Callable[[str], None], unit: str) -> None:
    read(of_size(unit, KIB))  # what is loaded and remembered once
    short, long = of_size(unit, 8 * KIB), of_size(unit, 32 * KIB)
    tries = range(5)  # another only where one was disturbed: both are measured side by side each time
    assert any(_seconds(read, long) < _TIMES * _seconds(read, short) + _SLACK for _ in tries)


_LARGE = ("tiny sentences", "optional chapters", "open brackets", "comments within", "emphasis", "dots", "sections")
LARGE = [case for case in CASES if str(case.id).partition(": ")[2] in _LARGE]


@pytest.mark.parametrize(("read", "unit"), LARGE)
def test_memory_grows_with_the_text(read: Callable[[str], None], unit: str) -> None:
    read(of_size(unit, KIB))
    short, long = (_memory(read, of_size(unit, size * KIB)) for size in (16, 64))
    assert long < 6 * short + 2 * KIB * KIB
    assert long < _MEMORY


def _memory(read: Callable[[str], None], text: str) -> int:
    tracemalloc.start()
    try:
        read(text)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def peak() -> int:
    """The peak memory of this process in KiB. It is known on Linux only without that of the one that started it."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])


def _alone(call: str) -> int:
    """What a call of this module gives in a process of its own, for the memory of patterns is not Python's."""
    if sys.platform != "linux":
        pytest.skip("a process's own peak is known on Linux only")
    code = f"from tests.test_growth import *; print({call})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=HANGS, check=True)
    return int(done.stdout)


def peak_of_marks(name: str) -> int:
    read_marks(of_size(MARKS[name], 1024 * KIB))
    return peak()


@pytest.mark.parametrize("name", ["dots", "words and dots", "comments on lines", "sections"])
def test_a_large_text_with_marks_takes_seconds_and_little_memory(name: str) -> None:
    assert _alone(f"peak_of_marks({name!r})") < 250 * KIB  # what is imported takes 50 MiB of it


# -- what once took the square of the time


def memory_of_eight_thousand_chapters() -> int:
    """By how many KiB the process grows with them, beyond what it takes to read them. They are planned in time."""
    text = "Start.\n\n" + "# C [optional]\nHello. [pause ~3s]\n" * 8_000
    routine, _ = parse(Source("x.md", text), NAMES)
    assert routine is not None
    before, voices = peak(), {"auto": "v"}
    with at_most(3):
        planner.lines(routine, voices, any_length=True)
        fitted = Fitting(routine, Material.of(routine, voices, FixedLengths())).fitted(600 * 44_100)
    assert fitted is not None
    return peak() - before


def test_eight_thousand_optional_chapters_are_planned_in_a_second_or_two_and_100_megabytes() -> None:
    assert _alone("memory_of_eight_thousand_chapters()") < 100 * KIB


def test_optional_chapters_that_change_the_pace_of_all_that_follows_are_told_apart_up_to_a_limit() -> None:
    changing = "".join(
        f"# C [optional {number}]\n[pace {1 + number / 10_000:.4f}]\nHo.\n" for number in range(1, 2_001)
    )
    routine, _ = parse(Source("x.md", changing + "# D\nHi.\n" * 2_000), NAMES)
    assert routine is not None
    with at_most(8):
        _, problems = planner.lines(routine, {"auto": "v"}, any_length=True)
    assert [problem.severity for problem in problems] == ["error"]
    assert "more than 300,000 events would have to be tried" in problems[0].message


def test_very_many_numbers_are_chosen_all_by_the_same_share() -> None:
    routine, _ = parse(Source("x.md", "[repeat ~3]\nGo. [pause ~1s]\n[end]\n" * 2_000), NAMES)
    assert routine is not None
    fitting = Fitting(routine, Material.of(routine, {"auto": "v"}, FixedLengths()))
    reach = fitting.range()
    frames = reach.natural + (reach.longest - reach.natural) * 9 // 10
    with at_most(6):
        fitted = fitting.fitted(frames)
    assert fitted is not None
    numbers = [rounds.chosen for rounds in fitted.fit.rounds]
    assert max(numbers) - min(numbers) <= 1


def test_counts_again_and_again_take_no_longer_than_their_events() -> None:
    routine, _ = parse(Source("x.md", "[repeat 99][count 1000 every 0.1s]\n\nHi.\n\n[end]\n"), NAMES)
    assert routine is not None
    with at_most(3):
        planner.lines(routine, {"auto": "v"})


def test_an_import_has_no_more_marks_than_a_session_events() -> None:
    made, problems = translate(Source("x.txt", "#[x] " * 100_001), form="text")
    assert made is None
    assert [problem.message for problem in problems] == [
        "up to here there are more than 100,000 marks, headings and list items, the most there can be"
    ]
