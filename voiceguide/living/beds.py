"""The backgrounds among which listeners choose, beside the one that a session has: some of the library's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from voiceguide.encoder.slices import OPUS, slices
from voiceguide.kept import Kept
from voiceguide.living.loops import CROSSFADE, LENGTH, loop
from voiceguide.publish.player import BedChoice
from voiceguide.sounds.beds import LibraryBed
from voiceguide.units import SAMPLE_RATE

CHOICE = ("rain", "ocean", "stream", "wind", "night", "forest", "brown", "pad")
"""Names of the library's beds. Not all of them: each is a file of a third of a megabyte."""

_VERSION = 1


def bed_choices(stamp: str, kept: Kept, names: Sequence[str] | None = None) -> Iterator[tuple[BedChoice, bytes]]:
    """Each bed with the content of its file, a slice of Opus. ``stamp`` stands for the sound library; what is ``kept``
    is not made again. Raises OutputError."""
    begin, end = CROSSFADE / SAMPLE_RATE, (LENGTH + CROSSFADE) / SAMPLE_RATE
    for name in CHOICE if names is None else names:
        key = hashlib.sha256(f"living bed {_VERSION} {stamp} {name}".encode()).hexdigest()
        data = kept.get(key)
        if data is None:
            (data,) = slices([loop(LibraryBed(name)).samples], OPUS)
            kept.put(key, data)
        path = f"beds/{name}.{hashlib.sha256(data).hexdigest()[:8]}.webm"
        yield BedChoice(name, path, begin, end), data
