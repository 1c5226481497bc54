"""``voiceguide import``: what is written where, what is told, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.command_line import Run, report
from voiceguide.sounds.library import path_of

TEXT = "Rest your hands. [PAUSE:2]\nLet *go*. [soft music]\n[pause 1s] Sleep.\n"
SCRIPT = "Rest your hands. [pause 2s]\nLet go. <!-- [soft music] --> [pause 1s]\nSleep.\n"


def test_a_text_becomes_a_script_that_renders(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.txt").write_text(TEXT)
    result = voiceguide("import", "calm.txt")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == (
        "calm.txt was read as text with marks, and is now the script calm.md.\n"
        "2 translated, 1 guessed, 1 lost.\n"
        "\n"
        "Guessed; please see whether it is what you want:\n"
        "  line 1: [PAUSE:2] → [pause 2s]; taken as seconds, since it has no unit\n"
        "\n"
        "Lost, since a script cannot say it:\n"
        "  line 2: [soft music] → a comment; it is not spoken\n"
        "\n"
        "Now: voiceguide plan calm.md\n"
    )
    assert (tmp_path / "calm.md").read_text("utf-8") == SCRIPT
    rendered = voiceguide("render", "calm.md", "--voice", "system", "--report", "r.json", "-q")
    assert rendered.returncode == 0, rendered.stderr
    events = report(tmp_path / "r.json")["timeline"]["events"]
    assert [e.get("text") or round(e["end"] - e["start"], 3) for e in events] == [
        "Rest your hands.",
        2.0,
        "Let go.",
        1.0,
        "Sleep.",
    ]


def test_the_report_as_json(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.txt").write_text(TEXT)
    result = voiceguide("import", "calm.txt", "--json", "-o", "evening/calm.md")
    told = json.loads(result.stdout)
    assert (told["schema"], told["source"], told["script"]) == ("voiceguide.import/1", "calm.txt", "evening/calm.md")
    assert told["counts"] == {"translated": 2, "guessed": 1, "lost": 1}
    assert (tmp_path / "evening" / "calm.md").read_text("utf-8") == SCRIPT


def test_sounds_beside_the_script_and_voices_that_are_given(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "gong.flac").write_bytes(path_of("gong").read_bytes())
    markup = '<speak><audio src="gong.flac"/> <voice name="Ann B">Rest.</voice> <audio src="../gong.flac"/></speak>'
    (tmp_path / "a.ssml").write_text(markup)
    assert voiceguide("import", "a.ssml", "--voice", "Ann B=system:en-gb").returncode == 0
    script = (tmp_path / "a.md").read_text("utf-8")
    assert script == "[sound gong.flac]\n[voice system:en-gb]\nRest. <!-- sound: ../gong.flac -->\n"
    assert voiceguide("import", "a.ssml", "-o", "elsewhere/a.md").returncode == 0
    assert "[sound" not in (tmp_path / "elsewhere" / "a.md").read_text("utf-8")


def test_nothing_is_written_over_unless_it_is_asked_for(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.txt").write_text(TEXT)
    (tmp_path / "calm.md").write_text("Mine.\n")
    refused = voiceguide("import", "calm.txt")
    assert refused.returncode == 1
    assert "calm.md is there already, and was left alone." in refused.stderr
    assert (tmp_path / "calm.md").read_text() == "Mine.\n"
    assert voiceguide("import", "calm.txt", "--force").returncode == 0
    assert (tmp_path / "calm.md").read_text("utf-8") == SCRIPT


def test_a_markdown_file_gets_a_script_of_another_name(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.md").write_text(TEXT)
    assert voiceguide("import", "calm.md").returncode == 0
    assert (tmp_path / "calm.md").read_text() == TEXT
    assert (tmp_path / "calm-script.md").read_text("utf-8") == SCRIPT


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        (None, 1, "a.ssml: error: there is no such file"),
        (b"<speak>Oil & water</speak>", 1, "a.ssml:1:12: error: this is no well-formed XML"),
        (b"RIFF\0\0", 1, "a.ssml:1:1: error: this is a binary file, not a text"),
        (
            b"<speak><mark name='a'/></speak>",
            1,
            "a.ssml: error: nothing in this file is to be spoken or heard, so there is nothing to import",
        ),
    ],
)
def test_what_cannot_be_imported_is_told_and_writes_nothing(
    content: bytes | None, status: int, message: str, voiceguide: Run, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "a.ssml").write_bytes(content)
    result = voiceguide("import", "a.ssml")
    assert result.returncode == status
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "a.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing argument 'FILE'"),
        (("a.txt", "-o", "a.txt"), "its name must end in .md"),
        (("b.md", "-o", "b.md", "--force"), "is the file to import; give the script another name"),
        (("a.txt", "--voice", "Joanna"), "names no two voices; write it like Joanna=joe"),
    ],
)
def test_a_wrong_command_line(arguments: tuple[str, ...], message: str, voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rest.\n")
    (tmp_path / "b.md").write_text("Rest.\n")
    result = voiceguide("import", *arguments)
    assert result.returncode == 2
    assert message in " ".join(result.stderr.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.md"]


@pytest.mark.parametrize("folder", [".", "..", "/", "inner"])
def test_a_folder_is_told(folder: str, voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    result = voiceguide("import", folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"{folder}: error: this is a folder; name the file in it that is to be imported\n"
