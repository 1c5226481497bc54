"""The files that a script can name."""

from __future__ import annotations

from pathlib import Path

from voiceguide.session.beside import names_for, sounds_beside


def test_sound_files_of_the_folder_but_no_hidden_or_linked_ones(tmp_path: Path) -> None:
    for name in ("sea.mp3", "own/harp.wav", ".voiceguide/x.wav", "notes.txt"):
        path = tmp_path / "scripts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "out.wav").write_bytes(b"x")
    (tmp_path / "scripts" / "link.wav").symlink_to(tmp_path / "out.wav")
    assert sounds_beside(tmp_path / "scripts") == ["own/harp.wav", "sea.mp3"]


def test_scripts_of_the_folder_but_not_the_script_itself(tmp_path: Path) -> None:
    for name in ("a.md", "parts/end.md", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names_for(tmp_path / "a.md").scripts == ("parts/end.md",)
    assert names_for(None).scripts == ()
