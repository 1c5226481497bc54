"""``voiceguide check``: what in a script would trouble a listener."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from voiceguide.api.checking import CheckResult, checked
from voiceguide.cli.as_options import as_options
from voiceguide.cli.findings import counted
from voiceguide.cli.json_output import json_text
from voiceguide.cli.progress import shown
from voiceguide.cli.script_argument import script_argument
from voiceguide.cli.session_options import session_options
from voiceguide.errors import ScriptError, rendered
from voiceguide.rule_spec import KINDS
from voiceguide.rules import RULES
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import read_script

SCHEMA = "voiceguide.check/1"


def _list_rules(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    for rule in RULES:
        needs = {"text": "", "plan": ", needs a voice", "sound": ", needs the mix (--sound)"}[rule.needs]
        kinds = "" if rule.kinds == KINDS else f", for {', '.join(rule.kinds)}"
        click.echo(f"{rule.name}{needs}{kinds}\n    finds {rule.finds}\n    {rule.severity}\n    {rule.reason}")
    ctx.exit()


@click.command("check")
@script_argument("scripts", several=True)
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON ('voiceguide docs checks').")
@click.option("--all", "everything", is_flag=True, help="Shows each finding, also when there are many of one kind.")
@click.option("--strict", is_flag=True, help="Warnings count like errors.")
@click.option("--text-only", is_flag=True, help="Applies only the rules that need no voice.")
@click.option("--sound", is_flag=True, help="Also the rules that need the mix, which is measured and listened to.")
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
    scripts: tuple[Path, ...],
    as_json: bool,
    everything: bool,
    strict: bool,
    text_only: bool,
    sound: bool,
    options: SessionOptions,
    quiet: bool,
) -> int:
    """Reports what in each SCRIPT would trouble a listener whose eyes are closed and whose hands are busy.

    Every finding says where it is, names its rule and what to do. Rules about time use the plan, so the lines are
    spoken, or taken from before. A script can switch a rule off ('voiceguide docs checks').

    The exit status is 0 when there are no errors (with --strict: and no warnings), 1 when there are, 2 when the
    command line is wrong.
    """
    if text_only and sound:
        raise click.UsageError("--text-only leaves out what needs a voice, and --sound needs one. Give one of them.")
    results = {
        script: _checked(script, options, text_only=text_only, sound=sound, quiet=quiet)
        for script in dict.fromkeys(scripts)
    }
    if as_json:
        rows = [{"file": str(script), **result.to_json()} for script, result in results.items()]
        click.echo(json_text({"schema": SCHEMA, "scripts": rows}))
    else:
        found = dict.fromkeys(finding for result in results.values() for finding in result.findings)
        if shown := "\n".join(finding.render() for finding in found) if everything else rendered(found):
            click.echo(shown)
    if not quiet:
        _print_results(results)
    for result in results.values():
        if result.failed is not None:
            click.echo(as_options(result.failed), err=True)
    good = all(result.ok and not (strict and result.findings) for result in results.values())
    return 0 if good else 1


def _checked(script: Path, options: SessionOptions, *, text_only: bool, sound: bool, quiet: bool) -> CheckResult:
    try:
        known = read_script(script, options)
    except ScriptError as error:
        return CheckResult(error.diagnostics)
    with shown(script.name, quiet=quiet) as progress:
        return checked(known, options, progress, text_only=text_only, sound=sound)


def _print_results(results: Mapping[Path, CheckResult]) -> None:
    for script, result in results.items():
        if result.kind:
            click.echo(f"{script}: judged as {result.kind}, since {result.kind_reason}.", err=True)
        for note in result.notes:
            click.echo(f"{script}: note: {note}", err=True)
        if result.not_applied:
            rules = f"{len(result.not_applied)} rules that read words were not applied"
            click.echo(f"{script}: note: {rules}; they do not know the language '{result.language}' yet", err=True)
    every = dict.fromkeys(finding for result in results.values() for finding in result.findings)
    where = "1 script" if len(results) == 1 else f"{len(results)} scripts"
    click.echo(f"{counted(every)} in {where}.", err=True)
