"""The spoken form: right for every example, safe for every text, and quick."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tests.spoken.cases import LANGUAGES, Case, cases
from tests.support.waiting import at_most
from voiceguide.spoken import SpokenForms, spoken_form
from voiceguide.spoken.table import row

ALL = [case for language in LANGUAGES for case in cases(language)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.language}: {case.written}")
def test_a_sentence_is_written_out_as_a_person_would(case: Case) -> None:
    assert spoken_form(case.written, case.language) == case.spoken
    assert spoken_form(case.spoken, case.language) == case.spoken


PIECES = st.sampled_from(
    row(
        "LI4 ST36 10-15 2–3 4-7-8 1/2 3½ ½ ² 5:30 12:05pm 3x x4 & + = > ≥ → ~ # @ % °C sec. min No. e.g. z.B. U.S. Part II "
        "III RELAX US Sooooo mmmm 🎉 ❤️ https://example.org/x a@b.org www.x.de 1. 3. Mai der 5.5 1,000 1.000,5 007 A a I , . "
        "! ? … — - ' \" “ ” ( ) [ ] { } / \\ | ^ _ * < $5 5€ -5 1st 2e 1er 3ª º ° 1'30\" Ⅳ ① １２ ٣ 中文 é ß ÀÉ x × cm w/ and/or 5+ "
        "v2.0 24/7 0 1 21 1999 2026-11-28 3/5/2024 3.5. 1️⃣ Dr. etc. <-> -> =>"
    )
)
TEXTS = st.one_of(
    st.builds("".join, st.lists(PIECES, max_size=6)),
    st.builds(" ".join, st.lists(PIECES, max_size=6)),
    st.text(max_size=30),
)


@given(TEXTS, st.sampled_from([*LANGUAGES, "pt-BR", "en-GB", "fr-CH"]))
@example("5e.g.", "en")
@example("<3.", "it")
def test_no_figure_and_no_sign_is_left_and_nothing_changes_again(text: str, language: str) -> None:
    said = spoken_form(text, language)
    assert spoken_form(said, language) == said
    if any(char.isalnum() and char not in "ºª" for char in said):
        assert [c for c in said if c.isnumeric() and unicodedata.category(c) != "Lo"] == []
        assert [c for c in said if unicodedata.category(c)[0] == "S" or c in "/\\#%&*@_[]{}"] == []


WORDS = st.lists(
    st.from_regex(r"[b-hj-km-uw-zäöüßñçé]{2}[aeou][b-hj-km-z]{0,2}", fullmatch=True), min_size=1, max_size=8
)


@given(WORDS, st.sampled_from(["", "10-15", "&", "🎉", "→", "4-7-8", "LI4"]), st.sampled_from(LANGUAGES))
def test_the_letters_of_other_words_stay(words: list[str], among: str, language: str) -> None:
    assume(not any(re.search(r"(.)\1\1", word) for word in words))  # stretched ones are shortened
    half = len(words) // 2
    said = spoken_form(" ".join([*words[:half], among, *words[half:]]), language).split()
    rest = iter(said)
    assert all(word in (each.strip(",") for each in rest) for word in words)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_time_is_in_proportion_to_the_length(language: str) -> None:
    with at_most(1.0):
        spoken_form(("Let your jaw be soft, and breathe for 10-15 sec. " * 2_100)[:100_000], language)
    texts = [
        (unit * 20_000)[:20_000] for unit in ("12345 ", "9", "1-", "1/", "1:", "&", "->", " ", "a.", '"', "3. ", "M")
    ]
    with at_most(2.0):
        for text in texts:
            spoken_form(text, language)


@pytest.mark.parametrize(
    ("text", "pronounce", "said"),
    [
        (
            "Press LI4 for 10-15 sec.",
            {"LI4": "large intestine four"},
            "Press large intestine four for ten to fifteen seconds.",
        ),
        ("Rest for 5 min.", {"minutes": "minnits"}, "Rest for five minnits."),
        ("The 4-7-8 breath.", {"4-7-8": "four seven eight"}, "The four seven eight breath."),
        ("Do NOT press.", {"not": "NAHT"}, "Do NAHT press."),
        ("Gua Sha & C++", {"gua sha": "gwah shah", "c++": "see plus plus"}, "gwah shah and see plus plus"),
    ],
)
def test_what_is_pronounced_wins(text: str, pronounce: dict[str, str], said: str) -> None:
    assert SpokenForms("en", pronounce)(text) == said


def test_as_written_only_pronounces() -> None:
    forms = SpokenForms("en", {"sec.": "seconds"}, written_out=False)
    assert forms("Hold 10-15 sec.") == "Hold 10-15 seconds"


def test_a_language_without_a_table_loses_only_what_no_voice_can_say() -> None:
    assert spoken_form("10-15 🎉 LI4 https://www.example.org/a", "sv") == "10-15 LI4 example.org"


def test_regions_have_their_own_numbers_and_dates() -> None:
    assert spoken_form("16", "pt-BR") == "dezesseis"
    assert spoken_form("75", "fr-CH") == "septante-cinq"
    assert spoken_form("On 3/5/2024.", "en-GB") == "On May third, twenty twenty-four."
