"""Standard output and standard error, when what they lead to is full or gone."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Buffer


def install() -> None:
    """From here on no message on standard error fails the work, a failure of standard output is an OSError that names
    it, and neither fails over a character that a terminal lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _over(sys.stdout, _Named(sys.stdout.buffer))
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _over(sys.stderr, _Forgiving(sys.stderr.buffer))


def _over(stream: io.TextIOWrapper, bytes_to: _Stream) -> io.TextIOWrapper:
    """A text stream as ``stream``, whose bytes go through ``bytes_to``."""
    return io.TextIOWrapper(
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
