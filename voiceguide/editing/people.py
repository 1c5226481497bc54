"""A table of people, for each of whom a script is made with values of its own: names, a length, a voice, a file's name.

A table is read as spreadsheets give it: copied (tabs between the cells), or as CSV with commas or semicolons. Its first
row names the columns: the script's variables, and ``file``, ``length`` and ``voice`` where they are wanted.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from voiceguide.errors import TURNS_TEXT_AROUND, did_you_mean
from voiceguide.script.names import LONGEST_VALUE, NAME
from voiceguide.script.values import parse_length

MOST_PEOPLE = 500
LARGEST_TABLE = 2**20
"""Characters."""

_LONGEST_NAME = 80  # characters of a file's name
_MOST_COLUMNS = 100
_FILE, _LENGTH, _VOICE = "file", "length", "voice"
_SPELLINGS = {
    _FILE: ("file", "file name", "filename", "datei", "dateiname"),
    _LENGTH: ("length", "länge", "dauer"),
    _VOICE: ("voice", "stimme"),
}
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)  # on Windows


@dataclass(frozen=True, slots=True)
class Person:
    """One row: the session of a file called ``file`` (without its ending) has these ``variables``, and a ``length``
    (seconds) and ``voice`` of its own where they are not None. ``row`` counts from 1, the first row of the table."""

    row: int
    file: str
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    length: Fraction | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row, in a complete sentence without its final stop."""

    row: int
    message: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.message}"


@dataclass(frozen=True, slots=True)
class People:
    """A table as it was read. With ``problems`` no session should be made of it; ``people`` are the other rows."""

    columns: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    problems: tuple[RowProblem, ...] = ()


def table_text(table: Path) -> str:
    """A table as spreadsheets save it: in UTF-8, or in Windows' own encoding. Raises OSError."""
    with table.open("rb") as file:
        data = file.read(4 * LARGEST_TABLE + 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


class _Wrong(ValueError):
    """What is wrong with a cell."""


def read_people(text: str, variables: Collection[str], stem: str = "session") -> People:
    """Reads a table. ``variables`` are the names that the script asks for; ``stem`` begins the name of each file where
    the table names none: it is followed by the person's first value, as in ``evening-anna``."""
    if len(text) > LARGEST_TABLE:
        return People(problems=(RowProblem(1, f"this table is larger than {LARGEST_TABLE // 2**20} MiB"),))
    rows = _rows(text)
    if not rows:
        return People(problems=(RowProblem(1, "this table is empty; its first row names the variables"),))
    (first, names), *others = rows
    columns = tuple(map(_column, names))
    problems = [RowProblem(first, message) for message in _wrong_columns(columns, names, variables)]
    if not problems and not others:
        problems = [RowProblem(first, "no person follows the names of the columns")]
    if len(others) > MOST_PEOPLE:
        problems.append(RowProblem(others[MOST_PEOPLE][0], f"a table can have {MOST_PEOPLE} people at most"))
    if problems:
        return People(columns, (), tuple(problems))
    return _read_rows(columns, others, stem)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with their numbers; a cell may hold line ends inside quotes."""
    text = text.removeprefix("\ufeff")
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max("\t;,", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for number, cells in enumerate(reader, 1):
            cells = [" ".join(cell.split()) for cell in cells]
            if any(cells):
                rows.append((number, cells))
    except csv.Error:
        return rows
    return rows


def _column(name: str) -> str:
    folded = name.casefold()
    return next((key for key, spellings in _SPELLINGS.items() if folded in spellings), name.strip("{}").strip())


def _wrong_columns(columns: tuple[str, ...], names: list[str], variables: Collection[str]) -> list[str]:
    if len(columns) > _MOST_COLUMNS:
        return [f"a table can have {_MOST_COLUMNS} columns at most"]
    wrong = []
    for column, name in zip(columns, names, strict=True):
        if column in _SPELLINGS:
            continue
        if not name:
            wrong.append("a column has no name; write a variable's name in the first row")
        elif not NAME.fullmatch(column):
            wrong.append(f"'{name}' is no name for a variable; use letters, digits, _ and -, a letter first")
        elif column not in variables:
            near = did_you_mean(column, variables) or (f"; it has {', '.join(variables)}" if variables else "")
            wrong.append(f"the script has no variable '{column}'{near}")
    wrong += [f"the column '{column}' is there twice" for column in dict.fromkeys(columns) if columns.count(column) > 1]
    if not wrong and set(columns) <= {_VOICE}:
        wrong.append("no column says who or what a file is for; name a variable, or 'file'")
    return wrong


def _read_rows(columns: tuple[str, ...], rows: list[tuple[int, list[str]]], stem: str) -> People:
    people: list[Person] = []
    problems: list[RowProblem] = []
    taken: dict[str, int] = {}
    for row, cells in rows:
        try:
            person = _person(row, columns, cells, stem)
            if (before := taken.setdefault(person.file.casefold(), row)) != row:
                raise _Wrong(f"the file '{person.file}' is that of row {before} already; a column 'file' can name both")
        except _Wrong as wrong:
            problems.append(RowProblem(row, str(wrong)))
        else:
            people.append(person)
    return People(columns, tuple(people), tuple(problems))


def _person(row: int, columns: tuple[str, ...], cells: list[str], stem: str) -> Person:
    if any(cells[len(columns) :]):
        raise _Wrong(f"there are {len(cells)} cells, but {len(columns)} columns; put quotes around what has a comma")
    values = dict(zip(columns, cells, strict=False))
    variables = {}
    for column in columns:
        if column not in _SPELLINGS:
            variables[column] = _value(column, values.get(column, ""))
    length = _converted(values.get(_LENGTH, ""), parse_length)
    name = values.get(_FILE, "")
    if not name:
        own = next(iter(variables.values()), "") or values.get(_LENGTH, "")
        if not own:
            raise _Wrong("the name of the file is missing")
        name = f"{stem}-{as_file_name(own)}"
    return Person(row, _file(name), MappingProxyType(variables), length, values.get(_VOICE) or None)


def _value(column: str, value: str) -> str:
    if not value:
        raise _Wrong(f"'{column}' has no value")
    if len(value) > LONGEST_VALUE:
        raise _Wrong(f"the value of '{column}' is longer than {LONGEST_VALUE:,} characters")
    if any(char in TURNS_TEXT_AROUND or unicodedata.category(char) in ("Cc", "Cs") for char in value):
        raise _Wrong(f"the value of '{column}' holds signs that cannot be read")
    return value


def _converted(value: str, read: Callable[[str], Fraction]) -> Fraction | None:
    try:
        return read(value) if value else None
    except ValueError as error:
        raise _Wrong(str(error)) from None


def as_file_name(value: str) -> str:
    """A value as a part of a file's name."""
    letters = unicodedata.normalize("NFC", value).casefold()
    return re.sub(r"[^\w]+", "-", letters).strip("-")[:_LONGEST_NAME] or "x"


def _file(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    for ending in (".mp3", ".m4a", ".m4b", ".mp4", ".opus", ".flac", ".wav"):
        name = name[: -len(ending)] if name.casefold().endswith(ending) else name
    bad = _UNSAFE.search(name) or _RESERVED.fullmatch(name) or name.startswith(".") or name != name.strip(" .")
    if bad or not name or any(char in TURNS_TEXT_AROUND for char in name):
        raise _Wrong(f"'{name}' cannot be the name of a file")
    if len(name) > _LONGEST_NAME:
        raise _Wrong(f"the name of the file is longer than {_LONGEST_NAME} characters")
    return name
