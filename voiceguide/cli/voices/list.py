"""``voiceguide voices list``: the installed voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voiceguide.cli.columns import columns
from voiceguide.cli.session_options import voice_folder_option

if TYPE_CHECKING:
    from voiceguide.speech import Voice


@click.command("list")
@click.option("--language", metavar="TAG", help="Only voices for this language, such as en or de.")
@voice_folder_option
def command(language: str | None = None) -> None:
    """Lists every voice: name, engine, language, gender, quality, size, licence, and where it is.

    A voice that cannot be used is named below the list, with the reason.
    """
    from voiceguide.speech import Casting, neural_hint

    casting = Casting()
    installed = casting.voices()
    found = installed if language is None else casting.voices(language)
    head = ("name", "engine", "language", "gender", "quality", "size", "licence", "where")
    usable = [_row(voice) for voice in found if not voice.fault]
    if usable:
        click.echo("\n".join(columns(head, usable)))
    else:
        click.echo(f"No voice speaks the language '{language}'.", err=True)
    faults = dict.fromkeys((*(voice.fault for voice in found if voice.fault), *casting.faults()))
    hint = "" if any(neural_hint(()) in fault for fault in faults) else neural_hint(found)
    for sentence in (*faults, *([hint] if hint else [])):
        click.echo(sentence, err=True)


def _row(voice: Voice) -> tuple[str, ...]:
    size = f"{voice.size / 1e6:.0f} MB" if voice.size else ""
    return (
        voice.name,
        voice.engine,
        voice.language,
        voice.gender or "",
        voice.quality,
        size,
        voice.licence,
        voice.location,
    )
