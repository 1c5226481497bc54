"""The options that every command about a session shares."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from voiceguide.api.options import session_length, variable
from voiceguide.cli.variants import Choices
from voiceguide.mastering.profiles import PROFILES
from voiceguide.routine import OpeningBed, Pace
from voiceguide.script.names import NAME
from voiceguide.script.values import parse_session_pace
from voiceguide.session.options import SessionOptions, bed_named
from voiceguide.units import FILE_RATES, PACES

_Given = TypeVar("_Given")


class _Pace(click.ParamType[Any]):
    name = "pace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pace:
        if isinstance(value, Pace):
            return value
        try:
            return parse_session_pace(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Variable(click.ParamType[Any]):
    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, equals, text = str(value).partition("=")
        if not equals or not NAME.fullmatch(name.strip()):
            self.fail(f"'{value}' should be a name, an equals sign and a value, like name=Anna", param, ctx)
        try:
            return variable(name.strip(), text)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Length(click.ParamType[Any]):
    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        if isinstance(value, Fraction):
            return value
        try:
            return session_length(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class _Bed(click.ParamType[Any]):
    name = "bed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> OpeningBed:
        if isinstance(value, OpeningBed):
            return value
        try:
            return bed_named(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def take_voice_folders(ctx: click.Context, param: click.Parameter, folders: tuple[Path, ...]) -> None:
    """Adds the folders of ``--voice-dir`` to those in which voices are looked for, also for child processes."""
    from voiceguide.speech.voice_folders import add_folders

    add_folders(tuple(folder.absolute() for folder in folders))


_LENGTH = click.option(
    "--length",
    "lengths",
    type=_Length(),
    multiple=True,
    metavar="D",
    help="Fits the session to exactly this length, like 10m or 7m30s. May be given again for several sessions.",
)


def _values(more: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--set",
        "variables",
        type=_Variable(),
        multiple=True,
        metavar="NAME=VALUE",
        help=f"The value of {{NAME}} in the script. May be given again{more}.",
    )


_VARIABLES = _values("")
_VALUES = _values("; a name with several values makes several sessions")


def _voice_folders(*, there: bool, about: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--voice-dir",
        "voice_folders",
        type=click.Path(path_type=Path, exists=there, file_okay=False),
        multiple=True,
        metavar="DIR",
        expose_value=False,
        callback=take_voice_folders,
        help=about,
    )


voice_folder_option = _voice_folders(there=True, about="A further folder with voices. May be given again.")
"""Adds ``--voice-dir`` to a command, which need not know of it."""

new_voice_folder_option = _voice_folders(there=False, about="The folder for the voice; it is made if need be.")
"""The same for a command that keeps a voice there."""

verify_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--verify",
    is_flag=True,
    help="Speech recognition checks the words of every line that a neural voice speaks; needs the extra listen.",
)
"""Adds ``--verify`` to a command."""

_VOICE = click.option("--voice", metavar="NAME", help="A voice from 'voiceguide voices' instead of the script's.")
_VOICES = click.option(
    "--voice",
    "voices",
    multiple=True,
    metavar="NAME",
    help="A voice from 'voiceguide voices' instead of the script's. May be given again for several sessions.",
)
_PACE = click.option(
    "--pace",
    type=_Pace(),
    metavar="P",
    help=f"{PACES} instead of the script's, where 1 is calm; 1..0.9 calms down from the first line to the last.",
)
_JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="How many lines are spoken, and parts of a session made, side by side; as many as there are cores when "
    "left out. It changes nothing in the files.",
)

_PROFILES = "; ".join(f"{profile.name}, {profile.summary}" for profile in PROFILES.values())

_PROFILE_NAMES = click.Choice(list(PROFILES), case_sensitive=False)
_PROFILE_ABOUT = f"How loud it shall be, instead of the script's: {_PROFILES}."
_PROFILE = click.option("--profile", type=_PROFILE_NAMES, help=_PROFILE_ABOUT)
_PROFILES_CHOSEN = click.option(
    "--profile",
    "profiles",
    type=_PROFILE_NAMES,
    multiple=True,
    help=f"{_PROFILE_ABOUT} May be given again for several sessions.",
)

_SHARED = (
    click.option(
        "--fallback-voice",
        metavar="NAME",
        help="The voice for lines of which a recorded voice has no recording; an error when left out.",
    ),
    voice_folder_option,
    _PACE,
    click.option(
        "--bed",
        type=_Bed(),
        metavar="NAME",
        help="A bed from 'voiceguide sounds', a sound file, or none; then perhaps a level, as in 'rain -20dB'.",
    ),
    click.option(
        "--sample-rate",
        type=click.Choice(list(map(str, FILE_RATES))),
        help="The file's sample rate in Hz, instead of the script's or the profile's.",
    ),
    verify_option,
    _JOBS,
    click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings."),
)


def session_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command, which gets them together as ``options``, and ``quiet``."""

    @functools.wraps(command)
    def gathered(
        *, voice: str | None, profile: str | None, variables: tuple[tuple[str, str], ...], **others: Any
    ) -> Any:
        shared, others = _shared(others)
        return command(options=replace(shared, voice=voice, profile=profile, variables=dict(variables)), **others)

    return _with_options(gathered, (_LENGTH, _VOICE, *_SHARED[:-2], _PROFILE, _VARIABLES, *_SHARED[-2:]))


