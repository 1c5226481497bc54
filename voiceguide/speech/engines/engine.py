"""The protocol of voice engines, which system, neural, recorded and server voices implement.

An engine has two instances. In the main process it only answers :meth:`Engine.voices` and :meth:`Engine.version`, which
must be cheap and start no other program. In a worker process it speaks, one line at a time
(:mod:`voiceguide.speech.worker`). Both build it from its factory, written ``module:callable``, with no arguments.
"""

from __future__ import annotations

import hashlib
import importlib
import unicodedata
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, Protocol, cast, runtime_checkable

from voiceguide.errors import SpeechError
from voiceguide.languages import base_language, same_tag

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Quality = Literal["recorded", "neural", "synthetic", "server", "test"]
"""The kind of voice; ``server``: unknown, since the server decides."""

ANY_LANGUAGE = "mul"
"""The BCP 47 tag for "multiple languages": a voice so marked serves every language."""

ENGINES = {
    "recorded": "voiceguide.speech.engines.recorded.engine:RecordedEngine",
    "hibari": "voiceguide.speech.engines.hibari.engine:HibariEngine",
    "kokoro": "voiceguide.speech.engines.kokoro.engine:KokoroEngine",
    "piper": "voiceguide.speech.engines.piper.engine:PiperEngine",
    "system": "voiceguide.speech.engines.system.engine:SystemEngine",
    "http": "voiceguide.speech.engines.http.engine:HttpEngine",
    "silent": "voiceguide.speech.engines.engine:SilentEngine",
}
"""The factory of each of our own engines by its name, which is the part of a voice's name before the colon.

Of voices that suit a script equally well, ``auto`` takes the one whose engine comes first here."""

LINE_LIMIT = 30.0
"""Seconds that an engine may take for one line, unless it has a ``line_limit`` of its own."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that can be asked for by ``name``: ``engine:rest``, or the engine's name alone if it has but one.

    ``language`` is its BCP 47 tag; ``serves`` holds further tags it is a good choice for. ``aliases`` are other names
    for it, valid where no other voice has them. ``licence``, ``size`` (bytes on disk) and ``location`` (a folder, or an
    address) are for people to read, and empty or 0 where unknown. ``fault`` says in whole sentences why it cannot be
    used, and what to do; such a voice is listed, but never chosen.
    """

    name: str
    engine: str
    language: str
    gender: Literal["female", "male"] | None = None
    quality: Quality = "synthetic"
    serves: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    licence: str = ""
    size: int = 0
    location: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """An engine's sound for a line, unprocessed: float32, full scale ±1.0, ``(frames,)`` or ``(frames, channels)``."""

    samples: NDArray[np.float32]
    sample_rate: int


class Engine(Protocol):
    """A family of voices. Voices are named by their full names throughout.

    An engine that may need longer than :data:`LINE_LIMIT` for a line has an attribute ``line_limit``, in seconds. One
    that can read a line in several ways has an attribute ``takes``, True; its ``speak`` has a fourth parameter,
    ``take``, the number of the reading, from 1. One that speaks on this computer, so that a few sentences cost nothing,
    can have an attribute ``local`` that is true: where a script is being written, its voices say a line that nobody
    hears, to be loaded when the first new one comes. With ``measured`` it is local, and its voices are measured when
    they are first used (:mod:`voiceguide.speech.tempo`), and asked for paces at which all of them are equally calm.
    """

    @property
    def name(self) -> str: ...

    def voices(self) -> tuple[Voice, ...]:
        """What is installed; among voices of one language the better ones come first.

        Raises SpeechError if the engine cannot work on this computer.
        """
        ...

    def version(self, voice: str) -> str:
        """Changes whenever the same line could sound different: versions, models, dictionaries, own settings."""
        ...

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        """Speaks one line; ``pace`` multiplies the tempo, 1 being calm: 0.5 to 2, or 0.25 to 4 if it is ``measured``.

        Called in a worker process only. The same arguments must give the same samples, whatever was spoken before.
        Any exception is reported to the user with its text after two more attempts; :class:`GivenUpError` at once.
        """
        ...


class GivenUpError(SpeechError):
    """Raised by :meth:`Engine.speak` if another attempt is pointless; with ``whole_voice``, any other line too."""

    def __init__(self, message: str, *, whole_voice: bool = False) -> None:
        super().__init__(message)
        self.whole_voice = whole_voice


@runtime_checkable
class Recordings(Protocol):
    """The additional protocol of an engine whose voices are recordings and can say only the lines they hold.

    Such an engine gets lines as written, without pronunciations, and always at pace 1.
    """

    def take(self, voice: str, text: str) -> str | None:
        """An identifier of the line's recording, such as its hash; None if there is none."""
        ...


class _EngineWithTakes(Protocol):
    def speak(self, text: str, voice: str, pace: float, take: int) -> Utterance: ...


def is_local(engine: Engine) -> bool:
    """Whether an engine speaks on this computer, so that a few sentences cost nothing."""
    return any(getattr(engine, name, False) is True for name in ("local", "measured"))


def has_takes(engine: Engine) -> bool:
    """Whether an engine can read a line in several ways."""
    return getattr(engine, "takes", False) is True


def spoken(engine: Engine, text: str, voice: str, pace: float, take: int) -> Utterance:
    """:meth:`Engine.speak` with a take, which an engine that has but one reading of a line never gets to know."""
    if has_takes(engine):
        return cast("_EngineWithTakes", engine).speak(text, voice, pace, take)
    return engine.speak(text, voice, pace)


def load_engine(factory: str) -> Engine:
    """The engine that ``module:callable`` makes. Raises SpeechError if it cannot be loaded."""
    module, _, attribute = factory.partition(":")
    try:
        return cast("Engine", attrgetter(attribute)(importlib.import_module(module))())
    except (ImportError, AttributeError) as error:
        raise SpeechError(f"The voice engine {factory} cannot be loaded: {error}.") from error


def serving(voices: tuple[Voice, ...], language: str) -> tuple[Voice, ...]:
    """The voices that speak a language, the best match first: its very tag, then a region that serves the tag,
    then the same base language. Ties keep the order given."""

    def distance(voice: Voice) -> int | None:
        if voice.language == ANY_LANGUAGE or same_tag(voice.language, language):
            return 0
        if any(same_tag(tag, language) for tag in voice.serves):
            return 1
        base = base_language(language)
        if any(same_tag(tag, base) for tag in (voice.language, *voice.serves)):
            return 2
        return 3 if base_language(voice.language) == base else None

    ranked = [(rank, voice) for voice in voices if (rank := distance(voice)) is not None]
    return tuple(voice for _, voice in sorted(ranked, key=lambda item: item[0]))


def plain(text: str) -> str:
    """A text on one line without control characters, which engines take for its end or for commands."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text).split())


class SilentEngine:
    """For tests: no words, but a soft tone of 60 ms for each character (at pace 1), the same for the same text."""

    name = "silent"
    SAMPLE_RATE = 44_100
    SECONDS_PER_CHARACTER = 0.06

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("silent", self.name, ANY_LANGUAGE, quality="test"),)

    def version(self, voice: str) -> str:
        return "1"

    def speak(self, text: str, voice: str, pace: float) -> Utterance:
        import numpy as np

        frames = round(max(2, len(text)) * self.SECONDS_PER_CHARACTER / pace * self.SAMPLE_RATE)
        pitch = 200 + hashlib.sha256(text.encode()).digest()[0]
        tone = 0.1 * np.sin(2 * np.pi * pitch / self.SAMPLE_RATE * np.arange(frames))
        return Utterance(tone.astype(np.float32), self.SAMPLE_RATE)
