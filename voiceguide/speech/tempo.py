"""One pace for every voice: what to ask an engine for, so that pace 1 is equally calm whoever speaks.

An engine's own paces are in proportion to each other, but what it calls 1 differs from voice to voice. How many
syllables a second a voice says is measured once: the voices in :data:`KNOWN` by ``python -m tests.benchmarks.tempo``,
others on this computer with :data:`SENTENCES` when they are first used (:mod:`~voiceguide.speech.studio`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from voiceguide.languages import base_language
from voiceguide.speech.phrasing import pauses_in
from voiceguide.syllables import syllables
from voiceguide.units import SAMPLE_RATE

CALM = 3.1
"""Syllables a second at pace 1, without the pauses in a line. Listeners judge tempo by articulation far more than by
pauses (Grosjean & Lane 1976); people who guide calmly say 3.0 to 3.3, and read aloud 5 to 6."""

MEASURED_AT = (1.0, 1.4)
"""The paces of an engine at which its voices are measured."""

_EVENEST = 0.5  # the least that a measured rate is believed to grow with the pace, as an exponent

KNOWN: Mapping[str, float] = MappingProxyType(
    {"hibari:heart": 1.0, "piper:en_US-joe-medium": 1.17, "system:en-us": 1.36}
)
"""The factor between a pace and what the engine is asked for, of the voices that have been measured."""

_USUAL: Mapping[str, float] = MappingProxyType(
    {name.partition(":")[0]: factor for name, factor in KNOWN.items()}
)
"""By engine, for a voice that cannot be measured."""

SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": (
            "Legen Sie die Hände in den Schoß, und atmen Sie langsam aus.",
            "Streichen Sie sanft von der Mitte der Stirn nach außen.",
            "Lassen Sie die Schultern mit jedem Atemzug ein wenig tiefer sinken.",
            "Nichts muss jetzt geschehen.",
        ),
        "en": (
            "Rest your hands in your lap, and breathe out slowly.",
            "Stroke softly from the middle of your forehead to the temples.",
            "Let your shoulders sink a little further with each breath out.",
            "Nothing has to happen now.",
        ),
        "es": (
            "Deje las manos en el regazo y exhale despacio.",
            "Deslice los dedos desde el centro de la frente hacia los lados.",
            "Con cada respiración, deje que los hombros bajen un poco más.",
            "Ahora no tiene que pasar nada.",
        ),
        "fr": (
            "Posez les mains sur vos genoux, et expirez lentement.",
            "Glissez doucement du milieu du front vers les tempes.",
            "À chaque souffle, laissez vos épaules descendre un peu plus.",
            "Rien ne doit arriver maintenant.",
        ),
        "it": (
            "Appoggi le mani in grembo ed espiri lentamente.",
            "Scivoli con le dita dal centro della fronte verso le tempie.",
            "A ogni respiro, lasci scendere le spalle un poco di più.",
            "Adesso non deve succedere nulla.",
        ),
        "nl": (
            "Leg uw handen in uw schoot en adem langzaam uit.",
            "Strijk zacht van het midden van uw voorhoofd naar de slapen.",
            "Laat uw schouders met elke ademhaling een beetje verder zakken.",
            "Er hoeft nu niets te gebeuren.",
        ),
        "pt": (
            "Pouse as mãos no colo e expire devagar.",
            "Deslize os dedos do meio da testa para os lados.",
            "A cada respiração, deixe os ombros descerem um pouco mais.",
            "Agora nada precisa acontecer.",
        ),
    }
)
"""What a voice says to be measured, by base language."""


def usual(engine: str) -> float:
    """The factor of an engine's voices that cannot be measured: that of the one we know."""
    return _USUAL.get(engine, 1.0)


def calming(rate: float, brisker: float) -> float:
    """The factor of a voice that says so many syllables a second at the two paces in :data:`MEASURED_AT`.

    Between the two, and a little beyond, the rate is taken for a power of the pace. Rounded to the hundredth, so that
    the last bits of a measurement, in which computers may differ, do not reach the samples.
    """
    exponent = math.log(max(brisker, rate) / rate) / math.log(MEASURED_AT[1] / MEASURED_AT[0])
    return round(MEASURED_AT[0] * (CALM / rate) ** (1 / max(exponent, _EVENEST)), 2)


def sentences(language: str) -> tuple[str, ...]:
    """What a voice says to be measured; nothing in a language that is not in the table."""
    return SENTENCES.get(base_language(language), ())


def rate(said: Iterable[tuple[str, NDArray[np.float32]]], language: str) -> float:
    """The syllables a second in lines with their clips, ``(frames,)`` at 44.1 kHz, without the pauses in them."""
    count = frames = 0
    for text, clip in said:
        count += syllables(text, language)
        frames += len(clip) - sum(pause.end - pause.start for pause in pauses_in(clip))
    return count * SAMPLE_RATE / frames
