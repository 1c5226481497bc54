"""A voice engine that does in a real worker what engines do on bad days; the line's first word says what.

Each call leaves a file named after its process in the folder ``$MISBEHAVING_DIARY``, if there is one.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import numpy as np

from voiceguide.speech.engines.engine import Utterance, Voice
from voiceguide.speech.process import die_with_parent

FACTORY = "tests.support.misbehaving:MisbehavingEngine"
DIARY = "MISBEHAVING_DIARY"


def tone(seconds: float, rate: int = 44_100, pitch: float = 300.0) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * pitch / rate * np.arange(round(seconds * rate)))).astype(np.float32)


class MisbehavingEngine:
    name = "odd"

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("odd", self.name, "en"),)

    def version(self, voice: str) -> str:
        return "1"

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        mood, _, rest = text.partition(" ")
        attempts = _note(text)
        match mood:
            case "hang":
                time.sleep(3600)
            case "fork":
                _fork_and_hang()
            case "crash":
                print("the model is corrupt", file=sys.stderr, flush=True)
                os._exit(7)
            case "signal":
                os.abort()
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "raise":
                raise ValueError("no such phoneme")
            case "print":
                print("a line on standard output" * 1000)
                os.write(1, b'{"error": "nonsense"}\n')
            case "empty":
                return Utterance(np.zeros(0, np.float32), 22_050)
            case "silence":
                return Utterance(np.zeros(44_100, np.float32), 44_100)
            case "nan":
                return Utterance(np.full(44_100, np.nan, np.float32), 44_100)
            case "endless":
                return Utterance(tone(120, 8_000), 8_000)
            case "half-hour":
                return Utterance(np.tile(np.array([0.1, -0.1], np.float32), 900 * 8_000), 8_000)
            case "half-hours":  # more than may come through the pipe
                return Utterance(np.zeros((1_800 * 24_000, 2), np.float32), 24_000)
            case "second" if attempts < 2:
                return Utterance(np.zeros(0, np.float32), 22_050)
            case "third" if attempts == 1:
                os._exit(9)
            case "third" if attempts == 2:
                time.sleep(3600)
        rate = int(rest) if rest.isdigit() else 44_100
        said = tone(0.1 * len(text), rate)
        return Utterance(np.stack([said, said / 3], axis=1) if mood == "stereo" else said, rate)


def broken() -> MisbehavingEngine:
    raise RuntimeError("its model is missing")


def dying() -> MisbehavingEngine:
    os._exit(5)


def _note(text: str) -> int:
    """How often a line was asked for, this time included."""
    if DIARY not in os.environ:
        return 1
    diary = Path(os.environ[DIARY])
    (diary / f"{os.getpid()}").touch()
    with (diary / f"{text}.txt").open("a") as file:
        file.write("x")
        return file.tell()


def _fork_and_hang() -> None:
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        die_with_parent(parent)
        _note("child")
        time.sleep(3600)
    os.waitpid(child, 0)
