"""One pace for every voice: what to ask an engine for, so that pace 1 is equally calm whoever speaks.

An engine's own paces are in proportion to each other, but what it calls 1 differs from voice to voice. How many
syllables a second a voice says is measured once: the voices in :data:`KNOWN` by ``python -m tests.benchmarks.tempo``,
others on this computer with :data:`SENTENCES` when they are first used (:mod:`~voiceguide.speech.studio`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from voiceguide.languages import base_language
from voiceguide.syllables import syllables
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CALM = 3.1
"""Syllables a second at pace 1, without the pauses in a line. Listeners judge tempo by articulation far more than by
pauses (Grosjean & Lane 1976); people who guide calmly say 3.0 to 3.3, and read aloud 5 to 6."""

_SLOWEST, _FASTEST = 0.5, 2.0
_EVENEST = 0.8  # the least exponent that is believed: eSpeak's slow paces widen the gaps between words instead

KNOWN: Mapping[str, float] = MappingProxyType(
    {"hibari:heart": 1.0, "piper:en_US-joe-medium": 1.15, "system:en-us": 1.35}
)
"""The factor between a pace and what the engine is asked for, of the voices that have been measured."""

_USUAL: Mapping[str, float] = MappingProxyType({name.partition(":")[0]: factor for name, factor in KNOWN.items()})
"""By engine, for a voice that cannot be measured."""

SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": (
            "Atmen Sie langsam durch die Nase ein.",
            "Lassen Sie den Kiefer locker hängen.",
            "Legen Sie die Hände in den Schoß, und atmen Sie langsam aus.",
            "Legen Sie eine Hand auf den Bauch und die andere auf die Brust.",
            "Sitzen Sie aufrecht, mit beiden Füßen am Boden.",
            "Jetzt muss nichts geschehen.",
            "Lassen Sie den Kopf nach rechts sinken, nur so weit, wie es von selbst geht.",
            "Strecken Sie sich noch einmal, von den Fingerspitzen bis zu den Zehen.",
        ),
        "en": (
            "Breathe in slowly through your nose.",
            "Let your jaw hang loose.",
            "Rest your hands in your lap, and breathe out slowly.",
            "Lay one hand on your belly and the other on your chest.",
            "Sit up tall, with both feet on the floor.",
            "Nothing has to happen now.",
            "Let your head tip to the right, only as far as it goes by itself.",
            "Stretch once more, from your fingertips to your toes.",
        ),
        "es": (
            "Inhale despacio por la nariz.",
            "Deje la mandíbula suelta.",
            "Deje las manos en el regazo, y exhale despacio.",
            "Ponga una mano en el vientre y la otra en el pecho.",
            "Siéntese erguido, con los dos pies en el suelo.",
            "Ahora no tiene que pasar nada.",
            "Deje caer la cabeza a la derecha, solo hasta donde llegue por sí misma.",
            "Estírese una vez más, desde los dedos de las manos hasta los pies.",
        ),
        "fr": (
            "Inspirez lentement par le nez.",
            "Laissez la mâchoire se détendre.",
            "Posez les mains sur vos genoux, et expirez lentement.",
            "Posez une main sur le ventre et l'autre sur la poitrine.",
            "Tenez-vous droit, les deux pieds au sol.",
            "Rien ne doit arriver maintenant.",
            "Laissez la tête pencher à droite, juste aussi loin qu'elle va d'elle-même.",
            "Étirez-vous encore une fois, du bout des doigts jusqu'aux orteils.",
        ),
        "it": (
            "Inspiri lentamente dal naso.",
            "Lasci la mascella sciolta.",
            "Appoggi le mani in grembo, ed espiri lentamente.",
            "Metta una mano sul ventre e l'altra sul petto.",
            "Si sieda diritto, con i due piedi a terra.",
            "Adesso non deve succedere nulla.",
            "Lasci cadere la testa a destra, solo fin dove va da sola.",
            "Si stiri ancora una volta, dalla punta delle dita fino ai piedi.",
        ),
        "nl": (
            "Adem langzaam in door uw neus.",
            "Laat uw kaak los hangen.",
            "Leg uw handen in uw schoot, en adem langzaam uit.",
            "Leg een hand op uw buik en de andere op uw borst.",
            "Zit rechtop, met beide voeten op de grond.",
            "Er hoeft nu niets te gebeuren.",
            "Laat uw hoofd naar rechts zakken, maar zo ver als het vanzelf gaat.",
            "Strek u nog een keer, van uw vingertoppen tot uw tenen.",
        ),
        "pt": (
            "Inspire devagar pelo nariz.",
            "Deixe o maxilar solto.",
            "Pouse as mãos no colo, e expire devagar.",
            "Ponha uma mão na barriga e a outra no peito.",
            "Sente-se direito, com os dois pés no chão.",
            "Agora nada precisa acontecer.",
            "Deixe a cabeça cair para a direita, só até onde ela for por si.",
            "Estique-se mais uma vez, das pontas dos dedos até os pés.",
        ),
    }
)
"""What a voice says to be measured, by base language."""


def usual(engine: str) -> float:
    """The factor of an engine's voices that cannot be measured: that of the one we know."""
    return _USUAL.get(engine, 1.0)


def estimate(rate: float) -> float:
    """About the factor of a voice that says so many syllables a second at its engine's pace 1: a second pace to measure
    it at, near to what is looked for."""
    return _within(CALM / rate)


def calming(rate: float, second: float, found: float) -> float:
    """The factor of a voice that says ``rate`` syllables a second at its engine's pace 1, and ``found`` at ``second``.

    Around the second pace the rate is taken for a power of the pace. Rounded to the hundredth, so that the last bits of
    a measurement, in which computers may differ, do not reach the samples.
    """
    if second == 1.0:
        return 1.0
    exponent = math.log(found / rate) / math.log(second)
    return _within(second * math.pow(CALM / found, 1 / max(exponent, _EVENEST)))


def _within(factor: float) -> float:
    return round(min(max(factor, _SLOWEST), _FASTEST), 2)


def sentences(language: str) -> tuple[str, ...]:
    """What a voice says to be measured; nothing in a language that is not in the table."""
    return SENTENCES.get(base_language(language), ())


def rate(said: Iterable[tuple[str, NDArray[np.float32]]], language: str) -> float:
    """The syllables a second in lines with their clips, ``(frames,)`` at 44.1 kHz, without the pauses in them."""
    from voiceguide.speech.phrasing import pauses_in

    count = frames = 0
    for text, clip in said:
        count += syllables(text, language)
        frames += len(clip) - sum(pause.end - pause.start for pause in pauses_in(clip))
    return count * SAMPLE_RATE / frames
