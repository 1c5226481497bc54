"""A web server for one folder, reachable from this machine only, with byte ranges, so that players can seek."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from voiceguide.encoder.kinds import KINDS, TEXT_TYPES

HOST = "127.0.0.1"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_HOSTS = (
    "127.0.0.1",
    "localhost",
)  # other names mean that a page of the internet was resolved to this machine (DNS rebinding)
_PIECE = 256 * 1024  # bytes
_TYPES = {
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    **{end: f"{kind}; charset=utf-8" if kind.startswith("text/") else kind for end, kind in TEXT_TYPES.items()},
    **{kind.suffix: kind.media_type for kind in KINDS.values()},
}


class Handler(SimpleHTTPRequestHandler):
    """Serves files, or a range of their bytes (RFC 9110, section 14). No listings, no hidden files."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        host = self.headers.get("Host", HOST).rpartition(":")[0] or self.headers.get("Host", HOST)
        path = self._file() if host in _HOSTS else None
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with suppress(ConnectionError), path.open("rb") as file:
            size = path.stat().st_size
            span = _span(self.headers.get("Range"), size)
            if span is None:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self.send_header("Content-Range", f"bytes */{size}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            first, after, partial_ = span
            self.send_response(HTTPStatus.PARTIAL_CONTENT if partial_ else HTTPStatus.OK)
            if partial_:
                self.send_header("Content-Range", f"bytes {first}-{after - 1}/{size}")
            self.send_header("Content-Type", self._type(path))
            self.send_header("Content-Length", str(after - first))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Cache-Control", "no-cache")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            if body:
                for piece in _pieces(file, first, after):
                    self.wfile.write(piece)

    def _file(self) -> Path | None:
        """The requested file, if it is in the folder and not hidden."""
        root = Path(self.directory).resolve()
        try:
            path = Path(self.translate_path(self.path)).resolve(strict=True)
        except (OSError, ValueError):
            return None
        if path.is_dir():
            path = path / "index.html"
        if not path.is_relative_to(root) or not path.is_file():
            return None
        return None if any(part.startswith(".") for part in path.relative_to(root).parts) else path

    def _type(self, path: Path) -> str:
        return next((kind for end, kind in _TYPES.items() if path.name.endswith(end)), self.guess_type(str(path)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        pass


def _span(asked: str | None, size: int) -> tuple[int, int, bool] | None:
    """The first byte, the one after the last, and whether that is a range; None if the range is empty."""
    match = _RANGE.fullmatch(asked.strip()) if asked else None
    if match is None or match.group(0) == "bytes=-":  # also several ranges, which a server may ignore
        return 0, size, False
    first, last = match.groups()
    if not first:
        start, after = max(0, size - int(last)), size
    else:
        start, after = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < int(first):
            return 0, size, False
    return (start, after, True) if start < after else None


def _pieces(file: IO[bytes], first: int, after: int) -> Iterator[bytes]:
    file.seek(first)
    left = after - first
    while left and (piece := file.read(min(left, _PIECE))):
        left -= len(piece)
        yield piece


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints nothing: a client that disconnects is no error."""


def server(folder: Path, port: int = 0, handler: type[Handler] = Handler) -> Server:
    """A server of ``folder`` on the loopback interface; 0 takes any free port. Raises OSError when that is taken."""
    return Server((HOST, port), partial(handler, directory=str(folder)))
