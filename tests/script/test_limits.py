"""Limits, each with a clear error, and texts of a mebibyte that are made to take long."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import NAMES
from tests.support.waiting import at_most
from voiceguide.errors import Diagnostic, Source, has_errors
from voiceguide.routine import walk
from voiceguide.script import parse, parse_file

MIB = 1024 * 1024


def _findings(text: str) -> tuple[Diagnostic, ...]:
    return parse(Source("x.md", text), NAMES)[1]


def _messages(text: str) -> list[str]:
    return [finding.message for finding in _findings(text)]


# -- events


@pytest.mark.parametrize(
    ("fits", "passes"),
    [
        ("[repeat 100000]\nHi.\n[end]", "[repeat 100001]\nHi.\n[end]"),
        ("[repeat 50000]\nHi. [pause 1s]\n[end]", "Ho. [repeat 50000]\nHi. [pause 1s]\n[end]"),
        ("[repeat 1000][each a, b][repeat 50] Hi. [end][end][end]", "[repeat 1001][each a, b][repeat 50] Hi. [end][end][end]"),
        ("[repeat 1..50000][count 2][end]", "[repeat 1..50001][count 2][end]"),
        ("[repeat 50000][hold 1s][end]", "[repeat 50000][hold 1s halfway][end]"),
        ("[repeat 10][hold 9998s count][end]", "[repeat 10][hold 9999s count][end]"),
        ("[breathe 1-1 x50000 words none]", "[breathe 1-1 x50000 words 1]"),
        ("[breathe 1-1-1 x20000 words none swell]", "[breathe 1-1-1 x20001 words none swell]"),
        ("[repeat 1000][chime x100][end]", "[repeat 1001][chime x100][end]"),
        ("[repeat 50000][within 1s] Hi. [end][end]", "[repeat 50001][within 1s] Hi. [end][end]"),
    ],
)  # fmt: skip
def test_a_hundred_thousand_events_fit_and_one_more_does_not(fits: str, passes: str) -> None:
    assert _messages(fits) == []
    (message,) = _messages(passes)
    assert message.startswith("up to here the session would have 1")
    assert message.endswith("events; it can have 100,000 at most")


@pytest.mark.parametrize(
    "text",
    [
        "Hi. [repeat 10000000] Ho. [end]",
        "Hi. [repeat 999999999999] [end]",
        "Hi. [repeat 1000][repeat 1000][repeat 1000] [end][end][end]",
        "Hi. [repeat 100000][voice a][voice b][end]",
        "Hi. [breathe 4-6 x999999999999]",
        "Hi." + "[repeat 99999]" * 8 + "[end]" * 8,
        "[each " + "a," * 60_000 + "a][each b, c] [end][end] Hi.",
    ],
)
def test_what_would_run_away_is_told_at_once(text: str) -> None:
    with at_most(2):
        assert [message for message in _messages(text) if "it can have 100,000 at most" in message]


# -- text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("[repeat 50000]\n" + "word " * 900 + "{n}.\n[end]", "up to here the session has 225,300,000 characters"),
        ("[each " + "a" * 500_000 + "]\n" + "{each}. " * 60_000 + "[end]", "up to here the session has 2,000,00"),
        ("---\nvariables: {v: " + "x" * 900 + "}\n---\n" + "{v}.\n\n" * 100_000, "up to here the variables put more than 2 MiB"),
        ("word " * 1001, "this sentence has 5,004 characters; 5,000 is the most it can have"),
        ("---\npronounce:\n" + "".join(f" w{n}: x\n" for n in range(1001)) + "---\nHi.", "here are 1,001 words to pronounce"),
    ],
    ids=["rounds", "items", "variables", "sentence", "pronounce"],
)  # fmt: skip
def test_text_that_no_session_could_hold_is_told_and_never_built(text: str, start: str) -> None:
    with at_most(5):
        assert any(message.startswith(start) for message in _messages(text))


# -- files


def test_an_include_for_ever_new_blocks_is_read_a_few_times_only(tmp_path: Path) -> None:
    (tmp_path / "big.md").write_text("> note\n" * 100_000)
    blocks = "".join(f"[each a{n}: x]\n[include big.md]\n[end]\n" for n in range(20_000))
    (tmp_path / "x.md").write_text(blocks + "Hi.\n")
    with at_most(10):
        _, findings = parse_file(tmp_path / "x.md", NAMES)
        assert [finding.message for finding in findings] == [
            "up to here 4 MiB of scripts are included, the most that can be"
        ]


def test_includes_in_blocks_count_as_often_as_they_stand_there(tmp_path: Path) -> None:
    (tmp_path / "many.md").write_text("Hi.\n" * 1000)
    (tmp_path / "x.md").write_text("[repeat 1]\n" + "[include many.md]\n" * 100 + "[end]\n")
    assert not has_errors(parse_file(tmp_path / "x.md", NAMES)[1])
    (tmp_path / "x.md").write_text("[repeat 1]\n" + "[include many.md]\n" * 20_000 + "[end]\n")
    routine, findings = parse_file(tmp_path / "x.md", NAMES)
    assert [finding.message for finding in findings] == [
        "with this include the session passes 100,000 events, the most it can have"
    ]
    assert routine is not None
    assert routine.chapters == ()


def test_a_script_included_at_depth_is_counted_once(tmp_path: Path) -> None:
    for level in range(1, 8):
        (tmp_path / f"{level}.md").write_text(f"[include {level + 1}.md]\n")
    (tmp_path / "8.md").write_text("Hi.\n" * 30_000)
    (tmp_path / "x.md").write_text("[include 1.md]\n")
    routine, findings = parse_file(tmp_path / "x.md", NAMES)
    assert findings == ()
    assert routine is not None
    assert sum(1 for chapter in routine.chapters for _ in walk(chapter.body)) == 30_000


@pytest.mark.parametrize(("outside", "inside", "fits"), [(4, 4, True), (8, 0, True), (5, 4, False), (0, 9, False)])
def test_blocks_around_an_include_and_in_it_are_eight_deep_together(
    outside: int, inside: int, fits: bool, tmp_path: Path
) -> None:
    (tmp_path / "part.md").write_text("[repeat 1]" * inside + "Hi." + "[end]" * inside)
    (tmp_path / "x.md").write_text("[repeat 1]" * outside + "[include part.md]" + "[end]" * outside)
    _, findings = parse_file(tmp_path / "x.md", NAMES)
    assert [f.message for f in findings] == ([] if fits else ["blocks can stand inside each other 8 deep at most"])


# -- texts that are made to take long


def _many(part: str) -> str:
    return part * (MIB // len(part))


LONG = {
    "links that are never closed": _many("[x]("),
    "comments on one line": _many("<!---->"),
    "stops before a letter": "." * MIB + "x",
    "stops and quotes before a letter": "." * (MIB // 2) + '"' * (MIB // 2) + "x",
    "a heading full of spaces": "# a" + " " * MIB + "b",
    "marks in two heaps": "*" * (MIB // 2) + "a" + "*" * (MIB // 2),
    "open brackets": _many("["),
    "open braces": _many("{ "),
    "unknown cues": _many("[paus]"),
    "ends of nothing": _many("[end]"),
    "blocks in blocks": _many("[repeat 2]"),
    "lists in lists": _many("- "),
    "sentences": _many("One two three. "),
    "one word": "a" * MIB,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_mebibyte_takes_seconds_at_most(text: str) -> None:
    with at_most(15):  # usually under 3; a quadratic way takes many minutes
        _findings(text)


TOUR = {
    "an empty file": "",
    "white space": " \n\t\n",
    "ten million rounds": "[repeat 10000000]\nHi.\n[end]\n",
    "a thousand errors": "[puase 1s] {who} [pause 5]\n\n" * 333,
    "a bomb of aliases": "---\n" + "".join(f"a{n}: &a{n} [{'*a' * 9}]\n" for n in range(50)) + "---\nHi.\n",
    "deep YAML": "---\na: " + "[" * 20_000 + "\n---\nHi.\n",
    "a thousand blocks": "[repeat 2]\n" * 1000 + "Hi.\n" + "[end]\n" * 1000,
    "a thousand unclosed brackets": "[ " * 1000,
    "control characters": "".join(map(chr, range(1, 32))) * 100,
    "twelve hours and a second": "[pause 12h] [pause 1s]",
}


@pytest.mark.parametrize("text", TOUR.values(), ids=TOUR.keys())
def test_a_tour_of_bad_scripts_takes_less_than_a_second_each(text: str) -> None:
    with at_most(1):
        findings = _findings(text)
        for finding in findings:
            assert finding.render().startswith(f"x.md:{finding.span.line}:{finding.span.column}: {finding.severity}: ")
    assert has_errors(findings) or "twelve" not in text  # twelve hours are the planner's to tell
