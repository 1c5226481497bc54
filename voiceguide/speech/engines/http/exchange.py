"""One request to a speech server, and the meaning of its answers and failures.

The key goes into one header of requests to the configured address; redirects are not followed, since they would
receive it. Servers are not trusted: sizes and times are bounded, and their messages are shortened.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from voiceguide import __version__
from voiceguide.configuration import Server
from voiceguide.errors import SpeechError, printable
from voiceguide.speech.engines.engine import GivenUpError
from voiceguide.speech.engines.http.retry import RetryPolicy
from voiceguide.units import format_duration

_BUSY = (429, 500, 502, 503, 504)
_LARGEST_SOUND = 64 << 20  # bytes
_LARGEST_MESSAGE = 64 << 10  # bytes that are read of an answer which is no sound
_LONGEST_QUOTE = 200  # characters of a server's message that are shown
_CHUNK = 64 << 10
_SOUND = (b"RIFF", b"fLaC", b"OggS", b"ID3", b"\xff")  # how the formats begin


class _Retry(urllib3.Retry):
    """Waits as long as the server asks, but never longer than :attr:`longest_wait`."""

    longest_wait = 0.0

    def new(self, **changes: Any) -> _Retry:
        following = super().new(**changes)
        following.longest_wait = self.longest_wait
        return following

    def get_retry_after(self, response: Any) -> float | None:
        try:
            asked = super().get_retry_after(response)
        except (InvalidHeader, OverflowError):
            return None
        return None if asked is None else min(asked, self.longest_wait)


_POOL = urllib3.PoolManager(retries=False)


def post(server: Server, key: str, request: Mapping[str, Any], policy: RetryPolicy) -> bytes:
    """The sound in the server's answer, in the format that the server chose.

    Raises SpeechError if another attempt may help, else GivenUpError.
    """
    headers = {"Content-Type": "application/json", "User-Agent": f"voiceguide/{__version__}"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    try:
        response = _POOL.urlopen(
            "POST",
            f"{server.address}/audio/speech",
            body=json.dumps(request).encode(),
            headers=headers,
            redirect=False,
            preload_content=False,
            retries=_retry(policy),
            timeout=urllib3.Timeout(connect=policy.connect, read=server.timeout),
        )
        with response:
            if not 200 <= response.status < 300:
                _refuse(server, key, response, request)
            content = _read(server, response, _LARGEST_SOUND)
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    except HTTPError as error:
        _fail(server, error, policy)
    _check(server, key, content, kind)
    return content


def _retry(policy: RetryPolicy) -> _Retry:
    retry = _Retry(
        total=policy.retries,
        connect=policy.connections,
        read=policy.silences,
        status=policy.retries,
        other=0,
        allowed_methods=None,
        status_forcelist=_BUSY,
        backoff_factor=policy.backoff,
        backoff_max=policy.longest_wait,
        raise_on_status=False,
    )
    retry.longest_wait = policy.longest_wait
    return retry


def _read(server: Server, response: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """The body, which may take as long again as the beginning of the answer. Raises SpeechError and HTTPError."""
    end = time.monotonic() + server.timeout
    content = bytearray()
    while chunk := response.read1(_CHUNK):
        content += chunk
        if len(content) > most:
            raise SpeechError(f"{_name(server)} sent more than {most >> 20} MiB, far too much for a line")
        if time.monotonic() > end:
            raise GivenUpError(_slow(server), whole_voice=True)
    return bytes(content)


def _check(server: Server, key: str, content: bytes, kind: str) -> None:
    """Raises SpeechError for content that is not sound, although the status was a success."""
    if not content:
        raise SpeechError(f"{_name(server)} sent an empty answer")
    if content.startswith(_SOUND):
        return
    begin = content[:100].lstrip().lower()
    if kind in ("text/html", "application/xhtml+xml") or begin.startswith((b"<!doctype html", b"<html")):
        raise GivenUpError(
            f"{_name(server)} sent a web page instead of sound; correct 'address' in {section_of(server)}, which often "
            "ends in /v1",
            whole_voice=True,
        )
    if kind.endswith("json") or kind.startswith("text/"):
        raise SpeechError(f"{_name(server)} sent a text instead of sound{_quoted(content, key)}")


def _refuse(server: Server, key: str, response: urllib3.BaseHTTPResponse, request: Mapping[str, Any]) -> NoReturn:
    """Raises GivenUpError for an answer whose status is no success."""
    status, name, section = response.status, _name(server), section_of(server)
    if 300 <= status < 400:
        target = _shown(response.headers.get("Location", ""), key)
        where = f" to {target}" if target else ""
        raise GivenUpError(
            f"{name} sends us on{where}, which is not followed; correct 'address' in {section}", whole_voice=True
        )
    if status in (401, 403):  # what it says may repeat a part of the key
        wrong = f"does not accept the key in the environment variable {server.key_variable}"
        advice = wrong if key else f"asks for a key; name its environment variable as 'key-variable' in {section}"
        raise GivenUpError(f"{name} {advice} (status {status})", whole_voice=True)
    message = _message(server, response)
    said = _quoted(message, key)
    if status in (404, 405):
        raise GivenUpError(
            f"{name} has no such address, model or voice; correct them in {section} (status {status}){said}",
            whole_voice=True,
        )
    if status in _BUSY:
        raise GivenUpError(
            f"{name} still answers with status {status} after several attempts; try again later{said}",
            whole_voice=status != 500,  # which may be about this line
        )
    if _is_about_speed(message):
        raise GivenUpError(
            f"{name} does not speak at {request['speed']:g} times its own tempo; change 'tempo' in {section}, or the "
            f"pace (status {status}){said}"
        )
    raise GivenUpError(f"{name} refused the line (status {status}){said}")


def _fail(server: Server, error: HTTPError, policy: RetryPolicy) -> NoReturn:
    """Raises SpeechError for a request without a complete answer."""
    reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(reason, (NewConnectionError, ConnectTimeoutError)):
        late = not isinstance(reason, NewConnectionError)  # a subclass of the timeout error in urllib3
        why = f"no answer within {format_duration(policy.connect)}" if late else _cause(reason)
        raise GivenUpError(
            f"{_name(server)} cannot be reached ({why}); start it, or correct 'address' in {section_of(server)}",
            whole_voice=True,
        ) from error
    if isinstance(reason, ReadTimeoutError):
        raise GivenUpError(_slow(server), whole_voice=True) from error
    if isinstance(reason, SSLError):
        raise GivenUpError(
            f"no secure connection to {_name(server)} can be made ({_cause(reason)})", whole_voice=True
        ) from error
    if isinstance(reason, ProtocolError):
        raise SpeechError(f"{_name(server)} broke off in the middle of its answer") from error
    raise GivenUpError(f"{_name(server)} cannot be asked ({_cause(reason)})", whole_voice=True) from error


def _name(server: Server) -> str:
    return f"the server {urlsplit(server.address).netloc}"


def section_of(server: Server) -> str:
    """Where the settings of a server stand, in words."""
    return f"the section [http.{server.name}] of the configuration"


def _slow(server: Server) -> str:
    return (
        f"{_name(server)} took longer than {format_duration(server.timeout)} for a line; "
        f"'timeout' in {section_of(server)} allows more"
    )


def _cause(error: BaseException) -> str:
    """The operating system's message in the innermost cause of an error."""
    while error.__cause__ is not None:
        error = error.__cause__
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _shortened(words) or type(error).__name__


