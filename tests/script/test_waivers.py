"""Comments that switch a rule off: what they cover, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import NAMES
from tests.support.waiting import at_most
from voiceguide.errors import Source, Span
from voiceguide.script import parse, parse_file


def _covered(script: str) -> list[int]:
    """The lines where the rule 'vague-place' is off."""
    source = Source("x.md", script)
    routine, findings = parse(source, NAMES)
    assert findings == ()
    lines = range(1, len(source.lines) + 1)
    return [
        n
        for n in lines
        if any(w.rule == "vague-place" and w.covers(Span(source, n, 1)) for w in routine.waivers)
        and source.lines[n - 1]
    ]


OFF, ON = "<!-- check: off vague-place -->", "<!-- check: on vague-place -->"


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        (f"One.\n\n{OFF}\nTwo.\nThree.\n\nFour.\n", [3, 4, 5]),
        (f"One.\n\n{OFF}\n\nTwo.\n\nThree.\n", [3, 5]),
        (f"One.\nTwo. {OFF}\nThree.\n\nFour.\n", [1, 2, 3]),
        (f"One.\n\n{OFF} Two.\nThree.\n\nFour.\n", [3, 4]),
        (f"One.\n\n{OFF}\n<!-- and\n\nmore -->\n# Two\nThree.\n\nFour.\n", [3, 4, 6, 7, 8]),
        (f"One.\n\n{OFF}\n[repeat 2]\nTwo.\n\nThree.\n[end]\n", [3, 4, 5]),
        (f"One.\n\n{OFF}\nTwo.\n\nThree.\n\n{ON}\n\nFour.\n", [3, 4, 6, 8]),
        (f"One.\n\n{OFF}\nTwo.\n\nThree.\n\n{OFF}\nFour.\n\nFive.\n", [3, 4, 8, 9]),
        (f"One.\n\n{ON}\nTwo.\n", []),
        ("One.\n\n<!-- CHECK: Off density, vague-place: the hand lies there -->\nTwo.\n", [3, 4]),
        ("One.\n\n<!-- check: off density -->\nTwo.\n", []),
        ("One.\n\n<!-- check: is this too fast? -->\nTwo.\n", []),
        (f"---\nauthor: Ana\n---\n\n{OFF}\nTwo.", [5, 6]),
    ],
)
def test_what_a_comment_covers(script: str, lines: list[int]) -> None:
    assert _covered(script) == lines


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- check: off vage-place -->", "x.md:1:17: warning: there is no rule 'vage-place' (did you mean 'vague-place'?); this has no effect"),
        ("<!-- check: on edges, all -->", "x.md:1:23: warning: there is no rule 'all'; this has no effect"),
        ("<!-- check: off -->", "x.md:1:1: warning: this comment switches no rule off or on"),
        ("<!-- check: of edges -->", "x.md:1:1: warning: this comment switches no rule off or on"),
    ],
)  # fmt: skip
def test_a_comment_that_is_not_understood_is_told_of(comment: str, message: str) -> None:
    _, findings = parse(Source("x.md", f"{comment}\nHi.\n"), NAMES)
    assert [finding.render().splitlines()[0] for finding in findings] == [message]


def test_an_included_script_has_waivers_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "inner.md").write_text(f"{OFF}\nTwo.\n")
    (tmp_path / "outer.md").write_text("One.\n[include inner.md]\n[include inner.md]\nThree.\n")
    routine, findings = parse_file(tmp_path / "outer.md", NAMES)
    assert findings == ()
    assert routine is not None
    assert [(Path(waiver.file).name, waiver.start, waiver.end) for waiver in routine.waivers] == [
        ("inner.md", (1, 1), (2, 6))
    ]


def test_unknown_rules_and_levels_in_the_front_matter() -> None:
    _, findings = parse(Source("x.md", "---\nchecks: {silence-gp: off, density: of}\n---\nHi.\n"), NAMES)
    assert [finding.render() for finding in findings] == [
        "x.md:2:10: warning: there is no rule 'silence-gp' (did you mean 'silence-gap'?); this has no effect\n"
        "    checks: {silence-gp: off, density: of}\n"
        "             ^^^^^^^^^^\n"
        "    help: voiceguide check --rules lists them",
        "x.md:2:36: error: 'of' must be off, warning or error (did you mean 'off'?)\n"
        "    checks: {silence-gp: off, density: of}\n"
        "                                       ^^",
    ]


@pytest.mark.parametrize(
    "text",
    [
        OFF * 30_000 + "Hi.",
        (OFF + "\n") * 30_000 + "Hi.",
        "<!-- check: off " + "edges " * 150_000 + "-->Hi.",
        "a\n" * 20_000 + OFF * 5000,
    ],
    ids=["in a row", "in a column", "names", "a long paragraph"],
)
def test_very_many_comments_take_no_long_time(text: str) -> None:
    with at_most(4):  # under a second on an idle machine
        parse(Source("x.md", text), NAMES)
