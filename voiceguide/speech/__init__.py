"""Spoken lines: voices and their casting, voice engines, the workers they run in, and the store of spoken lines.

The names that other stages use are loaded on first access, because a worker process, which imports this package too,
starts ten times faster without the signal processing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voiceguide.speech.adding import add_voice
    from voiceguide.speech.casting import Casting, neural_hint, resolve, voices
    from voiceguide.speech.engines.engine import Voice
    from voiceguide.speech.failed_lines import FailedLinesError
    from voiceguide.speech.studio import Spoken, Studio, speak

__all__ = [
    "Casting",
    "FailedLinesError",
    "Spoken",
    "Studio",
    "Voice",
    "add_voice",
    "neural_hint",
    "resolve",
    "speak",
    "voices",
]

_MODULES = {
    **dict.fromkeys(("Casting", "neural_hint", "resolve", "voices"), "casting"),
    **dict.fromkeys(("Spoken", "Studio", "speak"), "studio"),
    "FailedLinesError": "failed_lines",
    "Voice": "engines.engine",
    "add_voice": "adding",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"voiceguide.speech.{_MODULES[name]}"), name)
