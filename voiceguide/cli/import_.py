"""``voiceguide import``: translates another program's script, with a report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.atomic import write_text
from voiceguide.cli.json_output import json_text
from voiceguide.errors import printable, rendered
from voiceguide.script.files import display_name

if TYPE_CHECKING:
    from voiceguide.importing.report import Report, Row

_MOST_ROWS = 40
_LONGEST_SHOWN = 90  # characters of what a row quotes


class _VoiceFor(click.ParamType[tuple[str, str]]):
    """``THERE=HERE``."""

    name = "voice"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        there, equals, here = str(value).rpartition("=")
        if not (equals and there.strip() and here.strip()):
            self.fail(f"'{value}' names no two voices; write it like Joanna=joe", param, ctx)
        return there.strip(), here.strip()


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="SCRIPT.md", help="Where the script goes.")
@click.option("--force", is_flag=True, help="Writes over a script that is there.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON ('voiceguide docs importing').")
@click.option(
    "--voice",
    "voices",
    type=_VoiceFor(),
    multiple=True,
    metavar="THERE=HERE",
    help="The voice HERE speaks what the voice THERE spoke. May be given again.",
)
def command(file: Path, output: Path | None, force: bool, as_json: bool, voices: tuple[tuple[str, str], ...]) -> None:
    """Makes a script of FILE: speech markup (SSML), text with pause marks such as [PAUSE:5] or (pause), subtitles, or
    a document: Word, OpenDocument, Rich Text, HTML, EPUB, PDF (with the extra 'documents').

    The script is written beside FILE, with the ending .md, and never over another one. The report says what was
    translated, what was guessed, and what a script cannot say; read the guesses, and change them as you like.
    """
    from voiceguide.api.importing import import_script, refused

    if file.is_dir():
        raise refused(str(file), "this is a folder; name the file in it that is to be imported")
    script = _script_path(file, output, force=force)
    made = import_script(display_name(file), _bytes(file), script, display_name(script), dict(voices))
    write_text(script, made.text)
    if warnings := rendered(made.findings):
        click.echo(warnings, err=True)
    if as_json:
        shown = {"source": made.source, "script": script.as_posix(), **made.report.to_json()}
        click.echo(json_text(shown))
    else:
        click.echo("\n".join(_report_lines(made.report, made.source, script)))


def _script_path(file: Path, output: Path | None, *, force: bool) -> Path:
    script = output or file.with_suffix(".md")
    if output is None and script == file:
        script = file.with_name(f"{file.stem}-script.md")
    if output is not None and (output.is_dir() or output.suffix.lower() != ".md"):
        raise click.UsageError(f"-o {output} names no script; its name must end in .md.")
    if script.exists() and file.exists() and script.samefile(file):
        raise click.UsageError(f"-o {script} is the file to import; give the script another name.")
    if script.exists() and not force:
        raise click.ClickException(
            f"{display_name(script)} is there already, and was left alone. "
            "choose another path with -o, or write over it with --force."
        )
    return script


def _bytes(file: Path) -> bytes:
    """What a file holds, up to one byte more than is imported. Raises ScriptError."""
    from voiceguide.api.importing import refused
    from voiceguide.documents.limits import LARGEST_FILE

    name = display_name(file)
    try:
        if file.exists() and not file.is_file():
            raise refused(name, "this is no ordinary file, so there is nothing to import")
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refused(name, "there is no such file") from None
    except OSError as error:
        raise refused(name, f"this file cannot be read: {error.strerror or error}") from None


def _report_lines(report: Report, source: str, script: Path) -> Iterator[str]:
    """The report for people: how many of each, then what was guessed and lost, line by line."""
    counts = report.counts
    yield printable(f"{source} was read as {report.form}, and is now the script {display_name(script)}.")
    yield f"{counts['translated']} translated, {counts['guessed']} guessed, {counts['lost']} lost."
    yield from _section("Guessed; please see whether it is what you want:", report.of("guessed"))
    yield from _section("Lost, since a script cannot say it:", report.of("lost"))
    yield ""
    yield printable(f"Now: voiceguide plan {display_name(script)}")


def _section(head: str, rows: tuple[Row, ...]) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield head
    for row in rows[:_MOST_ROWS]:
        times = f" ({row.times} times)" if row.times > 1 else ""
        yield printable(f"  line {row.line}: {_short(row.what)} → {_short(row.into)}{times}")
    if len(rows) > _MOST_ROWS:
        yield f"  and {len(rows) - _MOST_ROWS} more, which --json shows"


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST_SHOWN else f"{folded[: _LONGEST_SHOWN - 1]}…"
