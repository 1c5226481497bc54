"""Neural voices through Piper, an extra of voiceguide.

A line sounds the same whatever was spoken before: ``noise.py`` makes a model's noise part of it, and ``sessions.py``
keeps one session for each model.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import json
from pathlib import Path
from typing import Any

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import Utterance, Voice, plain
from voiceguide.speech.engines.onnx_runtime import runtime, runtime_release
from voiceguide.speech.engines.piper.voices import HINT, Model, folders, models, piper_release
from voiceguide.speech.voice_folders import own_folder

_REVISION = 2  # of this engine, for cache keys
_CALM, _ROUNDING = 2.1, 0.33
"""The model's own tempo times ``_CALM`` is pace 1, as near to a calm 105 to 125 words a minute as joe gets clearly:
left alone he says 228, too fast to follow with closed eyes. Of 301 words of guidance Whisper tiny.en got 98.0%
at his own tempo, 97.3% at 151 words a minute, 96.3% at 131 and 94.7% at 120. Four seeds at 131 gave 96.0 to 98.0%, and
less noise or none 95.0 to 97.0%, so the noise stays what the voice's maker chose.

The model rounds each sound up to a whole frame, which adds as much as ``_ROUNDING`` does to the scale (measured with
joe from 1 to 2.2); without taking it away again pace 2 would be 1.7.
"""


class PiperEngine:
    """Voices named after their models, ``piper:en_US-joe-medium``, and of models with many speakers each one:
    ``piper:en_US-libritts-high#p3922``."""

    name = "piper"
    measured = True
    takes = True

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], tuple[Model, int | None]] = {}

    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice for model in models() for voice in model.voices())

    def version(self, voice: str) -> str:
        model, _ = self._model(voice)
        content = "-".join(_content(path, *_stamp(path)) for path in (model.path, model.description))
        return f"{_REVISION} piper {piper_release()} onnxruntime {runtime_release()} {content}"

    def speak(self, text: str, voice: str, pace: float, take: int = 1) -> Utterance:
        import numpy as np

        from voiceguide.speech.engines.piper.sessions import session

        # "[[" would begin phonemes in Piper's own notation
        spoken = plain(text).replace("[[", "[ [")
        if not spoken:
            raise SpeechError("there is nothing to say")
        model, speaker = self._model(voice)
        piper, config = piper_module(), _config(model.description, *_stamp(model.description))
        settings = piper.SynthesisConfig(speaker_id=speaker, length_scale=_scale(config.length_scale, pace))
        loaded = session(model.path, *_stamp(model.path), take)
        reader = piper.PiperVoice(session=loaded, config=config, download_dir=own_folder())
        chunks = [chunk.audio_float_array for chunk in reader.synthesize(spoken, settings)]
        samples = np.concatenate([np.atleast_1d(chunk) for chunk in chunks]) if chunks else np.zeros(0, np.float32)
        return Utterance(samples.astype(np.float32, copy=False), config.sample_rate)

    def _model(self, name: str) -> tuple[Model, int | None]:
        """A voice's model and its speaker's number. Raises SpeechError if it is not there or cannot be used."""
        key = (name, folders())
        found = self._found.get(key)
        if found is None or not found[0].path.exists():
            found = self._found[key] = _find(name)
        return found


def _find(name: str) -> tuple[Model, int | None]:
    stem, _, speaker = name.removeprefix("piper:").partition("#")
    for model in models():
        numbers = dict(model.speakers)
        if model.path.stem == stem and (speaker in numbers if speaker else not numbers):
            if model.fault:
                raise SpeechError(model.fault)
            return model, numbers.get(speaker)
    raise SpeechError(f"There is no voice '{name}' on this computer.{'' if piper_release() else f' {HINT}'}")


def _stamp(path: Path) -> tuple[int, int]:
    """A file's size in bytes and its time of change in ns. Raises SpeechError if it is gone."""
    try:
        status = path.stat()
    except OSError as error:
        raise SpeechError(f"The file {path} of a voice cannot be read: {error.strerror or error}.") from error
    return status.st_size, status.st_mtime_ns


@functools.cache
def _content(path: Path, size: int, changed: int) -> str:
    """The SHA-256 of a file, read once as long as its size and time of change stay the same."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SpeechError(f"The file {path} of a voice cannot be read: {error.strerror or error}.") from error


def _scale(own: float, pace: float) -> float:
    """The length scale for a pace, for a voice whose own is ``own``."""
    return own * ((_CALM + _ROUNDING) / pace - _ROUNDING)


@functools.cache
def piper_module(name: str = "piper") -> Any:
    """One of Piper's modules, imported with standard error silenced. Raises ImportError."""
    runtime()
    return importlib.import_module(name)


@functools.lru_cache(maxsize=8)
def _config(path: Path, size: int, changed: int) -> Any:
    from piper.config import PiperConfig

    return PiperConfig.from_dict(json.loads(path.read_text("utf-8")))
