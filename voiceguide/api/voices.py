"""The voices that are installed, and a line spoken by one of them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from voiceguide.api.options import pace_of
from voiceguide.cue_spec import MOST_TAKES
from voiceguide.errors import OptionError
from voiceguide.speech.engines.engine import ANY_LANGUAGE, Voice
from voiceguide.spoken import spoken_form
from voiceguide.timeline import Line

if TYPE_CHECKING:
    from voiceguide.audio.stream import Samples


def list_voices(language: str | None = None) -> tuple[Voice, ...]:
    """The voices that are installed, or those that speak a language (a BCP 47 tag), the best match first.

    A voice with a ``fault`` cannot be used; the fault says why. Raises SpeechError if no engine works here.
    """
    from voiceguide.speech import voices

    return voices(language)


def find_voice(name: str = "auto", language: str = "en") -> Voice:
    """The voice that a name stands for: ``auto``, an engine's name, or a voice's with its engine or without.

    Raises SpeechError, naming the nearest voice, if there is none, and ConfigurationError.
    """
    from voiceguide.speech import resolve
    from voiceguide.speech.engines.registry import engine_name, installed_engines, voices_of

    full = resolve(name, language)
    engine = engine_name(full)
    return next(voice for voice in voices_of(engine, installed_engines()[engine]) if voice.name == full)


def speak(
    text: str,
    *,
    voice: str = "auto",
    language: str | None = None,
    pace: float | str | Fraction = 1,
    take: int = 1,
    verify: bool = False,
) -> Samples:
    """One line in its spoken form, as a session has it: float32, ``(frames, 2)``, 44.1 kHz, -23 LUFS, without silence
    at its ends.

    ``language`` is a BCP 47 tag, the voice's own when left out, and English for ``auto``. ``take``, 1 to 99, is the
    reading, where the voice has several; with ``verify`` speech recognition checks its words. The line is cached, so
    that it is not spoken again. Raises OptionError, SpeechError and ConfigurationError.
    """
    import numpy as np

    from voiceguide.speech import speak as speak_lines

    said = " ".join(text.split())
    if not any(char.isalnum() for char in said):
        raise OptionError(f"text: there is nothing to speak in '{said}'.")
    if not 1 <= take <= MOST_TAKES:
        raise OptionError(f"take: {take} is outside 1 to {MOST_TAKES}.")
    found = find_voice(voice, language or "en")
    own = "en" if found.language == ANY_LANGUAGE else found.language
    spoken = spoken_form(said, language or own)
    written = "" if spoken == said else said
    line = Line(spoken, found.name, float(pace_of(pace)), language or own, written, take=take, verify=verify)
    mono = speak_lines([line], jobs=1).samples(line)
    return np.repeat(mono[:, np.newaxis], 2, axis=1)
