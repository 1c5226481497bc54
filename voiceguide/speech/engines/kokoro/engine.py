"""Neural voices in eight languages through Kokoro, an extra of voiceguide.

One model speaks with all of them. It is kept loaded for all lines of a worker, computes with one thread and draws no
random numbers, so a line sounds the same whatever was spoken before.
"""

from __future__ import annotations

import importlib.metadata

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import Utterance, Voice, plain
from voiceguide.speech.engines.kokoro.files import FILES, folder
from voiceguide.speech.engines.kokoro.phonemes import PACKAGES
from voiceguide.speech.engines.kokoro.voices import Speaker, installed, speaker
from voiceguide.speech.engines.onnx_runtime import runtime_release

_REVISION = 1  # of this engine, for cache keys


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
        from voiceguide.speech.engines.kokoro.saying import say
        from voiceguide.speech.engines.kokoro.tempo import speed

        spoken = plain(text)
        if not spoken:
            raise SpeechError("there is nothing to say")
        one = _named(voice)
        return say(one, spoken, speed(pace, one.calm))


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
