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
from voiceguide.companions.projects.kinds import PROJECTS
from voiceguide.encoder.kinds import BY_SUFFIX, DEFAULT, KINDS
from voiceguide.picture.scenes import SCENES
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


@dataclass(frozen=True, slots=True)
class KindOptions:
    """The kind of file: its ``name`` (None: what the path ends in), bit rate and picture."""

    name: str | None
    bitrate: str | None = None
    picture: str | None = None

    def of(self, audio: Path, profile: str | None = None, rate: int = SAMPLE_RATE) -> Format:
        """The writer of the file ``audio``. Raises UsageError when it has no such bit rate, the profile forbids it, or
        it has no picture to choose."""
        from voiceguide.encoder.choice import chosen

        try:
            found = chosen(kind_of(audio), self.bitrate, profile, rate)
        except ValueError as error:
            raise click.UsageError(f"--bitrate {self.bitrate}: {error}.") from error
        try:
            return found if self.picture is None else found.with_picture(self.picture)
        except ValueError as error:
            raise click.UsageError(f"--picture {self.picture}: {error}.") from error


@dataclass(frozen=True, slots=True)
class CompanionOptions:
    """Which files are written beside the audio."""

    split: bool
    stems: Path | None
    captions: str | None
    chapters: bool
    project: str | None = None
    library: Path | None = None

    def of(self, audio: Path, apart: Sequence[str] = ()) -> Companions:
        """The files beside ``audio``; the stems' folder has in its name what sets the session ``apart``."""
        captions = CAPTIONS[self.captions].suffix if self.captions else None
        stems = self.stems and named(self.stems, apart)
        try:
            return Companions.beside(audio, captions, self.chapters, stems, self.split, self.project, self.library)
        except ValueError as error:
            raise click.UsageError(f"--split chapters: {error}") from error


_ABOUT = "; ".join(f"{kind.name}: {kind.about}" for kind in KINDS.values()) + "."
_BITRATES = ", ".join(f"{kind.name} {kind.bitrate}" for kind in KINDS.values() if not kind.lossless)
_CAPTIONS = "; ".join(f"{kind.name}: {kind.about}" for kind in CAPTIONS.values()) + "."
_PROJECTS = "; ".join(f"{kind.name}: {kind.about}" for kind in PROJECTS.values()) + "."

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
        "--picture",
        type=click.Choice(SCENES, case_sensitive=False),
        help="What a video shows: the cover, a circle that breathes with the session, or (auto, the usual) the circle "
        "while there is paced breathing and the cover otherwise.",
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
        "--project",
        type=click.Choice(list(PROJECTS), case_sensitive=False),
        help=f"Also writes a project of an audio editor, with tracks, fades, chapters and the stems. {_PROJECTS}",
    ),
    click.option(
        "--library",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Also lays the session into a library as Audiobookshelf reads it: author, title, cover, chapters.",
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
    """Adds the options to a command, which gets the ``kind`` and, as ``companions``, the others."""

    @functools.wraps(command)
    def gathered(
        *,
        kind: str | None,
        bitrate: str | None,
        picture: str | None,
        split: str | None,
        stems: Path | None,
        captions: str,
        chapters: str,
        project: str | None,
        library: Path | None,
        **others: Any,
    ) -> Any:
        captioned = None if captions == "none" else captions
        wanted = CompanionOptions(split is not None, stems, captioned, chapters != "none", project, library)
        return command(kind=KindOptions(kind, bitrate, picture), companions=wanted, **others)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered
