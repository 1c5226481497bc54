"""Words with the way they are said (``pronounce`` in the front matter)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIRST, _LAST = 0x30000, 0x3134A
# rare Han letters stand for the words meanwhile: they count as words, have no case, and no table knows them
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")


class Pronunciation:
    """Replaces written words by their pronunciation: whole words, in any case, the longest first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._said = {written.casefold(): said for written, said in words.items()}
        self._marks = {written: chr(_FIRST + index) for index, written in enumerate(self._said)}
        self._by_mark = {mark: self._said[written] for written, mark in self._marks.items()}
        longest_first = sorted(words, key=len, reverse=True)
        pattern = "|".join(re.escape(written) for written in longest_first)
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if words else None

    def __call__(self, text: str) -> str:
        return self.given(self.kept(text))

    def kept(self, text: str) -> str:
        """The text with a mark for each word, which nothing else changes; :meth:`given` puts what is said there."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._marks.get(match[0].casefold(), match[0]), text)

    def given(self, text: str) -> str:
        """The text with what is said instead of the marks."""
        return _MARK.sub(lambda match: self._by_mark.get(match[0], match[0]), text) if self._pattern else text
