from __future__ import annotations

import numpy as np
import pytest

from voiceguide.errors import SpeechError
from voiceguide.speech.engines.engine import ENGINES, SilentEngine, Voice, load_engine, serving


def voice(language: str, *serves: str) -> Voice:
    return Voice(f"test:{language}", "test", language, serves=serves)


BRITISH, AMERICAN, SCOTTISH = voice("en-gb", "en"), voice("en-us", "en"), voice("en-gb-scotland", "en")
BRAZILIAN, PORTUGUESE = voice("pt-br", "pt"), voice("pt", "pt-pt")
ALL = (AMERICAN, BRITISH, SCOTTISH, BRAZILIAN, PORTUGUESE)


@pytest.mark.parametrize(
    ("language", "first", "count"),
    [
        ("en", AMERICAN, 3),
        ("en-GB", BRITISH, 3),
        ("en_us", AMERICAN, 3),
        ("en-AU", AMERICAN, 3),
        ("pt", PORTUGUESE, 2),
        ("pt-BR", BRAZILIAN, 2),
        ("pt-PT", PORTUGUESE, 2),
    ],
)
def test_the_nearest_voice_comes_first(language: str, first: Voice, count: int) -> None:
    found = serving(ALL, language)
    assert found[0] == first
    assert len(found) == count


def test_a_language_nobody_speaks() -> None:
    assert serving(ALL, "fi") == ()
    assert serving(ALL, "e") == ()


def test_the_silent_engine_makes_sound_of_known_length_in_any_language() -> None:
    engine = load_engine(ENGINES["silent"])
    (only,) = engine.voices()
    assert serving((only,), "qu-PE") == (only,)
    said = engine.speak("ten chars.", only.name, 1.0)
    assert said.samples.dtype == np.float32
    assert len(said.samples) == round(0.6 * said.sample_rate)
    assert float(np.sqrt(np.mean(said.samples**2))) > 0.05
    assert len(engine.speak("ten chars.", only.name, 2.0).samples) == round(0.3 * said.sample_rate)
    assert np.array_equal(said.samples, SilentEngine().speak("ten chars.", only.name, 1.0).samples)
    assert not np.array_equal(said.samples, engine.speak("ten other.", only.name, 1.0).samples)


@pytest.mark.parametrize("factory", ["no.such.module:Engine", "voiceguide.speech.engines.engine:NoSuchEngine"])
def test_a_factory_that_is_not_there(factory: str) -> None:
    with pytest.raises(SpeechError, match="cannot be loaded"):
        load_engine(factory)
