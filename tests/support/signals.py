"""Test signals for meters and limiters, and ffmpeg's opinion of them. All are float32 at 44.1 kHz, ``(frames, 2)``."""

from __future__ import annotations

import re
import subprocess
from typing import NamedTuple

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from scipy import signal

from tests.support.waiting import HANGS
from voiceguide.units import SAMPLE_RATE, gain

Samples = NDArray[np.float32]


def stereo(mono: NDArray[np.floating]) -> Samples:
    return np.repeat(mono.astype(np.float32)[:, np.newaxis], 2, axis=1)


def tone(seconds: float, dbfs: float, hertz: float = 1000.0, degrees: float = 0.0, fade: float = 0.0) -> Samples:
    """A sine in both channels whose peak is ``dbfs``; ``fade`` seconds of raised cosine at either end."""
    frames = round(seconds * SAMPLE_RATE)
    wave = gain(dbfs) * np.sin(2 * np.pi * hertz / SAMPLE_RATE * np.arange(frames) + np.radians(degrees))
    if fade:
        wave *= signal.windows.tukey(frames, 2 * fade / seconds)
    return stereo(wave)


def noise(seconds: float, amplitude: float, seed: int = 1) -> Samples:
    """White noise, different in the two channels, faded at either end."""
    frames = round(seconds * SAMPLE_RATE)
    wave = np.random.default_rng(seed).normal(0.0, amplitude, (frames, 2))
    return (wave * signal.windows.tukey(frames, 0.02)[:, np.newaxis]).astype(np.float32)


def low_passed(samples: Samples) -> Samples:
    """Without what lies above 19 kHz: near half the rate, where short filters differ, meters need not agree."""
    taps = signal.firwin(511, 19_000, fs=SAMPLE_RATE)
    return signal.oaconvolve(samples, taps[:, np.newaxis], mode="same", axes=0).astype(np.float32)


def speech_like(seconds: float, seed: int = 1, talking: float = 0.45) -> Samples:
    """Syllables of a buzzing or hissing voice in phrases, and pauses between them; about -23 LUFS while it talks.

    A glottal pulse train through three formants has a voice's high and regular peaks; noise stands for consonants.
    """
    rng = np.random.default_rng(seed)
    voice = np.zeros(round(seconds * SAMPLE_RATE))
    start = SAMPLE_RATE // 2
    while start < len(voice) - 4 * SAMPLE_RATE:
        phrase = np.concatenate([_syllable(rng) for _ in range(rng.integers(6, 16))])
        voice[start : start + len(phrase)] = phrase[: len(voice) - start]
        start += round(len(phrase) / talking)
    return stereo(voice)


def _syllable(rng: np.random.Generator) -> NDArray[np.float64]:
    frames = int(rng.integers(5000, 12000))
    if rng.random() < 0.25:
        hiss = signal.lfilter([1.0, -0.95], [1.0], rng.normal(0.0, 0.03, frames))
        return hiss * np.hanning(frames) * rng.uniform(0.4, 1.0)
    period = SAMPLE_RATE / rng.uniform(90, 140)
    wave = np.zeros(frames)
    wave[np.arange(0, frames, period).astype(int)] = 1.0
    for hertz, width in ((rng.uniform(300, 800), 80), (rng.uniform(900, 2200), 120), (2700, 180)):
        radius = np.exp(-np.pi * width / SAMPLE_RATE)
        turn = 2 * np.pi * hertz / SAMPLE_RATE
        wave = signal.lfilter([1 - radius], [1.0, -2 * radius * np.cos(turn), radius**2], wave)
    level = np.sqrt(np.mean(wave**2))
    return wave * (0.07 / level) * np.hanning(frames) * rng.uniform(0.5, 1.0)


def clicks(seconds: float, amplitude: float, seed: int = 2) -> Samples:
    """Single samples of either sign, some of them next to each other, in one channel or the other."""
    frames = round(seconds * SAMPLE_RATE)
    rng = np.random.default_rng(seed)
    wave = np.zeros((frames, 2), np.float32)
    for at in rng.integers(100, frames - 100, int(seconds * 20)):
        width = int(rng.integers(1, 4))
        wave[at : at + width, rng.integers(0, 2)] = amplitude * rng.uniform(0.3, 1.0) * rng.choice((-1, 1))
    return wave


class Ebur128(NamedTuple):
    integrated: float
    true_peak_db: float


def ebur128(samples: Samples) -> Ebur128:
    """What ffmpeg's ebur128 filter measures: LUFS of the stream's whole tenths of a second, and dBTP."""
    chain = "ebur128=peak=true:metadata=1,ametadata=print:file=-"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-v", "error"]
    command += ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:", "-af", chain, "-f", "null", "-"]
    told = subprocess.run(
        command, input=samples.tobytes(), capture_output=True, check=True, timeout=HANGS
    ).stdout.decode()
    integrated = re.findall(r"r128\.I=(\S+)", told)[-1]
    peak = re.findall(r"r128\.true_peak=(\S+)", told)[-1]
    return Ebur128(float(integrated), 20 * np.log10(max(float(peak), 1e-9)))
