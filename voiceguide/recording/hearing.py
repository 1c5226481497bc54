"""Takes heard by the recogniser: which line is said where, and how well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voiceguide.progress import Progress
from voiceguide.recording.matching import Match, letters_of, likeness, match, nearest_lines, spelt
from voiceguide.recording.phrases import Phrase
from voiceguide.recording.recognition import Expectation, Listening, Recogniser
from voiceguide.recording.sheet import Sheet
from voiceguide.recording.takes import Take, for_recogniser
from voiceguide.speech.clips import plausible_seconds
from voiceguide.units import SAMPLE_RATE

Verdict = Literal["good", "doubtful", "misread"]

_NO_SPEECH = 0.6  # the probability of it above which words count as made up
_DOUBTFUL, _MISREAD = -5.6, -7.5  # log-likelihood of the least likely word; see recognition
_UNLIKE = 0.82  # the likeness of a longer line to what was heard below which its words are doubtful
_SHORT = 12  # letters; below, a recogniser spells a word in too many ways for that
_EXTRA = 0.3  # letters heard beyond the line's, as a share of them, from which something else was said too
_MOST_EXTRA_OF_SHORT = 5  # letters; a recogniser spells a single word in many ways
_NEAREST = 3  # lines that each phrase is compared with by ear
_FILLS = 6  # phrases that are tried together for a line that was not found by its words
_MOST_FREE = 20  # phrases in which such a line is looked for


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


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What was heard in each phrase, and how well it agrees with the lines (their indices) that are most like it."""

    heard: tuple[str, ...]
    agreement: tuple[dict[int, Expectation], ...]


@dataclass(frozen=True, slots=True)
class _Ear:
    """What is needed to judge a reading."""

    take: Take
    texts: tuple[str, ...]
    language: str
    recogniser: Recogniser

    def hear_all(self, progress: Progress) -> _Phrases:
        heard: list[str] = []
        agreement: list[dict[int, Expectation]] = []
        count = len(self.take.phrases)
        for index in range(count):
            listening = self.recogniser.listen(self.take.heard(index, index + 1))
            said = listening.heard()
            heard.append("" if said.no_speech > _NO_SPEECH else said.text)
            near = nearest_lines(heard[-1], self.texts, self.language, _NEAREST)
            agreement.append({line: self.expect(listening, line) for line in near})
            progress("Listening to", index + 1, count)
        return _Phrases(tuple(heard), tuple(agreement))

    def judge(self, line: int, stretch: Phrase) -> Reading:
        """A reading, judged by listening to it."""
        listening = self.recogniser.listen(for_recogniser(self.take.sound(stretch)))
        return self.verdict(line, stretch, self.expect(listening, line), listening.heard().text)

    def expect(self, listening: Listening, line: int) -> Expectation:
        """How well a line agrees, with its numbers in digits or in words: a recogniser may write either."""
        text = self.texts[line]
        forms = dict.fromkeys((text, spelt(text, self.language)))
        return max((listening.expect(form) for form in forms), key=lambda expected: expected.mean)

    def verdict(self, line: int, stretch: Phrase, expected: Expectation, heard: str) -> Reading:
        worst = expected.worst
        likelihood = worst.likelihood if worst else 0.0
        verdict: Verdict = "misread" if likelihood < _MISREAD else "doubtful" if likelihood < _DOUBTFUL else "good"
        if verdict == "good" and self._sounds_otherwise(self.texts[line], heard):
            verdict = "doubtful"
        return Reading(line, stretch, verdict, heard, worst.text if worst and verdict != "good" else "")

    def _sounds_otherwise(self, text: str, heard: str) -> bool:
        """Whether something else was heard than a line, or more than it."""
        wanted, got = (len(letters_of(one, self.language)) for one in (text, heard))
        if got - wanted > max(_MOST_EXTRA_OF_SHORT, _EXTRA * wanted):
            return True
        return wanted > _SHORT and likeness(text, heard, self.language) < _UNLIKE


