"""Measures the encoded file and decides whether to master again.

Encoders change levels: lossy ones change the waveform, so that peaks pass the limiter's ceiling, and drop masked
components, so that hiss loses loudness. How much depends on the sound, so the decoded file is measured; one that misses
its requirement is mastered and encoded again with another target. The gain stays constant over the whole session.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from voiceguide.audio.loudness import integrated, short_term
from voiceguide.audio.measures import Measures
from voiceguide.audio.rms import Levels
from voiceguide.mastering.profiles import RMS_ABOVE_LEAST, Profile, Shop
from voiceguide.mastering.target import Requirement, Target
from voiceguide.units import decibels

_CLOSE_ENOUGH = 0.15  # LU; a file this near is not encoded again: other meters differ by as much
_TENTHS = 10
"""Targets are whole tenths, so that neither the last bits of a measurement nor a changed sentence change a sample that
is far from it."""
_AGAIN_RESERVE = 0.2  # dB below the overshoot that was measured: another gain overshoots elsewhere
_RMS_RESERVE = 0.3  # dB kept from either end of a shop's range: other meters differ by as much


@dataclass(frozen=True, slots=True)
class Ends:
    """A file's levels as a shop measures them: RMS of the whole and of the quietest half second in dB, and seconds of
    quiet at either end."""

    rms: float
    floor: float
    head: float
    tail: float

    @classmethod
    def of(cls, levels: Levels, shop: Shop) -> Ends:
        return cls(levels.rms(), levels.quietest(), *levels.edges(shop.floor))


@dataclass(frozen=True, slots=True)
class FileMeasurement:
    """The measurement of a decoded file: LUFS, dBTP, and for a profile with a shop the levels that it asks for.

    ``curve``: seconds and short-term loudness (LUFS, windows of 3 s, at their middle), one a second.
    """

    curve: tuple[tuple[float, float], ...]
    loudness: float
    true_peak: float
    ends: Ends | None

    @classmethod
    def of(cls, measures: Measures, shop: Shop | None) -> FileMeasurement:
        """What the measures of a decoded file come to; those for a shop have levels."""
        curve = tuple((second + 1.5, lufs) for second, lufs in enumerate(short_term(measures.powers, every=10)))
        ends = Ends.of(measures.levels, shop) if shop and measures.levels else None
        return cls(curve, integrated(measures.powers), decibels(measures.peak), ends)

    def lacks(self, requirement: Requirement) -> float:
        """The LU, or dB of RMS for a shop, by which the file is too soft (negative: too loud); 0 for silence, and
        within a shop's range."""
        shop = requirement.profile.shop
        if shop is not None and self.ends is not None:
            least, most = shop.rms
            if least + _RMS_RESERVE <= self.ends.rms <= most - _RMS_RESERVE:
                return 0.0
            lacking = least + RMS_ABOVE_LEAST - self.ends.rms
        else:
            lacking = requirement.loudness - self.loudness
        return lacking if math.isfinite(lacking) else 0.0


def next_target(target: Target, requirement: Requirement, measured: FileMeasurement, shortfall: float) -> Target | None:
    """The next target after ``target``, whose file measured ``measured``; None when the file is accepted.

    ``shortfall``: LU that the mastering could not reach, nor would with a higher target.
    """
    over = measured.true_peak - requirement.profile.true_peak
    lacking = measured.lacks(requirement)
    if lacking > 0 and shortfall:
        lacking = 0.0
    if over <= 0 and abs(lacking) <= _CLOSE_ENOUGH:
        return None
    ceiling = target.ceiling - over - _AGAIN_RESERVE if over > 0 else target.ceiling
    ceiling = math.floor(round(ceiling * _TENTHS, 6)) / _TENTHS
    return Target(round((target.loudness + lacking) * _TENTHS) / _TENTHS, ceiling)


def notes(requirement: Requirement, measured: FileMeasurement, shortfall: float) -> tuple[str, ...]:
    """Sentences for the user about a file that does not quite meet its requirement."""
    if measured.loudness == -math.inf:
        return ("The session is silent.",)
    if requirement.profile.shop is not None and measured.ends is not None:
        return tuple(_shop_notes(requirement.profile.shop, measured.ends))
    if abs(measured.loudness - requirement.loudness) <= requirement.profile.tolerance:
        return ()
    why = " because its peaks allow no more" if shortfall else ""
    return (f"The session's loudness is {measured.loudness:.1f} LUFS instead of {requirement.loudness:.1f}{why}.",)


def upload_notes(profile: Profile, kind: str, size: int) -> Iterable[str]:
    """Sentences about a file of a ``kind`` and a ``size`` in bytes that the profile's site won't take."""
    upload = profile.upload
    if upload is None:
        return
    if kind not in upload.kinds:
        yield f"The profile {profile.name} asks for a file of the kind {' or '.join(upload.kinds)}, and this is {kind}."
    if size > upload.largest:
        yield (
            f"The file has {size / 1e6:.0f} MB; the profile {profile.name} allows {upload.largest / 1e6:.0f}. "
            "A shorter session or a lower bit rate helps."
        )


def _shop_notes(shop: Shop, ends: Ends) -> Iterable[str]:
    least, most = shop.rms
    if not least <= ends.rms <= most:
        yield (
            f"The session's level is {ends.rms:.1f} dB RMS; audiobook shops ask for {least:.0f} to {most:.0f} dB. "
            "Shorter pauses bring it up."
        )
    if ends.floor > shop.floor:
        yield (
            f"The quietest half second has {ends.floor:.1f} dB RMS; audiobook shops ask for at most {shop.floor:.0f} "
            "dB. A moment without chimes and other sounds helps."
        )
    for name, found, (shortest, longest) in (("begins", ends.head, shop.head), ("ends", ends.tail, shop.tail)):
        if not shortest - 0.05 <= found <= longest + 0.05:
            asked = f"{shortest:g} to {longest:g} s"
            yield f"The session {name} with {found:.1f} s of quiet; audiobook shops ask for {asked}."
