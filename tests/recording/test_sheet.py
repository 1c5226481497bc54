from __future__ import annotations

from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.command_line import Run
from tests.support.paths import ROUTINES
from voiceguide.recording.sheet import Sheet, as_html, as_text, has_part, numbers_of, sheet
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

SCRIPT = """---
voice: anna
pronounce: {gua sha: gwah shah}
---
Hold the gua sha stone. [count 2]
[voice Bob] And I am Bob. [voice recorded:Carla] Good <b>evening</b> & "welcome".
[voice anna]
[repeat ~2]
Round {n}, hold the gua sha stone!
Hold the gua sha stone!
[end]
"""


def made(tmp_path: Path, part: str | None = None, options: SessionOptions | None = None) -> Sheet:
    path = tmp_path / "x.md"
    path.write_text(SCRIPT)
    options = options or SessionOptions()
    return sheet(read_script(path, options).routine, options, part)


def texts(found: Sheet) -> list[str]:
    return [line.text for line in found.lines]


def test_each_line_of_the_scripts_own_voice_once_as_written(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert texts(found) == [
        "Hold the gua sha stone.",
        "one",
        "two",
        "Round 1, hold the gua sha stone!",
        "Round 2, hold the gua sha stone!",
    ]
    assert [line.number for line in found.lines] == [1, 2, 3, 4, 5]
    assert found.lines[3].span.line == 9


def test_other_voices_parts_and_other_lengths_lines(tmp_path: Path) -> None:
    assert texts(made(tmp_path, "BOB")) == ["And I am Bob."]
    assert texts(made(tmp_path, "carla")) == ['Good evening & "welcome".']
    assert texts(made(tmp_path, "nobody")) == []
    assert len(texts(made(tmp_path, None, SessionOptions(lengths=(Fraction(60),))))) > 5
    routine = read_script(tmp_path / "x.md", SessionOptions()).routine
    assert has_part(routine, "recorded:bob")
    assert not has_part(routine, "dora")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if dict(attrs).get("class") == "line":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.lines and self.tags[-1] == "li":
            self.lines[-1] += data.strip()


def test_the_page_has_the_lines_and_no_markup_of_the_scripts(tmp_path: Path) -> None:
    found = made(tmp_path, "carla")
    page = _Page()
    page.feed(as_html(found))
    assert page.lines == texts(found)
    assert "b" not in page.tags
    assert "default-src 'none'" in as_html(found)


def test_the_text_is_numbered(tmp_path: Path) -> None:
    text = as_text(made(tmp_path))
    assert text.startswith("x: 5 lines to read, about 1 minute\n")
    assert "\n1  Hold the gua sha stone.\n" in text
    assert "\n5  Round 2, hold the gua sha stone!\n" in text


@pytest.mark.parametrize(
    ("names", "count", "numbers"),
    [
        (["001", "003", "2"], 3, (1, 3, 2)),
        (["line-7", "Line 12 again", "3_hold"], 12, (7, 12, 3)),
        (["a", "b", "c"], 3, (1, 2, 3)),
        (["a", "b"], 3, None),
        (["a", "2"], 2, None),
        (["1", "01"], 2, None),
        (["4"], 3, None),
        (["2026-11-25 take"], 400, None),
    ],
)
def test_which_line_a_file_is(names: list[str], count: int, numbers: tuple[int, ...] | None) -> None:
    assert numbers_of(names, count) == numbers


def test_the_command_writes_both(voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("record", ROUTINES / "jaw-letting-go.md", "-o", "sheets")
    assert result.returncode == 0, result.stderr
    assert "Then: voiceguide voices import NAME" in result.stderr
    text = (tmp_path / "sheets" / "jaw-letting-go-sheet.txt").read_text()
    assert "your contact lenses are out." in text
    assert "Breathe in" in text
    assert (tmp_path / "sheets" / "jaw-letting-go-sheet.html").is_file()
    nobody = voiceguide("record", ROUTINES / "jaw-letting-go.md", "--part", "bob")
    assert nobody.returncode == 1
    assert "has no lines for the voice 'bob' to be read" in nobody.stderr
