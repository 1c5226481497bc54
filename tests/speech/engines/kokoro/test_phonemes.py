"""Texts become the signs that Kokoro was trained on."""

from __future__ import annotations

import pytest

from voiceguide.speech.engines.kokoro.phonemes import LONGEST, missing, phonemes, vocabulary


def signs(text: str, language: str) -> str:
    named = {number: sign for sign, number in vocabulary().items()}
    return " | ".join("".join(named[number] for number in piece) for piece in phonemes(text, language))


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en-US", "Tomato, rather.", "təmˈATO, ɹˈæðəɹ."),
        ("en-GB", "Tomato, rather.", "təmˈɑːtQ, ɹˈɑːðə."),
        ("en-US", "12 times.", "twˈɛlv tˈImz."),
        ("es-ES", "Muchas gracias.", "mˈuʧas ɣɾˈaθjas."),
        ("fr-FR", "Doucement.", "dusmˈɑ̃."),
        ("it-IT", "Gli occhi chiusi; 2.", "ʎɪ ˈɔkːɪ kjˈuzɪ; dˈue."),
        ("pt-BR", "Devagar.", "dˌevaɡˈar."),
        ("hi-IN", "धीरे। हाँ।", "dʰˈiːɾeː. hˈa\u0303."),
    ],
)
def test_each_language_is_read_with_kokoros_signs(language: str, text: str, said: str) -> None:
    assert signs(text, language) == said


def test_words_of_another_language_leave_no_marks() -> None:
    assert "(" not in signs("Le parking est à gauche.", "fr-FR")


def test_hibaris_notation_is_read_as_text() -> None:
    assert signs("[rest](/hˈɑ/)", "en-US") != "hˈɑ"
    assert signs("[rest](/hˈɑ/)", "en-US").startswith("ɹˈɛst")


def test_a_long_line_comes_in_pieces_cut_between_sentences() -> None:
    sentence = "Let the warmth of your palms sink into your forehead, and breathe slowly. "
    pieces = phonemes(sentence * 12, "en-US")
    assert len(pieces) > 1
    assert all(0 < len(piece) <= LONGEST and piece[-1] == vocabulary()["."] for piece in pieces)


@pytest.mark.parametrize("language", ["en-US", "es-ES"])
@pytest.mark.parametrize("text", [" ", "...", "—", "\u200b"])
def test_signs_without_a_sound_give_nothing(language: str, text: str) -> None:
    assert phonemes(text, language) == []
    assert phonemes("☃", "en-US") == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the rules' own packages
@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("ja-JP", "ゆっくり息を吸います。", "jɯʔkɯɾʲi ikʲi o sɨimasɨ."),
        ("ja-JP", "3回、「OK」です。", "saɴ kai, “ˌOkˈA” desɨ."),
        ("zh-CN", "慢慢地吸气。", "ma↘nma↘n tɤ ɕi→ʨʰi↘."),
        ("zh-CN", "重复3次, OK。", "ꭧʰʊ↗ŋfu↘ sa→nʦʰɨ↘, ˌOkˈA."),
    ],
)
def test_japanese_and_chinese_where_their_rules_are_installed(
    language: str, text: str, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    if extra := missing(language):
        pytest.skip(f"the extra {extra} is not installed")
    assert signs(text, language) == said
    assert capfd.readouterr().err == ""
