"""Whether a clip says its words, no fewer and no more, by speech recognition.

The recogniser is not asked what it hears alone: it writes words that sound alike in several ways, leaves out repeated
ones, and makes sense of nonsense. It gives the likelihood of the text, word by word, and of the same text with a word
said twice. A swallowed or wrong word is unlikely; a repeated one makes the text with it twice about as likely as the
text itself, or more so, while of a clip that is right it is far less likely.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from voiceguide.speech.recognition import LONGEST, EncodedSound, Expectation, Recogniser, recogniser
from voiceguide.speech.recognition import SAMPLE_RATE as HEARD_RATE
from voiceguide.speech.spelling import letters_of
from voiceguide.units import SAMPLE_RATE

_FURTHER_PADDING = 0.4  # seconds of silence before and after the clip in a second pass
_MARKS = ' .,;:!?…"“”()'


@dataclass(frozen=True, slots=True)
class _Limits:
    """Log-likelihoods under which a word, or the first of a line, may be missing; how much less likely the text may be
    with a word said twice for that to be in doubt; and seconds of sound that may follow the last word, as soft as a
    word's end is, or ``loud``."""

    word: float
    first: float
    twice: float
    after: float
    loud: float


_FIRST_PASS = _Limits(word=-3.5, first=-2.6, twice=-6.6, after=0.5, loud=0.25)
_SECOND_PASS = _Limits(word=-3.0, first=-2.2, twice=-7.2, after=0.45, loud=0.2)
"""Of 77 good lines none had a word under -2.1 or a doubled one above -6.7. A final s may last 0.34 s longer than the
recogniser finds, but stays softer than the line."""

_LOUD = 1.4  # times the power of the whole line, in 10 ms


@dataclass(frozen=True, slots=True)
class Said:
    """The faults, in phrases that follow "it", and what was recognised where there are any; ``misread``: words are
    missing, wrong or repeated."""

    faults: tuple[str, ...] = ()
    heard: str = ""
    misread: bool = False


_lock = threading.Lock()  # one line at a time: the recogniser takes all cores for it


def listen(clip: NDArray[np.float32], texts: Sequence[str], language: str) -> Said:
    """Compares a clip, ``(frames,)`` at 44.1 kHz, with its text in one form or several: as it is said, and as it is
    written, for a recogniser may write either. Only what two passes agree on is a fault; a clip longer
    than :data:`~voiceguide.speech.recognition.LONGEST` passes unheard.

    Raises RecognitionError if there is no recogniser for the language.
    """
    with _lock:
        listener = _recogniser(language)
        if len(clip) > LONGEST * SAMPLE_RATE:
            return Said()
        sound = soxr.resample(clip, SAMPLE_RATE, HEARD_RATE, quality="HQ")[: round(LONGEST * HEARD_RATE)]
        first = _faults(listener, sound, texts, language, _FIRST_PASS)
        if not first.faults:
            return first
        padding = round(_FURTHER_PADDING * HEARD_RATE)
        longer = np.pad(sound, padding)[: round(LONGEST * HEARD_RATE)]
        second = _faults(listener, longer, texts, language, _SECOND_PASS, _FURTHER_PADDING)
        return first if second.faults else Said()


@functools.lru_cache(maxsize=2)
def _recogniser(language: str) -> Recogniser:
    return recogniser(language)


def _faults(
    listener: Recogniser,
    sound: NDArray[np.float32],
    texts: Sequence[str],
    language: str,
    limits: _Limits,
    padding: float = 0.0,
) -> Said:
    encoded = listener.encode(sound)
    forms = ((form, encoded.expect(form)) for form in dict.fromkeys(texts))
    form, expected = max(forms, key=lambda one: one[1].mean)
    heard = encoded.transcript().text
    found: list[str] = []
    if (missed := _missed(expected, limits)) and not any(_same(heard, text, language) for text in texts):
        found.append(f"does not say “{missed}”")
    elif twice := _said_twice(encoded, form, expected, limits.twice):
        found.append(f"says “{twice}” twice")
    misread = bool(found)
    if expected.words and _goes_on(sound, expected.words[-1].end, padding, limits):
        found.append("makes a sound after its last word")
    return Said(tuple(found), heard if found else "", misread)


def _goes_on(sound: NDArray[np.float32], end: float, padding: float, limits: _Limits) -> bool:
    """Whether something is heard after the last word's end (seconds); ``padding``: of silence on both sides."""
    edge = round(padding * HEARD_RATE)
    line = sound[edge : len(sound) - edge].astype(np.float64)
    rest = line[max(0, round(end * HEARD_RATE) - edge) :]
    seconds = len(rest) / HEARD_RATE
    window = HEARD_RATE // 100
    if seconds <= limits.loud or len(rest) < window:
        return False
    powers = np.square(rest[: len(rest) // window * window]).reshape(-1, window).mean(axis=1)
    return seconds > limits.after or bool(powers.max() > _LOUD * np.square(line).mean())


def _missed(expected: Expectation, limits: _Limits) -> str:
    worst, first = expected.worst, next(iter(expected.words), None)
    if worst and worst.likelihood < limits.word:
        return worst.text.strip(_MARKS)
    return first.text.strip(_MARKS) if first and first.likelihood < limits.first else ""


def _same(heard: str, text: str, language: str) -> bool:
    return letters_of(heard, language) == letters_of(text, language)


def _said_twice(encoded: EncodedSound, text: str, expected: Expectation, limit: float) -> str:
    """The word that the clip seems to say twice, if any."""
    written = text.split()
    usual = _total(expected)
    for index, word in enumerate(written):
        bare = word.strip(_MARKS)
        again = word if index else word[:1].lower() + word[1:]
        if bare and _total(encoded.expect(" ".join([*written[:index], bare, again, *written[index + 1 :]]))) > (
            usual + limit
        ):
            return bare
    return ""


def _total(expected: Expectation) -> float:
    return sum(word.likelihood for word in expected.words)
