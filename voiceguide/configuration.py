"""The user's configuration for all scripts: a small TOML file, and its path.

It is ``config.toml`` in the folder ``voiceguide`` of the user's configuration (``~/.config`` on Linux), or the file
that the environment variable ``VOICEGUIDE_CONFIG`` names. There need not be one. Imports nothing heavy.
"""

from __future__ import annotations

import functools
import os
import re
import stat
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import platformdirs

from voiceguide.errors import ConfigurationError, did_you_mean, printable

VARIABLE = "VOICEGUIDE_CONFIG"
"""The environment variable that names another configuration file."""

_LARGEST_FILE = 1 << 20  # bytes
_NAME = re.compile(r"[^\W_](?:[\w.-]{0,38}[^\W_])?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_KEY_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")  # in capitals, so that a key written here by mistake is never shown
_FORMATS = ("wav", "flac", "mp3", "opus")


@dataclass(frozen=True, slots=True)
class Server:
    """A voice on a server that speaks the OpenAI-compatible ``/v1/audio/speech``.

    ``address`` is all before ``/audio/speech``. ``key_variable`` names the environment variable that holds the key,
    empty if the server asks for none; the key itself is never in a file. ``tempo``: the ``speed`` to ask for so that
    pace 1 is a calm one. ``timeout``: seconds for one answer.
    """

    name: str
    address: str
    model: str
    voice: str
    language: str = "en"
    gender: Literal["female", "male"] | None = None
    key_variable: str = ""
    response_format: str = "wav"
    tempo: float = 1.0
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for sessions whose script and command do not say; empty where nothing is preferred.

    ``voices`` by the language that they are for. ``bed`` is written as in a script, with files relative to the
    configuration's folder. ``output`` is the folder for finished sessions.
    """

    voices: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    bed: str = ""
    author: str = ""
    language: str = ""
    profile: str = ""
    output: Path | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """``voice_folders``: further folders with voices. ``listen_model``: a speech recognition model's name or folder.

    ``servers`` by their names; ``faults`` has a sentence for each further one that is misconfigured.
    """

    voice_folders: tuple[Path, ...] = ()
    preferences: Preferences = Preferences()
    listen_model: str = ""
    servers: Mapping[str, Server] = field(default_factory=lambda: MappingProxyType({}))
    faults: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def configuration_file() -> Path:
    """The path of the configuration file, which need not exist."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_config_path("voiceguide", appauthor=False, roaming=True) / "config.toml"


def configuration() -> Configuration:
    """The user's configuration; an empty one if there is no file. Raises ConfigurationError if it has a mistake.

    A mistake in the section of a server raises nothing; it is among the configuration's faults.
    """
    path = configuration_file()
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ConfigurationError(f"The configuration {path} cannot be read: it is not a file.")
        return _read(path, status.st_mtime_ns, status.st_size)
    except FileNotFoundError:
        if os.environ.get(VARIABLE):
            raise ConfigurationError(
                f"There is no file {path}, which the environment variable {VARIABLE} names."
            ) from None
        return Configuration()
    except OSError as error:
        raise ConfigurationError(f"The configuration {path} cannot be read: {error.strerror or error}.") from error


@functools.lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> Configuration:
    if size > _LARGEST_FILE:
        raise ConfigurationError(f"{path}: error: this file is too large for a configuration.")
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: error: this file is not UTF-8 text (byte {error.start + 1}).") from error
    except (ValueError, RecursionError) as error:  # of TOML, or of a number with thousands of digits
        raise ConfigurationError(f"{path}: error: this is not valid TOML: {error}.") from error
    return _Reader(path).configuration(table)


