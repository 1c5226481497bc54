"""Voices by name, and lines spoken: what the rest of voiceguide asks of speech.

Every line is spoken once, kept in the store, and from then on read back from there, in the run that made it too; so
a run from an empty store and one from a full store give the same samples.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from voiceguide.errors import SpeechError, did_you_mean
from voiceguide.speech.cache import Store, cache_folder, key
from voiceguide.speech.clips import CLIP_VERSION, make_clip
from voiceguide.speech.engine import ENGINES, Engine, Quality, Utterance, Voice, load_engine, serving
from voiceguide.speech.piper_voices import HINT
from voiceguide.speech.workers import LINE_LIMIT, Pool
from voiceguide.timeline import Line

Progress = Callable[[int, int], None]
"""Told the number of lines ready and the number of all lines, in the caller's thread."""

_BEST: tuple[Quality, ...] = ("neural", "synthetic", "recorded", "test")
"""What ``auto`` prefers. Recordings hold the lines of one script only, so they are never taken unasked while there
is another voice, and neither is the one for tests."""


class FailedLinesError(SpeechError):
    """Lines that no attempt could speak. ``failures`` holds each with the reason, in the order they were asked for."""

    def __init__(self, failures: Sequence[tuple[Line, str]]) -> None:
        self.failures = tuple(failures)
        count = "A line" if len(self.failures) == 1 else f"{len(self.failures)} lines"
        rows = (f"  “{line.text}”: the voice {line.voice} {reason}." for line, reason in self.failures)
        super().__init__("\n".join([f"{count} could not be spoken:", *rows]))


@dataclass(frozen=True, slots=True)
class Spoken:
    """Lines with their clips in the store. ``cached`` of them were there before, ``spoken`` are new.

    Clips are read anew each time, so that a long session needs no more memory than a short one.
    """

    cached: int
    spoken: int
    _studio: Studio = field(repr=False)
    _entries: Mapping[Line, tuple[str, int]] = field(repr=False)

    def again(self) -> Spoken:
        """The same lines for another session, which has nothing spoken any more."""
        return replace(self, cached=self.cached + self.spoken, spoken=0)

    def frames(self, line: Line) -> int:
        """The length of a line's clip at 44.1 kHz."""
        return self._entries[line][1]

    def samples(self, line: Line) -> NDArray[np.float32]:
        """A line's clip, ``(frames,)`` float32 at 44.1 kHz.

        An entry that was lost or damaged since is made again. Raises SpeechError if it then has another length.
        """
        entry, frames = self._entries[line]
        store = self._studio.store
        clip = store.samples(entry)
        if clip is None:
            self._studio.speak([line], jobs=1)
            clip = store.samples(entry)
        if clip is None or len(clip) != frames:
            raise SpeechError(
                f"The spoken line “{line.text}” was lost from the folder {store.folder} while it was being used. "
                "Please run the command again."
            )
        return clip


