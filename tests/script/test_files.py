"""Script files: what is read, what is refused, and where mistakes in them are told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.cases import NAMES, outline
from voiceguide.errors import Diagnostic
from voiceguide.script import parse_file
from voiceguide.script.files import LARGEST_SCRIPT, Folder


def _read(path: Path, content: bytes) -> list[str]:
    path.write_bytes(content)
    return _told(parse_file(path, NAMES)[1])


def _told(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{Path(f.span.file).name}:{f.span.line}:{f.span.column}: {f.message}" for f in findings]


def _rows(path: Path) -> list[str]:
    routine, findings = parse_file(path, NAMES)
    assert _told(findings) == []
    assert routine is not None
    return [row.strip() for row in outline(routine)]


@pytest.mark.parametrize(
    ("content", "place", "byte"),
    [
        (b"Sch\xf6n.", "1:4", "f6"),
        (b"\xef\xbb\xbfSch\xf6n.", "1:4", "f6"),
        (b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe.\r\n\r\nSch\xf6n.", "3:4", "f6"),
        (b"One\rTwo\r\xe4", "3:1", "e4"),
        (b"---\ntitle: \xe4\n---\nHi.", "2:8", "e4"),
        (b"Cut short \xc3", "1:11", "c3"),
        (b"\xed\xa0\x80 a surrogate", "1:1", "ed"),
        ("休んで。\n目を".encode() + b"\xff", "2:3", "ff"),
    ],
)
def test_the_first_byte_of_another_encoding_is_told_at_its_place(
    content: bytes, place: str, byte: str, tmp_path: Path
) -> None:
    assert _read(tmp_path / "x.md", content) == [
        f"x.md:{place}: this file is not UTF-8 text: byte 0x{byte} here belongs to another encoding"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", "this is a binary file, not a text"),
        (b"RIFF....WAVE", "this is a binary file, not a text"),
        (b"Hello\0there.", "this is a binary file, not a text"),
        ("Hello.".encode("utf-16"), "this file is UTF-16 text, which some editors call Unicode"),
        (b"x" * (LARGEST_SCRIPT + 1), "this file is larger than 1 MiB, the most a script may be"),
        (b"", "this script says and does nothing"),
        (b"\xef\xbb\xbf", "this script says and does nothing"),
        (b"> only a note\n\n<!-- and a remark -->\n# And a heading\n", "this script says and does nothing"),
    ],
)
def test_what_is_no_script(content: bytes, message: str, tmp_path: Path) -> None:
    assert _read(tmp_path / "x.md", content) == [f"x.md:1:1: {message}"]


def test_exactly_a_mebibyte_is_read(tmp_path: Path) -> None:
    note = b"> " + b"x" * 1021 + b"\n"
    (tmp_path / "x.md").write_bytes((note * 1024)[: LARGEST_SCRIPT - 6] + b"\n\nHi.\n")
    assert (tmp_path / "x.md").stat().st_size == LARGEST_SCRIPT
    assert _rows(tmp_path / "x.md") == ["1026:1+3 ¶ Hi."]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    routine, findings = parse_file(tmp_path / "gone.md", NAMES)
    assert routine is None
    assert _told(findings) == ["gone.md:1:1: there is no such file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    assert _told(parse_file(tmp_path / "x.md", NAMES)[1]) == ["x.md:1:1: this is no ordinary file, so no script"]
    os.mkfifo(tmp_path / "part.md")
    assert _read(tmp_path / "y.md", b"[include part.md]") == ["y.md:1:10: 'part.md' is not a file"]


def test_an_included_front_matter_is_ignored_with_all_its_mistakes(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("---\npace: 99\ntitle: [open\nvariables: {who: Ben}\n---\nSit.\n")
    (tmp_path / "x.md").write_text("---\nvariables: {who: Ana}\n---\n[include part.md] {who}.\n")
    assert _rows(tmp_path / "x.md") == ["6:1+4 ¶ Sit.", "4:19+6 ¶ Ana."]


def test_an_included_script_knows_the_variables_of_the_first_one_only(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("---\nvariables: {mine: x}\n---\n{yours} {mine}.\n")
    found = _read(tmp_path / "x.md", b"---\nvariables: {yours: y}\n---\n[include part.md]\n")
    assert found == ["part.md:4:9: unknown variable 'mine'"]


def test_an_included_script_can_neither_end_nor_open_a_block_of_the_other(tmp_path: Path) -> None:
    (tmp_path / "end.md").write_text("Hi. [end]\n")
    (tmp_path / "open.md").write_text("[repeat 2] Hi.\n")
    assert _read(tmp_path / "x.md", b"[repeat 2]\n[include end.md]\n[end]\n[include open.md]\n") == [
        "end.md:1:5: there is no block here to end",
        "open.md:1:1: this block is never closed",
    ]


def test_headings_of_an_included_script_are_chapters_or_marks_in_a_block(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("# Part [optional 2]\nHi.\n")
    (tmp_path / "x.md").write_text("[include part.md]\n")
    assert _rows(tmp_path / "x.md") == ["# Part optional 2", "2:1+3 ¶ Hi."]
    assert _read(tmp_path / "x.md", b"[repeat 2]\n[include part.md]\n[end]\n") == [
        "part.md:1:3: an optional chapter cannot start inside a block"
    ]


def test_files_are_looked_for_beside_the_script_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "gong.wav").write_bytes(b"x")
    (tmp_path / "rain.wav").write_bytes(b"x")
    (tmp_path / "parts" / "part.md").write_text("[sound gong.wav] [sound rain.wav] [include ../x.md]\n")
    assert _read(tmp_path / "x.md", b"[include parts/part.md]") == [
        "part.md:1:25: there is no sound 'rain.wav' in the script's folder or in the sound library",
        "part.md:1:44: '../x.md' leaves the script's folder; only files in it or below it may be named",
    ]


def test_a_circle_is_told_through_links_too(tmp_path: Path) -> None:
    (tmp_path / "y.md").symlink_to(tmp_path / "x.md")
    assert _read(tmp_path / "x.md", b"Hi. [include y.md]") == ["x.md:1:5: this include goes in a circle: x.md → x.md"]


@pytest.mark.parametrize("name", ["a\0b.md", "a\nb.md", "\x1b.md"])
def test_names_hold_no_control_characters(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="control characters"):
        Folder(tmp_path).find(name)


@pytest.mark.parametrize(
    "name", ["/x", "\\x", "C:x", "c:/x", "\\\\server\\share\\x", "//server/x", "~root/x", "~", "/", "C:\\..\\x"]
)
def test_absolute_paths_of_any_system_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is an absolute path"):
        Folder(tmp_path).find(name)


@pytest.mark.parametrize("name", ["..", "../x", "a/../../x", "a\\..\\..\\x", "a/..", "./.."])
def test_paths_that_go_up_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="leaves the script's folder"):
        Folder(tmp_path).find(name)


def test_dots_in_names_and_folders_below_are_fine(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a..b.md", "sub/..c", "...d"):
        (tmp_path / name).write_text("x")
        assert Folder(tmp_path).find(name) == tmp_path / name
    assert Folder(tmp_path).find("./sub/..c") == tmp_path / "sub" / "..c"
    assert Folder(tmp_path).find("sub/gone") is None
    assert Folder(tmp_path).find("a..b.md/x") is None


def test_a_name_of_any_length_is_answered(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be followed"):
        Folder(tmp_path).find("x" * 100_000)


def test_a_script_s_own_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "part.md").write_text("Sit.")
    (tmp_path / "real" / "x.md").write_text("[include part.md]")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert _rows(tmp_path / "link" / "x.md") == ["1:1+4 ¶ Sit."]
