"""A file that opens the studio by a double click: in a menu of applications, or on the desktop of a Mac."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from voiceguide.atomic import atomic
from voiceguide.editing.people import as_file_name
from voiceguide.errors import OutputError


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A file and its text; ``about`` says in a sentence where people find it."""

    path: Path
    text: str
    about: str

    def write(self) -> None:
        """Writes the file, whole or not at all, as one that may be run. Raises OSError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(self.path) as part:
            part.write_bytes(self.text.encode("utf-8"))
            part.chmod(0o755)


def shortcut_for(
    folder: PurePath, python: PurePath, system: str, home: Path, environment: Mapping[str, str]
) -> Shortcut:
    """The shortcut for the studio of a folder. Both paths are absolute; ``python`` runs voiceguide, ``system`` is
    ``sys.platform``. Raises OutputError for a path that such a file cannot name."""
    if any(ord(char) < 32 or ord(char) == 127 for path in (folder, python) for char in str(path)):
        raise OutputError(f"A shortcut cannot name {folder}, since there is a control character in it.")
    name = f"voiceguide {folder.name}".strip()
    file = as_file_name(name)
    if system == "win32":
        menu = Path(environment.get("APPDATA", home / "AppData" / "Roaming")) / "Microsoft/Windows/Start Menu/Programs"
        return Shortcut(menu / f"{file}.cmd", _cmd(folder, python), f"It is “{file}” in the Start menu.")
    if system == "darwin":
        return Shortcut(home / "Desktop" / f"{file}.command", _command(folder, python), "It is on your desktop.")
    data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    about = f"It is “{name}” in the menu of applications."
    return Shortcut(data / "applications" / f"{file}.desktop", _desktop(name, folder, python), about)


def _desktop(name: str, folder: PurePath, python: PurePath) -> str:
    """An entry as the Desktop Entry Specification 1.5 has it; the terminal shows messages, and ends the studio."""
    words = [_exec(str(python)), "-m", "voiceguide", "studio", _exec(str(folder))]
    return (
        "[Desktop Entry]\nType=Application\nVersion=1.5\n"
        f"Name={_value(name)}\nComment=Write and hear voice-guided sessions\n"
        f"Exec={_value(' '.join(words))}\nTerminal=true\nCategories=AudioVideo;Audio;\n"
    )


def _exec(word: str) -> str:
    """A word of ``Exec``: in quotes, with a backslash before ``"``, `````, ``$`` and a backslash, and ``%`` doubled."""
    quoted = "".join(f"\\{char}" if char in '"`$\\' else char for char in word.replace("%", "%%"))
    return f'"{quoted}"'


def _value(text: str) -> str:
    """A string in an entry's line, where a backslash stands for itself when it is doubled."""
    return text.replace("\\", "\\\\")


def _command(folder: PurePath, python: PurePath) -> str:
    words = shlex.join([str(python), "-m", "voiceguide", "studio", str(folder)])
    return f"#!/bin/sh\nexec {words}\n"


def _cmd(folder: PurePath, python: PurePath) -> str:
    """A batch file in UTF-8, in which a percent sign is doubled; a path of Windows holds no quotation mark."""
    python_word, folder_word = (str(path).replace("%", "%%") for path in (python, folder))
    lines = (
        "@echo off",
        "chcp 65001 >nul",
        f'"{python_word}" -m voiceguide studio "{folder_word}"',
        "if errorlevel 1 pause",
    )
    return "".join(f"{line}\r\n" for line in lines)
