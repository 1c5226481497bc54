"""Diagnostics as they are printed."""

from __future__ import annotations

import pytest

from tests.support.waiting import at_most
from voiceguide.errors import Diagnostic, ScriptError, Source, Span, did_you_mean, nearest


def _rendered(text: str, line: int, column: int, length: int = 1, hint: str | None = None) -> list[str]:
    return Diagnostic(Span(Source("x.md", text), line, column, length), "error", "wrong", hint).render().split("\n")


def test_a_finding_shows_its_place_its_line_and_a_caret() -> None:
    assert _rendered("one\ntwo three\n", 2, 5, 5, "say four") == [
        "x.md:2:5: error: wrong",
        "    two three",
        "        ^^^^^",
        "    help: say four",
    ]


def test_the_caret_stands_under_wide_combining_and_tabbed_characters() -> None:
    assert _rendered("\t休みx", 1, 4)[1:] == ["    \t休みx", "    \t    ^"]
    assert _rendered("e\u0301x", 1, 3)[1:] == ["    e\u0301x", "     ^"]
    assert _rendered("休", 1, 1)[2] == "    ^^"


def test_a_long_line_is_shown_in_part() -> None:
    shown = _rendered("a" * 500 + "X" + "b" * 500, 1, 501)
    assert len(shown[1]) < 180
    assert shown[1][len(shown[2]) - 1] == "X"


def test_control_characters_cannot_drive_the_terminal() -> None:
    assert _rendered("\x1b[2Jhi\u202e", 1, 5)[1] == "    ·[2Jhi·"


def test_words_of_a_script_in_a_message_cannot_drive_the_terminal_or_fill_it() -> None:
    span = Span(Source("x.md", "Hi."), 1, 1)
    head, _, _, hint = Diagnostic(span, "error", "unknown cue '\x1b]0;x\x07'", "say \x1b[2J").render().split("\n")
    assert head == "x.md:1:1: error: unknown cue '·]0;x·'"
    assert hint == "    help: say ·[2J"
    long = Diagnostic(span, "error", "unknown cue '" + "a" * 1_000_000 + "', so there").render()
    assert len(long) < 1000
    assert long.split("\n")[0].endswith("', so there")


def test_a_place_without_a_line_has_no_excerpt() -> None:
    assert _rendered("", 1, 1) == ["x.md:1:1: error: wrong"]


@pytest.mark.parametrize(
    ("word", "found"), [("puase", "pause"), ("PAUSE", "pause"), ("brethe", "breathe"), ("xyz", None)]
)
def test_the_nearest_name(word: str, found: str | None) -> None:
    names = ("pause", "breathe", "hold")
    assert nearest(word, names) == found
    assert did_you_mean(word, names) == (f" (did you mean '{found}'?)" if found else "")


def test_a_very_long_word_and_very_many_names_are_not_compared_for_long() -> None:
    with at_most(1):
        assert nearest("a" * 1_000_000, ["pause"]) is None
        assert nearest("pauze", ("pause", *(f"name{n}" for n in range(1_000_000)))) == "pause"


def test_a_script_error_carries_all_findings() -> None:
    findings = [Diagnostic(Span(Source("x.md", "a\nb"), line, 1), "error", f"wrong {line}") for line in (1, 2)]
    error = ScriptError(findings)
    assert error.diagnostics == tuple(findings)
    assert "x.md:1:1: error: wrong 1" in str(error)
    assert "x.md:2:1: error: wrong 2" in str(error)
