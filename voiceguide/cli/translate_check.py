"""``voiceguide translate-check``: whether a script and its translation are in step."""

from __future__ import annotations

from pathlib import Path

import click

from voiceguide.api.translations import TranslationResult, check_translated_pack, check_translation
from voiceguide.cli.findings import counted
from voiceguide.cli.json_output import json_text
from voiceguide.cli.script_argument import ScriptPath
from voiceguide.errors import rendered

SCHEMA = "voiceguide.translate-check/1"


@click.command("translate-check")
@click.argument("original", type=ScriptPath(), metavar="ORIGINAL")
@click.argument("translation", type=ScriptPath(), metavar="TRANSLATION")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON ('voiceguide docs translating').")
@click.option("--strict", is_flag=True, help="Warnings count like errors.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
def command(original: Path, translation: Path, as_json: bool, strict: bool, quiet: bool) -> int:
    """Compares TRANSLATION with ORIGINAL: both have to have the same chapters, cues and lines.

    Both are scripts, or both are packs (pack.yaml, or its folder), whose scripts are compared in their order. Titles,
    words, voices and paces may differ. Lines that are still in the original's words are warnings. Nothing is spoken.

    The exit status is 0 when there are no errors (with --strict: and no warnings), 1 when there are, 2 when the
    command line is wrong.
    """
    packs = [_is_pack(path) for path in (original, translation)]
    if packs[0] != packs[1]:
        raise click.UsageError("One of the two is a pack, the other a script; give two scripts or two packs.")
    results = check_translated_pack(original, translation) if packs[0] else (check_translation(original, translation),)
    findings = [finding for result in results for finding in result.findings]
    if as_json:
        rows = [result.to_json() for result in results]
        click.echo(json_text({"schema": SCHEMA, "pairs": rows}))
    elif findings:
        click.echo(rendered(findings))
    if not quiet:
        click.echo(_summary(results), err=True)
    good = all(result.ok and not (strict and result.findings) for result in results)
    return 0 if good else 1


def _is_pack(path: Path) -> bool:
    return path.is_dir() or path.suffix.casefold() in (".yaml", ".yml")


def _summary(results: tuple[TranslationResult, ...]) -> str:
    found = [finding for result in results for finding in result.findings]
    what = "The two scripts are" if len(results) == 1 else f"The packs and their {_pairs(len(results) - 1)} are"
    if not found:
        return f"{what} in step."
    return f"{counted(found)}."


def _pairs(count: int) -> str:
    return "one pair of scripts" if count == 1 else f"{count} pairs of scripts"
