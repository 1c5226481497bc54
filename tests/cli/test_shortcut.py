"""The file that opens the studio by a double click."""

from __future__ import annotations

import configparser
import os
import shlex
import stat
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.support.command_line import Run
from voiceguide.cli.shortcut import shortcut_for
from voiceguide.errors import OutputError

ODD = 'my "100 %" $scripts `x` \\ é'
HOME = Path("/home/kim")


def _words_of_exec(line: str) -> list[str]:
    """What a desktop starts: the value's backslashes undone, then the quotes', then the percent signs."""
    plain = line.replace("\\\\", "\\")
    words, word, quoted, escaped = [], "", False, False
    for char in f"{plain} ":
        if escaped:
            word, escaped = word + char, False
        elif quoted and char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == " " and not quoted:
            words, word = [*words, word], ""
        else:
            word += char
    return [word.replace("%%", "%") for word in words]


def test_linux_an_entry_starts_the_studio_of_any_folder() -> None:
    folder = PurePosixPath("/home/kim") / ODD
    made = shortcut_for(folder, PurePosixPath("/usr/bin/python3"), "linux", HOME, {})
    assert made.path.parent == HOME / ".local/share/applications"
    assert made.path.suffix == ".desktop"
    entry = configparser.RawConfigParser()
    entry.read_string(made.text)
    values = entry["Desktop Entry"]
    assert values["Type"] == "Application"
    assert _words_of_exec(values["Exec"]) == ["/usr/bin/python3", "-m", "voiceguide", "studio", str(folder)]
    elsewhere = shortcut_for(folder, PurePosixPath("/p"), "linux", HOME, {"XDG_DATA_HOME": "/data"})
    assert elsewhere.path.parent == Path("/data/applications")


def test_mac_a_command_file_is_a_shell_script() -> None:
    folder = PurePosixPath("/Users/kim") / ODD
    made = shortcut_for(folder, PurePosixPath("/opt/python"), "darwin", HOME, {})
    assert made.path.parent == HOME / "Desktop"
    first, second = made.text.splitlines()
    assert first == "#!/bin/sh"
    assert shlex.split(second) == ["exec", "/opt/python", "-m", "voiceguide", "studio", str(folder)]


def test_windows_a_batch_file_in_the_start_menu() -> None:
    folder = PureWindowsPath("C:/Users/Kim/100 % mine")
    made = shortcut_for(folder, PureWindowsPath("C:/Py/python.exe"), "win32", HOME, {"APPDATA": "/roaming"})
    assert made.path == Path("/roaming/Microsoft/Windows/Start Menu/Programs/voiceguide-100-mine.cmd")
    assert made.text.endswith("\r\n")
    assert '"C:\\Py\\python.exe" -m voiceguide studio "C:\\Users\\Kim\\100 %% mine"' in made.text.split("\r\n")


def test_a_path_that_would_end_a_line_is_refused() -> None:
    with pytest.raises(OutputError, match="control character"):
        shortcut_for(PurePosixPath("/x/a\nExec=b"), PurePosixPath("/p"), "linux", HOME, {})


@pytest.mark.skipif(sys.platform != "linux", reason="the file of this system")
def test_the_command_writes_it(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    done = voiceguide("studio", "scripts", "--shortcut", XDG_DATA_HOME=str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    path = tmp_path / "data/applications/voiceguide-scripts.desktop"
    assert f"Wrote {path}. It is “voiceguide scripts” in the menu" in done.stderr
    assert os.fspath(tmp_path / "scripts") in path.read_text("utf-8")
    assert path.stat().st_mode & stat.S_IXUSR
    assert voiceguide("studio", "nowhere", "--shortcut").returncode == 1
