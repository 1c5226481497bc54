"""The options for the kind of file, and the files that come beside it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.session_options import named_for
from voiceguide.companions.paths import CAPTIONS, Companions

if TYPE_CHECKING:
    from voiceguide.encoder import Format

KINDS = {kind: f".{kind}" for kind in ("mp3", "m4b", "m4a", "opus", "flac", "wav")}
"""The kinds of file and what their names end in, as the encoder has them, whose table is slow to import."""


def kind_of(path: Path) -> str:
    """The kind of file that a path's ending stands for."""
    return next(name for name, suffix in KINDS.items() if suffix == path.suffix.casefold())


class _Bitrate(click.ParamType[Any]):
    name = "bitrate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).casefold()
        if not re.fullmatch(r"[1-9][0-9]{1,2}|v[0-9]", text):
            self.fail(f"'{value}' should be kbit/s, like 192, or for an MP3 v0 to v9", param, ctx)
        return text


def chosen(kind: str, bitrate: str | None, profile: str | None = None) -> Format:
    """The kind of file with its settings. Raises UsageError when it has no such bit rate, or the profile forbids it."""
    from voiceguide.encoder import choice

    try:
        return choice.chosen(kind, bitrate, profile)
    except ValueError as error:
        raise click.UsageError(f"--bitrate {bitrate}: {error}.") from error


@dataclass(frozen=True, slots=True)
class CompanionOptions:
    """What shall come beside the audio."""

    split: bool
    stems: Path | None
    captions: str | None
    chapters: bool

    def of(self, audio: Path, length: Fraction | None) -> Companions:
        """The places of what belongs to ``audio``; the stems' folder has the length in its name (None: as it is)."""
        return Companions(
            audio.with_suffix(f".{self.captions}") if self.captions else None,
            audio.with_suffix(".chapters.json") if self.chapters else None,
            self.stems and named_for(self.stems, length),
            audio.with_suffix(".m3u8") if self.split else None,
        )


_OPTIONS = (
    click.option(
        "--format",
        "kind",
        type=click.Choice(list(KINDS), case_sensitive=False),
        help="The kind of file; what -o ends in, or mp3, when left out.",
    ),
    click.option(
        "--bitrate",
        type=_Bitrate(),
        metavar="KBIT|v0..v9",
        help="kbit/s of an mp3 (128), m4b or m4a (128) or opus (96); v0 (best) to v9: an mp3 with a variable one.",
    ),
    click.option(
        "--split",
        type=click.Choice(["chapters"]),
        help="Also writes a file for each chapter into a folder, and an .m3u8 playlist that plays them without a gap.",
    ),
    click.option(
        "--stems",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Also writes voice, breath, chimes and bed as WAV files before mastering, with labels for Audacity.",
    ),
    click.option(
        "--captions",
        type=click.Choice([*CAPTIONS, "none"]),
        default="none",
        help="Also writes the spoken lines with their times, as WebVTT or LRC.",
    ),
    click.option(
        "--chapters",
        type=click.Choice(["json", "none"]),
        default="none",
        help="Also writes the chapters as podcast apps read them.",
    ),
)


def kind_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options to a command, which gets ``kind``, ``bitrate`` and, as ``companions``, the others."""

    @functools.wraps(command)
    def gathered(*, split: str | None, stems: Path | None, captions: str, chapters: str, **others: Any) -> Any:
        wanted = CompanionOptions(
            split is not None, stems, None if captions == "none" else captions, chapters != "none"
        )
        return command(companions=wanted, **others)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered
