"""Where a test's mixer gets its sound from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.signals import Samples
from voiceguide.audio.envelope import Envelope, envelope
from voiceguide.mixing.placing import BedSource
from voiceguide.routine import SoundRef
from voiceguide.timeline import ClipSource


@dataclass(frozen=True)
class MadeSources:
    """The mixer's ``Sources`` from two functions, one for clips and one for beds."""

    clips: Callable[[ClipSource], Samples]
    beds: Callable[[SoundRef], BedSource]

    def samples(self, source: ClipSource) -> Samples:
        return self.clips(source)

    def envelope(self, source: ClipSource) -> Envelope:
        return envelope(self.clips(source))

    def bed(self, ref: SoundRef) -> BedSource:
        return self.beds(ref)
