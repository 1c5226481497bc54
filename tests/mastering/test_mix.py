"""The mix that each profile asks for: what is mastered, and what the stems are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.signals import Samples, noise, speech_like
from tests.support.sources import MadeSources
from voiceguide.audio.fast_loudness import QuickMeter
from voiceguide.audio.rms import LevelMeter
from voiceguide.companions.paths import Companions
from voiceguide.companions.write import beside
from voiceguide.mastering.mix import Mix, mix_for
from voiceguide.mastering.profiles import PROFILES
from voiceguide.mastering.target import Requirement
from voiceguide.mixing.mixer import Mixer
from voiceguide.progress import quiet
from voiceguide.routine import SoundRef
from voiceguide.session.options import SessionOptions
from voiceguide.session.session import planned
from voiceguide.sound_settings import Levels
from voiceguide.timeline import Clip, Event, Line, Timeline
from voiceguide.units import SAMPLE_RATE

SECOND = SAMPLE_RATE
SPEECH = speech_like(20, seed=3, talking=0.9)[:, 0]
PODCAST, SHOP = Requirement(PROFILES["podcast"], -17.0), Requirement(PROFILES["audiobook"], -20.0)
READ = """---
bed: brown
voice: system
---
# Chapter one
Sit down, and let your shoulders fall. Breathe in slowly, and let it go. Now close your eyes. [pause 2s]
Lay both hands on your cheeks. Feel how warm they are, and rest there for a while.
"""


HISS = noise(30, 0.035)


class Hiss:
    def read(self, start: int, frames: int) -> Samples:
        return HISS[start : start + frames].copy()


def mixer(bed_level: float, levels: Levels, speech: Samples = SPEECH) -> Mixer:
    """20 s of speech over a bed."""
    said = Event("speech", "voice", SECOND, 21 * SECOND, None, clip=Clip(Line("x", "v", 1.0, "en"), 20 * SECOND))
    bed = Event("bed", "bed", 0, 24 * SECOND, None, bed=SoundRef("hiss"), level=bed_level)
    timeline = Timeline("t", "en", "v", 24 * SECOND, (), (bed, said))
    return Mixer(timeline, MadeSources(lambda _: speech, lambda _: Hiss()), levels=levels)


def test_without_a_shop_the_mix_is_left_as_it_is() -> None:
    made = mixer(-10, Levels())
    assert mix_for(made, PODCAST) == Mix(made, PODCAST)


def test_for_a_shop_the_loudness_brings_the_right_rms() -> None:
    before = mixer(-80, Levels())
    made = mix_for(before, SHOP)
    assert made.mixer == before
    meter, rms = QuickMeter(), LevelMeter()
    for block in made.mixer.blocks():
        meter.feed(block)
        rms.feed(block)
    assert rms.levels().rms() + made.requirement.loudness - meter.integrated() == pytest.approx(
        -22.0, abs=0.06
    )  # in steps of 0.1
    assert made.requirement.profile == SHOP.profile


@pytest.mark.parametrize("bed_gain", [0.0, 3.0])
def test_for_a_shop_only_the_bed_bus_is_turned_down_to_the_noise_floor(bed_gain: float) -> None:
    before = mixer(-10, Levels(voice=1.0, bed=bed_gain))
    after = mix_for(before, SHOP)
    lowered = before.levels.bed - after.mixer.levels.bed
    assert lowered > 20
    assert after.mixer == replace(before, levels=Levels(voice=1.0, bed=bed_gain - lowered))
    beds, whole = LevelMeter(), LevelMeter()
    for block in after.mixer.blocks(bus="bed"):
        beds.feed(block)
    for block in before.blocks():
        whole.feed(block)
    gain = -22.0 - whole.levels().rms()
    assert -64.11 < beds.levels().loudest() + gain < -63.99  # in steps of 0.1, down


def test_a_silent_mix_is_left_as_it_is() -> None:
    silent = mixer(-200, Levels(), np.zeros(20 * SECOND, np.float32))
    assert mix_for(silent, SHOP) == Mix(silent, SHOP)


def test_the_stems_of_an_audiobook_are_what_is_mastered(tmp_path: Path) -> None:
    """With the bed as low as shops want it."""
    (tmp_path / "x.md").write_text(READ)
    wanted = Companions(stems=tmp_path)
    with planned(tmp_path / "x.md", SessionOptions(profile="audiobook")) as session:
        with beside(session, wanted, quiet):
            pass
        mix = np.concatenate(list(session.mix.mixer.blocks()))
        loud = np.concatenate(list(session.mixer().blocks(bus="bed")))
    stems = {path.stem: soundfile.read(path, dtype="float32")[0] for path in wanted.stem_paths[:-1]}
    assert np.abs(sum(stems.values()) - mix).max() < 1e-6
    assert np.square(stems["bed"]).mean() < np.square(loud).mean() / 10
