"""How fast a voice speaks: ``python -m tests.benchmarks.tempo [VOICE…]``.

For each voice prints the syllables a second, without the pauses inside lines, that its engine gives at several of its
paces, and the factor that makes pace 1 calm: what stands in ``voiceguide/speech/tempo.py``. Without names it takes
every English voice that is installed.

``python -m tests.benchmarks.tempo --speeds hibari:heart`` prints the same for each of hibari's own speeds, of which the
table in its engine is made.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.benchmarks.sentences import SENTENCES
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.engines.registry import engine, engine_name, installed_engines
from voiceguide.speech.tempo import CALM, calming, estimate, rate
from voiceguide.units import SAMPLE_RATE

_PACES = (0.5, 0.7, 1.0, 1.2, 1.4, 1.7, 2.0)
_SPEEDS = (
    *(0.3, 0.35, 0.4, 0.41, 0.44, 0.45, 0.5, 0.55, 0.57, 0.58, 0.6, 0.65, 0.66, 0.67, 0.68, 0.7, 0.75, 0.79, 0.8),
    *(0.81, 0.85, 0.9, 1.0, 1.1, 1.19, 1.21, 1.25, 1.3, 1.35, 1.4, 1.5),
)  # close together where hibari's tempo jumps

Say = Callable[[str, float], Utterance]


def spoken(say: Say, speed: float) -> tuple[float, float]:
    """The seconds that the sentences take, and the syllables a second."""
    said = [(text, make_clip(say(text, speed), text, min(2.0, max(0.5, speed)))) for text in SENTENCES]
    return sum(len(clip) for _, clip in said) / SAMPLE_RATE, rate(said, "en")


def _paces(voice: str) -> None:
    speaker = engine(installed_engines()[engine_name(voice)])
    rates = {}
    for pace in _PACES:
        seconds, rates[pace] = spoken(lambda text, pace: speaker.speak(text, voice, pace), pace)
        print(f"| `{voice}` | {pace:g} | {seconds:.2f} | {rates[pace]:.2f} |", flush=True)
    second = estimate(rates[1.0])
    factor = calming(rates[1.0], second, spoken(lambda text, pace: speaker.speak(text, voice, pace), second)[1])
    print(f"`{voice}` is calm, {CALM} syllables/s, at {factor:g} times its engine's pace", flush=True)


def _speeds(voice: str) -> None:
    from hibari import Hibari

    speaker = Hibari(voice=voice.removeprefix("hibari:"))
    for speed in _SPEEDS:
        seconds, found = spoken(
            lambda text, speed: Utterance(speaker(text, speed=speed, seed=7), speaker.sample_rate), speed
        )
        print(f"| `{voice}` | {speed:g} | {seconds:.2f} | {found:.2f} |", flush=True)


def main(arguments: Sequence[str]) -> None:
    from voiceguide.speech import Casting

    names = [name for name in arguments if name != "--speeds"]
    voices = names or [voice.name for voice in Casting().voices("en") if voice.quality != "server" and not voice.fault]
    print(f"| voice | {'speed' if '--speeds' in arguments else 'pace'} | seconds | syllables/s |\n|---|---:|---:|---:|")
    for voice in voices:
        (_speeds if "--speeds" in arguments else _paces)(voice)


if __name__ == "__main__":
    main(sys.argv[1:])
