"""A voice engine that says lines wrongly: hibari's voice, with one of :data:`FAULTS` in some of its takes.

``faulty:5`` is wrong in 5% of them, ``faulty:100`` always; ``faulty:first`` in the first take alone. Which take of
which line is wrong, and how, follows from the text and the take.
"""

from __future__ import annotations

import hashlib
import random

import numpy as np
from numpy.typing import NDArray

from voiceguide.speech.engines.engine import Utterance, Voice
from voiceguide.speech.engines.hibari.engine import HibariEngine

FACTORY = "tests.support.faulty:FaultyEngine"
FAULTS = ("dropped", "repeated", "gibberish", "cut", "noise")

_VOICE = "hibari:heart"
_NONSENSE = ("blorfen", "skanti", "mewdo", "trabble", "oosha", "gnip")
_MARKS = ".,;:!?"


class FaultyEngine:
    name = "faulty"
    takes = True

    def __init__(self) -> None:
        self._voice = HibariEngine()

    def voices(self) -> tuple[Voice, ...]:
        return tuple(Voice(f"faulty:{rate}", "faulty", "en", quality="neural") for rate in ("5", "100", "first", "0"))

    def version(self, voice: str) -> str:
        return "1"

    def speak(self, text: str, voice: str, pace: float, take: int = 1) -> Utterance:
        fault = fault_of(text, voice, take)
        return self._voice.speak(text, _VOICE, pace, take % 100) if fault is None else spoiled(text, fault, pace, take)


def fault_of(text: str, voice: str, take: int) -> str | None:
    """What is wrong with a take; None for a good one."""
    rate, rng = voice.partition(":")[2], _random(text, take)
    wrong = take < 100 if rate == "first" else rng.uniform(0, 100) < float(rate)
    return rng.choice(FAULTS) if wrong else None


def _random(text: str, take: int) -> random.Random:
    return random.Random(hashlib.sha256(f"{take} {text}".encode()).hexdigest())


def spoiled(text: str, fault: str, pace: float = 1.0, take: int = 1) -> Utterance:
    """A line with a fault."""
    rng, engine = _random(f"{fault} {text}", take), HibariEngine()
    words = text.split()
    at = rng.randrange(len(words))
    bare = words[at].strip(_MARKS)
    match fault:
        case "dropped" if len(words) > 1:
            words[at : at + 1] = []
        case "repeated":
            words[at:at] = [bare]
        case "gibberish" | "dropped":
            words[at] = words[at].replace(bare, rng.choice(_NONSENSE))
        case "cut":
            return _cut(engine.speak(text, _VOICE, pace), rng)
        case "noise":
            return _followed(engine.speak(text, _VOICE, pace), rng)
    return engine.speak(" ".join(words), _VOICE, pace)


def _bounds(said: Utterance) -> tuple[int, int]:
    heard = np.flatnonzero(np.abs(said.samples) > 0.01 * np.abs(said.samples).max())
    return int(heard[0]), int(heard[-1]) + 1


def _cut(said: Utterance, rng: random.Random) -> Utterance:
    """Without its first 80 to 300 ms of sound."""
    start, _ = _bounds(said)
    return Utterance(said.samples[start + round(rng.uniform(0.08, 0.3) * said.sample_rate) :], said.sample_rate)


def _followed(said: Utterance, rng: random.Random) -> Utterance:
    """With a hiss, a breath or a vowel of 0.3 to 0.8 s behind its last word, at once or after a while."""
    rate = said.sample_rate
    start, end = _bounds(said)
    line = said.samples[:end]
    count = round(rng.uniform(0.3, 0.8) * rate)
    hiss = np.random.default_rng(rng.getrandbits(32)).standard_normal(count)
    level = float(np.sqrt(np.mean(np.square(line[start:]))))
    kind = rng.choice(("hiss", "breath", "vowel"))
    if kind == "hiss":
        more = hiss * level * 0.3
    elif kind == "breath":
        more = np.convolve(hiss, np.ones(8) / 8, "same") * level * 0.7 * np.hanning(count)
    else:
        more = _vowel(line[start:], rate, count)
    silence = np.zeros(round(rng.choice((0.0, 0.1, 0.25)) * rate))
    parts = (line, silence, more, np.zeros(rate // 5))
    return Utterance(np.concatenate(parts).astype(np.float32), rate)


def _vowel(line: NDArray[np.float32], rate: int, count: int) -> NDArray[np.float64]:
    """The loudest tenth of a second of the line, drawn out."""
    length = rate // 10
    energy = np.convolve(np.square(line, dtype=np.float64), np.ones(length), "valid")
    loudest = int(np.argmax(energy))
    piece = line[loudest : loudest + length] * np.hanning(length)
    drawn = np.zeros(count + length)
    for start in range(0, count, length // 2):
        drawn[start : start + length] += piece
    return np.asarray(drawn[:count] * np.hanning(count))
