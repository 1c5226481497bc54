"""Another name for a variable: in its own script, in those that it includes, and in open ones that include it."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.scripts import included
from voiceguide.editing.variables import Place, renamed, renamed_elsewhere, variable_at
from voiceguide.errors import Source
from voiceguide.language_server.actions import workspace_edit
from voiceguide.language_server.open_scripts import OpenScript, OpenScripts
from voiceguide.language_server.positions import Positions


def variable_range(positions: Positions, offset: int) -> types.PrepareRenamePlaceholder | None:
    """The name around an offset that can be changed; None where there is none."""
    place = variable_at(positions.source, offset)
    if place is None or (place.block is not None and place.block.name_start is None):
        return None
    return types.PrepareRenamePlaceholder(positions.range(place.start, place.end), place.name)


def rename(script: OpenScript, offset: int, new: str, known: OpenScripts) -> types.WorkspaceEdit | None:
    """The edits that rename the variable at an offset; None where there is none. Raises CannotEdit."""
    source = script.source
    place = variable_at(source, offset)
    if place is None:
        return None
    changes = {script.uri: (known.positions(source), list(renamed(source, place, new)))}
    for path, other in _shared(script, place, known).items():
        try:
            edits: list[Edit] = list(renamed_elsewhere(other, place.name, new))
        except CannotEdit as error:
            raise CannotEdit(f"In {path.name}: {error}") from error
        if edits:
            changes[known.uri_of(path)] = known.positions(other), edits
    return workspace_edit(changes)


def _shared(script: OpenScript, place: Place, known: OpenScripts) -> dict[Path, Source]:
    """The other scripts in which the name means the same: of a block's own name only those that it includes."""
    own = script.written.path
    if own is None or script.written.folder is None:
        return {}
    within = (place.block.start, place.block.end) if place.block else None
    found = included(script.source, script.written.folder, within)
    for other in known.others([script.uri]) if place.block is None else ():
        path, folder = other.written.path, other.written.folder
        if path is not None and folder is not None:
            family = included(other.source, folder)
            if own in family:
                found |= {path: other.source, **family}
    found.pop(own, None)
    return found
