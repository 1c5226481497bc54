"""A full stop that belongs to a word, and a mark inside quotes, end no sentence."""

from __future__ import annotations

import pytest

from voiceguide.errors import Source
from voiceguide.script.sentences import split_sentences
from voiceguide.script.text import LineIndex, Text


def split(text: str, language: str) -> list[str]:
    return [part.chars for part in split_sentences(Text.of(LineIndex.of(Source("x.md", text))), language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["“Ready?” she said.", "Rest."]),
        ("en", ["“Ready? Go!” she said.", "Rest."]),
        ("en", ['"Ready?" he asked.', '"Yes!"', "Then rest."]),
        ("en", ["The U.S. Army rests.", "So do we."]),
        ("en", ["Music by J. S. Bach.", "Listen."]),
        ("en", ["Part No. 3 comes next.", "Just say no.", "Then rest."]),
        ("en", ["Hold for 5 sec.", "Then let go."]),
        ("en", ["Count to 3.", "Then rest."]),
        ("de", ["Am 3. Mai beginnt es.", "Ruhe."]),
        ("de", ["Der 2. Atemzug ist tief.", "Beim 3. Atemzug ruhst du."]),
        ("de", ["Zähle bis 3.", "Dann atme aus."]),
        ("de", ["Halte 5 Sek. Pause.", "Halte 5 Sek.", "Dann atme aus."]),
        ("de", ["„Bereit?“, fragte sie.", "Nimm z. B. ein Kissen."]),
        ("fr", ["« Prêt ? » dit-elle.", "Voir p. ex. M. Dupont.", "Respirez."]),
        ("es", ["Los EE. UU. El Sr. Gómez.", "Respira."]),
        ("it", ["Il Sig. Rossi riposa.", "Respira."]),
    ],
)
def test_sentences(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences
