"""The options that every command about a session shares."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from voiceguide.api.options import session_length, variable
from voiceguide.mastering.profiles import PROFILES
from voiceguide.routine import Pace
from voiceguide.script.names import NAME
from voiceguide.script.values import parse_session_pace
from voiceguide.session.options import BedChoice, SessionOptions, bed_named
from voiceguide.units import FILE_RATES, PACES, format_duration


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

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> BedChoice:
        if isinstance(value, BedChoice):
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
_VARIABLES = click.option(
    "--set",
    "variables",
    type=_Variable(),
    multiple=True,
    metavar="NAME=VALUE",
    help="The value of {NAME} in the script. May be given again.",
)


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

_OPTIONS = (
    _LENGTH,
    _VOICE,
    click.option(
        "--fallback-voice",
        metavar="NAME",
        help="The voice for lines of which a recorded voice has no recording; an error when left out.",
    ),
    voice_folder_option,
    _PACE,
    click.option("--bed", type=_Bed(), metavar="NAME", help="A bed from 'voiceguide sounds', a sound file, or none."),
    click.option(
        "--profile",
        type=click.Choice(list(PROFILES), case_sensitive=False),
        help=f"How loud it shall be, instead of the script's: {_PROFILES}.",
    ),
    click.option(
        "--sample-rate",
        type=click.Choice(list(map(str, FILE_RATES))),
        help="The file's sample rate in Hz, instead of the script's or the profile's.",
    ),
    _VARIABLES,
    verify_option,
    _JOBS,
    click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings."),
)


def session_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command, which gets them together as ``options``, and ``quiet``."""

    @functools.wraps(command)
    def gathered(
        *,
        lengths: tuple[Fraction, ...],
        voice: str | None,
        pace: Pace | None,
        bed: BedChoice | None,
        variables: tuple[tuple[str, str], ...],
        jobs: int,
        fallback_voice: str | None,
        profile: str | None,
        sample_rate: str | None,
        verify: bool,
        **others: Any,
    ) -> Any:
        several = tuple(dict.fromkeys(lengths))
        rate = None if sample_rate is None else int(sample_rate)
        told = dict(variables)
        options = SessionOptions(
            voice, pace, bed, told, several, jobs, fallback_voice, profile, verify=verify or None, sample_rate=rate
        )
        return command(options=options, **others)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


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

    for option in reversed((_VOICE, voice_folder_option, _PACE, _VARIABLES, verify_option, _JOBS)):
        gathered = option(gathered)
    return gathered


def script_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that decide which lines a script has; the command gets them as ``options``."""

    @functools.wraps(command)
    def gathered(*, lengths: tuple[Fraction, ...], variables: tuple[tuple[str, str], ...], **others: Any) -> Any:
        options = SessionOptions(variables=dict(variables), lengths=tuple(dict.fromkeys(lengths)))
        return command(options=options, **others)

    return _LENGTH(_VARIABLES(gathered))


def named_for(path: Path, length: Fraction | None) -> Path:
    """The path with a length in its name, before the ending: ``face-7m30s.mp3``; as it is for None."""
    return path if length is None else path.with_name(f"{path.stem}-{format_duration(length)}{path.suffix}")
