"""Spoken lines: voice engines, the workers they run in, and the store of what was spoken.

What other stages use is here; it is loaded when first asked for, because a worker process, which imports this
package too, starts ten times faster without the signal processing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voiceguide.speech.engine import Voice
    from voiceguide.speech.studio import FailedLinesError, Spoken, Studio, neural_hint, resolve, speak, voices

__all__ = ["FailedLinesError", "Spoken", "Studio", "Voice", "neural_hint", "resolve", "speak", "voices"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("voiceguide.speech.studio"), name)
