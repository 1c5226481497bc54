"""How long a voice speaks at each of its own speeds: ``python -m tests.benchmarks.tempo hibari:heart``.

Prints the seconds, from a line's first sound to its last, of the sentences in ``sentences.py``, and the syllables a second
without the pauses inside lines. An engine's table of tempos is made of these.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.sentences import SENTENCES, syllables
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import Utterance
from voiceguide.units import SAMPLE_RATE, power

_SPEEDS = (*(round(0.3 + 0.05 * step, 2) for step in range(25)), 1.6, 1.8, 2.0)
_WINDOW = SAMPLE_RATE // 100
_QUIET = -40.0  # dB to the loudest window of a line
_SHORTEST_PAUSE = 15  # windows; the closures of plosives are shorter

Say = Callable[[str, float], Utterance]


def pauses(clip: NDArray[np.float32]) -> float:
    """Seconds of a clip's silences of 150 ms and more."""
    whole = len(clip) // _WINDOW
    energy = np.square(clip[: whole * _WINDOW], dtype=np.float64).reshape(whole, _WINDOW).sum(axis=1)
    quiet = np.concatenate(([False], energy < energy.max() * power(_QUIET), [False]))
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return float(lengths[lengths >= _SHORTEST_PAUSE].sum() * _WINDOW / SAMPLE_RATE)


def _hibari(voice: str) -> Say:
    from hibari import Hibari

    speaker = Hibari(voice=voice)
    return lambda text, speed: Utterance(speaker(text, speed=speed, seed=7), speaker.sample_rate)


def _kokoro(voice: str) -> Say:
    from voiceguide.speech.engines.kokoro.engine import say
    from voiceguide.speech.engines.kokoro.voices import speaker

    one = speaker(voice)
    assert one is not None
    return lambda text, speed: say(one, text, speed)


_ENGINES: Mapping[str, Callable[[str], Say]] = {"hibari": _hibari, "kokoro": _kokoro}


def main(name: str) -> None:
    engine, _, voice = name.partition(":")
    say = _ENGINES[engine](voice)
    count = sum(map(syllables, SENTENCES))
    print("| speed | seconds | syllables/s without pauses |\n|---:|---:|---:|")
    for speed in _SPEEDS:
        clips = [make_clip(say(text, speed), text, min(2.0, max(0.5, 1.5 * speed))) for text in SENTENCES]
        seconds = sum(map(len, clips)) / SAMPLE_RATE
        print(f"| {speed:g} | {seconds:.2f} | {count / (seconds - sum(map(pauses, clips))):.2f} |")


if __name__ == "__main__":
    main(sys.argv[1])
