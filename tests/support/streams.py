"""Samples as streams."""

from __future__ import annotations

from collections.abc import Iterator

from voiceguide.audio.stream import Samples


class InBlocks:
    """``samples`` as a stream, in blocks of an odd length: the same samples wherever it is begun."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples

    @property
    def frames(self) -> int:
        return len(self.samples)

    def blocks(self, start: int = 0, stop: int | None = None) -> Iterator[Samples]:
        samples = self.samples[start:stop]
        return (samples[at : at + 30_011] for at in range(0, len(samples), 30_011))
