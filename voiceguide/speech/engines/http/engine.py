"""Voices on servers that speak the OpenAI-compatible ``/v1/audio/speech``, as the configuration names them.

A server may cost money, and receives the text, even if it is on this computer; so ``auto`` never chooses one.
"""

from __future__ import annotations

import os
import string
from collections.abc import Iterator
from contextlib import suppress

from voiceguide.configuration import Configuration, Server, configuration
from voiceguide.errors import ConfigurationError, SpeechError, printable
from voiceguide.speech.engines.engine import ANY_LANGUAGE, GivenUpError, Utterance, Voice, plain
from voiceguide.speech.engines.http.retry import RETRY_POLICY, RetryPolicy

_REVISION = 1  # of this engine, for cache keys
_SLOWEST, _FASTEST = 0.25, 4.0  # what OpenAI takes as ``speed``
_KEY_CHARACTERS = frozenset(string.ascii_letters + string.digits + string.punctuation)  # what a header can carry


class HttpEngine:
    """``http:NAME`` for each section ``[http.NAME]`` of the configuration."""

    name = "http"

    def __init__(self, policy: RetryPolicy = RETRY_POLICY) -> None:
        self._policy = policy

    @property
    def line_limit(self) -> float:
        """Seconds in which the slowest server has used all of its attempts."""
        return max(map(self._policy.longest, _configured().servers.values()), default=self._policy.connect)

    def voices(self) -> tuple[Voice, ...]:
        return tuple(_voices(_configured()))

    def version(self, voice: str) -> str:
        server = _server(voice)
        return repr((_REVISION, server.address, server.model, server.voice, server.response_format, server.tempo))

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        from voiceguide.speech.engines.http.exchange import post, section_of
        from voiceguide.speech.engines.http.sound import decoded

        server = _server(voice)
        said = plain(text)
        if not said:
            raise SpeechError("there is nothing to say")
        if problem := _key_problem(server):
            raise GivenUpError(problem, whole_voice=True)
        speed = round(server.tempo * pace, 4)
        if not _SLOWEST <= speed <= _FASTEST:
            raise GivenUpError(
                f"is asked for {speed:g} times its own tempo ('tempo' in {section_of(server)} times the pace "
                f"{pace:g}), but servers take {_SLOWEST:g} to {_FASTEST:g}"
            )
        request = {
            "model": server.model,
            "input": said,
            "voice": server.voice,
            "response_format": server.response_format,
            "speed": speed,
        }
        return decoded(post(server, _key(server), request, self._policy))


def _configured() -> Configuration:
    """The configuration; an empty one if it has a mistake, which :mod:`voiceguide.speech.casting` reports."""
    with suppress(ConfigurationError):
        return configuration()
    return Configuration()


def _voices(found: Configuration) -> Iterator[Voice]:
    for name, server in found.servers.items():
        problem = _key_problem(server)
        yield Voice(
            f"http:{name}",
            "http",
            server.language,
            server.gender,
            quality="server",
            location=server.address,
            fault=f"The voice http:{name} cannot be used: {problem}." if problem else "",
        )
    for name, fault in found.faults.items():
        yield Voice(f"http:{printable(name)}", "http", ANY_LANGUAGE, quality="server", fault=fault)


def _server(voice: str) -> Server:
    """The server of a voice. Raises SpeechError if there is none, and ConfigurationError."""
    name, found = voice.removeprefix("http:"), configuration()
    if name in found.servers:
        return found.servers[name]
    raise SpeechError(found.faults.get(name) or f"The configuration has no section [http.{name}].")


def _key(server: Server) -> str:
    """The key for a server, or nothing. It is used in the request's header only."""
    return os.environ.get(server.key_variable, "").strip() if server.key_variable else ""


def _key_problem(server: Server) -> str:
    """Why there is no key to send, or an empty text; never quotes the key."""
    if not server.key_variable:
        return ""
    if not _key(server):
        return f"the environment variable {server.key_variable}, which should hold its server's key, is not set"
    if not _KEY_CHARACTERS.issuperset(_key(server)):
        return f"what the environment variable {server.key_variable} holds cannot be a key"
    return ""
