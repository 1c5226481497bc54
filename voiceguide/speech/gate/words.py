"""Whether a clip says its words, no fewer and no more, by speech recognition.

The recogniser is not asked what it hears alone: it writes words that sound alike in several ways, leaves out repeated
ones, and makes sense of nonsense. It gives the likelihood of the text, word by word, and of the same text with a word
said twice. A swallowed or wrong word is unlikely; a repeated one makes the text with it twice about as likely as the
text itself, or more so, while of a clip that is right it is far less likely.
"""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from voiceguide.speech.recognition import LONGEST, EncodedSound, Expectation, Recogniser, recogniser
from voiceguide.speech.recognition import SAMPLE_RATE as HEARD_RATE
from voiceguide.speech.spelling import letters_of
from voiceguide.spoken import spoken_form
from voiceguide.units import SAMPLE_RATE

_WRONG, _WRONG_FIRST = -3.5, -2.6  # log-likelihood of a word, and of the first, from which it may not be there
_TWICE = -6.2  # how much less likely a text may be with a word said twice for that to be in doubt
_AFTER = 0.28  # seconds of sound after the last word
_FURTHER_PADDING = 0.4  # seconds of silence before and after the clip in a second pass
_MARKS = ' .,;:!?…"“”()'


@dataclass(frozen=True, slots=True)
class Said:
    """The faults, in phrases that follow "it", and what was recognised where there are any."""

    faults: tuple[str, ...] = ()
    heard: str = ""


_lock = threading.Lock()  # one line at a time: the recogniser takes all cores for it


def listen(clip: NDArray[np.float32], text: str, language: str) -> Said:
    """Compares a clip, ``(frames,)`` at 44.1 kHz, with its text. Only what two passes agree on is a fault.

    Raises RecognitionError if there is no recogniser for the language.
    """
    with _lock:
        listener = _recogniser(language)
        sound = soxr.resample(clip, SAMPLE_RATE, HEARD_RATE, quality="HQ")[: round(LONGEST * HEARD_RATE)]
        first = _faults(listener, sound, text, language)
        if not first.faults:
            return first
        padding = round(_FURTHER_PADDING * HEARD_RATE)
        longer = np.pad(sound, padding)[: round(LONGEST * HEARD_RATE)]
        return first if _faults(listener, longer, text, language, _FURTHER_PADDING).faults else Said()


@functools.lru_cache(maxsize=2)
def _recogniser(language: str) -> Recogniser:
    return recogniser(language)


def _faults(listener: Recogniser, sound: NDArray[np.float32], text: str, language: str, padding: float = 0.0) -> Said:
    encoded = listener.encode(sound)
    forms = dict.fromkeys((text, spoken_form(text, language)))
    form, expected = max(((form, encoded.expect(form)) for form in forms), key=lambda one: one[1].mean)
    heard = encoded.transcript().text
    found: list[str] = []
    if (missed := _missed(expected)) and not _same(heard, text, language):
        found.append(f"does not say “{missed}”")
    elif twice := _said_twice(encoded, form, expected):
        found.append(f"says “{twice}” twice")
    if expected.words and len(sound) / HEARD_RATE - padding - expected.words[-1].end > _AFTER:
        found.append("makes a sound after its last word")
    return Said(tuple(found), heard if found else "")


def _missed(expected: Expectation) -> str:
    worst, first = expected.worst, next(iter(expected.words), None)
    if worst and worst.likelihood < _WRONG:
        return worst.text.strip(_MARKS)
    return first.text.strip(_MARKS) if first and first.likelihood < _WRONG_FIRST else ""


def _same(heard: str, text: str, language: str) -> bool:
    return letters_of(heard, language) == letters_of(text, language)


def _said_twice(encoded: EncodedSound, text: str, expected: Expectation) -> str:
    """The word that the clip seems to say twice, if any."""
    written = text.split()
    usual = _total(expected)
    for index, word in enumerate(written):
        bare = word.strip(_MARKS)
        again = word if index else word[:1].lower() + word[1:]
        if bare and _total(encoded.expect(" ".join([*written[:index], bare, again, *written[index + 1 :]]))) > (
            usual + _TWICE
        ):
            return bare
    return ""


def _total(expected: Expectation) -> float:
    return sum(word.likelihood for word in expected.words)
