"""A kind of file with the bit rate that somebody asks for."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.encoder import FORMATS, Format, M4a, Mp3, Opus
from voiceguide.mastering.profiles import PROFILES


def chosen(kind: str, bitrate: str | None, profile: str | None = None) -> Format:
    """The kind of file with its settings: ``bitrate`` is kbit/s, or ``v0`` to ``v9``, or None for the usual one.

    Raises ValueError, with a sentence, when it has no such bit rate, or the profile forbids it.
    """
    shop = PROFILES[profile].shop if profile else None
    match FORMATS[kind]:
        case Mp3() as mp3 if bitrate is None and shop:
            return replace(mp3, bitrate=shop.bitrate)
        case found if bitrate is None:
            return found
        case Mp3() if shop and (bitrate.startswith("v") or int(bitrate) < shop.bitrate):
            raise ValueError(
                f"the profile {profile} asks for an MP3 with a constant bit rate of {shop.bitrate} or more"
            )
        case Mp3() as mp3 if bitrate.startswith("v"):
            return replace(mp3, vbr=int(bitrate[1:]))
        case (Mp3() | M4a() | Opus()) as lossy if not bitrate.startswith("v"):
            return replace(lossy, bitrate=int(bitrate))
        case found if found.lossless:
            raise ValueError(f"{kind} keeps every sample, so it has no bit rate to choose")
        case _:
            raise ValueError("v0 to v9 are for MP3; write kbit/s, like 96")
