"""Casting: from a voice's name as written to the full name of an installed voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from voiceguide.configuration import configuration
from voiceguide.errors import ConfigurationError, SpeechError, did_you_mean
from voiceguide.speech.engines.engine import Quality, Voice, serving
from voiceguide.speech.engines.registry import has_recording, installed_engines, recordings, voices_of

Texts = Callable[[], Iterable[str]]
"""Gives the lines, as written, that a voice would have to say."""

_BEST: tuple[Quality, ...] = ("recorded", "neural", "synthetic")
"""What ``auto`` prefers. A recorded voice is chosen only if it has every line, and a server's never, since it may cost
money and receives the text. Nor is the test voice."""


def _no_texts() -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Casting:
    """Chooses among the voices of ``engines``: their factories by name."""

    engines: Mapping[str, str] = field(default_factory=installed_engines)

    def voices(self, language: str | None = None) -> tuple[Voice, ...]:
        """The installed voices, or those that speak a language, the best match first; without the one for tests.

        Raises SpeechError if no engine works on this computer.
        """
        found = tuple(voice for voice in self._installed()[0] if voice.quality != "test")
        return found if language is None else serving(found, language)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the configuration, and why engines could not list their voices, in sentences."""
        mistakes = []
        try:
            configuration()
        except ConfigurationError as error:
            mistakes.append(str(error))
        return (*mistakes, *map(str, self._installed()[1]))

    def resolve(self, name: str, language: str, texts: Texts = _no_texts) -> str:
        """The full name of a voice: for ``auto`` the best one there is for the language, for an engine's name its
        best one, else the voice of that name, with or without its engine (``system:en-gb``, ``en-gb``).

        Raises SpeechError, naming the nearest voice and how to get one, if there is none, and ConfigurationError if
        the configuration has a mistake, which might be why.
        """
        configuration()
        wanted = name.strip().casefold()
        if wanted in self.engines:
            found = voices_of(wanted, self.engines[wanted])
            if not found and (how := _kokoro(wanted)):
                raise SpeechError(f"Kokoro's voices are not on this computer. {how}")
            return self._best(found, language, f"of '{wanted}' ", lambda voice: self._share(voice, texts)).name
        if wanted == "auto":
            suitable = tuple(voice for voice in self.voices() if self._is_eligible(voice, texts))
            return self._best(suitable, language, "", lambda voice: -_BEST.index(voice.quality)).name
        voice = self._named(wanted, name.strip())
        if voice.fault:
            raise SpeechError(voice.fault)
        return voice.name

    def _best(self, voices: tuple[Voice, ...], language: str, whose: str, rank: Callable[[Voice], float]) -> Voice:
        """The voice of highest ``rank`` for a language; among equals the nearest to the language, then the first."""
        suitable = serving(tuple(voice for voice in voices if not voice.fault), language)
        if suitable:
            return max(suitable, key=rank)
        for voice in serving(voices, language):
            raise SpeechError(voice.fault)
        tags = sorted({tag for voice in voices for tag in (voice.language, *voice.serves)})
        raise SpeechError(
            f"No voice {whose}speaks the language '{language}'{did_you_mean(language, tags)}. "
            f"'voiceguide voices' lists the voices with their languages. {_another()}"
        )

    def _is_eligible(self, voice: Voice, texts: Texts) -> bool:
        if voice.quality != "recorded" or voice.fault:
            return voice.quality in _BEST
        return self._share(voice, texts) == 1.0

    def _share(self, voice: Voice, texts: Texts) -> float:
        """The share of the lines that a voice can say: 1 for all but recorded voices, which have 0 if there are no
        lines."""
        spoken_by = recordings(self.engines[voice.engine])
        if spoken_by is None:
            return 1.0
        lines = tuple(texts())
        has = [has_recording(voice.engine, spoken_by, voice.name, line) for line in lines]
        return sum(has) / len(has) if has else 0.0

    def _named(self, wanted: str, written: str) -> Voice:
        """The voice of a full name, of one without its engine, or of an alias that means one voice only."""
        installed, _ = self._installed()
        for voice in installed:
            if wanted and wanted in (voice.name.casefold(), voice.name.casefold().partition(":")[2]):
                return voice
        found = [voice for voice in installed if wanted in map(str.casefold, voice.aliases)]
        usable = [voice for voice in found if not voice.fault] or found
        if len(usable) == 1:
            return usable[0]
        if usable:
            names = ", ".join(voice.name for voice in usable)
            raise SpeechError(f"There are {len(usable)} voices '{written}': {names}. Please write one of these names.")
        if how := _kokoro(written):
            raise SpeechError(f"The voice '{written}' is one of Kokoro's, which are not on this computer. {how}")
        raise SpeechError(
            f"There is no voice '{written}'{did_you_mean(written, self._names(installed, full=':' in written))}. "
            "'voiceguide voices' lists those that are installed. "
            f"{_piper(written) or _another()}"
        )

    def _names(self, installed: Iterable[Voice], *, full: bool) -> list[str]:
        """What can be written for a voice, with its engine or without; the many speakers of one model come last."""
        named = [voice for voice in installed if voice.quality != "test"]
        names = {voice.name for voice in named} | {alias for voice in named for alias in voice.aliases}
        names |= {*self.engines} - {"silent"}
        if not full:
            names = {name.rpartition(":")[2] for name in names}
        return sorted(names - {""}, key=lambda name: ("#" in name, name))

    def _installed(self) -> tuple[tuple[Voice, ...], tuple[SpeechError, ...]]:
        """All voices of all engines that work, and the errors of the others; raises the first error if none works."""
        found: list[Voice] = []
        errors: list[SpeechError] = []
        for name, factory in self.engines.items():
            try:
                found += voices_of(name, factory)
            except SpeechError as error:
                errors.append(error)
        if errors and all(voice.quality == "test" for voice in found):
            raise errors[0]
        return tuple(found), tuple(errors)


def voices(language: str | None = None) -> tuple[Voice, ...]:
    """:meth:`Casting.voices` of what is installed."""
    return Casting().voices(language)


def resolve(name: str, language: str, texts: Texts = _no_texts) -> str:
    """:meth:`Casting.resolve` among what is installed."""
    return Casting().resolve(name, language, texts)


def neural_hint(voices: Iterable[Voice]) -> str:
    """A sentence on how to get a neural voice, or nothing if there is one among these; its fault says what it lacks."""
    if any(voice.quality == "neural" for voice in voices):
        return ""
    return _another()


# How to get voices is told by their engines, which are loaded only then: a start takes 10 ms less.


def _kokoro(name: str) -> str:
    from voiceguide.speech.engines.kokoro.voices import how_to_add

    return how_to_add(name)


def _piper(name: str) -> str:
    from voiceguide.speech.engines.piper.voices import how_to_add

    return how_to_add(name)


def _another() -> str:
    from voiceguide.speech.engines.piper.voices import how_to_get_another

    return how_to_get_another()
