"""``voiceguide voices takes``: readings of a line to be heard, and one of them written into the script."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from tests.support.command_line import Run, report

SCRIPT = "# One\r\n\r\nRest your hands. **Feel** the warmth.\r\n\r\n[repeat 2]\r\nRest your hands.\r\n[end]\r\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "evening.md"
    path.write_bytes(SCRIPT.encode())
    return path


def test_takes_are_spoken_as_files(script: Path, voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("voices", "takes", "evening.md", "6", "-n", "3", "-o", "heard")
    assert result.returncode == 0, result.stderr
    assert [row.split()[0] for row in result.stdout.splitlines()] == ["take", "1", "2", "3"]
    assert "The script chooses none, so a session has takes 2, 3." in result.stderr
    sounds = [soundfile.read(tmp_path / "heard" / f"take-{take}.wav") for take in (1, 2, 3)]
    assert {rate for _, rate in sounds} == {44_100}
    assert len({samples.tobytes() for samples, _ in sounds}) == 3


def test_a_take_is_chosen_in_the_script_and_heard_in_the_session(script: Path, voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("voices", "takes", "evening.md", "6", "--choose", "7")
    assert result.returncode == 0, result.stderr
    assert script.read_bytes().decode() == SCRIPT.replace("2]\r\nRest", "2]\r\n[take 7] Rest")
    again = voiceguide("voices", "takes", "evening.md", "6", "-n", "1")
    assert "The script chooses take 7." in again.stderr
    rendered = voiceguide("render", "evening.md", "-o", "a.wav", "--report", "a.json")
    assert rendered.returncode == 0, rendered.stderr
    assert report(tmp_path / "a.json")["gate"] == {"checked": 3, "lines": []}
    lost = voiceguide("plan", "evening.md", "--voice", "silent")
    assert "the voice silent has one reading only, so [take 7] has no effect" in lost.stderr


def test_a_voice_with_one_reading_gives_one_file(script: Path, voiceguide: Run, tmp_path: Path) -> None:
    result = voiceguide("voices", "takes", "evening.md", "6", "--voice", "silent")
    assert result.returncode == 0, result.stderr
    assert "The voice silent has one reading only." in result.stderr
    assert [path.name for path in (tmp_path / "sessions" / "evening-line-6").iterdir()] == ["take-1.wav"]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (
            "3",
            "Several sentences begin in line 3; name one of them:\n  3:1  Rest your hands.\n  3:20  Feel the warmth.",
        ),
        ("4", "No sentence begins in line 4 of evening.md; the nearest is in line 3"),
        ("3:2", "No sentence begins in line 3, column 2, of evening.md"),
        ("x", "'x' should be a line of the script like 12, or a line and a column like 12:5"),
    ],
)
def test_a_place_without_one_sentence_is_told(place: str, message: str, script: Path, voiceguide: Run) -> None:
    result = voiceguide("voices", "takes", "evening.md", place)
    assert result.returncode == 2
    assert message in result.stderr
    assert script.read_bytes().decode() == SCRIPT
