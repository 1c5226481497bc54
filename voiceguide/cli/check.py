"""``voiceguide check``: what in a script would trouble a listener."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from voiceguide.cli.progress import shown
from voiceguide.cli.session_options import session_options
from voiceguide.errors import Diagnostic, ScriptError, VoiceguideError
from voiceguide.rules import RULES
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

SCHEMA = "voiceguide.check/1"


@dataclass(frozen=True, slots=True)
class _Result:
    """The result for one script. ``unread``: rules that do not know its language; ``failed``: why it has no plan."""

    script: Path
    findings: tuple[Diagnostic, ...] = ()
    unread: tuple[str, ...] = ()
    language: str = ""
    failed: str | None = None

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        return {
            "file": str(self.script),
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "not_applied": list(self.unread),
            "failed": self.failed,
            "findings": [_row(finding) for finding in self.findings],
        }


def _row(finding: Diagnostic) -> dict[str, Any]:
    span = finding.span
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.hint,
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "length": span.length,
    }


def _list_rules(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    for rule in RULES:
        needs = ", needs a voice" if rule.needs == "plan" else ""
        click.echo(f"{rule.name}{needs}\n    finds {rule.finds}\n    {rule.severity}\n    {rule.reason}")
    ctx.exit()


@click.command("check")
@click.argument("scripts", nargs=-1, required=True, metavar="SCRIPT…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON (docs/checks.md).")
@click.option("--strict", is_flag=True, help="Warnings count like errors.")
@click.option("--text-only", is_flag=True, help="Applies only the rules that need no voice.")
@click.option(
    "--rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="Lists all rules, with what they find and why.",
)
@session_options
def command(
    scripts: tuple[Path, ...], as_json: bool, strict: bool, text_only: bool, options: SessionOptions, quiet: bool
) -> int:
    """Tells what in each SCRIPT would trouble a listener whose eyes are closed and whose hands are busy.

    Every finding says where it is, names its rule and what to do. Rules about time use the plan, so the lines are
    spoken, or taken from before. A script can switch a rule off: docs/checks.md.

    The exit status is 0 when there are no errors (with --strict: and no warnings), 1 when there are, 2 when the
    command line is wrong.
    """
    results = [_checked(script, options, text_only=text_only, quiet=quiet) for script in dict.fromkeys(scripts)]
    if as_json:
        rows = [result.to_json() for result in results]
        click.echo(json.dumps({"schema": SCHEMA, "scripts": rows}, ensure_ascii=False, indent=2))
    else:
        for finding in dict.fromkeys(finding for result in results for finding in result.findings):
            click.echo(finding.render())
    if not quiet:
        _print_results(results)
    for result in results:
        if result.failed is not None:
            click.echo(result.failed, err=True)
    wrong = any(result.failed is not None or result.count("error") for result in results)
    return 1 if wrong or (strict and any(result.findings for result in results)) else 0


def _checked(script: Path, options: SessionOptions, *, text_only: bool, quiet: bool) -> _Result:
    from voiceguide.checks import check

    try:
        known = read_script(script, options)
        routine, findings = known.routine, known.findings
    except ScriptError as error:
        return _Result(script, error.diagnostics)
    language = routine.settings.language
    plain = check(routine)
    failed: str | None = None
    if not text_only:
        try:
            return _planned(script, options, quiet=quiet)
        except ScriptError as error:
            findings = _merged(findings, error.diagnostics)
        except VoiceguideError as error:
            failed = str(error)
    return _Result(script, _merged(findings, plain.findings), plain.unread, language, failed)


def _planned(script: Path, options: SessionOptions, *, quiet: bool) -> _Result:
    """The result with the rules that need the plan. Raises VoiceguideError if there is no plan."""
    from voiceguide.checks import check
    from voiceguide.session.session import speak_script

    with shown(script.name, quiet=quiet) as progress, speak_script(script, options, progress) as spoken:
        sessions = spoken.sessions()
    checked = [check(session.routine, session.timeline, session.clips.sound_level) for session in sessions]
    warnings = (warning for session in sessions for warning in session.warnings)
    findings = _merged(warnings, (finding for one in checked for finding in one.findings))
    return _Result(script, findings, checked[0].unread, sessions[0].routine.settings.language)


def _merged(first: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All findings once, each script's in the order of its lines."""
    once = dict.fromkeys([*first, *found])
    files = list(dict.fromkeys(finding.span.file for finding in once))
    return tuple(sorted(once, key=lambda d: (files.index(d.span.file), d.span.line, d.span.column)))


def _print_results(results: Sequence[_Result]) -> None:
    for result in results:
        if result.unread:
            rules = f"{len(result.unread)} rules that read words were not applied"
            click.echo(
                f"{result.script}: note: {rules}; they do not know the language '{result.language}' yet", err=True
            )
    errors, warnings = (sum(result.count(severity) for result in results) for severity in ("error", "warning"))
    where = "1 script" if len(results) == 1 else f"{len(results)} scripts"
    click.echo(f"{_number(errors, 'error')}, {_number(warnings, 'warning')} in {where}.", err=True)


def _number(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"
