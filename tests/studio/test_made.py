"""What the studio has made, and what it has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.studio.made import Made


def test_only_what_was_made_and_is_still_the_same_is_not_strange(tmp_path: Path) -> None:
    made, path = Made(tmp_path / ".voiceguide" / "made.json"), tmp_path / "a.mp3"
    assert not made.is_strange("a.mp3", path)
    path.write_bytes(b"theirs")
    assert made.is_strange("a.mp3", path)
    made.note("a.mp3", path)
    assert not Made(tmp_path / ".voiceguide" / "made.json").is_strange("a.mp3", path)
    path.write_bytes(b"changed")
    assert made.is_strange("a.mp3", path)


@pytest.mark.parametrize("note", ["", "[]", "{", '{"a.mp3": 1}', "[" * 100_000])
def test_a_damaged_note_makes_everything_strange(tmp_path: Path, note: str) -> None:
    (tmp_path / "made.json").write_text(note)
    (tmp_path / "a.mp3").write_bytes(b"x")
    assert Made(tmp_path / "made.json").is_strange("a.mp3", tmp_path / "a.mp3")
