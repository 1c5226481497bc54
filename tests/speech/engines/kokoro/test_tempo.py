"""From a pace to one of the model's speeds."""

from __future__ import annotations

import numpy as np
import pytest

from voiceguide.speech.engines.kokoro.tempo import SECONDS, SPEEDS, speed


@pytest.mark.parametrize("calm", [0.5, 0.65, 0.8])
@pytest.mark.parametrize("pace", [0.5, 0.8, 1.0, 1.25, 2.0])
def test_the_pace_divides_the_time(pace: float, calm: float) -> None:
    def seconds(at: float) -> float:
        return float(np.interp(at, SPEEDS, SECONDS))

    assert seconds(calm) / seconds(speed(pace, calm)) == pytest.approx(pace, rel=0.01)


def test_pace_1_is_the_calm_speed_and_a_higher_pace_a_higher_speed() -> None:
    assert speed(1.0, 0.73) == pytest.approx(0.73)
    speeds = [speed(pace, 0.73) for pace in np.arange(0.5, 2.01, 0.1)]
    assert speeds == sorted(set(speeds))
