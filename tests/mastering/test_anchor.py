"""The voice decides how loud a session is, and the integrated loudness gives way by a rule."""

from __future__ import annotations

import math

import pytest

from voiceguide.mastering.anchor import INTEGRATED_WITHIN, anchored, voice_loudness
from voiceguide.mastering.measurement import Measurement
from voiceguide.mastering.profiles import PROFILES
from voiceguide.mastering.target import Requirement
from voiceguide.mix_levels import VOICE_GIVES_WAY, VOICE_LOUDNESS, VOICE_OVER_TARGET
from voiceguide.mixing.placing import Arrangement, PlacedClip
from voiceguide.routine import SoundRef
from voiceguide.timeline import Clip, Line

PODCAST = Requirement(PROFILES["podcast"], -16.0)


def arrangement(*levels: float) -> Arrangement:
    """Lines at these levels, and a loud chime, which counts for nothing."""
    lines = [Clip(Line("x", "v", 1.0, "en"), 100, level) for level in levels]
    placed = [PlacedClip(0, 100, "voice", clip) for clip in lines]
    return Arrangement(1_000, (*placed, PlacedClip(0, 100, "chimes", Clip(SoundRef("gong"), 100, 20.0))), (), ())


def voice_after(mix: float, level: float = 0.0) -> float:
    """Where the voice ends up in a session whose mix measures ``mix`` LUFS."""
    placed = arrangement(level)
    wanted = anchored(PODCAST, placed, Measurement(mix, -6.0))
    voice = voice_loudness(placed)
    assert voice is not None
    return voice + wanted.loudness - mix


@pytest.mark.parametrize("level", [-6.0, 0.0, 3.0])
@pytest.mark.parametrize("under", [0.0, 0.5, 1.4])
def test_the_voice_has_its_place_whatever_its_bus(level: float, under: float) -> None:
    mix = VOICE_LOUDNESS + level - under
    assert voice_after(mix, level) == pytest.approx(-16.0 + VOICE_OVER_TARGET, abs=0.051)


@pytest.mark.parametrize("under", [0.0, 1.0, 2.0, 3.0, 8.0])
def test_the_voice_gives_way_a_little_and_then_the_session_does(under: float) -> None:
    mix = VOICE_LOUDNESS - under
    moved = voice_after(mix) - (-16.0 + VOICE_OVER_TARGET)
    assert -0.051 <= moved <= VOICE_GIVES_WAY + 0.051
    if moved < VOICE_GIVES_WAY - 0.1:
        wanted = anchored(PODCAST, arrangement(0.0), Measurement(mix, -6.0)).loudness
        assert abs(wanted - -16.0) <= INTEGRATED_WITHIN + 0.051


def test_a_session_that_is_louder_than_its_voice_is_turned_down() -> None:
    assert voice_after(VOICE_LOUDNESS + 5.0) == pytest.approx(-16.0 + VOICE_OVER_TARGET - VOICE_GIVES_WAY, abs=0.051)


def test_where_the_integrated_loudness_is_exact_the_voice_gives_way() -> None:
    broadcast = Requirement(PROFILES["broadcast"], -23.0)
    assert anchored(broadcast, arrangement(0.0), Measurement(VOICE_LOUDNESS - 8.0, -6.0)) == broadcast


def test_the_median_line_counts() -> None:
    assert voice_loudness(arrangement(0.0, -1.0, -20.0)) == VOICE_LOUDNESS - 1.0


def test_without_a_voice_or_for_a_shop_or_for_silence_nothing_changes() -> None:
    shop = Requirement(PROFILES["audiobook"], -20.0)
    mix = Measurement(-30.0, -6.0)
    assert voice_loudness(arrangement()) is None
    assert anchored(PODCAST, arrangement(), mix) == PODCAST
    assert anchored(shop, arrangement(0.0), mix) == shop
    assert anchored(PODCAST, arrangement(0.0), Measurement(-math.inf, -math.inf)) == PODCAST