def variant_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command that makes several sessions: it gets ``options``, of which voice, profile and variables
    are those of the first, and ``choices``, which has all of them."""

    @functools.wraps(command)
    def gathered(
        *,
        voices: tuple[str, ...],
        profiles: tuple[str, ...],
        variables: tuple[tuple[str, str], ...],
        **others: Any,
    ) -> Any:
        shared, others = _shared(others)
        choices = Choices(_once(voices), _once(profiles), _once(variables))
        first = choices.variants(replace(shared, lengths=()))[0].options
        return command(options=replace(first, lengths=shared.lengths), choices=choices, **others)

    return _with_options(gathered, (_LENGTH, _VOICES, *_SHARED[:-2], _PROFILES_CHOSEN, _VALUES, *_SHARED[-2:]))


def _once(given: Iterable[_Given]) -> tuple[_Given, ...]:
    return tuple(dict.fromkeys(given))


def _with_options(command: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def _shared(given: dict[str, Any]) -> tuple[SessionOptions, dict[str, Any]]:
    """The options without voice, profile and variables, and what else was given."""
    names = ("lengths", "pace", "bed", "sample_rate", "jobs", "fallback_voice", "verify")
    lengths, pace, bed, rate, jobs, fallback, verify = (given.pop(name) for name in names)
    options = SessionOptions(
        pace=pace,
        bed=bed,
        lengths=tuple(dict.fromkeys(lengths)),
        jobs=jobs,
        fallback_voice=fallback,
        verify=verify or None,
        sample_rate=None if rate is None else int(rate),
    )
    return options, given


def take_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that decide how one line of a script sounds; the command gets them as ``options``."""

    @functools.wraps(command)
    def gathered(
        *,
        voice: str | None,
        pace: Pace | None,
        variables: tuple[tuple[str, str], ...],
        jobs: int,
        verify: bool,
        **others: Any,
    ) -> Any:
        options = SessionOptions(voice=voice, pace=pace, variables=dict(variables), jobs=jobs, verify=verify or None)
        return command(options=options, **others)

    return _with_options(gathered, (_VOICE, voice_folder_option, _PACE, _VARIABLES, verify_option, _JOBS))


def script_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that decide which lines a script has; the command gets them as ``options``."""

    @functools.wraps(command)
    def gathered(*, lengths: tuple[Fraction, ...], variables: tuple[tuple[str, str], ...], **others: Any) -> Any:
        options = SessionOptions(variables=dict(variables), lengths=tuple(dict.fromkeys(lengths)))
        return command(options=options, **others)

    return _LENGTH(_VARIABLES(gathered))
