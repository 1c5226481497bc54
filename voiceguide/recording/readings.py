"""Checks takes by speech recognition: where each line is read, and how well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voiceguide.progress import ReportStage
from voiceguide.recording.matching import Match, likeness, match, nearest_lines
from voiceguide.recording.phrases import Phrase
from voiceguide.recording.sheet import Sheet
from voiceguide.recording.takes import Take, for_recogniser
from voiceguide.speech.clips import plausible_seconds
from voiceguide.speech.recognition import EncodedSound, Expectation, Recogniser
from voiceguide.speech.spelling import letters_of
from voiceguide.spoken import spoken_form
from voiceguide.units import SAMPLE_RATE

Verdict = Literal["good", "doubtful", "misread"]

_NO_SPEECH = 0.6  # the probability above which the recogniser's words count as made up
_DOUBTFUL, _MISREAD = -5.6, -7.5  # log-likelihood of the least likely word; see recognition
_UNLIKE = 0.82  # the likeness of a longer line to what was heard below which its words are doubtful
_SHORT = 12  # letters; below, a recogniser spells a word in too many ways for that
_EXTRA = 0.3  # letters heard beyond the line's, as a share of them, from which something else was said too
_MOST_EXTRA_OF_SHORT = 5  # letters; a recogniser spells a single word in many ways
_NEAREST = 3  # lines that the recogniser compares with each phrase
_FILLS = 6  # phrases that are tried together for a line that was not found by its words
_MOST_FREE = 20  # phrases in which such a line is looked for


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a line: the line's index on the sheet, the stretch of the take, and how well it was read.

    ``heard`` is what the recogniser wrote down, ``word`` the word it doubts.
    """

    line: int
    stretch: Phrase
    verdict: Verdict
    heard: str
    word: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What was recognised in each phrase, and how well it agrees with the most similar lines (by index)."""

    heard: tuple[str, ...]
    agreement: tuple[dict[int, Expectation], ...]


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks readings of one take by speech recognition."""

    take: Take
    texts: tuple[str, ...]
    language: str
    recogniser: Recogniser

    def recognise_all(self, progress: ReportStage) -> _Phrases:
        heard: list[str] = []
        agreement: list[dict[int, Expectation]] = []
        count = len(self.take.phrases)
        for index in range(count):
            sound = self.recogniser.encode(self.take.for_recogniser(index, index + 1))
            said = sound.transcript()
            heard.append("" if said.no_speech > _NO_SPEECH else said.text)
            near = nearest_lines(heard[-1], self.texts, self.language, _NEAREST)
            agreement.append({line: self.expect(sound, line) for line in near})
            progress("Listening to", index + 1, count)
        return _Phrases(tuple(heard), tuple(agreement))

    def check(self, line: int, stretch: Phrase) -> Reading:
        """The reading of a line in a stretch of the take, with a verdict."""
        sound = self.recogniser.encode(for_recogniser(self.take.sound(stretch)))
        return self.verdict(line, stretch, self.expect(sound, line), sound.transcript().text)

    def expect(self, sound: EncodedSound, line: int) -> Expectation:
        """How well a line agrees with the sound, as written or in its spoken form: a recogniser may write either."""
        text = self.texts[line]
        forms = dict.fromkeys((text, spoken_form(text, self.language)))
        return max((sound.expect(form) for form in forms), key=lambda expected: expected.mean)

    def verdict(self, line: int, stretch: Phrase, expected: Expectation, heard: str) -> Reading:
        worst = expected.worst
        likelihood = worst.likelihood if worst else 0.0
        verdict: Verdict = "misread" if likelihood < _MISREAD else "doubtful" if likelihood < _DOUBTFUL else "good"
        if verdict == "good" and self._differs(self.texts[line], heard):
            verdict = "doubtful"
        return Reading(line, stretch, verdict, heard, worst.text if worst and verdict != "good" else "")

    def _differs(self, text: str, heard: str) -> bool:
        """Whether the recognised text differs from the line, or holds more than it."""
        wanted, got = (len(letters_of(one, self.language)) for one in (text, heard))
        if got - wanted > max(_MOST_EXTRA_OF_SHORT, _EXTRA * wanted):
            return True
        return wanted > _SHORT and likeness(text, heard, self.language) < _UNLIKE


