from __future__ import annotations

import numpy as np
import pytest

import voiceguide
from voiceguide import OptionError, SoundError, SoundRef


def test_every_sound_can_be_heard() -> None:
    sounds = {sound.name: sound for sound in voiceguide.list_sounds()}
    assert {sound.use for sound in sounds.values()} == {"chime", "breath", "hold", "side", "bed"}
    bowl, rain = sounds["bowl"], voiceguide.find_sound("Rain")
    assert bowl.seconds == len(bowl.samples()) / voiceguide.SAMPLE_RATE == 12.0
    assert (rain.seconds, rain.ref) == (None, SoundRef("rain"))
    for samples in (bowl.samples(1000), rain.samples(1000)):
        assert (samples.dtype, samples.shape) == (np.float32, (1000, 2))


def test_what_cannot_be_had_is_told() -> None:
    with pytest.raises(SoundError, match=r"no sound or bed 'oceann' in the library \(did you mean 'ocean'\?\)"):
        voiceguide.find_sound("oceann")
    with pytest.raises(OptionError, match="frames: 'rain' never ends"):
        voiceguide.find_sound("rain").samples()
    with pytest.raises(OptionError, match="frames: -1"):
        voiceguide.find_sound("bowl").samples(-1)


def test_every_routine_can_be_read() -> None:
    routines = voiceguide.list_routines()
    assert len(routines) > 10
    assert all(voiceguide.read(path).ok for path in routines.values())
