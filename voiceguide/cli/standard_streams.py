"""Standard output and standard error: what may be shown, and what happens when what they lead to is full or gone."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from voiceguide.errors import TURNS_TEXT_AROUND

if TYPE_CHECKING:
    from typing_extensions import Buffer

_DOTS = dict.fromkeys((*range(0x80, 0xA0), *map(ord, TURNS_TEXT_AROUND)), "·")


def install() -> None:
    """From here on no message on standard error fails the work, a failure of standard output is an OSError that names
    it, and neither fails over a character that a terminal lacks. Characters that turn text around, and control
    characters beyond ASCII (C1), are shown as a middle dot: a script's title, a file's name or a server's message may
    have them. Escape sequences pass, for progress bars are made of them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _over(sys.stdout, _Named(sys.stdout.buffer))
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _over(sys.stderr, _Forgiving(sys.stderr.buffer))


class _Shown(io.TextIOWrapper):
    def write(self, text: str) -> int:
        return super().write(text.translate(_DOTS))


def _over(stream: io.TextIOWrapper, bytes_to: _Stream) -> io.TextIOWrapper:
    """A text stream as ``stream``, whose bytes go through ``bytes_to``."""
    return _Shown(
        bytes_to, stream.encoding, "replace", line_buffering=stream.line_buffering, write_through=stream.write_through
    )


class _Stream(io.BufferedIOBase):
    """The bytes of a standard stream."""

    def __init__(self, under: io.BufferedIOBase) -> None:
        self._under = under

    @property
    def name(self) -> Any:
        """The file descriptor, as for any standard stream."""
        return getattr(self._under, "name", None)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._under.fileno()

    def isatty(self) -> bool:
        return self._under.isatty()


class _Forgiving(_Stream):
    """Messages are a service: what cannot be told is left out."""

    def write(self, data: Buffer) -> int:
        with suppress(OSError, ValueError):
            self._under.write(data)
            self._under.flush()
        return memoryview(data).nbytes

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._under.flush()


class _Named(_Stream):
    """What goes to standard output is the command's result: where it cannot be written, the error says that."""

    def write(self, data: Buffer) -> int:
        try:
            return self._under.write(data)
        except OSError as error:
            raise _named(error) from None

    def flush(self) -> None:
        try:
            self._under.flush()
        except OSError as error:
            raise _named(error) from None


def _named(error: OSError) -> OSError:
    return OSError(error.errno, error.strerror, "standard output")
