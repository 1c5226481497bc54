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
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from voiceguide.studio.connection import Beside, Connection
from voiceguide.studio.presence import Other, Presence
from voiceguide.studio.security import Guard
from voiceguide.studio.shelf import Shelves
from voiceguide.studio.shown import SHOWN, Shown
from voiceguide.studio.transfers import transfers
from voiceguide.studio.workspace import OWN, Workspace

HOST = "127.0.0.1"
ASSETS = Path(__file__).resolve().parent / "assets"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
_NAME = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:js|css|svg|json)")


@dataclass(frozen=True)
class Studio:
    """A studio that is ready to be run: ``address`` is what a browser opens once, ``other`` another studio that has the
    folder open."""

    server: uvicorn.Server
    guard: Guard
    port: int
    listening: socket.socket
    presence: Presence
    shown: Shown

    @property
    def other(self) -> Other | None:
        return self.presence.other

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}/?token={self.guard.token}"

    def run(self) -> None:
        """Serves until it is interrupted, or :meth:`stop` is called."""
        try:
            asyncio.run(self.server.serve(sockets=[self.listening]))
        finally:
            self.presence.release()

    def stop(self) -> None:
        """Ends serving soon; from any thread."""
        self.server.should_exit = True


def studio(folder: Path, port: int = 0, jobs: int = 1) -> Studio:
    """A studio for a folder on a port of this computer; 0 takes any free one. Raises OSError when it is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen()  # so that a browser that is quicker than the server waits for it
        bound = int(listening.getsockname()[1])
    except BaseException:
        listening.close()
        raise
    workspace, shown = Workspace(folder), Shown()
    presence = Presence(workspace.folder / OWN, bound)
    guard = Guard(app(workspace, jobs, shown, presence.other), lambda: bound, shown.end_of_secret)
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
    return Studio(uvicorn.Server(settings), guard, bound, listening, presence, shown)


def app(workspace: Workspace, jobs: int, shown: Shown, other: Other | None) -> Starlette:
    """The page, its files, the connection, what goes in and out of the folder, and finished packs."""
    shelves = Shelves.empty()
    beside = Beside(shelves.uploads, shelves.sounds, shown, other)

    async def page(request: Request) -> Response:
        text = (ASSETS / "index.html").read_text("utf-8")
        return Response(text.replace("{nonce}", request.scope["state"]["nonce"]), media_type=_TYPES[".html"])

    async def connect(socket: WebSocket) -> None:
        await Connection(socket, workspace, jobs, beside).serve()

    return Starlette(
        routes=[
            Route("/", page),
            Route("/assets/{name:path}", asset),
            Route(f"{SHOWN}{{path:path}}", shown.answer),
            WebSocketRoute("/ws", connect),
            *transfers(workspace),
            *shelves.routes(),
        ]
    )


async def asset(request: Request) -> Response:
    """One of the page's own files."""
    name = request.path_params["name"]
    path = ASSETS / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return PlainTextResponse("There is no such file.", 404)
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix])
