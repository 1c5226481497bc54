"""Takes heard by the recogniser: which line is said where, and how well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voiceguide.recognition import Expectation, Heard, Recogniser
from voiceguide.recording.matching import letters_of, match
from voiceguide.recording.phrases import Phrase
from voiceguide.recording.sheet import Sheet
from voiceguide.recording.takes import Take, for_recogniser
from voiceguide.speech.clips import plausible_seconds
from voiceguide.units import SAMPLE_RATE

Verdict = Literal["good", "doubtful", "misread"]

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

_NO_SPEECH = 0.6  # the probability of it above which words count as made up
_DOUBTFUL, _MISREAD = -5.6, -7.5  # log-likelihood of the least likely word; see recognition
_EXTRA = 0.3  # letters heard beyond the line's, as a share of them, from which something else was said too
_MOST_EXTRA_OF_SHORT = 5  # letters; a recogniser spells a single word in many ways
_FILLS = 3  # phrases that are tried together for a line that was not found by its words


@dataclass(frozen=True, slots=True)
class Reading:
    """One time that a line was read: its index on the sheet, where in the take, and how well.

    ``heard`` is what the recogniser wrote down, ``word`` the word it doubts.
    """

    line: int
    stretch: Phrase
    verdict: Verdict
    heard: str
    word: str


def readings(take: Take, sheet: Sheet, recogniser: Recogniser, progress: Progress) -> tuple[Reading, ...]:
    """Every reading of every line in a take, in its order."""
    texts = [line.text for line in sheet.lines]
    count = len(take.phrases)
    heard: list[str] = []
    for index in range(count):
        heard.append(_words(recogniser.hear(take.heard(index, index + 1))))
        progress("Listening to", index + 1, count)
    matches = match(texts, heard, take.phrases, sheet.language)
    found: list[Reading] = []
    places: dict[int, tuple[int, int]] = {}
    for number, one in enumerate(matches, 1):
        places |= dict.fromkeys(one.lines, (one.first, one.last))
        parts = _split(take, take.bounds(one.first, one.last), [texts[i] for i in one.lines], recogniser)
        for line, part in zip(one.lines, parts, strict=True):
            found.append(_judged(take, line, part, texts[line], sheet.language, recogniser))
        progress("Checking", number, len(matches))
    taken = {index for one in matches for index in range(one.first, one.last)}
    found += _filled(take, texts, places, taken, sheet.language, recogniser)
    return tuple(sorted(found, key=lambda reading: reading.stretch.start))


def reading_of(take: Take, line: int, text: str, language: str, recogniser: Recogniser) -> Reading:
    """A take that should hold one line only, judged as a whole."""
    return _judged(take, line, take.bounds(0, len(take.phrases)), text, language, recogniser)


def _words(heard: Heard) -> str:
    return "" if heard.no_speech > _NO_SPEECH else heard.text


def _judged(take: Take, line: int, stretch: Phrase, text: str, language: str, recogniser: Recogniser) -> Reading:
    said = for_recogniser(take.sound(stretch))
    (expected,) = recogniser.expect(said, [text])
    heard = recogniser.hear(said).text
    worst = expected.worst
    likelihood = worst.likelihood if worst else 0.0
    verdict: Verdict = "misread" if likelihood < _MISREAD else "doubtful" if likelihood < _DOUBTFUL else "good"
    wanted, got = len(letters_of(text, language)), len(letters_of(heard, language))
    if verdict == "good" and got - wanted > max(_MOST_EXTRA_OF_SHORT, _EXTRA * wanted):
        verdict = "doubtful"
    return Reading(line, stretch, verdict, heard, worst.text if worst and verdict != "good" else "")


def _split(take: Take, stretch: Phrase, texts: Sequence[str], recogniser: Recogniser) -> list[Phrase]:
    """Where each of several lines is that were read without a rest, by when the recogniser hears their words."""
    if len(texts) == 1:
        return [stretch]
    sound = take.sound(stretch)
    (expected,) = recogniser.expect(for_recogniser(sound), [" ".join(texts)])
    cuts: list[int] = []
    at = 0
    for text in texts[:-1]:
        at += len(text.split())
        cuts.append(stretch.start + _quietest(sound, expected, at))
    return [Phrase(*edges) for edges in pairwise((stretch.start, *cuts, stretch.end))]


def _quietest(sound: NDArray[np.float32], expected: Expectation, word: int) -> int:
    """The frame between two words of a sound at which it is quietest."""
    words = expected.words
    if not 0 < word < len(words):
        return len(sound)
    reach = SAMPLE_RATE // 5
    begin = max(0, round(words[word - 1].end * SAMPLE_RATE) - reach)
    end = min(len(sound), round(words[word].start * SAMPLE_RATE) + reach)
    window = SAMPLE_RATE // 100
    energy = np.convolve(np.square(sound[begin:end], dtype=np.float64), np.ones(window), mode="same")
    return begin + int(np.argmin(energy)) if end > begin else begin


def _filled(
    take: Take,
    texts: Sequence[str],
    places: dict[int, tuple[int, int]],
    taken: set[int],
    language: str,
    recogniser: Recogniser,
) -> Iterable[Reading]:
    """Lines whose words were not recognised, found where they should be: between their neighbours in the script.

    Single words, such as numbers, are often written down as others; asked whether it may be this one, the recogniser
    knows better.
    """
    found: list[Reading] = []
    for line, text in enumerate(texts):
        if line in places:
            continue
        begin = places.get(line - 1, (0, 0))[1] if line else 0
        end = places.get(line + 1, (len(take.phrases), 0))[0]
        if line and line - 1 not in places and line + 1 not in places:
            continue  # no neighbour says where to look
        free = [index for index in range(begin, end) if index not in taken]
        best = _best_of(take, free, text, recogniser)
        if best is not None:
            first, last = best
            reading = _judged(take, line, take.bounds(first, last), text, language, recogniser)
            if reading.verdict != "misread":
                found.append(reading)
                places[line] = best
                taken |= set(range(first, last))
    return found


def _best_of(take: Take, free: Sequence[int], text: str, recogniser: Recogniser) -> tuple[int, int] | None:
    """The phrases among those free that most likely say a text, the later of equals."""
    shortest, longest = plausible_seconds(text, 1.0)
    best: tuple[float, tuple[int, int]] | None = None
    for first in free[-40:]:
        for last in range(first + 1, first + _FILLS + 1):
            if last - 1 not in free:
                break
            seconds = (take.phrases[last - 1].end - take.phrases[first].start) / SAMPLE_RATE
            if not shortest <= seconds <= longest:
                continue
            (expected,) = recogniser.expect(take.heard(first, last), [text])
            if best is None or expected.mean >= best[0]:
                best = (expected.mean, (first, last))
    return best[1] if best is not None else None
