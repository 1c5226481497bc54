"""Packs: their file as a form, checking, building, and the finished folder."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import voiceguide
from voiceguide.api.progress import reported
from voiceguide.atomic import atomic
from voiceguide.editing.pack_edits import PackForm, SessionRow, WeekRow
from voiceguide.errors import OutputError
from voiceguide.packs.checking import checked
from voiceguide.packs.pack_model import slug
from voiceguide.publish.manifest import NAME, inside, load
from voiceguide.studio.work import Doing
from voiceguide.studio.workspace import Workspace

FOLDER = "packs"
"""The folder beside a pack file in which the finished pack lies, as ``voiceguide pack build`` has it."""

_MOST_ROWS = 500
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that an archive can hold


def output_name(workspace: Workspace, name: str) -> str:
    """The finished pack's folder, for a pack file by its name."""
    path = PurePosixPath(name)
    own = workspace.path(name).parent.name if path.stem == "pack" else path.stem
    return str(path.parent / FOLDER / slug(own))


def form_from(row: Any) -> PackForm:
    """A form as a page sends it. Raises KeyError, TypeError and ValueError for what is none."""
    if len(row["sessions"]) > _MOST_ROWS or len(row["weeks"]) > _MOST_ROWS:
        raise ValueError("too many rows")
    sessions = (
        SessionRow(str(one["script"]), _texts(one["lengths"]), _texts(one["voices"]), str(one["name"]), _was(one))
        for one in row["sessions"]
    )
    weeks = (
        WeekRow(str(one["title"]), _texts(one["sessions"]), int(one["times_per_week"]), _was(one))
        for one in row["weeks"]
    )
    return PackForm({str(key): str(value) for key, value in row["settings"].items()}, tuple(sessions), tuple(weeks))


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(value).strip() for value in values if str(value).strip())


def _was(row: Any) -> int | None:
    return None if row["was"] is None else int(row["was"])


def check(workspace: Workspace, name: str, jobs: int, doing: Doing) -> dict[str, Any]:
    """Every problem of a pack: of its file, and of each session."""
    file = voiceguide.read_pack(workspace.path(name))
    told: dict[str, Any] = {"findings": [finding.render() for finding in file.findings], "sessions": []}
    if file.pack is None:
        return told
    count = len(file.pack.entries)
    doing.part({"number": 0, "count": count})
    for number, one in enumerate(checked(file.pack, jobs, reported(doing.progress, doing.cancelled)), start=1):
        doing.part({"number": number, "count": count})
        told["sessions"].append({"name": one.entry.name, "problem": one.problem, "findings": list(one.findings)})
    return told


def build(workspace: Workspace, name: str, jobs: int, doing: Doing) -> dict[str, Any]:
    """Builds a pack into its folder."""
    output = output_name(workspace, name)
    folder = workspace.path(output, ("",))
    built = voiceguide.build_pack(
        workspace.path(name),
        folder,
        jobs=jobs,
        processes=jobs > 1,
        progress=doing.progress,
        cancelled=doing.cancelled,
    )
    rows = [
        {
            "name": one.name,
            "title": one.session.title if one.session else one.name,
            "seconds": one.session.seconds if one.session else None,
            "made": one.made,
            "failure": one.failure,
        }
        for one in built.outcomes
    ]
    return {"name": output, "folder": str(folder), "sessions": rows, "notes": list(built.notes), "whole": built.whole}


def archive_name(workspace: Workspace, name: str) -> str:
    """The archive of a finished pack, by the pack file's name."""
    return f"{output_name(workspace, name)}.zip"


def archive(workspace: Workspace, name: str, doing: Doing) -> dict[str, Any]:
    """Packs the finished folder's own files into an archive beside it; the same files, the same bytes."""
    folder = workspace.path(output_name(workspace, name), ("",))
    target = workspace.path(archive_name(workspace, name), (".zip",))
    paths = sorted(set(_files(folder)))
    with atomic(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:
        for path in paths:
            doing.require()
            entry = zipfile.ZipInfo(f"{folder.name}/{path}", _EPOCH)
            entry.external_attr = 0o644 << 16
            with packed.open(entry, "w", force_zip64=True) as written, (folder / path).open("rb") as file:
                while piece := file.read(2**20):
                    written.write(piece)
    return {"name": archive_name(workspace, name), "folder": str(target.parent), "bytes": target.stat().st_size}


def _files(folder: Path) -> Iterator[str]:
    """What a finished pack consists of. Raises OutputError when there is none, or when a file of it is missing."""
    manifest = load(folder)
    if manifest is None:
        raise OutputError("This pack has not been built yet.")
    named = [NAME, *manifest.pages, *([manifest.cover.path] if manifest.cover else [])]
    named += [file.path for session in manifest.sessions for file in session.files.values()]
    for path in map(inside, named):
        if not (folder / path).resolve().is_relative_to(folder.resolve()) or not (folder / path).is_file():
            raise OutputError(f"{path} is missing in the finished pack; build it again.")
        yield path
