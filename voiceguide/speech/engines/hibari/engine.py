"""Neural voices for English through hibari, which is installed with voiceguide.

A voice is kept loaded for all lines of a worker. Only the noise of breathy and unvoiced sounds is random, and its
generator is seeded anew for each line; so a line sounds the same whatever was spoken before. ``takes.py`` has what a
further take changes besides.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
from pathlib import Path
from typing import Any

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import GivenUpError, Utterance, Voice, plain
from voiceguide.speech.engines.hibari.voices import Model, registry, release
from voiceguide.speech.engines.onnx_runtime import runtime, runtime_release

_REVISION = 2  # of this engine, for cache keys
_SEED = 7


class HibariEngine:
    """Voices named ``hibari:heart``; ``heart`` alone is enough."""

    name = "hibari"
    measured = True
    takes = True

    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for model in registry() if (voice := model.voice()))

    def version(self, voice: str) -> str:
        return f"{_REVISION} hibari {release()} onnxruntime {runtime_release()} {_model(voice).sha256}"

    def speak(self, text: str, voice: str, pace: float, take: int = 1) -> Utterance:
        import numpy as np

        from voiceguide.speech.engines.hibari.takes import delivery
        from voiceguide.speech.engines.hibari.tempo import speed

        # "](" would begin phonemes in hibari's own notation
        spoken = plain(text).replace("](", "] (")
        if not spoken:
            raise SpeechError("there is nothing to say")
        model = _model(voice)
        path = model.path()
        if path is None:
            raise _absent(voice)
        speaker, other = _speaker(model, path), delivery(take)
        speaker.sess.delivery = other
        samples = np.asarray(speaker(spoken, speed=speed(pace) * other.tempo, seed=_SEED + take - 1), np.float32)
        return Utterance(samples, int(speaker.sample_rate))


def _model(name: str) -> Model:
    """Raises SpeechError for an unknown voice."""
    for model in registry():
        if model.full_name == name:
            return model
    raise _absent(name)


def _absent(name: str) -> SpeechError:
    return SpeechError(
        f"The voice '{name}' is not on this computer. 'voiceguide voices add {name}' fetches it; 'voiceguide voices' "
        "lists the others."
    )


@functools.lru_cache(maxsize=4)
def _speaker(model: Model, path: Path) -> Any:
    """The loaded voice. Raises GivenUpError if it cannot be loaded, naming the next voice."""
    from voiceguide.speech.engines.hibari.takes import Bent

    try:
        runtime()
        hibari = importlib.import_module("hibari")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != model.sha256:
                raise ValueError(f"the model {path} is damaged")
        speaker = hibari.Hibari(voice=model.short, model=str(path), threads=1)
        speaker.sess = Bent(speaker.sess)
        return speaker
    except Exception as error:  # onnxruntime's exceptions have no common base class
        raise GivenUpError(
            f"cannot be loaded on this computer ({error}); install hibari-tts again with pip, or use another voice, "
            "such as --voice joe or --voice system",
            whole_voice=True,
        ) from error
