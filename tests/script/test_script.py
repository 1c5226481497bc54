"""The script language: cases as specification, files and their safety, limits, and any text at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cases import NAMES, outline, parameters, parsed
from tests.support.waiting import at_most
from voiceguide.errors import Source, has_errors
from voiceguide.routine import Repeat, Sentence
from voiceguide.script import parse, parse_file
from voiceguide.script.files import LARGEST_SCRIPT


@pytest.mark.parametrize(("script", "expected"), parameters("script"))
def test_case(script: str, expected: str) -> None:
    assert parsed(script) == expected


def _findings(folder: Path, **files: str | bytes) -> list[str]:
    """The findings of x.md, with other files beside it, as ``line:column: message``."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    _, findings = parse_file(folder / "x.md", NAMES)
    return [f"{Path(f.span.file).name}:{f.span.line}:{f.span.column}: {f.message}" for f in findings]


def _texts(folder: Path) -> list[str]:
    routine, findings = parse_file(folder / "x.md", NAMES)
    assert routine is not None
    assert not has_errors(findings), [f.render() for f in findings]
    return [row.strip() for row in outline(routine)]


# -- files


def test_an_included_script_s_body_stands_in_its_place_with_places_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "deeper.md").write_text("Deeper.\n")
    (tmp_path / "parts" / "settle.md").write_text(
        "---\nvoise: x\ntitle: Not mine\n---\n# Settle\nSit. [include deeper.md]\n"
    )
    (tmp_path / "x.md").write_text("First.\n[include parts/settle.md] Last.\n")
    assert _texts(tmp_path) == [
        "1:1+6 ¶ First.", "# Settle", "6:1+4 ¶ Sit.", "1:1+7 ¶ Deeper.", "2:27+5 ¶ Last.",
    ]  # fmt: skip
    routine, _ = parse_file(tmp_path / "x.md", NAMES)
    assert routine is not None
    assert routine.settings.title == "Settle"
    assert [Path(node.span.file).name for node in routine.nodes() if node.span] == [
        "x.md",
        "settle.md",
        "deeper.md",
        "x.md",
    ]


