"""What a session may be asked for, as plain Python values. Imports nothing heavy."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import TypedDict, TypeVar

from voiceguide.errors import OptionError, did_you_mean
from voiceguide.mastering.profiles import PROFILES
from voiceguide.routine import OpeningBed, SoundRef
from voiceguide.script.names import LONGEST_VALUE, NAME
from voiceguide.script.values import parse_length, parse_pace, parse_sample_rate, parse_session_pace
from voiceguide.session.options import SessionOptions, bed_named

Length = str | float | Fraction | timedelta
"""A duration as scripts write it (``"10m"``, ``"7m30s"``), or a number of seconds."""

PathLike = str | os.PathLike[str]

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")


class Options(TypedDict, total=False):
    """Settings that replace a script's own; one that is left out, or None, leaves the script's.

    ``length``: fits the session to it, exactly. ``voice``: a name from :func:`~voiceguide.list_voices`, or ``auto``.
    ``fallback_voice``: says the lines of which a recorded voice has no recording. ``pace``: 0.5 to 2, where 1 is calm,
    or ``"1..0.9"`` to calm down from the first line to the last. ``bed``: a background's name, a sound file, or
    ``"none"``, then perhaps a level, as in ``"rain -20dB"``. ``profile``: a name such as ``sleep`` (docs/formats.md has
    all). ``sample_rate``: 44100 or 48000, that of the finished file. ``variables``: the value of ``{name}`` in the
    script, by name. ``verify``: speech recognition checks the words of every line, which needs the extra ``listen``.
    """

    length: Length | None
    voice: str | None
    fallback_voice: str | None
    pace: float | str | Fraction | None
    bed: PathLike | SoundRef | None
    profile: str | None
    sample_rate: int | None
    variables: Mapping[str, object] | None
    verify: bool | None


def session_options(
    *,
    length: Length | None = None,
    voice: str | None = None,
    fallback_voice: str | None = None,
    pace: float | str | Fraction | None = None,
    bed: PathLike | SoundRef | None = None,
    profile: str | None = None,
    sample_rate: int | None = None,
    variables: Mapping[str, object] | None = None,
    verify: bool | None = None,
    jobs: int | None = None,
) -> SessionOptions:
    """:class:`Options` as the stages take them; ``jobs`` None is the number of cores. Raises OptionError."""
    return SessionOptions(
        voice,
        None if pace is None else _read("pace", parse_session_pace, _written(pace)),
        None if bed is None else _read("bed", _bed, bed),
        _read("variables", _variables, variables or {}),
        () if length is None else (_read("length", session_length, length),),
        jobs_of(jobs),
        fallback_voice,
        None if profile is None else _read("profile", _profile, profile),
        verify=verify,
        sample_rate=None if sample_rate is None else _read("sample_rate", parse_sample_rate, str(sample_rate)),
    )


def jobs_of(jobs: int | None) -> int:
    """How many jobs run at the same time: as many as there are cores for None. Raises OptionError."""
    if jobs is not None and jobs < 1:
        raise OptionError(f"jobs: {jobs} is too few; at least 1 is needed.")
    return jobs or os.cpu_count() or 1


def pace_of(value: float | str | Fraction) -> Fraction:
    """A pace from 0.5 to 2. Raises OptionError."""
    return _read("pace", parse_pace, _written(value))


def _written(pace: float | str | Fraction) -> str:
    return pace if isinstance(pace, str) else f"{float(pace):.6f}"


def session_length(value: Length) -> Fraction:
    """A session's length in seconds. Raises ValueError with a sentence for the user."""
    if isinstance(value, timedelta):
        value = value.total_seconds()
    return parse_length(value if isinstance(value, str) else f"{float(value):.6f}s")


def variable(name: str, value: str) -> tuple[str, str]:
    """A variable's name and its value on one line. Raises ValueError with a sentence for the user."""
    if not NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no name for a variable; use letters, digits, _ and -, a letter first")
    text = " ".join(value.split())
    if len(text) > LONGEST_VALUE or text.encode("utf-8", "replace").decode() != text:
        raise ValueError(f"the value of {name} is too long, or no proper text")
    return name, text


def _variables(values: Mapping[str, object]) -> Mapping[str, str]:
    return dict(variable(name, str(value)) for name, value in values.items())


def _bed(value: PathLike | SoundRef) -> OpeningBed:
    if isinstance(value, SoundRef):
        return OpeningBed(value)
    if isinstance(value, Path) and not value.is_file():
        raise ValueError(f"there is no file {value}")
    return bed_named(os.fspath(value))


def _profile(name: str) -> str:
    if name.casefold() not in PROFILES:
        raise ValueError(f"unknown profile '{name}'{did_you_mean(name, PROFILES)}; there are {', '.join(PROFILES)}")
    return name.casefold()


def _read(option: str, read: Callable[[_Value], _Result], value: _Value) -> _Result:
    try:
        return read(value)
    except ValueError as error:
        raise OptionError(f"{option}: {error}.") from error
