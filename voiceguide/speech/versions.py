"""What enters the keys of spoken lines: count a version up with every change that makes other samples of the same line,
so that no line of an earlier version is taken for one of this."""

from __future__ import annotations

CLIP_VERSION = 5
"""Of :mod:`voiceguide.speech.clips` and :mod:`voiceguide.speech.compression`."""

GATE_VERSION = 2
"""Of :mod:`voiceguide.speech.gate`, which lets other takes pass."""

PHRASING_VERSION = 1
"""Of :mod:`voiceguide.speech.phrasing`."""
