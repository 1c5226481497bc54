"""The wave that goes with a breath."""

import numpy as np
import pytest

from voiceguide.audio.loudness import loudest_moment
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.sounds.swells import swell
from voiceguide.timeline import Swell
from voiceguide.units import SAMPLE_RATE

IN, OUT = Swell(True, 4 * SAMPLE_RATE), Swell(False, 6 * SAMPLE_RATE)


@pytest.mark.parametrize("frames", [0, 1, 2, 44_101, 20 * SAMPLE_RATE])
def test_a_swell_is_as_long_as_asked(frames: int) -> None:
    for rising in (True, False):
        assert swell(Swell(rising, frames)).shape == (frames, 2)


def test_it_rises_with_the_inhale_and_falls_with_the_exhale() -> None:
    for source, order in ((IN, 1), (OUT, -1)):
        tenths = (swell(source) ** 2).reshape(10, -1).mean(axis=1)[::order]
        assert np.all(tenths[:-2] < tenths[2:])
        assert tenths[0] < tenths[-1] / 1000


def test_in_and_out_are_one_wave() -> None:
    """At the turning point neither the level nor the samples jump; the far ends are silent."""
    wave = np.concatenate((swell(IN), swell(OUT)))
    turn = IN.frames
    steps = np.abs(np.diff(wave, axis=0)).max(axis=1)
    top = np.concatenate((steps[turn - 4000 : turn - 2], steps[turn + 2 : turn + 4000]))
    assert steps[turn - 1] <= top.max()
    before, after = (np.sqrt((part**2).mean()) for part in (wave[turn - 8820 : turn], wave[turn : turn + 8820]))
    assert 20 * abs(np.log10(before / after)) < 2
    assert np.abs(wave[:100]).max() < 1e-4
    assert np.abs(wave[-100:]).max() < 1e-4


def test_its_height_is_14_lu_below_the_voice() -> None:
    assert loudest_moment(np.concatenate((swell(IN), swell(OUT)))) == pytest.approx(VOICE_LOUDNESS - 14, abs=1.5)


def test_it_is_brighter_where_it_is_louder() -> None:
    wave = swell(IN)

    def centroid(part: np.ndarray) -> float:
        spectrum = np.abs(np.fft.rfft(part[:, 0] * np.hanning(len(part)))) ** 2
        return float((spectrum * np.arange(len(spectrum))).sum() / spectrum.sum())

    half = len(wave) // 2
    assert centroid(wave[half:]) > 1.2 * centroid(wave[:half])


@pytest.mark.parametrize("source", [IN, OUT])
def test_pieces_make_the_whole(source: Swell) -> None:
    whole = swell(source)
    pieces = [swell(source, at, min(10_007, source.frames - at)) for at in range(0, source.frames, 10_007)]
    assert np.array_equal(np.concatenate(pieces), whole)
    assert np.array_equal(swell(source, 1000), whole[1000:])


@pytest.mark.parametrize(("start", "frames"), [(-1, 5), (0, 45), (40, 5), (0, -1)])
def test_a_part_outside_is_refused(start: int, frames: int) -> None:
    with pytest.raises(ValueError, match="a swell of 44 frames has no"):
        swell(Swell(True, 44), start, frames)
