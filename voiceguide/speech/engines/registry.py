"""The installed engines: our own, and those of other packages, by the entry point group ``voiceguide.voices``.

An entry point's name is the engine's name, and what it points to is the engine's factory.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from voiceguide.errors import SpeechError, VoiceguideError
from voiceguide.speech.engines.engine import ENGINES, Engine, Quality, Recordings, Voice, load_engine

GROUP = "voiceguide.voices"

_T = TypeVar("_T")


@functools.cache
def installed_engines() -> Mapping[str, str]:
    """The factory of every engine by its name, ours first. No package can replace one of ours."""
    return _Installed()


class _Installed(Mapping[str, str]):
    """Ours are at hand; the other packages are asked when one of ours does not do, for that takes 20 ms."""

    def __getitem__(self, name: str) -> str:
        return ENGINES[name] if name in ENGINES else self._others[name]

    def __iter__(self) -> Iterator[str]:
        yield from ENGINES
        yield from self._others

    def __len__(self) -> int:
        return len(ENGINES) + len(self._others)

    @functools.cached_property
    def _others(self) -> Mapping[str, str]:
        from importlib.metadata import entry_points

        points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
        return MappingProxyType(
            {point.name: f"{point.module}:{point.attr}" for point in points if point.name not in ENGINES}
        )


@functools.cache
def engine(factory: str) -> Engine:
    """The engine that a factory makes, made once. Raises SpeechError if it cannot be loaded."""
    return call_engine(factory, lambda: load_engine(factory))


@functools.cache
def recordings(factory: str) -> Recordings | None:
    """The engine of a factory if its voices are recordings, else None; found once, since Python takes long to compare
    an object with a protocol. Raises SpeechError as :func:`engine`."""
    made = engine(factory)
    return made if isinstance(made, Recordings) else None


def engine_name(voice: str) -> str:
    """The engine of a voice, from its full name."""
    return voice.partition(":")[0]


def has_recording(name: str, recordings: Recordings, voice: str, text: str) -> bool:
    """Whether a recorded voice can say a line. Raises SpeechError."""
    return call_engine(name, lambda: recordings.take(voice, text)) is not None


def voices_of(name: str, factory: str) -> tuple[Voice, ...]:
    """The voices of one engine. Raises SpeechError if it fails, or names a voice that could not be
    requested."""
    found = call_engine(name, lambda: tuple(engine(factory).voices()))
    for voice in found:
        if engine_name(voice.name) != name:
            raise SpeechError(
                f"The voice engine '{name}' has a voice '{voice.name}', whose name should begin with '{name}:'. "
                "Please tell whoever made it."
            )
    return found


@functools.lru_cache(maxsize=1024)
def quality_of(name: str, factory: str, voice: str) -> Quality | None:
    """The quality of a voice of one engine; None for one that is not listed. Raises SpeechError if the engine fails."""
    return next((one.quality for one in voices_of(name, factory) if one.name == voice), None)


def version_of(name: str, factory: str, voice: str) -> str:
    """The version of a voice, from its engine. Raises SpeechError."""
    return call_engine(name, lambda: str(engine(factory).version(voice)))


def call_engine(name: str, call: Callable[[], _T]) -> _T:
    """Calls an engine, and turns whatever it raises into a SpeechError: engines come from other packages too."""
    try:
        return call()
    except VoiceguideError:
        raise
    except Exception as error:
        raise SpeechError(f"The voice engine '{name}' failed: {str(error) or type(error).__name__}.") from error
