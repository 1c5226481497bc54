"""Says a text with Kokoro's model, which is loaded once for a worker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.engines.engine import GivenUpError, Utterance
from voiceguide.speech.engines.kokoro.files import folder
from voiceguide.speech.engines.kokoro.model import SAMPLE_RATE, Model, loaded
from voiceguide.speech.engines.kokoro.onset import without_phantom
from voiceguide.speech.engines.kokoro.phonemes import phonemes
from voiceguide.speech.engines.kokoro.voices import Speaker, fault

_BETWEEN = SAMPLE_RATE // 4  # samples of silence between the pieces of a very long line


def say(one: Speaker, text: str, at: float) -> Utterance:
    """A text at a speed of the model's own, 0.25 to 2. Raises GivenUpError."""
    model = _model()
    try:
        pieces = phonemes(text, one.language)
    except ImportError as error:
        raise GivenUpError(
            f"cannot read this language, for a package is missing ({error})", whole_voice=True
        ) from error
    if not pieces:
        raise GivenUpError("knows no sound for any of these signs")
    said: list[NDArray[np.float32]] = []
    for piece in pieces:
        samples, lengths = model.say(piece, one.short, at)
        said += [without_phantom(samples, int(lengths[0])), np.zeros(_BETWEEN, np.float32)]
    return Utterance(np.concatenate(said[:-1]), SAMPLE_RATE)


def _model() -> Model:
    """The loaded model. Raises GivenUpError if it cannot be loaded."""
    place = folder()
    assert place is not None
    if why := fault(place):
        raise GivenUpError(why, whole_voice=True)
    try:
        return loaded(place)
    except Exception as error:  # onnxruntime's exceptions have no common base class
        raise GivenUpError(
            f"cannot be loaded on this computer ({error}); 'voiceguide voices add kokoro' replaces damaged files, or "
            "use another voice",
            whole_voice=True,
        ) from error
