"""The kinds of file that a session can be written as: one row for each, with all that differs between them.

A new kind is a row here and a module with its writer, a :class:`~voiceguide.encoder.format.Format`;
docs/architecture.md shows one. Commands, packs, the decoder and the pack server read this table. It imports no
writer before one is asked for, so that the help of a command appears at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from voiceguide.units import FILE_RATES

if TYPE_CHECKING:
    from voiceguide.encoder.format import Format


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. ``name`` is what ``--format`` calls it and what its files' names end in; ``about`` says what
    it suits; ``media_type`` is the IANA name.

    ``writer`` names the module and the class of its writer. ``bitrate`` is the usual one in kbit/s, 0 for a kind that
    keeps every sample. ``rates`` are the sample rates that its files
    can have, in Hz. ``libsndfile`` is what libsndfile calls the
    container, if it decodes such a file as exactly as ffmpeg; with None, ffmpeg decodes it. A ``shop`` for audiobooks
    takes files of this kind, so a profile's lowest bit rate holds for it. ``video``: its files have a picture too.
    """

    name: str
    about: str
    media_type: str
    writer: str
    bitrate: int = 0
    rates: tuple[int, ...] = FILE_RATES
    libsndfile: str | None = None
    shop: bool = False
    video: bool = False

    @property
    def suffix(self) -> str:
        """What the files' names end in, with its dot."""
        return f".{self.name}"

    @property
    def lossless(self) -> bool:
        """Whether it decodes to the encoded samples exactly, at 24 bits."""
        return self.bitrate == 0

    def format(self) -> Format:
        """The writer with its usual settings. Imports its module."""
        module, _, name = self.writer.partition(":")
        made: Format = getattr(import_module(module), name)()
        return made


_ROWS: tuple[Kind, ...] = (
    Kind(
        "mp3",
        "plays everywhere",
        "audio/mpeg",
        "voiceguide.encoder.mp3:Mp3",
        bitrate=128,
        libsndfile="MP3",
        shop=True,
    ),
    Kind("m4a", "AAC as music", "audio/mp4", "voiceguide.encoder.mp4:M4a", bitrate=128),
    Kind(
        "m4b",
        "AAC as an audiobook, where players keep your place",
        "audio/mp4",
        "voiceguide.encoder.mp4:M4b",
        bitrate=128,
    ),
    Kind(
        "opus",
        "the smallest",
        "audio/ogg",
        "voiceguide.encoder.opus:Opus",
        bitrate=96,
        rates=(48_000,),  # the only one that Opus has
        libsndfile="OGG",
    ),
    Kind("flac", "every sample kept, 24 bits", "audio/flac", "voiceguide.encoder.pcm:Flac", libsndfile="FLAC"),
    Kind("wav", "every sample kept, 24 bits, for editing", "audio/wav", "voiceguide.encoder.pcm:Wav", libsndfile="WAV"),
    Kind(
        "mp4",
        "a video with the cover or a breathing circle, chapters and words",
        "video/mp4",
        "voiceguide.encoder.video:Mp4",
        bitrate=192,
        video=True,
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""The kinds of file by name."""

BY_SUFFIX: Mapping[str, Kind] = MappingProxyType({kind.suffix: kind for kind in _ROWS})
"""The kinds of file by what their names end in: a dot and small letters."""

DEFAULT = "mp3"
"""The name of the kind that is written when nobody asks for one."""

CHAPTERS_SUFFIX = ".chapters.json"

TEXT_TYPES: Mapping[str, str] = MappingProxyType(
    {".vtt": "text/vtt", ".lrc": "text/plain", CHAPTERS_SUFFIX: "application/json+chapters"}
)
"""The IANA names of the text files beside a session's audio, by what their names end in; of chapters the name that the
podcast namespace gives them."""
