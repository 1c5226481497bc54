"""What a person sets once for all scripts: a small TOML file, and where it lies.

It is ``config.toml`` in the folder ``voiceguide`` of the user's configuration (``~/.config`` on Linux), or the file
that the environment variable ``VOICEGUIDE_CONFIG`` names. There need not be one. Imports nothing heavy.
"""

from __future__ import annotations

import functools
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

import platformdirs

from voiceguide.errors import ConfigurationError, did_you_mean

VARIABLE = "VOICEGUIDE_CONFIG"
"""The environment variable that names another configuration file."""

_LARGEST_FILE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A voice on a server that speaks the OpenAI-compatible ``/v1/audio/speech``.

    ``address`` is all before ``/audio/speech``. ``key_variable`` names the environment variable that holds the key;
    the key itself is never in a file. ``tempo``: the ``speed`` to ask for so that pace 1 is a calm one. ``timeout``:
    seconds for one answer.
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
class Configuration:
    """``voice_folders``: further folders with voices. ``listen_model``: a speech recognition model's name or folder."""

    voice_folders: tuple[Path, ...] = ()
    listen_model: str = ""
    servers: Mapping[str, Server] = field(default_factory=lambda: MappingProxyType({}))


def configuration_file() -> Path:
    """Where the configuration lies, or would lie."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_config_path("voiceguide", appauthor=False, roaming=True) / "config.toml"


def configuration() -> Configuration:
    """The user's configuration; an empty one if there is no file. Raises ConfigurationError if it has a mistake."""
    path = configuration_file()
    try:
        status = path.stat()
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
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: error: this file is not UTF-8 text (byte {error.start + 1}).") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path}: error: this is not valid TOML: {error}.") from error
    return _Reader(path).configuration(table)


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path

    def fail(self, key: str, message: str) -> ConfigurationError:
        return ConfigurationError(f"{self.path}: error: {key}: {message}")

    def configuration(self, table: Mapping[str, Any]) -> Configuration:
        self._know(table, ("voice-dir", "listen", "http"), "")
        folders = table.get("voice-dir", [])
        folders = [folders] if isinstance(folders, str) else folders
        if not isinstance(folders, list) or not all(isinstance(entry, str) and entry for entry in folders):
            raise self.fail("voice-dir", "this should be a folder, or a list of folders, in quotation marks.")
        listen = self._table(table, "listen")
        self._know(listen, ("model",), "listen.")
        servers = {
            name: self._server(name, self._table(self._table(table, "http"), name, "http."))
            for name in self._table(table, "http")
        }
        base = self.path.parent
        return Configuration(
            tuple((base / Path(entry).expanduser()).absolute() for entry in folders),
            self._text(listen, "model", "listen.", ""),
            MappingProxyType(servers),
        )

    def _server(self, name: str, table: Mapping[str, Any]) -> Server:
        where = f"http.{name}."
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
        address = self._text(table, "address", where, "").rstrip("/")
        if not address.startswith(("http://", "https://")):
            raise self.fail(f"{where}address", "this should begin with http:// or https://.")
        gender = self._text(table, "gender", where, "")
        if gender not in ("", "female", "male"):
            raise self.fail(f"{where}gender", "this should be 'female' or 'male'.")
        form = self._text(table, "response-format", where, "wav")
        if form not in ("wav", "flac", "mp3", "opus"):
            raise self.fail(f"{where}response-format", "this should be 'wav', 'flac', 'mp3' or 'opus'.")
        return Server(
            name,
            address,
            self._text(table, "model", where, ""),
            self._text(table, "voice", where, ""),
            self._text(table, "language", where, "en"),
            cast("Literal['female', 'male'] | None", gender or None),
            self._text(table, "key-variable", where, ""),
            form,
            self._number(table, "tempo", where, 1.0, 0.25, 4.0),
            self._number(table, "timeout", where, 60.0, 1.0, 600.0),
        )

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
        if not isinstance(value, str) or not (value.strip() or key not in table):
            raise self.fail(f"{where}{key}", "this should be a text in quotation marks.")
        return value.strip()

    def _number(
        self, table: Mapping[str, Any], key: str, where: str, otherwise: float, least: float, most: float
    ) -> float:
        value = table.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.fail(f"{where}{key}", f"this should be a number from {least:g} to {most:g}.")
        return float(value)
