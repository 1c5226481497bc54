"""Paragraphs that are read again: only what has changed, and nothing that may have become another thing meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import NAMES
from voiceguide.errors import Diagnostic, Source
from voiceguide.routine import PlaySound, Routine
from voiceguide.script import paragraphs, parse
from voiceguide.script.files import Folder
from voiceguide.script.memory import Memory

TEXT = "# One\n\nFirst. [pause 2s]\n\nSecond {word}.\n\n# Two\n\nThird, over\ntwo lines. [chime bell]\n"


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paragraphs that were really read."""
    found: list[str] = []
    scan = paragraphs.scan_inline

    def watched(text: Any, *others: Any) -> Any:
        found.append(text.chars)
        return scan(text, *others)

    monkeypatch.setattr(paragraphs, "scan_inline", watched)
    return found


def _read(
    text: str, memory: Memory, variables: Mapping[str, str] | None = None, folder: Folder | None = None
) -> tuple[Routine, tuple[Diagnostic, ...]]:
    return parse(Source("x.md", text), NAMES, variables or {"word": "here"}, folder, memory=memory)


def test_only_the_changed_paragraph_is_read(scanned: list[str]) -> None:
    memory = Memory()
    _read(TEXT, memory)
    scanned.clear()
    changed = TEXT.replace("First.", "Before it.\nFirst and foremost.")
    routine, findings = _read(changed, memory)
    assert scanned == ["Before it. First and foremost. [pause 2s]"]
    assert (routine, findings) == _read(changed, Memory())


def test_a_variable_of_another_value_is_put_in(scanned: list[str]) -> None:
    memory = Memory()
    _read(TEXT, memory)
    routine, _ = _read(TEXT, memory, {"word": "there"})
    assert "there" in str(list(routine.nodes()))
    assert routine == _read(TEXT, Memory(), {"word": "there"})[0]


def test_a_variable_that_only_a_remembered_paragraph_uses_counts_as_used() -> None:
    memory = Memory()
    for _ in range(2):
        assert _read(TEXT, memory)[1] == ()


def test_what_is_to_be_said_about_a_paragraph_is_said_every_time() -> None:
    memory = Memory()
    for text in ("Rest. [pase 2s]\n\nSit *down.\n", 'Rest.\n\n…\n\nA [picture](x.png "y") ![of](it.png).\n'):
        first = _read(text, memory)
        assert first[1]
        assert _read(text, memory) == first


def test_a_file_that_has_come_is_found(tmp_path: Path) -> None:
    memory, folder = Memory(), Folder(tmp_path)

    def sound() -> Path | None:
        routine, _ = _read("Listen to {word}. [sound bell]\n", memory, folder=folder)
        (played,) = (node for node in routine.nodes() if isinstance(node, PlaySound))
        return played.sound.path

    assert sound() is None
    (tmp_path / "bell").write_bytes(b"")
    assert sound() == tmp_path / "bell"
    (tmp_path / "bell").unlink()
    assert sound() is None


def test_too_much_text_from_variables_is_told_also_of_remembered_paragraphs() -> None:
    long, memory = {"word": "x " * 250_000}, Memory()
    once = "".join(f"Number {number} {{word}}.\n\n" for number in range(4))
    _read(once, memory, long)
    again = _read(once + once.replace("Number", "Again"), memory, long)
    assert again == _read(once + once.replace("Number", "Again"), Memory(), long)
    assert any("2 MiB" in finding.message for finding in again[1])


def test_a_link_whose_definition_has_gone_is_read_again() -> None:
    memory, defined = Memory(), "Press [this point][1] {word}.\n\n[1]: /points\n"
    assert _read(defined, memory)[1] == ()
    without = defined.partition("\n")[0]
    assert _read(without, memory) == _read(without, Memory())
    assert _read(without, memory)[1]


def test_a_sentence_is_marked_to_the_end_of_its_row_as_that_is_now() -> None:
    memory = Memory()
    for text in ("Third <!-- ab -->\ntwo {word}.\n", "Third <!-- a -->\n two {word}.\n"):
        assert _read(text, memory) == _read(text, Memory())
