"""What goes into the folder as a whole file, and out of it: documents to import, and sound that was made.

An upload is data and nothing else: it is read to a bound, recognised by what it holds, and only the script that it
makes is written.
"""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath

from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from voiceguide.api.importing import ImportedScript, import_script
from voiceguide.documents.limits import LARGEST_FILE
from voiceguide.encoder.kinds import BY_SUFFIX, TEXT_TYPES
from voiceguide.errors import VoiceguideError
from voiceguide.packs.pack_model import slug
from voiceguide.studio.messages import failure, sentences
from voiceguide.studio.sessions import ENDINGS
from voiceguide.studio.uploads import TooLarge, body_of
from voiceguide.studio.workspace import NoSuchName, Workspace

_MOST_ROWS = 200  # of a report
_LONGEST_STEM = 80  # characters


def transfers(workspace: Workspace) -> list[Route]:
    """The addresses to which files are sent, and from which they are fetched."""
    importing = asyncio.Semaphore(2)

    async def take(request: Request) -> Response:
        try:
            data = await body_of(request, LARGEST_FILE)
        except TooLarge:
            return _refusal(f"This file is larger than {LARGEST_FILE // 2**20} MiB, the most that is imported.", 413)
        except ClientDisconnect:
            return Response(status_code=400)
        name = PurePosixPath(request.query_params.get("name", "").replace("\\", "/")).name
        try:
            async with importing:
                return JSONResponse(await asyncio.to_thread(import_into, workspace, name or "document", data))
        except (NoSuchName, VoiceguideError) as error:
            return _refusal(failure(error))

    async def give(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            path = workspace.path(name, ENDINGS)
        except NoSuchName:
            return PlainTextResponse("There is no such file.", 404)
        if not path.is_file():
            return PlainTextResponse("There is no such file.", 404)
        download = path.name if "download" in request.query_params else None
        return FileResponse(path, media_type=_type(path.suffix), filename=download)

    return [Route("/import", take, methods=["POST"]), Route("/made/{name:path}", give)]


def import_into(workspace: Workspace, name: str, data: bytes) -> dict[str, object]:
    """Imports a document as a new script, and gives its name and the report. Raises ScriptError and NoSuchName."""
    script = workspace.free_name(f"{slug(PurePosixPath(name).stem)[:_LONGEST_STEM].strip('-.') or 'script'}.md")
    made = import_script(name, data, workspace.path(script))
    workspace.add(script, made.text)
    return {"name": script, **_report(made)}


def _report(made: ImportedScript) -> dict[str, object]:
    report = made.report.to_json()
    return {
        "source": made.source,
        "form": report["form"],
        "counts": report["counts"],
        "rows": [row for row in report["rows"] if row["kind"] != "translated"][:_MOST_ROWS],
        "warnings": list(map(sentences, made.findings)),
    }


def _refusal(text: str, status: int = 200) -> Response:
    """A document that is refused is an answer like any other, and no failure of the request."""
    return JSONResponse({"error": text}, status)


def _type(suffix: str) -> str:
    kind = BY_SUFFIX.get(suffix.casefold())
    return kind.media_type if kind else TEXT_TYPES.get(suffix.casefold(), "application/zip")
