"""The names under which encoded parts and the measures of their sound are kept: hashes of all that they are made from.

Of a part that is the very samples that LAME is fed with, its settings and LAME itself; of measures, the very frames
that are decoded, the decoder and the meters. So what is kept is what would be made: there is nothing to bring up to
date.
"""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path

import lameenc
import numpy as np
import soundfile

from voiceguide import __version__

_PART = "part 2"  # to be counted up with what is kept of a part, and how
_MEASURES = "measures 1"  # and with any change of the meters or of the decoder


def part_key(settings: str, frames: int | None, samples: bytes) -> str:
    """Of a part's first ``frames`` frames (None: all) as LAME makes them of 16-bit samples."""
    return _hash((_PART, _lame(), settings, str(frames)), (samples,))


def measures_key(window: str, frames: Iterable[bytes]) -> str:
    """Of the measures of a ``window`` of these frames' sound."""
    return _hash((_MEASURES, *_meters(), window), frames)


def _hash(names: Iterable[str], contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256("\n".join((*names, "")).encode())
    for content in contents:
        digest.update(content)
    return digest.hexdigest()


@functools.cache
def _lame() -> str:
    """LAME as it is installed here, for one processor, by one compiler."""
    return hashlib.sha256(Path(lameenc.__file__).read_bytes()).hexdigest()


@functools.cache
def _meters() -> tuple[str, ...]:
    machine = (platform.system(), platform.machine())
    return (__version__, np.__version__, soundfile.__version__, soundfile.__libsndfile_version__, *machine)
