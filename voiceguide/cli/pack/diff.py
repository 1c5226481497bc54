"""``voiceguide pack diff``: what changed in words and times between two builds of a pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from voiceguide.cli.json_output import json_text
from voiceguide.errors import OutputError

if TYPE_CHECKING:
    from voiceguide.publish.manifest import Manifest, PackSession
    from voiceguide.publish.timeline_document import Document


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The difference as JSON ('voiceguide docs publishing').")
def command(old: Path, new: Path, as_json: bool) -> None:
    """Shows what changed from the built pack in folder OLD to the one in NEW: sessions, words, times, chapters.

    A removed word is marked [-so-], an added one {+so+}.
    """
    from voiceguide.publish.difference import difference
    from voiceguide.publish.difference_text import described
    from voiceguide.publish.manifest import load_timeline
    from voiceguide.publish.timeline_document import Document

    folders = {"old": old, "new": new}

    def timeline(which: Literal["old", "new"], session: PackSession) -> Document:
        return Document.of(load_timeline(folders[which], session))

    try:
        found = difference(_pack(old), _pack(new), timeline)
    except ValueError as error:
        raise OutputError(f"The packs can't be compared: {error}. Build them again.") from error
    if as_json:
        click.echo(json_text(found.to_json()))
    else:
        click.echo("\n".join(described(found)))


def _pack(folder: Path) -> Manifest:
    from voiceguide.publish.manifest import NAME, load

    manifest = load(folder)
    if manifest is None:
        raise OutputError(f"{folder} holds no finished pack: there is no {NAME} in it.")
    return manifest
