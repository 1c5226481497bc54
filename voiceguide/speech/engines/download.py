"""Fetching voices from the internet: what went wrong is told in sentences, what arrives is counted and verified."""

from __future__ import annotations

import hashlib
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from ssl import SSLError
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from voiceguide.errors import OutputError, SpeechError, printable
from voiceguide.progress import ReportStage
from voiceguide.speech.engines.engine import Voice
from voiceguide.speech.voice_folders import new_voice_folder

_READ_TIMEOUT = 30.0  # seconds without a byte
_PIECE = 1 << 16  # bytes read at a time
_ASK_AGAIN = 0.5  # seconds between two reports while another process fetches the same


@dataclass(frozen=True, slots=True)
class Added:
    """A voice, or a model of several, that is installed under ``name``; ``new`` if it has just been downloaded."""

    name: str
    voices: tuple[Voice, ...]
    new: bool


def fetch(address: str, target: Path, size: int, sha256: str, progress: ReportStage) -> bool:
    """Downloads a file of known size in bytes and SHA-256 (hex); what an interrupted download left is continued.

    The file appears when it is whole and verified. While another process downloads it, this one waits; False means that
    the other has done it. Raises SpeechError for another content than announced; OSError and HTTPException.
    """
    with alone(target, size, progress):
        if target.exists() and target.stat().st_size == size and _sha256(target) == sha256:
            return False
        _download(address, target, size, sha256, progress)
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _download(address: str, target: Path, size: int, sha256: str, progress: ReportStage) -> None:
    part = target.with_name(f".{target.name}.part")
    done = part.stat().st_size if part.exists() else 0
    if done >= size:
        part.unlink()
        done = 0
    progress("Fetching", done, size)
    request = urllib.request.Request(address, headers={"Range": f"bytes={done}-"} if done else {})
    with counting(lambda count: None), urllib.request.urlopen(request) as answer:
        done = done if answer.status == HTTPStatus.PARTIAL_CONTENT else 0
        with part.open("ab" if done else "wb") as file:
            while done <= size and (piece := answer.read(_PIECE)):
                file.write(piece)
                done += len(piece)
                progress("Fetching", min(done, size), size)
    if _sha256(part) != sha256:
        part.unlink()
        raise SpeechError(f"The file {target.name} came damaged, and was left out. Please try again.")
    part.replace(target)


@contextmanager
def alone(target: Path, size: int, progress: ReportStage) -> Iterator[None]:
    """Lets one process at a time fetch ``target``, of ``size`` bytes. Raises OSError.

    The others wait, and should then see whether it is there. The lock lies beside the target and goes with the block.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    path = target.with_name(f".{target.name}.lock")
    lock = FileLock(path)
    while not lock.is_locked:
        try:
            lock.acquire(timeout=_ASK_AGAIN)
        except Timeout:
            progress("Waiting for another download of", 0, size)
    try:
        yield
    finally:
        with suppress(OSError):  # where an open file cannot be removed, the lock itself does it
            path.unlink(missing_ok=True)
        lock.release()


@contextmanager
def scratch(base: Path, name: str, size: int, progress: ReportStage) -> Iterator[Path]:
    """A new folder inside another one, for the ``size`` bytes of the voice ``name``, for one process at a time.

    It is removed at the end, and before if a killed run left it.
    """
    folder = base / f".adding-{name}"
    with ExitStack() as held:
        with keeping(base):
            held.enter_context(alone(base / name, size, progress))
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


@contextmanager
def keeping(folder: Path) -> Iterator[None]:
    """Raises OutputError for failures of the disk."""
    try:
        yield
    except OSError as error:
        raise _not_kept(folder, error) from error


def _not_kept(folder: Path, error: OSError) -> OutputError:
    return OutputError(
        f"The voice cannot be kept in the folder {folder}: {error.strerror or error}. Make room there or allow "
        "writing to it, or choose another folder with --voice-dir."
    )


@contextmanager
def reaching(address: str, whose: str, by_hand: str) -> Iterator[None]:
    """Raises SpeechError for failures of the network, OutputError for failures of the disk.

    ``whose``: what is fetched, such as ``Piper's voices``; ``by_hand``: the files that a user could copy instead.
    """

    def unreachable(why: str) -> SpeechError:
        return SpeechError(
            f"{whose} cannot be fetched from {urlsplit(address).netloc} ({printable(why)}). Please check the internet "
            "connection, and try again. Voices that are on this computer need no connection; to bring one from another "
            f"computer, put {by_hand} into the folder {new_voice_folder()}."
        )

    try:
        yield
    except HTTPError as error:
        error.close()
        raise unreachable(f"it answers with status {error.code}") from error
    except (URLError, ConnectionError, TimeoutError, SSLError, HTTPException) as error:
        reason = error.reason if isinstance(error, URLError) else error
        late = isinstance(reason, TimeoutError)
        words = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
        why = f"no answer within {_READ_TIMEOUT:g} seconds" if late else words or type(error).__name__
        raise unreachable(why) from error
    except OSError as error:
        raise _not_kept(new_voice_folder(), error) from error


@contextmanager
def counting(tell: Callable[[int], None]) -> Iterator[None]:
    """Gives Python's ``urlopen``, which Piper's downloader uses, a timeout, and reports the bytes received."""
    urllib.request.install_opener(urllib.request.build_opener(_Watch(tell)))
    try:
        yield
    finally:
        urllib.request.install_opener(None)  # the next call installs the default one


class _Watch(urllib.request.BaseHandler):
    def __init__(self, report: Callable[[int], None]) -> None:
        self._report, self._done = report, 0

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        request.timeout = _READ_TIMEOUT
        return request

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        return _CountedResponse(response, self._came) if 200 <= response.status < 300 else response

    https_request, https_response = http_request, http_response

    def _came(self, count: int) -> None:
        self._done += count
        self._report(self._done)


class _CountedResponse:
    """A response that reports every read, and raises an error at an early end, which http.client ignores."""

    def __init__(self, answer: Any, came: Callable[[int], None]) -> None:
        self._answer, self._came = answer, came

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)

    def __enter__(self) -> _CountedResponse:
        return self

    def __exit__(self, *error: object) -> None:
        self._answer.close()

    def read(self, size: int = -1) -> bytes:
        content: bytes = self._answer.read(size) if size >= 0 else self._answer.read()
        if not content and size and self._answer.length:  # bytes of the announced length that have not arrived
            raise ConnectionError("it broke off in the middle")
        self._came(len(content))
        return content