def mistake(path: Path, key: str, message: str) -> ConfigurationError:
    """What is wrong with the value of a key, in a sentence."""
    return ConfigurationError(printable(f"{path}: error: {key}: {message}"))


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path

    def fail(self, key: str, message: str) -> ConfigurationError:
        return mistake(self.path, key, message)

    def configuration(self, table: Mapping[str, Any]) -> Configuration:
        self._know(table, ("voice-dir", "session", "listen", "http"), "")
        listen = self._table(table, "listen")
        self._know(listen, ("model",), "listen.")
        servers: dict[str, Server] = {}
        faults: dict[str, str] = {}
        http = self._table(table, "http")
        for name in http:
            try:
                if name.casefold() in map(str.casefold, servers):
                    raise self.fail(f"http.{name}", "there is another one of this name; capitals make no difference.")
                servers[name] = self._server(name, self._table(http, name, "http."))
            except ConfigurationError as error:
                faults[name] = str(error)
        return Configuration(
            self._folders(table),
            self._preferences(self._table(table, "session")),
            self._text(listen, "model", "listen.", ""),
            MappingProxyType(servers),
            MappingProxyType(faults),
        )

    def _folders(self, table: Mapping[str, Any]) -> tuple[Path, ...]:
        entries = table.get("voice-dir", [])
        entries = [entries] if isinstance(entries, str) else entries
        if not isinstance(entries, list) or not all(isinstance(entry, str) and _is_plain(entry) for entry in entries):
            raise self.fail("voice-dir", "this should be a folder, or a list of folders, in quotation marks.")
        try:
            return tuple((self.path.parent / Path(entry.strip()).expanduser()).absolute() for entry in entries)
        except RuntimeError as error:  # "~somebody" is no user
            raise self.fail("voice-dir", f"{error}.") from error

    def _preferences(self, table: Mapping[str, Any]) -> Preferences:
        where = "session."
        texts = ("bed", "author", "profile", "output")
        self._know(table, ("voice", "voices", "language", *texts), where)
        bed, author, profile, output = (self._text(table, key, where, "") for key in texts)
        language = self._language(table, where) if "language" in table else ""
        return Preferences(
            self._voices(table, where, language or "en"),
            bed,
            author,
            language,
            profile,
            (self.path.parent / Path(output).expanduser()).absolute() if output else None,
        )

    def _voices(self, table: Mapping[str, Any], where: str, language: str) -> Mapping[str, str]:
        """``voice`` is for the usual language, ``voices`` names one for each of several."""
        several = self._table(table, "voices", where)
        voices = {tag.casefold(): self._text(several, tag, f"{where}voices.", "") for tag in several}
        for tag in several:
            if not _LANGUAGE.fullmatch(tag):
                raise self.fail(f"{where}voices.{tag}", "this should be a language's tag, such as en, de or pt-BR.")
        if voice := self._text(table, "voice", where, ""):
            voices.setdefault(language.casefold(), voice)
        return MappingProxyType(voices)

    def _server(self, name: str, table: Mapping[str, Any]) -> Server:
        where = f"http.{name}."
        if not _NAME.fullmatch(name):
            raise self.fail(f"http.{name}", "a server's name is made of letters, digits, points and hyphens.")
        if "key" in table or "api-key" in table:
            raise self.fail(
                f"{where}key",
                "a key does not belong in a file. Put it into an environment variable, and write that one's name "
                'here: key-variable = "MY_KEY".',
            )
        known = (
            *("address", "model", "voice", "language", "gender", "key-variable"),
            *("response-format", "tempo", "timeout"),
        )
        self._know(table, known, where)
        for key in ("address", "model", "voice"):
            if key not in table:
                raise self.fail(f"http.{name}", f"'{key}' is missing.")
        return Server(
            name,
            self._address(table, where),
            self._text(table, "model", where, ""),
            self._text(table, "voice", where, ""),
            self._language(table, where),
            cast("Literal['female', 'male'] | None", self._choice(table, "gender", where, ("female", "male")) or None),
            self._key_variable(table, where),
            self._choice(table, "response-format", where, _FORMATS) or "wav",
            self._number(table, "tempo", where, 1.0, 0.25, 4.0),
            self._number(table, "timeout", where, 60.0, 1.0, 600.0),
        )

    def _address(self, table: Mapping[str, Any], where: str) -> str:
        address = self._text(table, "address", where, "").rstrip("/").removesuffix("/audio/speech")
        key = f"{where}address"
        try:
            parts = urlsplit(address)
            whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            whole = False
        if not whole or any(char.isspace() for char in address):
            raise self.fail(key, "this should be an address like http://localhost:8880/v1 or https://example.org/v1.")
        if parts.username is not None or parts.password is not None:
            raise self.fail(key, "a password does not belong in a file. Use 'key-variable' for what the server asks.")
        if parts.query or parts.fragment:
            raise self.fail(key, "this should end before any question mark or number sign.")
        return address

    def _language(self, table: Mapping[str, Any], where: str) -> str:
        language = self._text(table, "language", where, "en")
        if not _LANGUAGE.fullmatch(language):
            raise self.fail(f"{where}language", "this should be a language's tag, such as en, de or pt-BR.")
        return language

    def _key_variable(self, table: Mapping[str, Any], where: str) -> str:
        variable = self._text(table, "key-variable", where, "")
        if variable and not _KEY_VARIABLE.fullmatch(variable):
            raise self.fail(
                f"{where}key-variable",
                "this should be the name of an environment variable in capitals, such as MY_KEY, never the key itself.",
            )
        return variable

    def _choice(self, table: Mapping[str, Any], key: str, where: str, choices: tuple[str, ...]) -> str:
        chosen = self._text(table, key, where, "")
        if chosen and chosen not in choices:
            *others, last = (f"'{choice}'" for choice in choices)
            raise self.fail(f"{where}{key}", f"this should be {', '.join(others)} or {last}.")
        return chosen

    def _know(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                raise self.fail(f"{where}{key}", f"there is no such setting{did_you_mean(key, known)}.")

    def _table(self, table: Mapping[str, Any], key: str, where: str = "") -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(f"{where}{key}", f"this should be a section, which begins with [{where}{key}].")
        return value

    def _text(self, table: Mapping[str, Any], key: str, where: str, otherwise: str) -> str:
        value = table.get(key, otherwise)
        if not isinstance(value, str) or (key in table and not _is_plain(value)):
            raise self.fail(f"{where}{key}", "this should be a text in quotation marks.")
        return value.strip()

    def _number(
        self, table: Mapping[str, Any], key: str, where: str, otherwise: float, least: float, most: float
    ) -> float:
        value = table.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.fail(f"{where}{key}", f"this should be a number from {least:g} to {most:g}.")
        return float(value)


def _is_plain(text: str) -> bool:
    """Whether there is something in a text, and no control character, which could end a name or begin a header."""
    return bool(text.strip()) and not any(unicodedata.category(char) in ("Cc", "Cs") for char in text)
