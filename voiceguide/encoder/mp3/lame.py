"""LAME encodes in background threads, outside the GIL."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

import lameenc

from voiceguide.errors import OutputError

_Result = TypeVar("_Result")

_AHEAD = 8  # pieces that may wait for LAME while others are made
_VBR_METHOD = 4  # LAME's vbr_mtrh, its default


class Lame:
    """One stream on its way through LAME: interleaved 16-bit little-endian stereo at ``rate`` Hz in, MP3 frames out.

    ``bitrate`` is in kbit/s; with ``vbr`` every frame has the bit rate that it needs instead. The caller feeds it only
    while it is not :attr:`full`, and closes it in any case. Without ``background`` it encodes in the caller's thread.
    """

    def __init__(self, bitrate: int, quality: int, vbr: int | None, rate: int, *, background: bool = True) -> None:
        self._lame = _encoder(bitrate, quality, vbr, rate)
        self._thread = workers(1 if background else 0)
        self._waiting: deque[Future[bytes]] = deque()

    def feed(self, piece: bytes) -> None:
        """Feeds the next samples, ideally some seconds: small pieces cost thread switches."""
        self._waiting.append(self._thread.submit(_checked, self._lame.encode, piece))

    def end(self) -> None:
        """Signals that all samples have been fed."""
        self._waiting.append(self._thread.submit(_checked, self._lame.flush))

    @property
    def full(self) -> bool:
        """Whether so many pieces wait for LAME, or to be taken, that it should be fed no more."""
        return len(self._waiting) >= _AHEAD

    def ready(self) -> bytes:
        """The output since the last call. Raises OutputError when LAME failed."""
        done = []
        while self._waiting and self._waiting[0].done():
            done.append(self._waiting.popleft().result())
        return b"".join(done)

    def wait(self) -> None:
        """Waits until one more piece is encoded."""
        wait(list(self._waiting)[:1])

    def rest(self) -> bytes:
        """The output that remains after :meth:`end`. Raises OutputError when LAME failed."""
        wait(self._waiting)
        return self.ready()

    def close(self) -> None:
        self._thread.shutdown(cancel_futures=True)


def workers(jobs: int) -> Executor:
    """So many threads, or with 0 the caller's own."""
    return ThreadPoolExecutor(jobs, "lame") if jobs else _SameThread()


class _SameThread(Executor):
    """An executor that runs each call before ``submit`` returns, so that the work takes one core."""

    def submit(self, work: Callable[..., _Result], /, *arguments: Any, **named: Any) -> Future[_Result]:
        future: Future[_Result] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except OutputError as error:
            future.set_exception(error)
        return future


def _encoder(bitrate: int, quality: int, vbr: int | None, rate: int) -> lameenc.Encoder:
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_in_sample_rate(rate)
    lame.set_out_sample_rate(rate)  # else LAME lowers it for the low bit rates
    lame.set_channels(2)
    if vbr is None:
        lame.set_bit_rate(bitrate)
    else:
        lame.set_vbr(_VBR_METHOD)
        lame.set_vbr_quality(vbr)
    lame.set_quality(quality)
    return lame


def _checked(action: Callable[..., bytearray], *arguments: bytes) -> bytes:
    try:
        return bytes(action(*arguments))
    except RuntimeError as error:  # what lameenc raises for any failure of LAME
        raise OutputError(f"The MP3 encoder failed, so nothing was written: {error}.") from error
