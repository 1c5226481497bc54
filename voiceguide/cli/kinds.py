"""The options for the kind of file, and the files that come beside it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.variants import named
from voiceguide.companions.captions import CAPTIONS
from voiceguide.companions.paths import Companions
from voiceguide.encoder.kinds import BY_SUFFIX, DEFAULT, KINDS
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from voiceguide.encoder.format import Format


def kind_of(path: Path) -> str:
    """The name of the kind of file that a path's ending stands for."""
    return BY_SUFFIX[path.suffix.casefold()].name


class _Bitrate(click.ParamType[Any]):
    name = "bitrate"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(value).casefold()
        if not re.fullmatch(r"[1-9][0-9]{1,2}|v[0-9]", text):
            self.fail(f"'{value}' should be kbit/s, like 192, or for an MP3 v0 to v9", param, ctx)
        return text


def chosen(kind: str, bitrate: str | None, profile: str | None = None, rate: int = SAMPLE_RATE) -> Format:
    """The kind of file with its settings. Raises UsageError when it has no such bit rate, or the profile forbids it."""
    from voiceguide.encoder import choice

    try:
        return choice.chosen(kind, bitrate, profile, rate)
    except ValueError as error:
        raise click.UsageError(f"--bitrate {bitrate}: {error}.") from error


@dataclass(frozen=True, slots=True)
class CompanionOptions:
    """Which files are written beside the audio."""

    split: bool
    stems: Path | None
    captions: str | None
    chapters: bool

    def of(self, audio: Path, apart: Sequence[str] = ()) -> Companions:
        """The files beside ``audio``; the stems' folder has in its name what sets the session ``apart``."""
        captions = CAPTIONS[self.captions].suffix if self.captions else None
        stems = self.stems and named(self.stems, apart)
        return Companions.beside(audio, captions, self.chapters, stems, self.split)


_ABOUT = "; ".join(f"{kind.name}: {kind.about}" for kind in KINDS.values()) + "."
_BITRATES = ", ".join(f"{kind.name} {kind.bitrate}" for kind in KINDS.values() if not kind.lossless)
_CAPTIONS = "; ".join(f"{kind.name}: {kind.about}" for kind in CAPTIONS.values()) + "."

_OPTIONS = (
    click.option(
        "--format",
        "kind",
        type=click.Choice(list(KINDS), case_sensitive=False),
        help=f"The kind of file; what -o ends in, or {DEFAULT}, when left out. {_ABOUT}",
    ),
    click.option(
        "--bitrate",
        type=_Bitrate(),
        metavar="KBIT|v0..v9",
        help=f"kbit/s of what is not lossless ({_BITRATES}); v0 (best) to v9: an mp3 with a variable one.",
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
        help=f"Also writes the spoken lines with their times. {_CAPTIONS}",
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
