"""What the library's sounds sound like, measured on the samples that are stored."""

import itertools
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import optimize, signal, special

from voiceguide.audio.loudness import loudest_moment
from voiceguide.mix_levels import VOICE_LOUDNESS
from voiceguide.sounds import sound_recipes
from voiceguide.sounds.catalogue import SOUNDS, SoundSpec
from voiceguide.sounds.sound_recipes import CUP, PLATE, render
from voiceguide.units import SAMPLE_RATE
from voiceguide.vocabulary import BREATH_SETS

SPECS = {spec.name: spec for spec in SOUNDS}
every_sound = pytest.mark.parametrize("spec", SOUNDS, ids=lambda spec: spec.name)


@lru_cache
def sound(name: str) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = render(SPECS[name]).astype(np.float32) / np.float32(32768)
    samples.setflags(write=False)
    return samples


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


def attack(samples: NDArray[np.float32]) -> float:
    """Seconds from 10 to 90 % of the highest amplitude in the first half second."""
    shape = envelope(samples[: SAMPLE_RATE // 2])
    return float(np.argmax(shape > 0.9 * shape.max()) - np.argmax(shape > 0.1 * shape.max())) / SAMPLE_RATE


@every_sound
def test_no_sound_startles_and_yet_it_is_on_the_beat(spec: SoundSpec) -> None:
    samples = sound(spec.name)
    shortest = 0.010 if spec.name == "wood" else 0.030
    longest = 0.300 if spec.use == "breath" and spec.name.startswith(("air", "tone")) else 0.120
    assert shortest <= attack(samples) <= longest
    assert np.abs(samples[:44]).max() < (0.002 if spec.name == "wood" else 0.001)  # the first millisecond


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
    assert np.abs(samples.mean(axis=0)).max() < 1e-5  # nothing constant, which would eat up headroom
    left, right = np.sqrt((samples**2).mean(axis=0))
    assert 20 * abs(np.log10(left / right)) < 1
    assert 20 * np.log10(np.sqrt((samples.mean(axis=1) ** 2).mean()) / left) > -1.5


BOWLS = {
    "bowl": (221, 614, 1145, 1804, 2577, 3456, 4419),  # 180 mm
    "bowl-medium": (314, 836, 1519, 2360, 3341),  # 152 mm
    "bowl-small": (528, 1460, 2704, 4122, 5694),  # 140 mm
}
PARTIALS = {
    **BOWLS,
    "bell": (1313, 2358, 3308, 3926),
    "tingsha": (1960, 1960 * 1.723, 1960 * 2.327),
    "rin": (620, 620 * 2.828, 620 * 5.423),
    "gong": tuple(112 * ratio for ratio in PLATE),
}


@pytest.mark.parametrize("name", PARTIALS)
def test_a_chime_rings_at_the_frequencies_of_its_body(name: str) -> None:
    start = sound(name)[:SAMPLE_RATE].sum(axis=1) * np.hanning(SAMPLE_RATE)  # where the short high partials are
    spectrum = np.abs(np.fft.rfft(start, 8 * SAMPLE_RATE))  # a bin is an eighth of a hertz
    for frequency in PARTIALS[name]:
        low, high = round(8 * frequency * 0.98), round(8 * frequency * 1.02)
        band = spectrum[low:high]
        assert (band.argmax() + low) / 8 == pytest.approx(frequency, abs=3, rel=0.003)  # either tone of its pair
        assert band.max() > 2 * max(band[0], band[-1])


def test_the_plate_has_the_modes_of_a_free_round_plate() -> None:
    """The roots of its frequency equation (Leissa, equation 2.12), sorted, against the lowest."""

    def edge(root: float, n: int) -> float:
        j, i, j1, i1 = (f(n, root) for f in (special.jv, special.iv, special.jvp, special.ivp))
        free = 1 - 0.33
        moment = (root**2 * j + free * (root * j1 - n**2 * j)) * (root**3 * i1 - free * n**2 * (root * i1 - i))
        shear = (root**2 * i - free * (root * i1 - n**2 * i)) * (root**3 * j1 + free * n**2 * (root * j1 - j))
        return float(moment - shear)

    found = []
    for n in range(9):
        grid = np.linspace(1.0, 8.0, 1_401)
        signs = np.sign([edge(at, n) for at in grid])
        found += [optimize.brentq(edge, *grid[at : at + 2], args=(n,)) ** 2 for at in np.flatnonzero(np.diff(signs))]
    assert np.sort(found)[: len(PLATE)] / min(found) == pytest.approx(PLATE, abs=0.002)


def test_the_cup_has_the_modes_of_a_ring() -> None:
    n = np.arange(2, 6)
    ring = n * (n**2 - 1) / np.sqrt(n**2 + 1)
    assert ring / ring[0] == pytest.approx(CUP, abs=0.001)


@pytest.mark.parametrize("name", BOWLS)
def test_a_bowl_beats(name: str) -> None:
    lowest = BOWLS[name][0]
    low, high = peaks(sound(name), lowest * 0.98, lowest * 1.02)
    assert low == pytest.approx(0.9961 * lowest, abs=0.1)
    assert high == pytest.approx(1.0039 * lowest, abs=0.1)


def test_the_bell_rings_in_the_pairs_of_a_handbell() -> None:
    bell = sound("bell")
    for pair in ((1312, 1314.5), (2353, 2363), (3306.5, 3309.4), (3924, 3928)):
        assert peaks(bell, pair[0] - 20, pair[1] + 20) == pytest.approx(pair, abs=0.5)


def test_the_tingsha_are_two_cymbals_a_few_hertz_apart() -> None:
    low, high = peaks(sound("tingsha"), 1_920, 2_000)
    assert 3 <= high - low <= 6


def test_the_gong_beats_but_for_the_mode_that_is_round() -> None:
    assert len(peaks(sound("gong"), 112 * 1.68, 112 * 1.77)) == 1
    low, high = peaks(sound("gong"), 110, 114)
    assert high - low == pytest.approx(0.75, abs=0.1)


DECAYS = (
    ("bowl", 221, 1.72, 12.0),  # bowls 10 to 15 s
    ("bowl-medium", 314, 2.45, 11.0),
    ("bowl-small", 528, 4.12, 10.0),
    ("bell", 1313, 2.5, 5.0),
    ("tingsha", 1960, 4.0, 5.0),  # hand cymbals 4 to 6 s
    ("rin", 620, 0.9, 8.0),
    ("gong", 112, 0.75, 9.0),  # a small gong 6 to 10 s
    ("bowl", 614, 2.23, 12.0 * (614 / 221) ** -0.7),
    ("bowl", 1145, 2.60, 12.0 * (1145 / 221) ** -0.7),
    ("rin", 620 * 2.828, 1.4, 8.0 * 2.828**-0.7),
    ("gong", 112 * 1.723, 0.0, 9.0 * 1.723**-0.7),
)


@pytest.mark.parametrize(("name", "hertz", "beat", "decay"), DECAYS)
def test_a_partial_rings_as_long_as_it_should(name: str, hertz: float, beat: float, decay: float) -> None:
    """Seconds to -60 dB, from how far it falls between a quarter of a second and later, over whole beats.

    The low end of the gong's band keeps out the neighbour.
    """
    band = signal.butter(2, (hertz * 0.93, hertz * 1.07), "bandpass", fs=SAMPLE_RATE, output="sos")
    shape = envelope(signal.sosfiltfilt(band, sound(name), axis=0))
    whole = round(SAMPLE_RATE * (1 / beat if beat else 0.2))  # an average over a beat hides the beating
    apart = max(1, round(0.35 * decay * SAMPLE_RATE / whole)) * whole
    first, last = (shape[at : at + whole].mean() for at in (SAMPLE_RATE // 4, SAMPLE_RATE // 4 + apart))
    assert 60 / (20 * np.log10(first / last) / apart * SAMPLE_RATE) == pytest.approx(decay, rel=0.05)


def test_wood_is_over_in_a_tenth_of_a_second() -> None:
    """-60 dB in 0.1 s from 50 to 90 ms after its beginning, where the attack is over and the end's fade has not begun."""
    band = signal.butter(2, (520, 720), "bandpass", fs=SAMPLE_RATE, output="sos")
    shape = envelope(signal.sosfiltfilt(band, sound("wood"), axis=0))
    first, last = (shape[round(at * SAMPLE_RATE)] for at in (0.05, 0.09))
    assert 60 / (20 * np.log10(first / last) / 0.04) == pytest.approx(0.10, rel=0.1)
    start = sound("wood")[:2_646].sum(axis=1)
    spectrum = np.abs(np.fft.rfft(start * np.hanning(len(start)), SAMPLE_RATE))
    for ratio in (1, 2.572, 4.644):  # of a wooden bar
        assert spectrum[round(600 * ratio) : round(640 * ratio)].max() > spectrum[round(620 * ratio * 1.2)]


@pytest.mark.parametrize(
    ("name", "gap"), [("tingsha", (2_200, 3_000)), ("gong", (1_250, 1_700)), ("wood", (800, 1_400))]
)
def test_wood_and_metal_have_noise_between_their_partials(name: str, gap: tuple[int, int]) -> None:
    """And a bowl, which is struck with felt, has none: there the gap is only as high as a window's skirts."""

    def between(which: str, low: float, high: float) -> float:
        start = sound(which)[:13_230].sum(axis=1)
        spectrum = np.abs(np.fft.rfft(start * signal.windows.blackmanharris(len(start)), SAMPLE_RATE)) ** 2
        return 10 * float(np.log10(np.median(spectrum[round(low) : round(high)]) / spectrum.max()))

    assert -65 < between(name, *gap) < -15
    assert between("bowl", 1_250, 1_700) < -75


def test_the_gong_opens_after_it_is_struck() -> None:
    def highest(low: float, high: float) -> float:
        band = signal.butter(4, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos")
        return float(envelope(signal.sosfiltfilt(band, sound("gong"), axis=0)).argmax()) / SAMPLE_RATE

    assert highest(105, 120) < 0.1
    assert 0.15 < highest(950, 2_000) < 0.6


@pytest.mark.parametrize("prefix", ["", "tone-"])
def test_rise_rises_and_fall_falls(prefix: str) -> None:
    rising, falling = pitches(sound(f"{prefix}rise")), pitches(sound(f"{prefix}fall"))
    assert all(later > earlier for earlier, later in itertools.pairwise(rising))
    assert all(later < earlier for earlier, later in itertools.pairwise(falling))
    assert rising[-1] / rising[0] > 1.3
    assert falling[0] / falling[-1] > 1.3


def colours(samples: NDArray[np.float32]) -> list[float]:
    """The middle of the spectrum (its median, in Hz) in each quarter but for the ends' silence."""
    found = []
    for piece in np.array_split(samples[len(samples) // 10 : -len(samples) // 10].sum(axis=1), 4):
        power = np.abs(np.fft.rfft(piece * np.hanning(len(piece)))) ** 2
        found.append(float(np.searchsorted(np.cumsum(power), power.sum() / 2)) * SAMPLE_RATE / len(piece))
    return found


def test_air_rises_and_falls_in_its_colour() -> None:
    rising, falling = colours(sound("air-rise")), colours(sound("air-fall"))
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert rising[-1] / rising[0] > 1.8
    assert falling[0] / falling[-1] > 1.8


@pytest.mark.parametrize(("prefix", "tonal"), [("", True), ("tone-", True), ("air-", False)])
def test_air_is_noise_and_tones_are_tones(prefix: str, tonal: bool) -> None:
    """How much of the power of 100 ms lies in its highest 50 Hz."""
    middle = sound(f"{prefix}rise").sum(axis=1)
    piece = middle[len(middle) // 2 :][:4_410] * np.hanning(4_410)
    power = np.abs(np.fft.rfft(piece)) ** 2
    top = int(power.argmax())
    assert (power[max(0, top - 2) : top + 3].sum() / power.sum() > 0.8) == tonal


@pytest.mark.parametrize("name", sorted({sound for sounds in BREATH_SETS.values() for sound in sounds.values()}))
def test_breath_sounds_are_quiet_at_the_turning_points(name: str) -> None:
    samples = sound(name)
    shape = envelope(samples)
    assert max(shape[:220].max(), shape[-1_764:].max()) < 0.12 * shape.max()
    assert len(samples) <= 3 * SAMPLE_RATE  # over before a breath of four seconds turns


def test_the_plain_set_fits_the_shortest_phase() -> None:
    for name in ("rise", "fall"):  # the second inhale of a sigh
        assert len(sound(name)) == SAMPLE_RATE


def test_the_switch_is_two_tones_a_fourth_apart() -> None:
    samples = sound("switch")
    first, second = samples[4_410:17_640].sum(axis=1), samples[26_460:39_690].sum(axis=1)
    found = [float(np.abs(np.fft.rfft(part * np.hanning(len(part)), SAMPLE_RATE)).argmax()) for part in (first, second)]
    assert found == pytest.approx([392, 523], abs=3)
    shape = envelope(samples)
    assert shape[19_845:24_255].max() > 2 * shape[19_404]  # the second one has a beginning of its own


def test_the_release_leaves_room_for_a_voice() -> None:
    """Where consonants and vowels tell words apart it lies 30 dB under a voice of the same moment."""
    band = signal.butter(4, (600, 3000), "bandpass", fs=SAMPLE_RATE, output="sos")
    rest = signal.sosfilt(band, sound("release"), axis=0).astype(np.float32)
    assert loudest_moment(rest) < VOICE_LOUDNESS - 15
    assert 3.5 <= len(rest) / SAMPLE_RATE <= 4


def test_the_release_dies_away_as_a_bowl_does() -> None:
    """40 dB down after 3 s, and with four partials above its lowest."""
    shape = envelope(sound("release"))
    later = shape[3 * SAMPLE_RATE - 4_410 : 3 * SAMPLE_RATE].mean()
    assert 20 * np.log10(later / shape.max()) == pytest.approx(-40, abs=3)


@every_sound
def test_the_last_bits_of_a_processor_do_not_matter(spec: SoundSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = render(spec)
    recipe = sound_recipes.RECIPES[spec.name]
    noise = np.random.default_rng(5)

    def elsewhere() -> NDArray[np.float64]:
        samples = recipe()
        return samples * (1 + 4e-16 * noise.integers(-1, 2, samples.shape))

    monkeypatch.setattr(sound_recipes, "RECIPES", MappingProxyType({spec.name: elsewhere}))
    assert np.array_equal(render(spec), expected)
