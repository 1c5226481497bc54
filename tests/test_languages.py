from __future__ import annotations

import re

import pytest

from voiceguide.languages import LANGUAGES, base_language, number_words, phase_words, same_tag, sample_text


@pytest.mark.parametrize("tag", ["pt", "PT", "pt-BR", "pt_br", " pt-Latn-BR "])
def test_base_language(tag: str) -> None:
    assert base_language(tag) == "pt"


def test_tags_differ_in_case_and_underscore_only() -> None:
    assert same_tag("en_gb", "en-GB")
    assert not same_tag("en", "en-GB")


def test_the_phases_in_english() -> None:
    words = phase_words("en-AU")
    assert words is not None
    assert [words.of(kind) for kind in ("in", "hold", "out", "rest")] == ["Breathe in", "Hold", "Breathe out", "Rest"]
    assert words.of("in", again=True) == "More"
    assert words.of("out", again=True) == "Breathe out"


def test_every_language_of_the_table_names_each_phase_differently() -> None:
    for row in LANGUAGES.values():
        words = row.phases
        names = [words.of("in"), words.of("hold"), words.of("out"), words.of("rest"), words.of("in", again=True)]
        assert len(set(names)) == 5
        assert all(name == name.strip() != "" for name in names)


def test_every_language_of_the_table_has_a_sentence_of_its_own_to_try_a_voice_with() -> None:
    assert all(re.fullmatch(r"[^.]{20,80}\.", row.sample) for row in LANGUAGES.values())
    assert len({row.sample for row in LANGUAGES.values()}) == len(LANGUAGES)
    assert all(sample_text(f"{tag}-XX") == row.sample for tag, row in LANGUAGES.items())


def test_a_language_without_names_says_so() -> None:
    assert phase_words("fi") is None
    assert sample_text("fi") == ""


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (12, "en", "twelve"),
        (0, "en", "zero"),
        (-3, "en", "minus three"),
        (21, "de-AT", "einundzwanzig"),
        (80, "fr", "quatre-vingts"),
        (80, "fr-CH", "huitante"),
        (16, "pt-BR", "dezesseis"),
        (16, "pt", "dezasseis"),
        (7, "nl-BE", "zeven"),
        (12, "xx", "12"),
        (12, "", "12"),
    ],
)
def test_number_words(number: int, language: str, words: str) -> None:
    assert number_words(number, language) == words
