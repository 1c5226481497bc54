"""The writer for a kind of file, a bit rate and a profile."""

from __future__ import annotations

from voiceguide.encoder.format import Format
from voiceguide.encoder.kinds import KINDS
from voiceguide.mastering.profiles import PROFILES
from voiceguide.units import SAMPLE_RATE


def chosen(kind: str, bitrate: str | None, profile: str | None = None, rate: int = SAMPLE_RATE) -> Format:
    """The writer of the kind with a ``bitrate`` (kbit/s, ``v0`` to ``v9``, or None for the usual one) and a sample
    ``rate`` in Hz, if the kind has that.

    Raises ValueError, with a sentence, when the kind has no such bit rate, or the profile does not allow it.
    """
    usual = KINDS[kind].format().with_rate(rate)
    shop = PROFILES[profile].shop if profile and KINDS[kind].shop else None
    if shop is None:
        return usual if bitrate is None else usual.with_bitrate(bitrate)
    if bitrate is None:
        return usual.with_bitrate(str(shop.bitrate))
    if bitrate.startswith("v") or int(bitrate) < shop.bitrate:
        raise ValueError(f"the profile {profile} asks for a constant bit rate of {shop.bitrate} kbit/s or more")
    return usual.with_bitrate(bitrate)
