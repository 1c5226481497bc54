"""Documents to scripts, without a file being written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.made import document
from voiceguide.api.importing import import_script
from voiceguide.documents.limits import LARGEST_FILE
from voiceguide.errors import ScriptError


def test_what_a_file_is_is_told_by_what_it_holds(tmp_path: Path) -> None:
    made = import_script("evening.txt", document("docx"), tmp_path / "evening.md")
    assert made.report.form == "a Word document"
    assert "let both feet stand on the floor" in made.text
    assert not list(tmp_path.iterdir())


def test_voices_get_other_names_and_sounds_are_looked_for_beside_the_script(tmp_path: Path) -> None:
    (tmp_path / "gong.flac").write_bytes(b"")
    markup = b'<speak><audio src="gong.flac"/> <audio src="other.flac"/> <voice name="Ann">Rest.</voice></speak>'
    made = import_script("a.ssml", markup, tmp_path / "a.md", voices={"Ann": "system:en"})
    assert "[sound gong.flac]" in made.text
    assert "[sound other.flac]" not in made.text
    assert "system:en" in made.text


@pytest.mark.parametrize(
    ("data", "what"), [(b"\x89PNG\r\n", "picture"), (bytes(LARGEST_FILE + 1), "larger than 32 MiB")]
)
def test_what_cannot_be_imported_is_said(tmp_path: Path, data: bytes, what: str) -> None:
    with pytest.raises(ScriptError, match=what):
        import_script("x.txt", data, tmp_path / "x.md")
