"""Beds that go round: they begin as in the mix, and go on without a seam."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from voiceguide.living.loops import CROSSFADE, LENGTH, loop
from voiceguide.routine import SoundRef
from voiceguide.sounds.beds import LibraryBed, bed
from voiceguide.sounds.files import SoundStore
from voiceguide.units import SAMPLE_RATE


def test_a_bed_of_the_library_begins_as_in_the_mix_and_runs_on_into_itself() -> None:
    source = LibraryBed("brown")
    made = loop(source)
    assert (made.begin, made.end) == (CROSSFADE, LENGTH + CROSSFADE)
    assert np.array_equal(made.samples[:LENGTH], source.read(0, LENGTH))
    after = made.samples[made.end :]
    assert len(after) > SAMPLE_RATE // 5
    assert np.array_equal(after, made.samples[made.begin : made.begin + len(after)])
    fading, usual = made.samples[LENGTH : made.end], made.samples[: LENGTH // 2]
    assert 0.7 < np.sqrt(np.mean(fading**2) / np.mean(usual**2)) < 1.4
    step = np.abs(np.diff(made.samples[:, 0])).max()
    assert abs(made.samples[LENGTH, 0] - made.samples[LENGTH - 1, 0]) <= step


def test_a_file_goes_round_as_in_the_mix(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).standard_normal((12 * SAMPLE_RATE, 2)) * 0.1
    soundfile.write(tmp_path / "own.wav", noise, SAMPLE_RATE)
    with SoundStore(tmp_path) as store:
        source = bed(SoundRef("own.wav", tmp_path / "own.wav"), store)
        made = loop(source)
        turn = made.end - made.begin
        for at in (0, made.begin, made.end, made.end + 3 * turn + 1000):
            here = at if at < made.end else made.begin + (at - made.begin) % turn
            assert np.array_equal(source.read(at, 500), made.samples[here : here + 500])