def readings(take: Take, sheet: Sheet, recogniser: Recogniser, progress: ReportStage) -> tuple[Reading, ...]:
    """Every reading of every line in a take, in order of time."""
    checker = _Checker(take, tuple(line.text for line in sheet.lines), sheet.language, recogniser)
    phrases = checker.recognise_all(progress)
    matches = match(checker.texts, phrases.heard, take.phrases, sheet.language)
    found: list[Reading] = []
    ranges: dict[int, tuple[int, int]] = {}
    for number, one in enumerate(matches, 1):
        ranges |= dict.fromkeys(one.lines, (one.first, one.last))
        found += _readings_of(checker, phrases, one)
        progress("Checking", number, len(matches))
    taken = {index for one in matches for index in range(one.first, one.last)}
    found += _filled(checker, ranges, taken)
    return tuple(sorted(found, key=lambda reading: reading.stretch.start))


def reading_of(take: Take, line: int, sheet: Sheet, recogniser: Recogniser) -> Reading:
    """The reading of a take that should hold one line of the sheet only."""
    checker = _Checker(take, tuple(line.text for line in sheet.lines), sheet.language, recogniser)
    return checker.check(line, take.bounds(0, len(take.phrases)))


def _readings_of(checker: _Checker, phrases: _Phrases, one: Match) -> Iterator[Reading]:
    stretch = checker.take.bounds(one.first, one.last)
    if len(one.lines) == 1:
        line = one.lines[0]
        expected = phrases.agreement[one.first].get(line) if one.last - one.first == 1 else None
        if expected is not None:
            yield checker.verdict(line, stretch, expected, phrases.heard[one.first])
        else:
            yield checker.check(line, stretch)
        return
    texts = [checker.texts[line] for line in one.lines]
    for line, part in zip(one.lines, _split(checker.take, stretch, texts, checker.recogniser), strict=True):
        yield checker.check(line, part)


def _split(take: Take, stretch: Phrase, texts: Sequence[str], recogniser: Recogniser) -> list[Phrase]:
    """Splits lines that were read, and perhaps recognised, as one, by the times of the recognised words."""
    sound = take.sound(stretch)
    expected = recogniser.encode(for_recogniser(sound)).expect(" ".join(texts))
    cuts: list[int] = []
    at = 0
    for text in texts[:-1]:
        at += len(text.split())
        cuts.append(stretch.start + _quietest(sound, expected, at))
    return [take.without_rests(Phrase(*edges)) for edges in pairwise((stretch.start, *cuts, stretch.end))]


def _quietest(sound: NDArray[np.float32], expected: Expectation, word: int) -> int:
    """The quietest frame between two words of a sound."""
    words = expected.words
    if not 0 < word < len(words):
        return len(sound)
    reach = SAMPLE_RATE // 5
    begin = max(0, round(words[word - 1].end * SAMPLE_RATE) - reach)
    end = min(len(sound), round(words[word].start * SAMPLE_RATE) + reach)
    window = SAMPLE_RATE // 100
    energy = np.convolve(np.square(sound[begin:end], dtype=np.float64), np.ones(window), mode="same")
    return begin + int(np.argmin(energy)) if end > begin else begin


def _filled(checker: _Checker, ranges: dict[int, tuple[int, int]], taken: set[int]) -> Iterator[Reading]:
    """Readings of lines whose words were not recognised, looked for between their neighbours in the script.

    Single words, such as numbers, are often transcribed as others; the likelihood of the expected word is more
    reliable.
    """
    count = len(checker.take.phrases)
    for line in range(len(checker.texts)):
        if line in ranges or not {line - 1, line + 1} & ranges.keys():
            continue  # it was found, or neither neighbour was
        begin = ranges[line - 1][1] if line - 1 in ranges else 0
        end = ranges[line + 1][0] if line + 1 in ranges else count
        best = _best_of(checker, line, [index for index in range(begin, end) if index not in taken])
        if best is not None:
            reading = checker.check(line, checker.take.bounds(*best))
            if reading.verdict != "misread":
                ranges[line] = best
                taken |= set(range(*best))
                yield reading


def _best_of(checker: _Checker, line: int, free: Sequence[int]) -> tuple[int, int] | None:
    """The phrases among those free that most likely say a line, the later of equals."""
    shortest, longest = plausible_seconds(checker.texts[line], 1.0)
    best: tuple[float, tuple[int, int]] | None = None
    for first in free[-_MOST_FREE:]:
        for last in range(first + 1, first + _FILLS + 1):
            if last - 1 not in free:
                break
            seconds = (checker.take.phrases[last - 1].end - checker.take.phrases[first].start) / SAMPLE_RATE
            if not shortest <= seconds <= longest:
                continue
            mean = checker.expect(checker.recogniser.encode(checker.take.for_recogniser(first, last)), line).mean
            if best is None or mean >= best[0]:
                best = (mean, (first, last))
    return best[1] if best is not None else None
