"""The sessions that a pack file asks for, each by a name of its own: for lengths, for voices, or for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from voiceguide.editing.people import Person, read_people, table_text
from voiceguide.errors import ConfigurationError, Diagnostic, Span
from voiceguide.packs.pack_model import PackModel, SessionEntry, slug
from voiceguide.script.files import Folder
from voiceguide.script.yaml_tree import Mapping as Table
from voiceguide.script.yaml_tree import Scalar, Sequence, YamlNode
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import parsed
from voiceguide.session.variables import variables_of
from voiceguide.units import parse_duration

_LONGEST_NAME = 200  # bytes; its files have endings, and most systems allow 255
_DEVICES = ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10)))

RESERVED = (
    *("cover", "feed", "icon", "icon-512", "index", "manifest", "player", "programme", "service-worker", "sessions"),
    *("transcripts", "beds"),
)
"""Names that belong to the pack itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One session that a pack shall have, unless there is a ``problem`` with its script.

    ``name`` is its own and its files'; ``script`` is relative to the pack's folder, with ``/``; ``length`` (seconds)
    and ``voice`` are None where the script's own are to be taken. ``variables``: names and values of a person's own.
    """

    name: str
    script: str
    path: Path
    length: Fraction | None
    voice: str | None
    span: Span
    problem: Diagnostic | None = None
    variables: tuple[tuple[str, str], ...] = ()


def at(tree: Table, keys: tuple[int | str, ...]) -> tuple[YamlNode, Span]:
    """The node that keys and indices lead to, or the last one on the way there, and the span that names it."""
    node: YamlNode = tree
    span = tree.span
    for step in keys:
        if isinstance(node, Table):
            found = next(((key, value) for key, value in node.entries if key.value == step), None)
            if found is None:
                break
            span, node = found[0].span, found[1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            span = node.span
        else:
            break
    return node, node.span if isinstance(node, Scalar) and node.value else span


def entries_of(model: PackModel, tree: Table, folder: Folder, problems: list[Diagnostic]) -> list[Entry]:
    """The sessions in the order of the file; what is wrong is added to ``problems``."""
    found: list[Entry] = []
    taken: dict[str, Span] = {}
    for index, session in enumerate(model.sessions):
        named = at(tree, ("sessions", index, "script"))[1]
        path, problem = _script(session.script, folder, named)
        script = path.relative_to(folder.path.resolve()).as_posix() if problem is None else session.script
        if session.people is None:
            asked = _variants(session, path)
        else:
            table = at(tree, ("sessions", index, "people"))[1]
            asked = _people(session, path, folder, table, problems) if problem is None else iter(())
        for name, length, voice, variables in asked:
            if wrong := _wrong_name(name, named, taken):
                problems.append(wrong)
            taken[name.casefold()] = named
            found.append(Entry(name, script, path, length, voice, named, problem, variables))
    return found


_Asked = tuple[str, Fraction | None, str | None, tuple[tuple[str, str], ...]]
"""A session's name, length, voice and variables."""


def _variants(session: SessionEntry, path: Path) -> Iterator[_Asked]:
    for length in session.lengths or (None,):
        for voice in session.voices or (None,):
            parts = [session.name or slug(path.stem), *filter(None, (length, voice and slug(voice)))]
            yield "-".join(parts), None if length is None else parse_duration(length), voice, ()


def _people(
    session: SessionEntry, path: Path, folder: Folder, span: Span, problems: list[Diagnostic]
) -> Iterator[_Asked]:
    """A session for each person of a table; what is wrong in the table is told at its name in the pack file."""
    people, wrong = _read(session, path, folder)
    problems += [Diagnostic(span, "error", message) for message in wrong]
    length = parse_duration(session.lengths[0]) if session.lengths else None
    voice = session.voices[0] if session.voices else None
    for one in people:
        yield slug(one.file), one.length or length, one.voice or voice, tuple(sorted(one.variables.items()))


def _read(session: SessionEntry, path: Path, folder: Folder) -> tuple[tuple[Person, ...], list[str]]:
    """The people of the session's table, and what is wrong in it."""
    table = session.people or ""
    try:
        file = folder.find(table)
        if file is None:
            return (), [f"there is no table '{table}' in the pack's folder"]
        text = table_text(file)
        routine, _ = parsed(path, SessionOptions())
    except ValueError as error:
        return (), [str(error).replace("the script's folder", "the pack's folder")]
    except OSError as error:
        return (), [f"the table '{table}' cannot be read: {error.strerror or error}"]
    except ConfigurationError as error:
        return (), [str(error)]
    if routine is None:
        return (), []  # its own errors are told when the session is made
    found = read_people(text, variables_of(routine), session.name or slug(path.stem))
    return found.people, [f"{table}, {problem}" for problem in found.problems]


def _wrong_name(name: str, span: Span, taken: dict[str, Span]) -> Diagnostic | None:
    if len(name.encode()) > _LONGEST_NAME:
        return Diagnostic(span, "error", "its name is too long for files", "give it a shorter one with 'name:'")
    if name.casefold() in (*RESERVED, *_DEVICES):
        whose = "the pack's own files" if name.casefold() in RESERVED else "a device on Windows"
        return Diagnostic(span, "error", f"'{name}' is a name of {whose}", "give it another with 'name:'")
    if name.casefold() in taken:
        hint = "leave one out, or give one another name with 'name:'"
        message = f"another session is called '{name}' too, in line {taken[name.casefold()].line}"
        return Diagnostic(span, "error", message, hint)
    return None


def _script(name: str, folder: Folder, span: Span) -> tuple[Path, Diagnostic | None]:
    """The script's file, and what is wrong with it as such."""
    try:
        path = folder.find(name)
    except ValueError as error:
        message = str(error).replace("the script's folder", "the pack's folder")
        return folder.path / name, Diagnostic(span, "error", message)
    if path is None:
        return folder.path / name, Diagnostic(span, "error", f"there is no script '{name}' in the pack's folder")
    return path, None
