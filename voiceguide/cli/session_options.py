"""The options that every command about a session shares."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeVar

import click

from voiceguide.reading import BedChoice, bed_named
from voiceguide.script.names import LONGEST_VALUE, NAME
from voiceguide.script.values import parse_pace

Command = TypeVar("Command", bound=Callable[..., Any])


class _Pace(click.ParamType[Any]):
    name = "pace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        if isinstance(value, Fraction):
            return value
        try:
            return parse_pace(str(value))
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
        text = " ".join(text.split())
        if len(text) > LONGEST_VALUE or (not text.isascii() and text.encode("utf-8", "replace").decode() != text):
            self.fail(f"the value of {name.strip()} is too long, or no proper text", param, ctx)
        return name.strip(), text


class _Bed(click.ParamType[Any]):
    name = "bed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> BedChoice:
        if isinstance(value, BedChoice):
            return value
        try:
            return bed_named(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


_OPTIONS = (
    click.option("--voice", metavar="NAME", help="A voice from 'voiceguide voices' instead of the script's."),
    click.option("--pace", type=_Pace(), metavar="P", help="0.5 to 2 instead of the script's; 1 is the voice's own."),
    click.option("--bed", type=_Bed(), metavar="NAME", help="A bed from 'voiceguide sounds', a sound file, or none."),
    click.option(
        "--set",
        "variables",
        type=_Variable(),
        multiple=True,
        metavar="NAME=VALUE",
        help="The value of {NAME} in the script. May be given again.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        default=lambda: os.cpu_count() or 1,
        metavar="N",
        help="How many lines are spoken side by side; as many as there are cores when left out.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="No progress and no warnings."),
)


def session_options(command: Command) -> Command:
    """Adds the options to a command; it gets voice, pace, bed, variables, jobs and quiet."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
