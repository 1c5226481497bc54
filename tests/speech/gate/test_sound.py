"""What can be heard to be wrong with an utterance without knowing its words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.benchmarks.sentences import SENTENCES
from tests.support.faulty import spoiled
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.engines.hibari.engine import HibariEngine
from voiceguide.speech.gate.sound import sound_faults

TEXT = "Rest your hands on your forehead, and let the warmth of your palms sink in."
SHORT = (
    "One.",
    "In",
    "Breathe out",
    "Soften.",
    "Ease your jaw.",
    "And again.",
    "Shh.",
    "Mmmm.",
    "Hold for 20 seconds.",
)
RATE = 24_000

Samples = NDArray[np.float32]


@pytest.fixture(scope="module")
def said() -> Samples:
    return HibariEngine().speak(TEXT, "hibari:heart", 1.0).samples


def found(samples: Samples, text: str = TEXT, pace: float = 1.0) -> tuple[str, ...]:
    return sound_faults(Utterance(samples.astype(np.float32), RATE), text, pace)


@pytest.mark.parametrize("pace", [0.7, 1.0, 2.0])
def test_what_the_voice_says_rightly_passes(pace: float) -> None:
    engine = HibariEngine()
    for text in (*SENTENCES[::2], *SHORT):
        assert sound_faults(engine.speak(text, "hibari:heart", pace), text, pace) == (), text


def _start(samples: Samples) -> int:
    return int(np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())[0])


def _end(samples: Samples) -> int:
    return int(np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())[-1]) + 1


def _quieter(samples: Samples) -> Samples:
    changed = samples.copy()
    changed[_start(samples) : _start(samples) + 2 * RATE] *= 0.1
    return changed


def _middle(samples: Samples, more: Samples) -> Samples:
    quiet = _start(samples) + int(
        np.argmin(np.convolve(np.abs(samples[_start(samples) :][:RATE]), np.ones(480), "valid"))
    )
    return np.concatenate((samples[:quiet], more, samples[quiet:]))


def _hiss(seconds: float, level: float) -> Samples:
    return (np.random.default_rng(1).standard_normal(round(seconds * RATE)) * level).astype(np.float32)


SPOILED: dict[str, tuple[Callable[[Samples], Samples], str]] = {
    "cut start": (lambda x: x[_start(x) + RATE // 8 :], "begins in the middle of a sound"),
    "cut end": (lambda x: x[: _end(x) - RATE // 4], "breaks off at its end"),
    "clipped": (lambda x: np.clip(x * 30 / np.abs(x).max(), -1, 1), "is clipped"),
    "much too slow": (lambda x: np.repeat(x, 3), "takes too long for its words"),
    "much too fast": (lambda x: x[_start(x) - 99 : _end(x)][::3], "is too short for its words"),
    "a long silence": (lambda x: _middle(x, np.zeros(3 * RATE, np.float32)), "falls silent where no mark is"),
    "a quiet part": (_quieter, "is far quieter in one part"),
    "a hiss at the end": (lambda x: np.concatenate((x[: _end(x)], _hiss(0.8, 0.02), x[-RATE // 4 :])), "ends with a breath or noise"),
    "a blip after the end": (lambda x: np.concatenate((x, x[RATE : RATE + RATE // 6], x[-RATE // 4 :])), "makes a sound after its last word"),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILED)
def test_what_is_spoiled_is_refused(how: str, said: Samples) -> None:
    spoil, fault = SPOILED[how]
    assert found(said) == ()
    assert fault in found(spoil(said))


def test_channels_and_rates_change_nothing(said: Samples) -> None:
    stereo = np.stack([said, said], axis=1)
    assert sound_faults(Utterance(stereo, RATE), TEXT, 1.0) == ()
    assert "begins in the middle of a sound" in sound_faults(Utterance(stereo[_start(said) + 3_000 :], RATE), TEXT, 1.0)


@pytest.mark.parametrize("text", ["手を額に当てて、その温かさを感じてください。", "मेरे साथ सांस लें।", "Ask for 112."])
def test_the_tempo_is_judged_only_where_letters_are_sounds(text: str, said: Samples) -> None:
    slow = np.repeat(said, 3)
    assert "takes too long for its words" in found(slow)
    assert "takes too long for its words" not in found(slow, text)


def test_most_cut_and_noisy_lines_are_refused_without_knowing_their_words() -> None:
    """What is measured with 2,000 lines stands in docs/voices.md."""
    texts = SENTENCES
    for fault, least in (("cut", 0.85), ("noise", 0.4)):
        refused = sum(bool(sound_faults(spoiled(text, fault), text, 1.0)) for text in texts)
        assert refused >= least * len(texts), fault
