"""Resamples a stream of stereo blocks (libsoxr, quality HQ)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import soxr

from voiceguide.audio.stream import Samples


def resampled_length(samples: int, rate: int, new_rate: int) -> int:
    """How many samples at ``new_rate`` Hz last as long as ``samples`` at ``rate`` Hz, to the nearest."""
    return (2 * samples * new_rate + rate) // (2 * rate)


def resampled(blocks: Iterable[Samples], rate: int, new_rate: int) -> Iterator[Samples]:
    """Blocks at ``rate`` Hz, float32 ``(samples, 2)``, at ``new_rate`` Hz; together :func:`resampled_length` long."""
    stream = soxr.ResampleStream(rate, new_rate, 2, dtype="float32", quality="HQ")
    taken, given = 0, 0
    for block in blocks:
        taken += len(block)
        piece = stream.resample_chunk(block)
        given += len(piece)
        yield piece
    rest = stream.resample_chunk(np.zeros((0, 2), np.float32), last=True)
    wanted = resampled_length(taken, rate, new_rate) - given
    yield np.concatenate((rest, np.zeros((max(0, wanted - len(rest)), 2), np.float32)))[:wanted]
