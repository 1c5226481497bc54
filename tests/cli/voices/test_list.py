"""``voiceguide voices``: what is listed, and what is told besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Run
from voiceguide.configuration import VARIABLE

PHONEMES = '{"phoneme_id_map": {"_": [0]}, "num_symbols": 1, "num_speakers": 1, "audio": {"sample_rate": 22050}, '
DESCRIPTION = PHONEMES + '"espeak": {"voice": "de"}, "language": {"code": "de_DE"}}'


def place(folder: Path, name: str) -> Path:
    folder.mkdir()
    (folder / f"{name}.onnx").write_bytes(b"\x3a\x00")  # an ONNX file with an empty graph: enough to be listed
    (folder / f"{name}.onnx.json").write_text(DESCRIPTION)
    return folder


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_a_list_goes_to_standard_output(voiceguide: Run, arguments: tuple[str, ...]) -> None:
    result = voiceguide("voices", *arguments)
    assert result.returncode == 0
    assert result.stderr == ""
    head, *rows = result.stdout.splitlines()
    assert head.split() == ["name", "engine", "language", "gender", "quality", "size", "licence", "where"]
    assert any(row.startswith("piper:en_US-joe-medium ") and " neural " in row and " CC0 " in row for row in rows)


def test_a_folder_on_the_command_line_and_one_in_the_configuration(voiceguide: Run, tmp_path: Path) -> None:
    place(tmp_path / "here", "de_DE-anna-medium")
    place(tmp_path / "there", "de_DE-karl-medium")
    (tmp_path / "config.toml").write_text('voice-dir = "there"\n')
    result = voiceguide(
        "voices", "list", "--language", "de", "--voice-dir", "here", **{VARIABLE: str(tmp_path / "config.toml")}
    )
    assert [row.split()[0] for row in result.stdout.splitlines() if row.startswith("piper:")] == [
        "piper:de_DE-anna-medium",
        "piper:de_DE-karl-medium",
    ]
    assert voiceguide("voices", "list", "--voice-dir", "nowhere").returncode == 2


def test_a_mistake_in_the_configuration_is_told_and_hides_no_voice(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("voice-dir = here\n")
    environment = {VARIABLE: str(tmp_path / "config.toml")}
    result = voiceguide("voices", **environment)
    assert result.returncode == 0
    assert "piper:en_US-joe-medium " in result.stdout
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'config.toml'}: error: this is not valid TOML: Invalid value (at line 1, column 13)."
    ]
    (tmp_path / "x.md").write_text("Rest.\n")
    result = voiceguide("plan", "x.md", **environment)
    assert result.returncode == 1
    assert "config.toml: error: this is not valid TOML" in result.stderr