@dataclass(frozen=True, slots=True)
class Studio:
    """Engines by name, with their factories, and the store they share. ``line_limit``: seconds for one line."""

    engines: Mapping[str, str] = field(default_factory=lambda: ENGINES)
    store: Store = field(default_factory=lambda: Store(cache_folder()))
    line_limit: float = LINE_LIMIT

    def voices(self, language: str | None = None) -> tuple[Voice, ...]:
        """The installed voices, or those that speak a language, the best match first; without the one for tests.

        Raises SpeechError if no engine works on this computer.
        """
        found = [voice for voice in self._installed() if voice.quality != "test"]
        return tuple(found) if language is None else serving(tuple(found), language)

    def resolve(self, name: str, language: str) -> str:
        """The full name of a voice: for ``auto`` the best one there is for the language, for an engine's name its
        best one, else the voice of that name, with or without its engine (``system:en-gb``, ``en-gb``).

        Raises SpeechError, naming the nearest voice, if there is none.
        """
        wanted = name.strip().casefold()
        if wanted in self.engines:
            found = _engine(self.engines[wanted]).voices()
            return self._best(found, language, f"of '{wanted}' ", self._hint()).name
        if wanted == "auto":
            return self._best(self.voices(), language, "", self._hint()).name
        voice = self._named(wanted, name.strip())
        if voice.fault:
            raise SpeechError(voice.fault)
        return voice.name

    def _named(self, wanted: str, written: str) -> Voice:
        """The voice of a full name, of one without its engine, or of an alias that means one voice only."""
        installed = self._installed()
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
        named = [voice for voice in installed if voice.quality != "test"]
        full = {voice.name for voice in named} | {*self.engines} - {"silent"}
        known = full | {name.partition(":")[2] for name in full} | {name for voice in named for name in voice.aliases}
        raise SpeechError(
            f"There is no voice '{written}'{did_you_mean(written, sorted(known - {''}))}. "
            f"'voiceguide voices' lists those that are installed.{self._hint()}"
        )

    def _hint(self) -> str:
        hint = neural_hint(self._installed())
        return f" {hint}" if hint else ""

    def speak(self, lines: Iterable[Line], *, jobs: int, progress: Progress | None = None) -> Spoken:
        """Has every line in the store, speaking those that are not with ``jobs`` workers at a time.

        Lines carry full names of voices (:meth:`resolve`); equal lines are one. Raises FailedLinesError with every line
        that failed, once all the others are done; SpeechError for an unknown voice; OutputError if the store's
        folder cannot be written to.
        """
        keys = {line: self._key(line) for line in dict.fromkeys(lines)}
        entries = {line: (name, frames) for line, name in keys.items() if (frames := self.store.frames(name))}
        missing = [line for line in keys if line not in entries]
        ready = cached = len(entries)
        _tell(progress, ready, len(keys))
        failures: dict[Line, str] = {}
        if missing:
            self.store.sweep()
        for engine in dict.fromkeys(_engine_name(line.voice) for line in missing):
            own = [line for line in missing if _engine_name(line.voice) == engine]
            with self.store.scratch() as scratch:
                pool = Pool(self.engines[engine], jobs, scratch, self.line_limit)
                with closing(pool.speak(own, self._keeper(keys))) as outcomes:
                    for line, reason in outcomes:
                        if reason is not None:
                            failures[line] = reason
                        ready += 1
                        _tell(progress, ready, len(keys))
        for line in missing:
            if line not in failures:
                entries[line] = (keys[line], self._kept(keys[line], line))
        if failures:
            raise FailedLinesError([(line, failures[line]) for line in missing if line in failures])
        return Spoken(cached, len(missing), self, entries)

    def _keeper(self, keys: Mapping[Line, str]) -> Callable[[Line, Utterance], None]:
        def keep(line: Line, utterance: Utterance) -> None:
            self.store.put(keys[line], make_clip(utterance, line.text, line.pace))

        return keep

    def _kept(self, name: str, line: Line) -> int:
        frames = self.store.frames(name)
        if frames is None:
            raise SpeechError(
                f"The spoken line “{line.text}” could not be read back from the folder {self.store.folder}. "
                "Please check that disk, or choose another folder with the environment variable VOICEGUIDE_CACHE."
            )
        return frames

    def _key(self, line: Line) -> str:
        engine = _engine_name(line.voice)
        if engine not in self.engines:
            raise SpeechError(f"There is no voice '{line.voice}'. 'voiceguide voices' lists those that are installed.")
        version = _engine(self.engines[engine]).version(line.voice)
        return key(line.text, engine, version, line.voice, line.language, float(line.pace), CLIP_VERSION)

    def _installed(self) -> tuple[Voice, ...]:
        """All voices of all engines that work; raises what the first one said if none does."""
        found: list[Voice] = []
        errors: list[SpeechError] = []
        for factory in self.engines.values():
            try:
                found += _engine(factory).voices()
            except SpeechError as error:
                errors.append(error)
        if errors and all(voice.quality == "test" for voice in found):
            raise errors[0]
        return tuple(found)

    def _best(self, voices: tuple[Voice, ...], language: str, whose: str, hint: str) -> Voice:
        suitable = serving(tuple(voice for voice in voices if not voice.fault), language)
        if suitable:
            return min(suitable, key=lambda voice: _BEST.index(voice.quality))
        tags = sorted({tag for voice in voices for tag in (voice.language, *voice.serves)})
        raise SpeechError(
            f"No voice {whose}speaks the language '{language}'{did_you_mean(language, tags)}. "
            f"'voiceguide voices' lists the voices with their languages.{hint}"
        )


def voices(language: str | None = None) -> tuple[Voice, ...]:
    """:meth:`Studio.voices` of what is installed."""
    return Studio().voices(language)


def resolve(name: str, language: str) -> str:
    """:meth:`Studio.resolve` among what is installed."""
    return Studio().resolve(name, language)


def speak(lines: Iterable[Line], *, jobs: int, progress: Progress | None = None) -> Spoken:
    """:meth:`Studio.speak` with what is installed, into the user's store."""
    return Studio().speak(lines, jobs=jobs, progress=progress)


def neural_hint(voices: Iterable[Voice]) -> str:
    """A sentence on how to get a neural voice, or nothing if there is one among these."""
    return "" if any(voice.quality == "neural" and not voice.fault for voice in voices) else HINT


@functools.cache
def _engine(factory: str) -> Engine:
    return load_engine(factory)


def _engine_name(voice: str) -> str:
    return voice.partition(":")[0]


def _tell(progress: Progress | None, ready: int, total: int) -> None:
    if progress is not None:
        progress(ready, total)
