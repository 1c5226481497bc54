"""Levels as shops measure them, against ffmpeg's astats and plain sums."""

from __future__ import annotations

import math
import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from tests.support.signals import Samples, noise, speech_like, tone
from tests.support.waiting import HANGS
from voiceguide.audio.rms import LevelMeter, Levels
from voiceguide.units import SAMPLE_RATE


def metered(samples: Samples, block: int = SAMPLE_RATE) -> Levels:
    meter = LevelMeter()
    for start in range(0, len(samples), block):
        meter.feed(samples[start : start + block])
    return meter.levels()


def astats(samples: Samples) -> float:
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-hide_banner",
        "-f",
        "f32le",
        "-ar",
        "44100",
        "-ac",
        "2",
        "-i",
        "pipe:",
    ]
    run = subprocess.run(
        [*command, "-af", "astats", "-f", "null", "-"],
        input=samples.tobytes(),
        capture_output=True,
        check=True,
        timeout=HANGS,
    )
    overall = run.stderr.decode().split("Overall")[1]
    return float(re.findall(r"RMS level dB: (\S+)", overall)[0])


@pytest.mark.parametrize(
    "samples", [tone(3, -6), noise(5, 0.1), speech_like(10), noise(3, 0.1) * np.array((1, 0.1), np.float32)],
    ids=["tone", "noise", "speech", "more on the left"],
)  # fmt: skip
def test_rms_is_ffmpeg_s(samples: Samples) -> None:
    assert metered(samples).rms() == pytest.approx(astats(samples), abs=0.01)


def test_a_sine_at_full_scale_has_minus_3_db() -> None:
    assert metered(tone(2, 0.0)).rms() == pytest.approx(-3.01, abs=0.01)


@pytest.mark.parametrize("block", [7, 1000, 2205, 44_100, 10**6])
def test_blocks_do_not_matter(block: int) -> None:
    samples = speech_like(6)[: 5 * SAMPLE_RATE + 77]
    whole, cut = metered(samples, len(samples)), metered(samples, block)
    assert cut.rms() == pytest.approx(whole.rms(), abs=1e-9)
    assert (cut.quietest(), cut.loudest(), cut.edges(-60)) == (whole.quietest(), whole.loudest(), whole.edges(-60))


def test_the_quietest_and_the_loudest_half_second() -> None:
    samples = np.concatenate([tone(1, -30), tone(0.5, -60), tone(1, -10), tone(2, -30)])
    meter = metered(samples)
    assert meter.quietest() == pytest.approx(-63.01, abs=0.05)
    assert meter.loudest() == pytest.approx(-13.01, abs=0.05)


def test_the_ends_are_quiet_up_to_the_first_and_from_the_last_sound() -> None:
    samples = np.concatenate([tone(0.8, -70), tone(1, -20), tone(2, -70), tone(1, -20), tone(1.5, -70)])
    assert metered(samples).edges(-60) == pytest.approx((0.8, 1.5), abs=0.05)
    assert metered(samples).edges(-80) == pytest.approx((0, 0), abs=0.05)
    assert metered(samples).edges(-10) == pytest.approx((6.3, 6.3), abs=0.05)


def test_silence_and_what_is_short() -> None:
    assert LevelMeter().levels().rms() == LevelMeter().levels().quietest() == -math.inf
    assert metered(np.zeros((SAMPLE_RATE, 2), np.float32)).loudest() == -math.inf
    short = metered(tone(0.3, 0.0))
    assert short.quietest() == short.loudest() == short.rms() == pytest.approx(-3.01, abs=0.01)
