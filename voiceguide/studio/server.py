"""The studio's web server: one page, its files, its connection; on this computer alone.

Starlette and uvicorn serve it rather than a framework for user interfaces: those put scripts and styles into the page
itself, which the page's policy forbids (no script but the studio's own files may ever run in it).
"""

from __future__ import annotations

import asyncio
import re
import socket
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from voiceguide.studio.connection import Connection, Shelves
from voiceguide.studio.security import Guard
from voiceguide.studio.shelf import Item, Shelf, body_of
from voiceguide.studio.workspace import Workspace

HOST = "127.0.0.1"
ASSETS = Path(__file__).resolve().parent / "assets"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
UPLOADED = ("audio/wav",)
_NAME = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:js|css|svg|json)")


@dataclass(frozen=True)
class Studio:
    """A studio that is ready to be run: ``address`` is what a browser opens once."""

    server: uvicorn.Server
    guard: Guard
    port: int
    listening: socket.socket

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/?token={self.guard.token}"

    def run(self) -> None:
        """Serves until it is interrupted."""
        asyncio.run(self.server.serve(sockets=[self.listening]))


def studio(folder: Path, port: int = 0, jobs: int = 1) -> Studio:
    """A studio for a folder on a port of this computer; 0 takes any free one. Raises OSError when it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        bound = int(listening.getsockname()[1])
    except BaseException:
        listening.close()
        raise
    guard = Guard(app(Workspace(folder), jobs), lambda: bound)
    settings = uvicorn.Config(
        guard,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=8 * 2**20,
        limit_concurrency=64,
        timeout_graceful_shutdown=2,
    )
    return Studio(uvicorn.Server(settings), guard, bound, listening)


def app(workspace: Workspace, jobs: int) -> Starlette:
    """The page, its files, the connection, and what goes to and fro beside it."""
    shelves = Shelves(Shelf(), Shelf())

    async def page(request: Request) -> Response:
        text = (ASSETS / "index.html").read_text("utf-8")
        return Response(text.replace("{nonce}", request.scope["state"]["nonce"]), media_type=_TYPES[".html"])

    async def connect(socket: WebSocket) -> None:
        await Connection(socket, workspace, jobs, shelves).serve()

    async def upload(request: Request) -> Response:
        """Takes a recording; what is asked of it on the connection names it by the key that is answered."""
        if request.headers.get("content-type") not in UPLOADED:
            return PlainTextResponse("The studio takes no files of this kind.", 415)
        body = await body_of(request.receive)
        if body is None:
            return PlainTextResponse("This is more than the studio takes at once.", 413)
        return JSONResponse({"upload": shelves.uploads.put(Item(body, request.headers["content-type"]))})

    async def sound(request: Request) -> Response:
        item = shelves.sounds.get(request.path_params["key"])
        if item is None:
            return PlainTextResponse("There is no such sound any more.", 404)
        return Response(item.data, media_type=item.media_type)

    routes = [
        Route("/", page),
        Route("/assets/{name:path}", asset),
        Route("/uploads", upload, methods=["POST"]),
        Route("/sounds/{key}", sound),
        WebSocketRoute("/ws", connect),
    ]
    return Starlette(routes=routes)


async def asset(request: Request) -> Response:
    """One of the page's own files."""
    name = request.path_params["name"]
    path = ASSETS / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return PlainTextResponse("There is no such file.", 404)
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix])
