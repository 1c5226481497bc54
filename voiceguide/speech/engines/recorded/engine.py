"""Recorded voices: a person's own, line by line (``recorded:Anna``)."""

from __future__ import annotations

import hashlib
import io

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import Utterance, Voice
from voiceguide.speech.engines.recorded.voices import find_recorded_voice, recorded_voices

_REVISION = 1  # of this engine, for cache keys


class RecordedEngine:
    """An :class:`~voiceguide.speech.engines.engine.Engine` that has ``Recordings``."""

    name = "recorded"

    def voices(self) -> tuple[Voice, ...]:
        return tuple(voice.voice() for voice in recorded_voices())

    def version(self, voice: str) -> str:
        return str(_REVISION)  # each line's take identifies its recording

    def take(self, voice: str, text: str) -> str | None:
        recording = find_recorded_voice(voice).recording(text)
        return recording.sha256 if recording else None

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        """A recording as it was read; ``pace`` does not change it."""
        import soundfile

        person = find_recorded_voice(voice)
        recording = person.recording(text)
        if recording is None:
            raise SpeechError("there is no recording of this line")
        path = person.folder / recording.file
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != recording.sha256:
            raise SpeechError(f"the recording {path} is damaged; import this line again")
        samples, rate = soundfile.read(io.BytesIO(content), dtype="float32")
        return Utterance(samples, int(rate))
