"""A web server for one folder: for this machine, or at an address with a secret for the home network.

Byte ranges let players seek; entity tags and dates let browsers keep what has not changed; text goes compressed.
"""

from __future__ import annotations

import gzip
import hmac
import io
import re
import secrets
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from voiceguide.encoder.kinds import KINDS, TEXT_TYPES

if TYPE_CHECKING:
    from typing_extensions import Buffer

HOST = "127.0.0.1"
THREADS = 32
"""Requests that are answered at the same time; further ones wait."""

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_HOSTS = ("127.0.0.1", "localhost")  # other names: a page of the internet resolved to this machine (DNS rebinding)
_PIECE = 256 * 1024  # bytes
_LARGEST_TEXT = 8 * 2**20  # bytes that are compressed at once
_IDLE = 30.0  # seconds after which a silent connection is closed, and in which so much of an answer is taken
_CROWDED_IDLE = 2.0  # the same for one that has not asked anything, while others wait for their turn
_HEAD = 10.0  # seconds in which a request is there to its end, from its first byte on
_LOOK = 0.25  # seconds between two looks whether others wait
_TYPES = {
    ".webmanifest": "application/manifest+json",
    ".js": "text/javascript; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    **{end: f"{kind}; charset=utf-8" if kind.startswith("text/") else kind for end, kind in TEXT_TYPES.items()},
    **{kind.suffix: kind.media_type for kind in KINDS.values()},
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_TEXT = re.compile(r"text/|application/(json|manifest|rss)|image/svg")


@dataclass(frozen=True, slots=True)
class _Version:
    """A file as it is now: its size in bytes, its time in nanoseconds."""

    size: int
    changed: int

    @property
    def tag(self) -> str:
        return f'"{self.size:x}-{self.changed:x}"'

    @property
    def date(self) -> str:
        return formatdate(self.changed // 10**9, usegmt=True)

    def is_of(self, condition: str) -> bool:
        """Whether ``If-Range`` names this version: its tag, or its date (RFC 9110, 13.1.5)."""
        return condition.strip() in (self.tag, self.date)

    def is_known(self, tags: str | None, since: str | None) -> bool:
        """Whether the client has it already, by ``If-None-Match``, else by ``If-Modified-Since``."""
        if tags is not None:
            known = {tag.strip().removeprefix("W/").replace('-gzip"', '"') for tag in tags.split(",")}
            return bool(known & {self.tag, "*"})
        with suppress(TypeError, ValueError):
            return since is not None and self.changed // 10**9 <= parsedate_to_datetime(since).timestamp()
        return False


class _Patience(io.RawIOBase):
    """What a connection sends, as long as it does not keep others waiting: a request may be slow to begin, unless all
    threads are taken, and never slow to end. Raises TimeoutError."""

    def __init__(self, connection: socket.socket, is_crowded: Callable[[], bool]) -> None:
        self._connection, self._is_crowded = connection, is_crowded
        self._ends: float | None = None  # when the request has to be there

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        if self._ends is None:
            self._wait()
            self._ends = time.monotonic() + _HEAD
        self._connection.settimeout(max(0.001, self._ends - time.monotonic()))
        try:
            return self._connection.recv_into(buffer)
        finally:
            self._connection.settimeout(_IDLE)

    def next_request(self) -> None:
        """The next byte is that of another request."""
        self._ends = None

    def _wait(self) -> None:
        begin = time.monotonic()
        while not select.select([self._connection], [], [], _LOOK)[0]:
            waited = time.monotonic() - begin
            if waited > _IDLE or (waited > _CROWDED_IDLE and self._is_crowded()):
                raise TimeoutError


class Handler(SimpleHTTPRequestHandler):
    """Serves files, or a range of their bytes (RFC 9110, section 14). No listings, no hidden files. With a ``secret``
    only paths below it exist, under any host's name."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    server: Server

    def setup(self) -> None:
        super().setup()
        self._patience = _Patience(self.connection, lambda: self.server.is_crowded)
        self.rfile = io.BufferedReader(self._patience)

    def handle_one_request(self) -> None:
        self._patience.next_request()
        super().handle_one_request()

    def __init__(self, *arguments: Any, secret: str = "", **named: Any) -> None:
        self._secret = secret
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        self._answer(body=True)

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        path = self._file()
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with suppress(ConnectionError, TimeoutError), path.open("rb") as file:
            there = path.stat()
            version = _Version(there.st_size, there.st_mtime_ns)
            if version.is_known(self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")):
                self._begin(HTTPStatus.NOT_MODIFIED, version)
                self.end_headers()
            elif self._compresses(path, version):
                self._send_text(path, version, body=body)
            else:
                self._send(path, file, version, body=body)

    def _begin(self, status: HTTPStatus, version: _Version, tag: str = "") -> None:
        self.send_response(status)
        self.send_header("ETag", tag or version.tag)
        self.send_header("Last-Modified", version.date)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")

    def _compresses(self, path: Path, version: _Version) -> bool:
        accepted = (part.strip() for part in self.headers.get("Accept-Encoding", "").split(","))
        wanted = any(re.fullmatch(r"(gzip|\*)(;\s*q=(?!0(\.0*)?$).*)?", part) for part in accepted)
        is_text = version.size <= _LARGEST_TEXT and _TEXT.match(self._type(path)) is not None
        return wanted and is_text and "Range" not in self.headers

    def _send_text(self, path: Path, version: _Version, *, body: bool) -> None:
        data = _compressed(path, version)
        self._begin(HTTPStatus.OK, version, f'{version.tag[:-1]}-gzip"')
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self._type(path))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _send(self, path: Path, file: IO[bytes], version: _Version, *, body: bool) -> None:
        condition = self.headers.get("If-Range")
        asked = self.headers.get("Range") if condition is None or version.is_of(condition) else None
        span = _span(asked, version.size)
        if span is None:
            self._begin(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, version)
            self.send_header("Content-Range", f"bytes */{version.size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        first, after, is_part = span
        self._begin(HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK, version)
        if is_part:
            self.send_header("Content-Range", f"bytes {first}-{after - 1}/{version.size}")
        self.send_header("Content-Type", self._type(path))
        self.send_header("Content-Length", str(after - first))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()
        if body:
            for piece in _pieces(file, first, after):
                self.wfile.write(piece)

    def _file(self) -> Path | None:
        """The requested file, if it is in the folder and not hidden."""
        asked = self._path_within()
        if asked is None:
            return None
        root = Path(self.directory).resolve()
        try:
            path = Path(self.translate_path(asked)).resolve(strict=True)
        except (OSError, ValueError):
            return None
        if path.is_dir():
            path = path / "index.html"
        if not path.is_relative_to(root) or not path.is_file():
            return None
        return None if any(part.startswith(".") for part in path.relative_to(root).parts) else path

    def _path_within(self) -> str | None:
        """The path that is asked for, below the secret. None for another host's name, or without the secret."""
        if not self._secret:
            named = self.headers.get("Host", HOST)
            return self.path if (named.rpartition(":")[0] or named) in _HOSTS else None
        first, slash, rest = urlsplit(self.path).path.lstrip("/").partition("/")
        is_it = hmac.compare_digest(unquote(first).encode(), self._secret.encode())
        return f"/{rest}" if is_it and slash else None

    def _type(self, path: Path) -> str:
        return next((kind for end, kind in _TYPES.items() if path.name.endswith(end)), self.guess_type(str(path)))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the library's name)
        pass


@lru_cache(maxsize=64)
def _compressed(path: Path, version: _Version) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


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
    """Answers at most :data:`THREADS` connections at the same time."""

    daemon_threads = True
    request_queue_size = 4 * THREADS

    def __init__(self, *arguments: Any) -> None:
        self._free = threading.BoundedSemaphore(THREADS)
        self.is_crowded = False
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.is_crowded = not self._free.acquire(blocking=False)
        if self.is_crowded:
            self._free.acquire()
            self.is_crowded = False
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Prints nothing: a client that disconnects is no error."""


def server(folder: Path, port: int = 0, handler: type[Handler] = Handler, *, secret: str = "") -> Server:
    """A server of ``folder``; port 0 takes any free one. On the loopback interface, or with a ``secret`` on all, where
    the folder is below that path. Raises OSError when the port is taken."""
    made = partial(handler, directory=str(folder), secret=secret)
    return Server(("0.0.0.0" if secret else HOST, port), made)


def new_secret() -> str:
    """A path that nobody guesses: 96 random bits, short enough to type."""
    return secrets.token_urlsafe(12)


def home_address() -> str | None:
    """This machine's IPv4 address in its network; None where there is none. No packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # of a range for documents (RFC 5737): only the route is looked up
            address: str = probe.getsockname()[0]
        except OSError:
            return None
    return None if address.startswith("127.") or address == "0.0.0.0" else address
