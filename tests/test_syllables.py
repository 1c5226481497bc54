"""Syllables of texts, against those that people count."""

from __future__ import annotations

import pytest

from voiceguide.syllables import syllables


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Rest your hands in your lap, and breathe out slowly.", "en", 11),
        ("Nothing has to happen now.", "en-GB", 7),
        ("Pressed lips, closed eyes, a little table", "en", 9),
        ("Atmen Sie langsam aus.", "de", 6),
        ("Inspirez lentement par le nez.", "fr-FR", 9),
        ("Inhale despacio por la nariz.", "es", 10),
        ("Медленно вдохните.", "ru", 6),
        ("Αναπνεύστε αργά.", "el", 6),
        ("ゆっくりと", "ja", 4),
        ("慢慢吸气", "zh", 4),
        ("천천히 숨을", "ko", 5),
        ("hmm", "en", 1),
        ("4", "en", 1),
        ("…", "en", 0),
        ("", "en", 0),
    ],
)
def test_about_as_many_as_are_heard(text: str, language: str, count: int) -> None:
    assert syllables(text, language) == pytest.approx(count, abs=1 if count > 5 else 0)


def test_an_accent_changes_nothing() -> None:
    assert syllables("Sueltes los músculos, así.", "es") == syllables("Sueltes los musculos, asi.", "es")


def test_two_texts_together_have_the_syllables_of_both() -> None:
    assert syllables("Let go. And rest again.") == syllables("Let go.") + syllables("And rest again.")
