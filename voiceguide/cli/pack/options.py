"""Shared by the commands about packs: reads the pack file and reports all of its problems."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from voiceguide.packs.pack_file import Pack

pack_argument: Callable[[Callable[..., Any]], Callable[..., Any]] = click.argument(
    "pack_file", metavar="PACK.yaml", type=click.Path(path_type=Path)
)


def pack_of(path: Path, link: str | None = None) -> Pack:
    """The pack of a file, or of ``pack.yaml`` in a folder. Prints warnings; raises ScriptError."""
    from voiceguide.errors import ScriptError, rendered
    from voiceguide.packs.pack_file import read_pack
    from voiceguide.publish.addresses import folder_address
    from voiceguide.session.options import known_sounds

    pack, problems = read_pack(path / "pack.yaml" if path.is_dir() else path, known_sounds())
    if pack is None:
        raise ScriptError(problems)
    if problems:
        click.echo(rendered(problems), err=True)
    if link is None:
        return pack
    try:
        return replace(pack, link=folder_address(link))
    except ValueError as error:
        raise click.UsageError(f"--link: {error}.") from error


def for_sessions(message: str, sessions: Collection[str]) -> str:
    """A message with the sessions of the pack that it is about."""
    names = list(sessions)
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}: {message}"


_MOST_NAMED = 3  # sessions
