"""Speaks the sentences with a voice, in a process that loads nothing else: ``python -m tests.benchmarks.speaking VOICE
FOLDER`` writes them, and what a second of speech costs once the voice is loaded."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np

from tests.benchmarks.sentences import SENTENCES
from voiceguide.speech.engines.registry import engine, engine_name, installed_engines
from voiceguide.speech.tempo import KNOWN


def speak(voice: str, folder: Path) -> None:
    speaker = engine(installed_engines()[engine_name(voice)])
    pace = KNOWN.get(voice, 1.0)  # as the engine is asked for pace 1
    speaker.speak("Ready.", voice, pace)
    begin, said = sum(os.times()[:4]), [speaker.speak(text, voice, pace) for text in SENTENCES]
    spent = sum(os.times()[:4]) - begin
    seconds = sum(len(one.samples) / one.sample_rate for one in said)
    np.savez(folder / "said.npz", *(one.samples for one in said))
    (folder / "about.json").write_text(json.dumps({"rate": said[0].sample_rate, "cost": spent / seconds}))


if __name__ == "__main__":
    speak(sys.argv[1], Path(sys.argv[2]))
