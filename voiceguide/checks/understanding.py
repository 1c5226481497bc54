"""What single sentences of a language say: whether they deny, what they tell the hands to do."""

from __future__ import annotations

from voiceguide.checks.actions import Action, actions
from voiceguide.checks.words import Words


class Understanding:
    """Reads sentences with the words of a language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def denies(self, text: str) -> bool:
        """Whether a sentence says what not to do."""
        return bool(self._words.denial.search(text))

    def commands(self, text: str) -> tuple[Action, ...]:
        """What a sentence would tell the hands to do in a massage."""
        return actions(text, self._words, massage=True)

    def brings_hands(self, text: str) -> bool:
        """Whether a sentence brings hands to the face."""
        words = self._words
        return bool(
            words.face.search(text)
            and (words.hand.search(text) or words.tool.search(text))
            and not (self.denies(text) or words.preparation.search(text) or words.safety.search(text))
        )

    def strokes(self, text: str) -> bool:
        """Whether a sentence has the hands work, on the face or on no other part of the body."""
        if not any(action.kind == "work" for action in self.commands(text)) or self.denies(text):
            return False
        return not self._words.body.search(text) or bool(self._words.face.search(text))