def _shown(location: str, key: str) -> str:
    """A redirect's target without the parts that may be secret."""
    try:
        parts = urlsplit(location)
    except ValueError:
        return ""
    return _shortened(f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}", key) if parts.netloc else ""


def _message(server: Server, response: urllib3.BaseHTTPResponse) -> bytes:
    """The beginning of the body of an unsuccessful answer, or as much as arrived."""
    try:
        return _read(server, response, _LARGEST_MESSAGE)
    except (SpeechError, HTTPError):
        return b""


def _quoted(content: bytes, key: str) -> str:
    """A server's message after a colon, with the key removed; or an empty text."""
    text = content.decode("utf-8", errors="replace")
    try:
        text = _said(json.loads(text)) or text
    except (ValueError, RecursionError):
        text = "" if "<html" in text.lower() else text
    text = _shortened(text, key)
    return f": {text}" if text else ""


def _is_about_speed(content: bytes) -> bool:
    """Whether a server refuses the speed, as those that take 1 to 2 only do: in words, or by FastAPI's ``loc``."""
    try:
        answer = json.loads(content)
        if "speed" in (answer["detail"][0]["loc"]):
            return True
    except (ValueError, RecursionError, LookupError, TypeError):
        pass
    return "speed" in _quoted(content, "").casefold()


def _said(answer: Any) -> str:
    """The message in a JSON answer: of OpenAI's form, of FastAPI's two, or of similar ones."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list):
        return _said(answer[0]) if answer else ""
    if isinstance(answer, dict):
        found = (_said(answer[name]) for name in ("error", "message", "detail", "msg") if name in answer)
        return next(filter(None, found), "")
    return ""


def _shortened(text: str, key: str = "") -> str:
    """A server's message on one line, shortened, with the key removed."""
    text = text.replace(key, "…") if key else text
    text = printable(" ".join(text.split())).rstrip(".")
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
