from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from voiceguide.recording.phrases import WINDOW, Phrase, levels, phrases
from voiceguide.units import SAMPLE_RATE


def take(*parts: tuple[float, float], noise: float = -70.0) -> Any:
    """Seconds and the level of a tone in dB (-inf: none), one after the other, in a noise."""
    random = np.random.default_rng(5)
    made = [
        np.sqrt(2)
        * 10 ** (level / 20)
        * np.sin(2 * np.pi * 200 / SAMPLE_RATE * np.arange(round(seconds * SAMPLE_RATE)))
        for seconds, level in parts
    ]
    samples = np.concatenate(made)
    if np.isfinite(noise):
        samples += 10 ** (noise / 20) * random.standard_normal(len(samples))
    return samples.astype(np.float32)


QUIET = -np.inf
SPOKEN = ((1.0, QUIET), (2.0, -20.0), (0.5, QUIET), (1.5, -26.0), (0.15, QUIET), (0.5, -20.0), (1.0, QUIET))


@pytest.mark.parametrize("noise", [-np.inf, -90.0, -60.0, -45.0])
@pytest.mark.parametrize("gain", [0.0, -20.0])
def test_phrases_lie_between_rests_whatever_the_noise_and_the_level(noise: float, gain: float) -> None:
    if noise + 25 > gain - 20:
        pytest.skip("nobody could tell the voice from the room")
    spoken = [(seconds, level + gain) for seconds, level in SPOKEN]
    found = phrases(levels(take(*spoken, noise=noise)))
    assert [(p.start / SAMPLE_RATE, p.end / SAMPLE_RATE) for p in found] == [
        (pytest.approx(1.0, abs=0.011), pytest.approx(3.0, abs=0.011)),
        (pytest.approx(3.5, abs=0.011), pytest.approx(5.65, abs=0.011)),
    ]


def test_a_level_is_that_of_its_window() -> None:
    level = levels(take((0.5, -20.0), (0.505, QUIET), noise=-np.inf))
    assert len(level) == 100
    assert level[10] == pytest.approx(-20.0, abs=0.1)
    assert level[90] == -120.0


@pytest.mark.parametrize("samples", [take((2.0, QUIET), noise=-np.inf), np.zeros(0, np.float32)])
def test_silence_has_no_phrases(samples: Any) -> None:
    assert phrases(levels(samples)) == ()


def test_a_click_is_no_phrase() -> None:
    found = phrases(levels(take((1.0, QUIET), (0.02, -15.0), (1.0, QUIET), (1.0, -20.0), (1.0, QUIET))))
    assert len(found) == 1


def test_speech_without_a_rest_is_cut_where_it_is_quietest() -> None:
    parts = [
        (1.0, QUIET),
        *[(seconds, level) for _ in range(4) for seconds, level in ((11.9, -20.0), (0.1, -30.0))],
        (1.0, QUIET),
    ]
    found = phrases(levels(take(*parts)))
    assert all(phrase.end - phrase.start <= 2_000 * WINDOW for phrase in found)
    assert found[0].start == pytest.approx(SAMPLE_RATE, abs=WINDOW)
    assert [before.end for before in found[:-1]] == [after.start for after in found[1:]]
    for phrase in found[:-1]:
        assert ((phrase.end / SAMPLE_RATE - 1.0) % 12.0) == pytest.approx(11.95, abs=0.06)
    assert isinstance(found[0], Phrase)
