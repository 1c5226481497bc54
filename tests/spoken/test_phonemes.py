"""What two engines make of a spoken form: the phonemes of the sentence that a person wrote out by hand.

Stress is not compared: it depends on the words around, and on whether letters are written apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.spoken.cases import LANGUAGES, Case, cases
from voiceguide.spoken import spoken_form
from voiceguide.spoken.tables import table_of

HEARD = [case for language in LANGUAGES for case in cases(language) if case.heard]
ENGLISH = [case for case in HEARD if case.language == "en"]
_SILENT = frozenset("ˈˌʲ ,.;:!?-—…|")


@cache
def _espeak_ng() -> Any:
    return pytest.importorskip("piper.phonemize_espeak").EspeakPhonemizer()


def espeak(text: str, language: str) -> str:
    voice = {"en": "en-us"}.get(language, language)
    sentences = _espeak_ng().phonemize(voice, text)
    return _sounds("".join("".join(sentence) for sentence in sentences))


@cache
def _g2p() -> Any:
    return pytest.importorskip("hibari.g2p").G2P()


def hibari(text: str, language: str) -> str:
    return _sounds(_g2p()(text))


def _sounds(phonemes: str) -> str:
    said = "".join(char for char in unicodedata.normalize("NFC", phonemes) if char not in _SILENT)
    return said.replace("ɹɹ", "ɹ")


ENGINES: tuple[Callable[[str, str], str], ...] = (espeak, hibari)


def test_there_are_sixty_sentences_for_two_engines() -> None:
    assert len(ENGLISH) >= 60
    assert len(HEARD) - len(ENGLISH) >= 120


@pytest.mark.parametrize("case", HEARD, ids=lambda case: f"{case.language}: {case.written}")
def test_an_engine_says_what_was_written_out_by_hand(case: Case) -> None:
    for engine in ENGINES if case.language == "en" else (espeak,):
        assert engine(spoken_form(case.written, case.language), case.language) == engine(case.spoken, case.language)


def test_without_it_an_engine_says_most_of_them_in_another_way() -> None:
    """So the sentences show something: figures, signs and letters are what engines differ in."""
    wrong = [
        case
        for case in HEARD
        if any(
            engine(case.written, case.language) != engine(case.spoken, case.language)
            for engine in (ENGINES if case.language == "en" else (espeak,))
        )
    ]
    assert len(wrong) / len(HEARD) > 0.7


@pytest.mark.parametrize(
    ("written", "by_name"),
    [
        ("Press LI4.", "Press ell eye four."),
        ("Press ST36.", "Press ess tee thirty-six."),
        ("Press GB20.", "Press gee bee twenty."),
        ("Try EMDR.", "Try ee em dee are."),
        ("Have an IQ.", "Have an eye queue."),
    ],
)
def test_letters_are_said_by_their_names(written: str, by_name: str) -> None:
    for engine in ENGINES:
        assert engine(spoken_form(written, "en"), "en") == engine(by_name, "en")


@pytest.mark.parametrize("engine", ENGINES)
def test_initialisms_that_stay_are_said_as_letters(engine: Callable[[str, str], str]) -> None:
    """All but OK, which is a word."""
    table = table_of("en")
    assert table is not None

    def name(letter: str) -> str:
        return engine(f"{letter}-B", "en").removesuffix(engine("B", "en"))  # a lone A would be the article

    said = {word: engine(word, "en") for word in sorted(table.initialisms - {"OK"})}
    assert {word: heard for word, heard in said.items() if heard != "".join(map(name, word))} == {}
