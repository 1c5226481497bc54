"""What the library's sounds sound like, measured on the samples that are stored."""

import itertools
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import signal

from voiceguide.loudness import VOICE_LOUDNESS, loudest_moment
from voiceguide.sounds import synthesis
from voiceguide.sounds.catalogue import SOUNDS, SoundSpec
from voiceguide.sounds.synthesis import render
from voiceguide.units import SAMPLE_RATE

SPECS = {spec.name: spec for spec in SOUNDS}
every_sound = pytest.mark.parametrize("spec", SOUNDS, ids=lambda spec: spec.name)


def sound(name: str) -> NDArray[np.float32]:
    return render(SPECS[name]).astype(np.float32) / np.float32(32768)


def envelope(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The amplitude of both channels together, smoothed over 5 ms."""
    power = (np.abs(signal.hilbert(samples.astype(np.float64), axis=0)) ** 2).sum(axis=1)
    return np.asarray(np.convolve(np.sqrt(power), np.full(221, 1 / 221), "same"))


def peaks(samples: NDArray[np.float32], low: float, high: float) -> NDArray[np.float64]:
    """The frequencies of the spectrum's peaks between ``low`` and ``high`` Hz, within 20 dB of the highest there."""
    frames = 1 << 20
    mono = samples.sum(axis=1) * np.hanning(len(samples))
    spectrum = np.abs(np.fft.rfft(mono, frames))
    first, last = (round(edge * frames / SAMPLE_RATE) for edge in (low, high))
    band = spectrum[first:last]
    found, _ = signal.find_peaks(band, height=band.max() / 10)
    return np.asarray((found + first) * SAMPLE_RATE / frames)


def pitches(samples: NDArray[np.float32]) -> list[float]:
    """The strongest frequency of each 100 ms, in Hz, from a tenth to nine tenths of the sound."""
    mono = samples.sum(axis=1)
    found = []
    for start in np.linspace(0.1, 0.8, 8):
        piece = mono[int(start * len(mono)) :][:4410] * np.hanning(4410)
        found.append(float(np.abs(np.fft.rfft(piece, 1 << 16)).argmax()) * SAMPLE_RATE / (1 << 16))
    return found


@every_sound
def test_no_sound_startles(spec: SoundSpec) -> None:
    shape = envelope(sound(spec.name))
    top = shape[: SAMPLE_RATE // 2].max()
    rise = int(np.argmax(shape > 0.9 * top)) - int(np.argmax(shape > 0.1 * top))
    assert rise >= 0.030 * SAMPLE_RATE
    assert np.abs(sound(spec.name)[:44]).max() < 0.001  # the first millisecond
    assert rise <= 0.120 * SAMPLE_RATE  # and yet it is on the beat


@every_sound
def test_every_sound_begins_and_ends_in_silence(spec: SoundSpec) -> None:
    samples = render(spec)
    assert not samples[0].any()
    assert not samples[-1].any()
    assert np.abs(samples[-88:]).max() <= 2  # the last 2 ms lie below -84 dBFS


@every_sound
def test_no_sound_clicks(spec: SoundSpec) -> None:
    """A click is energy where the sound has none: above every partial, in any 5 ms."""
    high = signal.sosfilt(signal.butter(8, 9000, "highpass", fs=SAMPLE_RATE, output="sos"), sound(spec.name), axis=0)
    pieces = high[: len(high) // 220 * 220].reshape(-1, 220, 2)
    assert np.sqrt((pieces**2).mean(axis=(1, 2))).max() < 3e-5  # -90 dBFS: the rounding to 16 bits, and no more


@every_sound
def test_every_sound_has_the_level_of_its_row(spec: SoundSpec) -> None:
    assert loudest_moment(sound(spec.name)) == pytest.approx(VOICE_LOUDNESS + spec.level, abs=0.05)
    assert np.abs(sound(spec.name)).max() < 0.125  # -18 dBFS: nothing stands out of a voice that peaks near -8


@every_sound
def test_every_sound_sits_in_the_middle_and_survives_mono(spec: SoundSpec) -> None:
    samples = sound(spec.name).astype(np.float64)
    left, right = np.sqrt((samples**2).mean(axis=0))
    assert 20 * abs(np.log10(left / right)) < 1
    assert 20 * np.log10(np.sqrt((samples.mean(axis=1) ** 2).mean()) / left) > -1.5


def test_the_bowl_rings_at_the_frequencies_of_a_bowl_of_180_mm() -> None:
    start = sound("bowl")[:SAMPLE_RATE].sum(axis=1) * np.hanning(SAMPLE_RATE)  # where the short high partials are
    spectrum = np.abs(np.fft.rfft(start, 8 * SAMPLE_RATE))  # a bin is an eighth of a hertz
    for frequency in (221, 614, 1145, 1804, 2577, 3456, 4419):
        low, high = round(8 * frequency * 0.97), round(8 * frequency * 1.03)
        band = spectrum[low:high]
        assert (band.argmax() + low) / 8 == pytest.approx(frequency, abs=2)
        assert band.max() > 10 * np.median(band)


def test_the_bowl_beats() -> None:
    low, high = peaks(sound("bowl"), 215, 227)
    assert low == pytest.approx(0.9961 * 221, abs=0.1)
    assert high == pytest.approx(1.0039 * 221, abs=0.1)


def test_the_bell_rings_in_the_pairs_of_a_handbell() -> None:
    bell = sound("bell")
    for pair in ((1312, 1314.5), (2353, 2363), (3306.5, 3309.4), (3924, 3928)):
        assert peaks(bell, pair[0] - 20, pair[1] + 20) == pytest.approx(pair, abs=0.5)


@pytest.mark.parametrize(("name", "lowest", "decay"), [("bowl", 221, 12.0), ("bell", 1313, 5.0)])
def test_a_chime_rings_as_long_as_it_should(name: str, lowest: float, decay: float) -> None:
    """The slope of the lowest partial, in dB over the seconds before the last fade, against 60 dB in ``decay`` s."""
    band = signal.butter(2, (lowest * 0.9, lowest * 1.1), "bandpass", fs=SAMPLE_RATE, output="sos")
    shape = envelope(signal.sosfiltfilt(band, sound(name), axis=0))
    beat = round(SAMPLE_RATE * (1 / 1.72 if name == "bowl" else 1 / 2.5))  # an average over a beat hides the beating
    first, last = (shape[at : at + beat].mean() for at in (SAMPLE_RATE // 4, SAMPLE_RATE // 4 + 4 * beat))
    seconds = 4 * beat / SAMPLE_RATE
    assert 20 * np.log10(first / last) / seconds == pytest.approx(60 / decay, rel=0.05)


def test_higher_partials_die_sooner() -> None:
    bowl = synthesis.body((200.0, 400.0), (1.0, 1.0), (0.0, 0.0), decay=10.0)
    assert bowl[0].decay == 10.0
    assert bowl[1].decay == pytest.approx(10.0 * 2**-0.7)


def test_rise_rises_and_fall_falls() -> None:
    rising, falling = pitches(sound("rise")), pitches(sound("fall"))
    assert all(later > earlier for earlier, later in itertools.pairwise(rising))
    assert all(later < earlier for earlier, later in itertools.pairwise(falling))
    assert rising[-1] / rising[0] > 1.3
    assert falling[0] / falling[-1] > 1.3


@pytest.mark.parametrize("name", ["rise", "fall"])
def test_breath_sounds_are_quiet_at_the_turning_points(name: str) -> None:
    samples = sound(name)
    assert len(samples) == SAMPLE_RATE  # it fits the shortest phase, the second inhale of a sigh
    shape = envelope(samples)
    assert max(shape[:441].max(), shape[-4410:].max()) < 0.1 * shape.max()


def test_the_release_leaves_room_for_a_voice() -> None:
    """Where consonants and vowels tell words apart it lies 30 dB under a voice of the same moment."""
    band = signal.butter(4, (600, 3000), "bandpass", fs=SAMPLE_RATE, output="sos")
    rest = signal.sosfilt(band, sound("release"), axis=0).astype(np.float32)
    assert loudest_moment(rest) < VOICE_LOUDNESS - 15
    assert 1.5 <= len(rest) / SAMPLE_RATE <= 2


@every_sound
def test_the_last_bits_of_a_processor_do_not_matter(spec: SoundSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = render(spec)
    recipe = synthesis.RECIPES[spec.name]
    noise = np.random.default_rng(5)

    def elsewhere() -> NDArray[np.float64]:
        samples = recipe()
        return samples * (1 + 4e-16 * noise.integers(-1, 2, samples.shape))

    monkeypatch.setattr(synthesis, "RECIPES", MappingProxyType({spec.name: elsewhere}))
    assert np.array_equal(render(spec), expected)
