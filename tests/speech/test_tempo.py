"""One pace for every voice, by the voices themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.sentences import SENTENCES as GUIDANCE
from voiceguide.languages import LANGUAGES
from voiceguide.speech.cache import Store
from voiceguide.speech.engines.engine import ENGINES
from voiceguide.speech.studio import Studio
from voiceguide.speech.tempo import CALM, KNOWN, SENTENCES, calming, estimate, rate, sentences, usual
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

CALM_RANGE = (3.0, 3.3)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    return Studio(store=Store(tmp_path_factory.mktemp("speech")))


def measured(studio: Studio, voice: str, language: str, texts: tuple[str, ...], pace: float = 1.0) -> float:
    """The syllables a second that a voice says, through all that a line goes through."""
    lines = [Line(text, voice, pace, language) for text in texts]
    spoken = studio.speak(lines, jobs=2)
    return rate([(line.text, spoken.samples(line)) for line in lines], language)


@pytest.mark.parametrize("voice", KNOWN)
def test_the_voices_that_we_know_are_calm_at_pace_1(studio: Studio, voice: str) -> None:
    assert CALM_RANGE[0] <= measured(studio, voice, "en", GUIDANCE) <= CALM_RANGE[1]


@pytest.mark.parametrize(
    ("voice", "language"),
    [("system:en-gb", "en"), ("system:de", "de"), ("system:es", "es"), ("system:fr-fr", "fr")],
)
def test_a_voice_is_measured_when_it_is_used_first_and_calm_then(studio: Studio, voice: str, language: str) -> None:
    before = len(studio.store.entries())
    found = measured(studio, voice, language, (LANGUAGES[language].sample, *SENTENCES[language][:6]))
    assert found == pytest.approx(CALM, rel=0.12)  # eSpeak's tempo is uneven
    kept = len(studio.store.entries())
    assert kept - before >= len(SENTENCES[language]) + 7
    again = Studio(store=studio.store)
    assert again.key(Line("Eins.", voice, 1.0, language)) == studio.key(Line("Eins.", voice, 1.0, language))
    assert len(studio.store.entries()) == kept


def test_a_voice_that_cannot_be_measured_is_like_the_one_we_know_of_its_engine(studio: Studio) -> None:
    assert sentences("pl") == ()
    assert studio._factor(Line("Raz.", "system:pl", 1.0, "pl")) == usual("system") == KNOWN["system:en-us"]
    assert usual("piper") == KNOWN["piper:en_US-joe-medium"]
    assert usual("somebody's") == 1.0


def test_other_packages_voices_get_the_pace_that_is_asked_for(tmp_path: Path) -> None:
    studio = Studio(ENGINES, Store(tmp_path))
    assert studio._factor(Line("One.", "silent", 1.3, "en")) == 1.0
    assert studio.store.entries() == ()


def test_the_factor_brings_a_voice_to_the_calm_tempo() -> None:
    assert estimate(CALM) == 1.0
    assert estimate(CALM / 1.5) == 1.5
    assert calming(CALM / 1.5, 1.5, CALM) == 1.5
    assert 1.5 < calming(CALM / 1.5, 1.5, CALM * 0.95) < 1.7
    assert calming(CALM, 1.0, CALM) == 1.0
    assert calming(1.0, 2.0, 1.0) == 2.0  # a voice that keeps its tempo is not pushed without end


def test_every_language_with_breath_words_has_sentences_of_some_length() -> None:
    assert SENTENCES.keys() == LANGUAGES.keys()
    assert {len(texts) for texts in SENTENCES.values()} == {8}


def test_pauses_do_not_count() -> None:
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tone = (0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32)
    silence = np.zeros(SAMPLE_RATE // 2, np.float32)
    text = "one two three"
    assert rate([(text, np.concatenate((tone, silence, tone)))], "en") == pytest.approx(1.5, rel=0.02)
