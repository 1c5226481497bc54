"""Packs: their form, checking, building, and taking them away."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

import voiceguide
from voiceguide.editing.pack_edits import form_of, with_form
from voiceguide.studio import pack_desk
from voiceguide.studio.answers.making import begun
from voiceguide.studio.answers.request import Handler, Request
from voiceguide.studio.workspace import Conflict

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection


async def _open(connection: Connection, request: Request) -> Any:
    """The form of a pack file, the mark of its text, and what is there of the finished pack."""
    name = str(request["name"])
    saved = await asyncio.to_thread(connection.workspace.read, name)
    return {"form": asdict(form_of(saved.text)), "mark": saved.mark, **_finished(connection, name)}


def _finished(connection: Connection, name: str) -> dict[str, Any]:
    output = pack_desk.output_name(connection.workspace, name)
    folder = connection.workspace.path(output, ("",))
    built = (folder / "index.html").is_file()
    return {"built": built, "folder": str(folder), "page": connection.shown.address(folder) if built else None}


async def _save(connection: Connection, request: Request) -> Any:
    """Writes the form into the file; ``mark`` None makes a new one. One that has changed meanwhile is a conflict."""
    name, form, workspace = str(request["name"]), pack_desk.form_from(request["form"]), connection.workspace

    def saved() -> str:
        if request["mark"] is None:
            return workspace.add(name, with_form("", form)).mark
        before = workspace.read(name)
        if before.mark != request["mark"]:
            raise Conflict(before)
        return workspace.save(name, with_form(before.text, form), before.mark).mark

    mark = await asyncio.to_thread(saved)
    found = await asyncio.to_thread(voiceguide.read_pack, workspace.path(name))
    sentences = [{"severity": one.severity, "message": one.message, "line": one.span.line} for one in found.findings]
    return {"mark": mark, "findings": sentences}


async def _check(connection: Connection, request: Request) -> Any:
    return {
        "work": begun(connection, partial(pack_desk.check, connection.workspace, str(request["name"]), connection.jobs))
    }


async def _build(connection: Connection, request: Request) -> Any:
    name, workspace = str(request["name"]), connection.workspace

    def built(doing: Any) -> dict[str, Any]:
        return {**pack_desk.build(workspace, name, connection.jobs, doing), **_finished(connection, name)}

    return {"work": begun(connection, built)}


async def _archive(connection: Connection, request: Request) -> Any:
    """Begins to pack the finished folder; or asks first when there is an archive that the studio has not made."""
    name, workspace, made = str(request["name"]), connection.workspace, connection.made
    archive = pack_desk.archive_name(workspace, name)
    target = workspace.path(archive, (".zip",))
    if not request.get("replace") and await asyncio.to_thread(made.is_strange, archive, target):
        return {"there": [archive]}

    def packed(doing: Any) -> dict[str, Any]:
        told = pack_desk.archive(workspace, name, doing)
        made.note(archive, target)
        return told

    return {"work": begun(connection, packed)}


ANSWERS: dict[str, Handler] = {
    "pack_open": _open,
    "pack_save": _save,
    "pack_check": _check,
    "pack_build": _build,
    "pack_archive": _archive,
}
"""What a page can ask for."""
