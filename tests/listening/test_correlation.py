from __future__ import annotations

import numpy as np
import pytest

from voiceguide.listening.correlation import Template


def _noise(seed: int, samples: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.random.default_rng(seed).standard_normal(samples).astype(np.float32)


def test_a_sound_is_found_at_its_place_with_its_gain() -> None:
    sound, wanted = 0.1 * _noise(1, 40_000), _noise(2, 8_000)
    sound[12_345:20_345] += np.float32(1.5) * wanted
    (match,) = Template(wanted).find(sound, 0.35)
    assert match.at == 12_345
    assert match.likeness > 0.99
    assert match.gain == pytest.approx(1.5, rel=0.02)


def test_every_place_is_found_and_nothing_that_only_sounds_like_it() -> None:
    wanted = _noise(2, 8_000)
    sound = np.concatenate([_noise(3, 9_000), wanted, _noise(4, 9_000), 0.2 * wanted])
    assert sorted(match.at for match in Template(wanted).find(sound, 0.35)) == [9_000, 26_000]
    assert Template(_noise(5, 8_000)).find(sound, 0.35) == ()


def test_a_soft_sound_is_found_under_a_loud_one() -> None:
    sound, wanted = _noise(1, 40_000), _noise(2, 8_000)
    sound[5_000:13_000] += np.float32(0.2) * wanted
    match = Template(wanted).strongest(sound)
    assert match is not None
    assert match.at == 5_000
    assert match.gain == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("silence", [np.zeros(8_000, np.float32), np.zeros(0, np.float32)])
def test_silence_is_nowhere(silence: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
    assert Template(silence).find(_noise(1, 20_000), 0.35) == ()
    assert Template(silence).strongest(_noise(1, 20_000)) is None
    assert Template(_noise(1, 8_000)).find(np.zeros(20_000, np.float32), 0.35) == ()
