"""A small server on loopback that speaks ``/v1/audio/speech`` in tones, and does what servers do on bad days."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import soundfile

from tests.support.misbehaving import tone
from tests.support.waiting import HANGS
from voiceguide.speech.engines.http.engine import HttpEngine
from voiceguide.speech.engines.http.retry import RetryPolicy

SHORT = RetryPolicy(connect=60.0, backoff=0.01, longest_wait=0.05)
"""Short pauses; limits that matter are set where they matter, and none of the others is ever reached."""

IMPATIENT = "tests.speech.engines.speech_server:impatient"
FORMATS = {"wav": ("WAV", "PCM_16"), "flac": ("FLAC", "PCM_16"), "mp3": ("MP3", None), "opus": ("OGG", "OPUS")}
RATE = 24_000
SECONDS_PER_CHARACTER = 0.07

Answer = Callable[["Asked"], None]
"""What is done with a request in place of speaking; it gets the handler."""


def impatient() -> HttpEngine:
    """The engine with short pauses, for workers."""
    return HttpEngine(SHORT)


def pitch_of(voice: str) -> float:
    return 200 + sum(map(ord, voice)) % 200


def sound(text: str, speed: float = 1.0, form: str = "wav", pitch: float = 300.0) -> bytes:
    """A tone for a text, as a file of a format."""
    file = io.BytesIO()
    kind, subtype = FORMATS[form]
    samples = tone(len(text) * SECONDS_PER_CHARACTER / speed, RATE, pitch)
    soundfile.write(file, samples, RATE, format=kind, subtype=subtype)
    return file.getvalue()


class Asked(BaseHTTPRequestHandler):
    """One request: its body is ``asked``."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked: dict[str, Any] = json.loads(content)
        speech = self.server.speech
        speech.requests.append(self.asked | {"path": self.path})
        speech.headers.append({name.lower(): value for name, value in self.headers.items()})
        answer = speech.answers.pop(0) if speech.answers else speech.always
        answer(self)

    def send(self, status: int, body: bytes = b"", kind: str = "audio/wav", **headers: str) -> None:
        """A whole answer; ``Retry_After`` is the header ``Retry-After``."""
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


def speaking(request: Asked) -> None:
    asked = request.asked
    form = asked["response_format"]
    body = sound(asked["input"], asked["speed"], form, pitch_of(asked["voice"]))
    request.send(200, body, f"audio/{form}")


def answering(status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> Answer:
    return lambda request: request.send(status, body, kind, **headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    speech: SpeechServer

    def handle_error(self, *arguments: Any) -> None:
        pass  # a client that goes away is no news


@dataclass
class SpeechServer:
    """``answers`` are given one by one, then ``always``."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)
    always: Answer = speaking
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        return [request["input"] for request in self.requests]

    def hanging(self, request: Asked) -> None:
        self.over.wait(HANGS)
        request.close_connection = True


@contextmanager
def speech_server() -> Iterator[SpeechServer]:
    with _Server(("127.0.0.1", 0), Asked) as server:
        server.speech = SpeechServer(f"http://127.0.0.1:{server.server_port}/v1")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.speech
        finally:
            server.speech.over.set()
            server.shutdown()
            thread.join()
