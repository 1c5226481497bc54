"""Voices from the internet, each by the collection that has it."""

from __future__ import annotations

from voiceguide.progress import ReportStage
from voiceguide.speech.engines.download import Added
from voiceguide.speech.engines.hibari import collection as hibari
from voiceguide.speech.engines.kokoro import collection as kokoro
from voiceguide.speech.engines.piper import collection as piper


def add_voice(name: str, progress: ReportStage) -> Added:
    """Downloads a voice by its name unless it is installed.

    Raises SpeechError for a name that no collection has, if the collection cannot be reached, and if what comes is no
    voice; OutputError if it cannot be written.
    """
    if kokoro.listed(name):
        return kokoro.add(progress)
    model = hibari.listed(name)
    return hibari.add(model, progress) if model else piper.add(name, progress)