def test_a_loop_s_words_reach_into_an_included_script(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("Round {n}.\n")
    (tmp_path / "x.md").write_text("[repeat 2]\n[include part.md]\n[end]\n")
    routine, findings = parse_file(tmp_path / "x.md", NAMES)
    assert findings == ()
    assert routine is not None
    (repeat,) = routine.chapters[0].body
    assert isinstance(repeat, Repeat)
    assert isinstance(repeat.body[0], Sentence)


def test_what_is_wrong_in_an_included_script_is_told_there_and_once(tmp_path: Path) -> None:
    found = _findings(tmp_path, x_md="[include part.md]\n[include part.md]\n", part_md="Hi.\n[paws]\n")
    assert found == ["part.md:2:2: unknown cue 'paws' (did you mean 'pause'?)"]


def test_includes_never_go_in_a_circle(tmp_path: Path) -> None:
    assert _findings(tmp_path, x_md="[include a.md]", a_md="[include b.md]", b_md="Hi. [include a.md]") == [
        "b.md:1:5: this include goes in a circle: a.md → b.md → a.md"
    ]


@pytest.mark.parametrize(("depth", "fits"), [(8, True), (9, False)])
def test_includes_stand_eight_deep(depth: int, fits: bool, tmp_path: Path) -> None:
    for level in range(1, depth):
        (tmp_path / f"{level}.md").write_text(f"[include {level + 1}.md]")
    (tmp_path / f"{depth}.md").write_text("Hi.")
    (tmp_path / "x.md").write_text("[include 1.md]")
    _, findings = parse_file(tmp_path / "x.md", NAMES)
    assert has_errors(findings) != fits


def test_includes_that_multiply_are_stopped(tmp_path: Path) -> None:
    for level in range(1, 8):
        (tmp_path / f"{level}.md").write_text(f"[include {level + 1}.md]\n" * 100)
    (tmp_path / "8.md").write_text("Hi.\n" * 20)
    (tmp_path / "x.md").write_text("[include 1.md]")
    with at_most(10):
        _, findings = parse_file(tmp_path / "x.md", NAMES)
        assert any("100,000 events" in finding.message for finding in findings)


def test_blocks_of_includes_are_counted_once_each(tmp_path: Path) -> None:
    for level in range(1, 6):
        (tmp_path / f"{level}.md").write_text("[repeat 1]\n" + f"[include {level + 1}.md]\n" * 300 + "[end]\n")
    (tmp_path / "6.md").write_text("Hi.")
    (tmp_path / "x.md").write_text("[include 1.md]")
    with at_most(10):
        _, findings = parse_file(tmp_path / "x.md", NAMES)
        assert has_errors(findings)


def test_a_value_from_outside_that_nothing_uses_is_told() -> None:
    _, findings = parse(Source("x.md", "Hi {name}.\n"), NAMES, {"name": "Anna", "nmae": "Ben"})
    assert [finding.message for finding in findings] == [
        "the script never uses a variable 'nmae' (did you mean 'name'?)"
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/etc/passwd", "'/etc/passwd' is an absolute path"),
        ("../secret.wav", "'../secret.wav' leaves the script's folder"),
        ("sub/../../secret.wav", "'sub/../../secret.wav' leaves the script's folder"),
        ("..\\secret.wav", "'..\\secret.wav' leaves the script's folder"),
        ("C:\\secret.wav", "'C:\\secret.wav' is an absolute path"),
        ("~/secret.wav", "'~/secret.wav' is an absolute path"),
        ("link.wav", "'link.wav' is a link that leaves the script's folder"),
        ("folder/secret.wav", "'folder/secret.wav' is a link that leaves the script's folder"),
        ("circle.wav", "'circle.wav' cannot be followed to a file"),
        ("sub", "'sub' is not a file"),
        ("gone.wav", "there is no sound 'gone.wav' in the script's folder or in the sound library"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_script_never_leaves_its_folder(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "secret.wav").write_bytes(b"")
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (home / "link.wav").symlink_to(tmp_path / "secret.wav")
    (home / "folder").symlink_to(tmp_path)
    (home / "circle.wav").symlink_to(home / "circle.wav")
    (home / "x.md").write_text(f'[sound "{name}"]\n')
    (finding,) = _findings(home)
    assert finding.startswith(f"x.md:1:8: {message}")


def test_a_sound_in_the_folder_is_found_and_comes_before_the_library(tmp_path: Path) -> None:
    (tmp_path / "my bell.wav").write_bytes(b"x")
    (tmp_path / "bell").write_bytes(b"x")
    (tmp_path / "x.md").write_text('[sound "my bell.wav"] [sound bell] [sound bowl] [bed "my bell.wav"]')
    routine, findings = parse_file(tmp_path / "x.md", NAMES)
    assert findings == ()
    assert routine is not None
    paths = [node.sound.path for node in routine.nodes() if hasattr(node, "sound") and node.sound]
    assert paths == [tmp_path / "my bell.wav", tmp_path / "bell", None, tmp_path / "my bell.wav"]


# -- encodings and sizes


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfHi.\r\nYou.\r\n", b"Hi.\nYou.\n", b"Hi.\rYou."])
def test_a_byte_order_mark_and_any_line_ends_are_fine(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(content)
    assert _texts(tmp_path) == ["1:1+3 ¶ Hi.", "2:1+4 You."]


def test_another_encoding_is_told_at_its_first_byte(tmp_path: Path) -> None:
    (found,) = _findings(tmp_path, x_md=b"Gr\xc3\xbc\xc3\x9fe.\nSch\xf6n.\n")
    assert found == "x.md:2:4: this file is not UTF-8 text: byte 0xf6 here belongs to another encoding"


def test_a_file_may_have_one_mebibyte(tmp_path: Path) -> None:
    line = "> " + "x" * 61 + "\n"
    fits = (line * (LARGEST_SCRIPT // 64))[:-5] + "\n\nHi"
    assert len(fits.encode()) < LARGEST_SCRIPT
    assert _findings(tmp_path, x_md=fits) == []
    assert _findings(tmp_path, x_md=fits + "!" * 10) == [
        "x.md:1:1: this file is larger than 1 MiB, the most a script may be"
    ]


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    assert _findings(tmp_path) == ["x.md:1:1: this is a folder, not a script"]


def test_very_many_mistakes_are_counted_not_shown() -> None:
    _, findings = parse(Source("x.md", "[paws]\n" * 5000), NAMES)
    assert len(findings) == 1001
    assert findings[-1].message == "4000 more findings from here on are not shown"


# -- any text at all


@given(st.text(st.sampled_from("ab .!\n[]{}()*_`\\#>-<!1x:,~“"), max_size=120))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_routine_and_findings_inside_the_text(text: str) -> None:
    source = Source("x.md", text)
    _, findings = parse(source, NAMES)
    for finding in findings:
        assert 1 <= finding.span.line <= len(source.lines)
        assert 1 <= finding.span.column <= len(source.lines[finding.span.line - 1]) + 1
        finding.render()


HALF = LARGEST_SCRIPT // 4
HOSTILE = {
    "brackets": "[" * HALF,
    "nested brackets": "[" * (HALF // 2) + "]" * (HALF // 2),
    "nested links": "[" * 50_000 + "](x)" * 50_000,
    "braces": "{" * HALF,
    "stars": "*a " * (HALF // 3),
    "stars and underscores": "*a _b " * (HALF // 6) + "c_ " * (HALF // 3),
    "backticks": " ".join("`" * n for n in range(1, 900)),
    "comments": "<!--" * (HALF // 4),
    "closed comments": "<!-- -->" * (HALF // 8),
    "headings": "# \n" * (HALF // 3),
    "one-letter sentences": "A. " * (HALF // 3),
    "one long word": "a" * HALF,
    "cues": "[pause 1s]" * 50_000,
    "unknown cues": "[x]" * 50_000,
    "deep yaml": "---\na: " + "[" * 30_000 + "\n---\n",
    "long yaml": "---\n" + "".join(f"k{n}: v\n" for n in range(5_000)) + "---\nHi.\n",
    "quotes": '[sound "' * 40_000,
    "spaces": " " * HALF + "a",
    "full stops": "." * HALF,
    "full stops before a letter": ("." * 20_000 + "x ") * 10,
    "spaces in a heading": "# a" + " " * HALF + "x",
    "spaces in a loudness": "---\nloudness: -16" + " " * 50_000 + "x\n---\nHi.",
    "links that do not close": "[end](" * (HALF // 6),
    "pictures that do not close": "![a](x " * (HALF // 8),
    "a long value very often": "---\nvariables: {x: " + "y" * 999 + "}\n---\n" + "{x}" * (HALF // 3),
    "many unknown names": "---\nvariables: {"
    + ", ".join(f"name{n}: x" for n in range(3000))
    + "}\n---\n"
    + "".join(f"{{nom{n}}} " for n in range(3000)),
    "stars on both sides": "*" * (HALF // 2) + "a" + "*" * (HALF // 2),
    "blocks": "[repeat 1]" * 20_000,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_hostile_text_takes_no_longer_than_its_size_explains(text: str) -> None:
    with at_most(8):  # a quadratic way would take minutes
        parse(Source("x.md", text), NAMES)


def test_a_line_that_begins_with_comments_is_no_code_however_many_blanks_they_leave() -> None:
    routine, found = parse(Source("x.md", "Here.\n\n<!-- a --> <!-- b --> <!-- c --> <!-- d --> One.\n"), NAMES)
    assert routine is not None
    assert not found
    assert [node.text for node in routine.nodes() if isinstance(node, Sentence)] == [("Here.",), ("One.",)]
