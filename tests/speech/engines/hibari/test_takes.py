"""Further takes of hibari's voices: other readings, each always the same, that say the same as clearly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from voiceguide.speech.engines.engine import has_takes, spoken
from voiceguide.speech.engines.hibari.engine import HibariEngine
from voiceguide.speech.engines.hibari.takes import Bent, Delivery, delivery
from voiceguide.units import SAMPLE_RATE

TEXT = "Warm a few drops of oil between your palms."
VOICE = "hibari:heart"


def test_the_first_take_is_the_models_own() -> None:
    assert delivery(1) == Delivery()
    assert np.array_equal(Delivery().bend(50), np.ones(50))


def test_takes_differ_a_little_each_in_its_own_way() -> None:
    takes = [delivery(take) for take in range(2, 400)]
    assert len(set(takes)) == len(takes)
    assert all(0.985 < one.tempo < 1.015 for one in takes)
    for one in takes:
        assert np.abs(1200 * np.log2(one.bend(400))).max() < 75  # cents: less than a semitone


def test_a_take_is_always_the_same_and_unlike_the_others() -> None:
    engine = HibariEngine()
    assert has_takes(engine)
    said = {take: engine.speak(TEXT, VOICE, 1.0, take).samples for take in (3, 1, 2, 101)}
    for take in (2, 1, 3):
        assert np.array_equal(spoken(engine, TEXT, VOICE, 1.0, take).samples, said[take])
    assert np.array_equal(engine.speak(TEXT, VOICE, 1.0).samples, said[1])
    seconds = {take: len(samples) / SAMPLE_RATE for take, samples in said.items()}
    assert max(seconds.values()) < 1.1 * min(seconds.values())
    for take in (2, 3, 101):
        length = min(len(said[1]), len(said[take]))
        assert abs(np.corrcoef(said[1][:length], said[take][:length])[0, 1]) < 0.9, "it sounds the same"


class _Session:
    def __init__(self, outputs: int) -> None:
        self.outputs = [np.full((1, 8), 200.0, np.float32) for _ in range(outputs)]

    def run(self, names: Any, inputs: Any) -> Any:
        return self.outputs


@pytest.mark.parametrize("outputs", [5, 6, 7])
def test_only_the_pitch_is_bent_and_only_of_a_model_as_it_is_known(outputs: int) -> None:
    session = _Session(outputs)
    bent = Bent(session)
    assert bent.run(None, {}) == session.outputs
    bent.delivery = delivery(2)
    changed = [one is not other for one, other in zip(bent.run(None, {}), session.outputs, strict=True)]
    assert changed == [index == 5 and outputs == 6 for index in range(outputs)]
