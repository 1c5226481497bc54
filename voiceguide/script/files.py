"""Reading scripts, and finding the files that a script names without ever leaving its folder."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType

from voiceguide.errors import Diagnostic, Source, Span

LARGEST_SCRIPT = 1024 * 1024
"""Bytes."""


def display_name(path: Path) -> str:
    """The path as the user would write it: relative to the working folder where it lies below it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def read_source(path: Path) -> tuple[Source, list[Diagnostic]]:
    """The text of a script, and what is wrong with the file as such. The text is empty when it cannot be read."""
    written = display_name(path)
    name = written.encode("utf-8", "replace").decode("utf-8")

    def failed(message: str, hint: str | None = None, text: str = "", at: tuple[int, int] = (1, 1)) -> Span:
        source = Source(name, text)
        problems.append(Diagnostic(Span(source, *at), "error", message, hint))
        return problems[0].span

    problems: list[Diagnostic] = []
    if name != written:  # else the tags, the report and the name of the session could not be written after all the work
        return failed("this file's name is not UTF-8 text", "give it a name of other letters").source, problems
    try:
        if path.is_dir():
            return failed("this is a folder, not a script", "name the .md file in it").source, problems
        if path.exists() and not path.is_file():
            return failed("this is no ordinary file, so no script").source, problems
        with path.open("rb") as file:
            data = file.read(LARGEST_SCRIPT + 1)
    except FileNotFoundError:
        return failed("there is no such file", "check the name and the folder").source, problems
    except OSError as error:
        return failed(f"this file cannot be read: {error.strerror or error}").source, problems
    if len(data) > LARGEST_SCRIPT:
        hint = "divide it into several scripts with [include other.md]"
        most = f"{LARGEST_SCRIPT // 2**20} MiB"
        return failed(f"this file is larger than {most}, the most a script may be", hint).source, problems
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "open it in your editor and save it again with the encoding UTF-8"
        return failed("this file is UTF-16 text, which some editors call Unicode", hint).source, problems
    if b"\0" in data or data[:4] in (b"RIFF", b"fLaC", b"OggS", b"%PDF", b"\x89PNG"):
        hint = "a script is a plain text file; save it as UTF-8 text with the ending .md"
        return failed("this is a binary file, not a text", hint).source, problems
    try:
        data = data.removeprefix(codecs.BOM_UTF8)
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        position = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        message = f"this file is not UTF-8 text: byte 0x{data[error.start]:02x} here belongs to another encoding"
        hint = "open it in your editor and save it again with the encoding UTF-8"
        return failed(message, hint, data.decode("utf-8", "replace"), position).source, problems
    return Source(name, text), problems


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder that a script may read from: its own, or below it.

    ``unsaved`` holds, by their resolved paths, the texts of files that are open in an editor; they stand for what the
    files hold. ``find`` raises ValueError with a sentence for the user for a name that leads outside, also through
    links.
    """

    path: Path
    unsaved: Mapping[Path, str] = field(default_factory=lambda: MappingProxyType({}), compare=False, repr=False)

    def beside(self, script: Path) -> Folder:
        """The folder of another script that this one's includes."""
        return replace(self, path=script.parent)

    def read(self, path: Path) -> tuple[Source, list[Diagnostic]]:
        """The text of a script that was found here; as :func:`read_source`."""
        if (text := self.unsaved.get(path)) is not None:
            return Source(display_name(path), text), []
        return read_source(path)

    def find(self, name: str) -> Path | None:
        """The file of that name, or None when there is none. It lies in this folder or below it."""
        if "\0" in name or any(ord(c) < 32 for c in name):
            raise ValueError("a file's name cannot hold control characters")
        if PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or name.startswith(("/", "\\", "~")):
            raise ValueError(
                f"'{name}' is an absolute path; only files in the script's folder or below it may be named"
            )
        if ".." in PurePosixPath(name.replace("\\", "/")).parts:
            raise ValueError(f"'{name}' leaves the script's folder; only files in it or below it may be named")
        try:
            found = (self.path / name).resolve(strict=True)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, RuntimeError):
            raise ValueError(f"'{name}' cannot be followed to a file") from None
        if not found.is_relative_to(self.path.resolve()):
            raise ValueError(f"'{name}' is a link that leaves the script's folder")
        if not found.is_file():
            raise ValueError(f"'{name}' is not a file")
        return found
