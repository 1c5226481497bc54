"""Which words of the lines are understood, by speech recognition.

A recogniser is no person: it spells what sounds alike in several ways, and misses some words in any sound. A word
counts as understood when it is written down, or when the recogniser finds it likely where it should be. What is missed
in the file is listened to once more in the plan's own clip: then it is known whether the mix has cost it, or the voice.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from voiceguide.listening.expected import Expected
from voiceguide.listening.limits import LINE_LOST, WORDS_ENOUGH, WORDS_LEAST
from voiceguide.listening.placing import Placement, Placements
from voiceguide.listening.result import Finding
from voiceguide.listening.working_copy import Signal, WorkingCopy, in_seconds
from voiceguide.progress import ReportStage
from voiceguide.speech.engines.recorded.voices import words_of
from voiceguide.speech.recognition import LONGEST, Recogniser
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.speech.spelling import letters_of
from voiceguide.spoken import spoken_form
from voiceguide.timeline import Event

_PAD = 3 * RATE // 10  # samples before and after a line that are heard with it
_BETWEEN = RATE // 5  # the same, where several lines are heard at once
_AT_ONCE = 26 * RATE
_LIKELY = -3.5  # log-likelihood from which a word is there, however it is spelled
_FEW = 3  # words; fewer lost ones of a session say nothing about its share


@dataclass(frozen=True, slots=True)
class Understood:
    """The words that a line has, those that were ``missed``, what was ``heard``, and whether the plan's clip alone is
    understood no better (None: it was not needed or not heard)."""

    said: int
    missed: tuple[str, ...] = ()
    heard: str = ""
    alone_too: bool | None = None


@dataclass(frozen=True)
class LineListener:
    """Listens to the plan's own clips."""

    expected: Expected
    recogniser: Recogniser
    language: str

    def alone(self, event: Event) -> tuple[tuple[str, ...], str]:
        """The words of a line that are not understood when it sounds alone, and what was heard."""
        return self._missed(self._alone(event), event)

    def count(self, event: Event) -> int:
        """How many words a line has."""
        return len(self._words(event.text or ""))

    def _alone(self, event: Event) -> Signal:
        """The plan's own clip with silence around it."""
        return np.pad(self.expected.sound(event.start, self.expected.end(event), "voice"), _PAD)

    def _letters(self, text: str) -> str:
        return letters_of(text, self.language)

    def _words(self, text: str) -> list[str]:
        return words_of(spoken_form(text, self.language)).split()

    def _missed(self, sound: Signal, event: Event) -> tuple[tuple[str, ...], str]:
        """The words of a line that are not understood in a sound, and what was heard where there are any."""
        encoded = self.recogniser.encode(sound[: round(LONGEST * RATE)])
        heard = encoded.transcript().text
        text = event.text or ""
        if self._letters(heard) == self._letters(text):
            return (), ""
        said = self._words(text)
        rest = _not_in(said, self._words(heard))
        if rest:
            forms = dict.fromkeys((text, event.spoken or text, spoken_form(text, self.language)))
            expected = max((encoded.expect(form) for form in forms), key=lambda one: one.mean)
            likely = Counter(
                word for one in expected.words if one.likelihood > _LIKELY for word in self._words(one.text)
            )
            unsure = Counter(said) - likely
            rest = tuple(word for word in rest if unsure[word])
        return rest, heard if rest else ""


@dataclass(frozen=True)
class WordListener(LineListener):
    """Listens to lines in a file."""

    copy: WorkingCopy

    def whole(self, lines: Sequence[tuple[Event, Placement]]) -> bool:
        """Whether several lines, heard at once to save time, are written down without a fault."""
        sound = np.concatenate([self.copy.sound(one.start - _BETWEEN, one.end + _BETWEEN) for _, one in lines])
        heard = self.recogniser.encode(sound).transcript().text
        text = " ".join(event.text or "" for event, _ in lines)
        return self._letters(heard) == self._letters(text)

    def together(self, placed: Placements) -> Iterator[list[int]]:
        """The lines that have words and are not too long, in groups that can be heard at once."""
        group: list[int] = []
        filled = 0
        for index, place in sorted(placed.items()):
            length = place.end - place.start + 2 * _BETWEEN
            if length > _AT_ONCE or not self._words(self.expected.lines[index].text or ""):
                continue
            if group and filled + length > _AT_ONCE:
                yield group
                group, filled = [], 0
            group.append(index)
            filled += length
        if group:
            yield group

    def understood(self, event: Event, place: Placement) -> Understood:
        """What is understood of a line that is heard alone."""
        said = self._words(event.text or "")
        missed, heard = self._missed(self.copy.sound(place.start - _PAD, place.end + _PAD), event)
        if not missed or place.known == "ear":
            return Understood(len(said), missed, heard)
        alone, _ = self.alone(event)
        return Understood(len(said), missed, heard, not Counter(missed) - Counter(alone))


def _not_in(said: Sequence[str], heard: Sequence[str]) -> tuple[str, ...]:
    """The words that are not heard in their order."""
    blocks = difflib.SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
    found = {index for block in blocks for index in range(block.a, block.a + block.size)}
    return tuple(word for index, word in enumerate(said) if index not in found)


def words_understood(listener: WordListener, placed: Placements, progress: ReportStage) -> dict[int, Understood]:
    """What is understood of each line that was found, by its index."""
    found: dict[int, Understood] = {}
    for group in listener.together(placed):
        lines = {index: listener.expected.lines[index] for index in group}
        if listener.whole([(event, placed[index]) for index, event in lines.items()]):
            found |= {index: Understood(listener.count(event)) for index, event in lines.items()}
        else:
            found |= {index: listener.understood(event, placed[index]) for index, event in lines.items()}
        progress("Listening for words in", len(found), len(placed))
    return found


def word_findings(expected: Expected, placed: Placements, understood: Mapping[int, Understood]) -> Iterator[Finding]:
    """Lines with words that are not understood, and a session with too many of them."""
    for index, one in understood.items():
        if one.missed:
            yield _finding(expected.lines[index], placed[index], one)
    said = sum(one.said for one in understood.values())
    missed = sum(len(one.missed) for one in understood.values())
    if said and missed >= _FEW and 1 - missed / said < WORDS_ENOUGH:
        severity = "error" if 1 - missed / said < WORDS_LEAST else "warning"
        message = f"{said - missed} of {said} words are understood ({1 - missed / said:.1%})."
        yield Finding("words", "error" if severity == "error" else "warning", message)


def _finding(event: Event, place: Placement, one: Understood) -> Finding:
    words = ", ".join(f"“{word}”" for word in one.missed)
    verb = "is" if len(one.missed) == 1 else "are"
    alone = "" if not one.alone_too else ", nor without the other sounds"
    message = f"{words} {verb} not understood{alone}: “{one.heard}” is heard of “{event.text}”."
    lost = len(one.missed) >= max(2, LINE_LOST * one.said) and not one.alone_too
    return Finding("words", "error" if lost else "warning", message, in_seconds(place.start), event.span)