def readings(take: Take, sheet: Sheet, recogniser: Recogniser, progress: Progress) -> tuple[Reading, ...]:
    """Every reading of every line in a take, in its order."""
    ear = _Ear(take, tuple(line.text for line in sheet.lines), sheet.language, recogniser)
    phrases = ear.hear_all(progress)
    matches = match(ear.texts, phrases.heard, take.phrases, sheet.language)
    found: list[Reading] = []
    places: dict[int, tuple[int, int]] = {}
    for number, one in enumerate(matches, 1):
        places |= dict.fromkeys(one.lines, (one.first, one.last))
        found += _readings_of(ear, phrases, one)
        progress("Checking", number, len(matches))
    taken = {index for one in matches for index in range(one.first, one.last)}
    found += _filled(ear, places, taken)
    return tuple(sorted(found, key=lambda reading: reading.stretch.start))


def reading_of(take: Take, line: int, sheet: Sheet, recogniser: Recogniser) -> Reading:
    """A take that should hold one line of the sheet only, judged as a whole."""
    ear = _Ear(take, tuple(line.text for line in sheet.lines), sheet.language, recogniser)
    return ear.judge(line, take.bounds(0, len(take.phrases)))


def _readings_of(ear: _Ear, phrases: _Phrases, one: Match) -> Iterator[Reading]:
    stretch = ear.take.bounds(one.first, one.last)
    if len(one.lines) == 1:
        line = one.lines[0]
        expected = phrases.agreement[one.first].get(line) if one.last - one.first == 1 else None
        if expected is not None:
            yield ear.verdict(line, stretch, expected, phrases.heard[one.first])
        else:
            yield ear.judge(line, stretch)
        return
    texts = [ear.texts[line] for line in one.lines]
    for line, part in zip(one.lines, _split(ear.take, stretch, texts, ear.recogniser), strict=True):
        yield ear.judge(line, part)


def _split(take: Take, stretch: Phrase, texts: Sequence[str], recogniser: Recogniser) -> list[Phrase]:
    """Where each of several lines is that were read without a rest, by when the recogniser hears their words."""
    sound = take.sound(stretch)
    expected = recogniser.listen(for_recogniser(sound)).expect(" ".join(texts))
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


def _filled(ear: _Ear, places: dict[int, tuple[int, int]], taken: set[int]) -> Iterator[Reading]:
    """Lines whose words were not recognised, found where they should be: between their neighbours in the script.

    Single words, such as numbers, are often written down as others; asked whether it may be this one, the recogniser
    knows better.
    """
    count = len(ear.take.phrases)
    for line in range(len(ear.texts)):
        if line in places or not {line - 1, line + 1} & places.keys():
            continue  # it is there, or no neighbour says where to look
        begin = places[line - 1][1] if line - 1 in places else 0
        end = places[line + 1][0] if line + 1 in places else count
        best = _best_of(ear, line, [index for index in range(begin, end) if index not in taken])
        if best is not None:
            reading = ear.judge(line, ear.take.bounds(*best))
            if reading.verdict != "misread":
                places[line] = best
                taken |= set(range(*best))
                yield reading


def _best_of(ear: _Ear, line: int, free: Sequence[int]) -> tuple[int, int] | None:
    """The phrases among those free that most likely say a line, the later of equals."""
    shortest, longest = plausible_seconds(ear.texts[line], 1.0)
    best: tuple[float, tuple[int, int]] | None = None
    for first in free[-_MOST_FREE:]:
        for last in range(first + 1, first + _FILLS + 1):
            if last - 1 not in free:
                break
            seconds = (ear.take.phrases[last - 1].end - ear.take.phrases[first].start) / SAMPLE_RATE
            if not shortest <= seconds <= longest:
                continue
            mean = ear.expect(ear.recogniser.listen(ear.take.heard(first, last)), line).mean
            if best is None or mean >= best[0]:
                best = (mean, (first, last))
    return best[1] if best is not None else None
