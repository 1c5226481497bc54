"""What a language needs besides a voice: the breath phases' spoken names, and numbers in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from voiceguide.routine import PhaseKind


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """The spoken names of the breath phases. ``sip`` is the second, shorter inhale of a sigh: said in under 1 s."""

    breathe_in: str
    hold: str
    breathe_out: str
    rest: str
    sip: str

    def of(self, kind: PhaseKind, *, again: bool = False) -> str:
        """The name of a phase; ``again``: an inhale that follows an inhale."""
        if kind == "in":
            return self.sip if again else self.breathe_in
        return {"hold": self.hold, "out": self.breathe_out, "rest": self.rest}[kind]


@dataclass(frozen=True, slots=True)
class Language:
    """What a language needs besides a voice: the breath phases' names, and a sentence to try a voice with."""

    phases: PhaseWords
    sample: str


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "de": Language(
            PhaseWords("Einatmen", "Halten", "Ausatmen", "Ruhen", "Weiter"),
            "Legen Sie die Hände in den Schoß, und atmen Sie langsam aus.",
        ),
        "en": Language(
            PhaseWords("Breathe in", "Hold", "Breathe out", "Rest", "More"),
            "Rest your hands in your lap, and breathe out slowly.",
        ),
        "es": Language(
            PhaseWords("Inhala", "Mantén", "Exhala", "Descansa", "Y más"),
            "Deje las manos en el regazo y exhale despacio.",
        ),
        "fr": Language(
            PhaseWords("Inspirez", "Retenez", "Expirez", "Repos", "Encore"),
            "Posez les mains sur vos genoux, et expirez lentement.",
        ),
        "it": Language(
            PhaseWords("Inspira", "Trattieni", "Espira", "Riposa", "Ancora"),
            "Appoggi le mani in grembo ed espiri lentamente.",
        ),
        "nl": Language(
            PhaseWords("Adem in", "Houd vast", "Adem uit", "Rust", "Meer"),
            "Leg uw handen in uw schoot en adem langzaam uit.",
        ),
        "pt": Language(
            PhaseWords("Inspire", "Segure", "Expire", "Descanse", "E mais"),
            "Pouse as mãos no colo e expire devagar.",
        ),
    }
)
"""By base language."""


@lru_cache(maxsize=1024)
def base_language(tag: str) -> str:
    """``pt`` for ``pt-BR`` (BCP 47; an underscore is taken for a hyphen)."""
    return tag.strip().replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=4096)  # of hundreds of voices each is asked for, whenever one is chosen
def same_tag(one: str, other: str) -> bool:
    """Whether two BCP 47 tags are the same; case does not matter there (RFC 5646, section 2.1.1)."""
    return one.strip().replace("_", "-").lower() == other.strip().replace("_", "-").lower()


def phase_words(language: str) -> PhaseWords | None:
    """The breath phases' names in a language given by its BCP 47 tag, or None if it is not in the table."""
    known = LANGUAGES.get(base_language(language))
    return known.phases if known else None


def sample_text(language: str) -> str:
    """A sentence of guidance to try a voice with, or nothing in a language that is not in the table."""
    known = LANGUAGES.get(base_language(language))
    return known.sample if known else ""


@lru_cache(maxsize=1 << 16)  # a repeated count says the same numbers again
def number_words(number: int, language: str) -> str:
    """A whole number in words (``twelve``); in digits for a language that has no words here."""
    from num2words import CONVERTER_CLASSES, num2words

    region = language.strip().replace("-", "_")
    for tag in (region, base_language(language)):
        if tag not in CONVERTER_CLASSES:  # num2words itself would cut an unknown tag to two letters: another language
            continue
        try:
            return str(num2words(number, lang=tag)).strip()
        except (NotImplementedError, OverflowError):
            continue
    return str(number)
