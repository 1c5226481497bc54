"""A script as finished sessions: which files, and making them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

import voiceguide
from voiceguide.api.options import session_length
from voiceguide.editing.people import Person
from voiceguide.encoder.kinds import KINDS
from voiceguide.errors import Cancelled, VoiceguideError, as_sentences
from voiceguide.studio.made import Made
from voiceguide.studio.messages import failure
from voiceguide.studio.work import Doing
from voiceguide.studio.workspace import Workspace
from voiceguide.units import format_duration

FOLDER = "sessions"
"""The folder beside a script that holds its sessions, as ``voiceguide render`` has it."""

MOST = 500
"""Files of one wish."""

_NONE: Mapping[str, str] = MappingProxyType({})


class CannotMake(ValueError):
    """A wish that names no files; the text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made of a script: a ``kind`` of file, for each of ``lengths`` (none: as the script has it) and each
    of ``people`` (none: once, with the script's own values). ``captions`` are written beside each."""

    kind: str
    lengths: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    captions: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: its name in the folder, the length in seconds that is asked for, written like 7m30s, the values of
    variables, and the voice where it is not the script's."""

    name: str
    length: str | None
    variables: Mapping[str, str]
    captions: bool
    voice: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All files that are written."""
        beside = (str(PurePosixPath(self.name).with_suffix(".vtt")),) if self.captions else ()
        return (self.name, *beside)


def pieces(script: str, wish: Wish) -> tuple[Piece, ...]:
    """The files of a wish, none of which has the name of another. Raises CannotMake."""
    if wish.kind not in KINDS:
        raise CannotMake(f"There is no kind of file '{wish.kind}'.")
    lengths = tuple(dict.fromkeys(map(_length, wish.lengths))) or (None,)
    people: tuple[Person | None, ...] = wish.people or (None,)
    if len(lengths) * len(people) > MOST:
        raise CannotMake(f"These would be {len(lengths) * len(people)} files; {MOST} can be made at once.")
    return tuple(
        _piece(PurePosixPath(script), wish, person, length) for person in people for length in _of(person, lengths)
    )


def _of(person: Person | None, lengths: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """The lengths of a person's sessions: the own one of the table, where there is one."""
    return lengths if person is None or person.length is None else (format_duration(person.length),)


def _piece(script: PurePosixPath, wish: Wish, person: Person | None, length: str | None) -> Piece:
    stem = "-".join(filter(None, (person.file if person else script.stem, length)))
    name = str(script.parent / FOLDER / f"{stem}{KINDS[wish.kind].suffix}")
    if person is None:
        return Piece(name, length, _NONE, wish.captions)
    return Piece(name, length, person.variables, wish.captions, person.voice)


def _length(text: str) -> str:
    try:
        return format_duration(session_length(text.strip()))
    except ValueError as error:
        raise CannotMake(as_sentences(str(error))) from error


def strange(workspace: Workspace, made: Made, wanted: Sequence[Piece]) -> tuple[str, ...]:
    """The files that are there already and that the studio has not made."""
    names = (name for piece in wanted for name in piece.names)
    return tuple(name for name in names if made.is_strange(name, workspace.path(name, ENDINGS)))


def make(
    workspace: Workspace, made: Made, script: str, wanted: Sequence[Piece], jobs: int, doing: Doing
) -> list[dict[str, Any]]:
    """Makes the files, and says of each what became of it. One that fails stops no other. Raises Cancelled."""
    rows: list[dict[str, Any]] = []
    for number, piece in enumerate(wanted):
        doing.require()
        doing.part({"name": piece.name, "number": number, "count": len(wanted)})
        try:
            rows.append(_made(workspace, made, script, piece, jobs, doing))
        except Cancelled:
            raise
        except VoiceguideError as error:
            rows.append({"name": piece.name, "error": failure(error)})
    return rows


def _made(workspace: Workspace, made: Made, script: str, piece: Piece, jobs: int, doing: Doing) -> dict[str, Any]:
    target = workspace.path(piece.name, ENDINGS)
    read = voiceguide.read(workspace.path(script), variables=piece.variables)
    shared: dict[str, Any] = {"jobs": jobs, "progress": doing.progress, "cancelled": doing.cancelled}
    with voiceguide.plan(read, length=piece.length, voice=piece.voice, **shared) as session:
        report = session.render(target, captions="vtt" if piece.captions else None, **shared)
    for name in piece.names:
        made.note(name, workspace.path(name, ENDINGS))
    return {
        "name": piece.name,
        "folder": str(target.parent),
        "seconds": report.timeline.frames / voiceguide.SAMPLE_RATE,
        "bytes": report.size,
        "type": report.media_type,
        "notes": list(report.notes),
    }


ENDINGS = (*(kind.suffix for kind in KINDS.values()), ".vtt", ".zip")
"""What the names of files end in that the studio makes, plays and gives out."""
