"""Looks for the place where a loop goes round: short-time energy, spectral distance and steepest step, there and elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from voiceguide.units import SAMPLE_RATE

FRAME = 2048
"""Samples that are looked at together: 46 ms."""

_EDGES = np.geomspace(60.0, 14_000.0, 25)  # Hz, of 24 bands


def _measures(samples: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """One value for each whole frame: dB, dB between it and the one before in 24 bands, full scale from sample to sample."""
    count = len(samples) // FRAME
    frames = samples[: count * FRAME].reshape(count, FRAME, 2)
    energy = 10 * np.log10((frames.astype(np.float64) ** 2).mean(axis=(1, 2)) + 1e-12)
    power = (np.abs(np.fft.rfft(frames * np.hanning(FRAME)[:, np.newaxis], axis=1)) ** 2).mean(axis=2)
    bins = np.searchsorted(np.fft.rfftfreq(FRAME, 1 / SAMPLE_RATE), _EDGES)
    bands = 10 * np.log10(np.add.reduceat(power, bins, axis=1)[:, :-1] + 1e-12)
    distance = np.sqrt((np.diff(bands, axis=0, prepend=bands[1:2]) ** 2).mean(axis=1))
    steps = np.abs(np.diff(samples, axis=0, prepend=samples[:1])).max(axis=1)[: count * FRAME]
    return {"energy": energy, "spectral distance": distance, "step": steps.reshape(count, FRAME).max(axis=1)}


def found(samples: NDArray[np.float32], seams: Iterable[tuple[int, int]]) -> list[str]:
    """What gives the seams away; nothing when they are like the rest.

    A seam is the frames from where two rounds meet to where they have parted. Its least, mean and greatest values
    must lie within those of all equally long stretches elsewhere.
    """
    seams = list(seams)
    measures = _measures(samples)
    touched = np.zeros(len(measures["energy"]), bool)
    for first, last in seams:
        touched[max(0, (first - 1) // FRAME) : last // FRAME + 1] = True
    told = []
    for name, values in measures.items():
        for first, last in seams:
            seam = values[max(0, (first - 1) // FRAME) : last // FRAME + 1]
            views = np.lib.stride_tricks.sliding_window_view(values, len(seam))
            elsewhere = views[~np.lib.stride_tricks.sliding_window_view(touched, len(seam)).any(axis=1)]
            assert len(elsewhere) >= 100, "too little to compare with"
            for what, of in (("least", np.min), ("mean", np.mean), ("greatest", np.max)):
                rest = of(elsewhere, axis=1)
                if not rest.min() <= of(seam) <= rest.max():
                    told.append(
                        f"{what} {name} at {first}: {of(seam):.4g}, elsewhere {rest.min():.4g}..{rest.max():.4g}"
                    )
    return told
