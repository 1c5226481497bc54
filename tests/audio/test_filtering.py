"""A clip filtered at once, beside scipy's filter that goes sample by sample."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy import signal

from voiceguide.audio.filtering import RUMBLE, filtered, filtered_stream, high_pass, response
from voiceguide.audio.loudness import k_weighting
from voiceguide.units import SAMPLE_RATE


@pytest.mark.parametrize("frames", [0, 1, 100, 12_288, 12_289, 60_000])
def test_it_agrees_with_the_recursion(frames: int) -> None:
    samples = np.random.default_rng(frames).standard_normal(frames)
    expected = signal.sosfilt(k_weighting(), samples) if frames else samples
    np.testing.assert_allclose(filtered(samples, k_weighting()), expected, atol=1e-8)


def test_a_stream_is_filtered_alike_in_any_pieces() -> None:
    samples = np.random.default_rng(2).standard_normal((5000, 2)).astype(np.float32)
    sections = (high_pass(RUMBLE),)
    expected = signal.sosfilt(signal.butter(2, RUMBLE, "highpass", fs=SAMPLE_RATE, output="sos"), samples, axis=0)
    for pieces in ([samples], [samples[:1], samples[1:4000], samples[4000:]]):
        found = np.concatenate(list(filtered_stream(pieces, sections)))
        assert found.dtype == np.float32
        np.testing.assert_allclose(found, expected, atol=1e-6)


def test_a_response_is_that_of_its_sections() -> None:
    hertz = np.array([20.0, 997.0, 15_000.0])
    _, expected = signal.sosfreqz(k_weighting(), hertz, fs=SAMPLE_RATE)
    np.testing.assert_allclose(response(k_weighting(), hertz), expected, rtol=1e-9)


def test_a_line_becomes_a_clip_without_loading_scipy() -> None:
    program = """
import sys
import numpy as np
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import Utterance
tone = np.sin(np.arange(24_000) * 0.1).astype(np.float32)
make_clip(Utterance(tone, 24_000), "A line", 1.0)
sys.exit("scipy" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
