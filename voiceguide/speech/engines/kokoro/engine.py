"""Neural voices in eight languages through Kokoro, an extra of voiceguide.

One model speaks with all of them. It is kept loaded for all lines of a worker, computes with one thread and draws no
random numbers, so a line sounds the same whatever was spoken before.
"""

from __future__ import annotations

import importlib.metadata

import numpy as np
from numpy.typing import NDArray

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import GivenUpError, Utterance, Voice, plain
from voiceguide.speech.engines.kokoro.files import FILES, folder
from voiceguide.speech.engines.kokoro.model import SAMPLE_RATE, Model, loaded
from voiceguide.speech.engines.kokoro.onset import without_phantom
from voiceguide.speech.engines.kokoro.phonemes import PACKAGES, phonemes
from voiceguide.speech.engines.kokoro.tempo import speed
from voiceguide.speech.engines.kokoro.voices import Speaker, fault, installed, speaker
from voiceguide.speech.engines.onnx_runtime import runtime_release

_REVISION = 1  # of this engine, for cache keys
_BETWEEN = SAMPLE_RATE // 4  # samples of silence between the pieces of a very long line


class KokoroEngine:
    """Voices named ``kokoro:af_heart``; ``af_heart`` alone is enough."""

    name = "kokoro"
    local = True
    line_limit = 120.0
    """Seconds; a second of speech takes about half a second of processor time."""

    def voices(self) -> tuple[Voice, ...]:
        return installed()

    def version(self, voice: str) -> str:
        _named(voice)
        releases = " ".join(f"{package} {_release(package)}" for package in PACKAGES)
        hashes = " ".join(file.sha256 for file in FILES)
        return f"{_REVISION} {releases} onnxruntime {runtime_release()} {hashes}"

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        spoken = plain(text)
        if not spoken:
            raise SpeechError("there is nothing to say")
        one = _named(voice)
        return say(one, spoken, speed(pace, one.calm))


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


def _named(voice: str) -> Speaker:
    """Raises SpeechError for an unknown voice, and for one that is not on this computer."""
    one = speaker(voice)
    if one is None or folder() is None:
        raise SpeechError(
            f"The voice '{voice}' is not on this computer. 'voiceguide voices add kokoro' fetches Kokoro's voices; "
            "'voiceguide voices' lists the others."
        )
    return one


def _release(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "-"


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
