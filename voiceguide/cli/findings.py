"""Findings on the command line: how many there are, and those of ``check`` in other commands: a few, as warnings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from voiceguide.errors import Diagnostic, count_mistakes

if TYPE_CHECKING:
    from voiceguide.api.session import Session

_MOST = 8  # lines


def counted(findings: Iterable[Diagnostic]) -> str:
    """``no errors, 1 warning``."""
    every = tuple(findings)
    errors, warnings = count_mistakes(every, "error"), count_mistakes(every, "warning")
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}"


def _number(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def found_in(sessions: Sequence[Session]) -> tuple[Diagnostic, ...]:
    """What the rules find in the sessions of one script, each finding once, as warnings."""
    found = (finding for session in sessions for finding in session.check())
    return tuple(dict.fromkeys(replace(finding, severity="warning") for finding in found))


def print_first_findings(sessions: Sequence[Session]) -> None:
    """Prints the first findings on standard error, one line each; ``check`` prints all, with hints."""
    found = found_in(sessions)
    for finding in found[:_MOST]:
        click.echo(finding.headline, err=True)
    if found:
        rest = len(found) - _MOST
        more = f"{rest} more; " if rest > 0 else ""
        click.echo(f"{more}voiceguide check {sessions[0].planned.routine.span.file} tells what to do.", err=True)
