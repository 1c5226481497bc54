"""What is handed over beside the messages."""

from __future__ import annotations

import io

import numpy as np
import soundfile

from voiceguide.studio import shelf
from voiceguide.studio.shelf import Item, Shelf, wav


def test_what_was_put_there_first_goes_first() -> None:
    there = Shelf()
    keys = [there.put(Item(bytes(shelf.LARGEST), "audio/wav")) for _ in range(6)]
    kept = [there.get(key) is not None for key in keys]
    assert kept == [False, False, True, True, True, True]
    assert len(set(keys)) == 6


def test_what_is_taken_is_gone() -> None:
    there = Shelf()
    key = there.put(Item(b"x", "audio/wav"))
    assert there.take(key) == Item(b"x", "audio/wav")
    assert there.take(key) is None


def test_a_sound_becomes_a_file_that_can_be_read() -> None:
    samples = np.linspace(-0.5, 0.5, 441, dtype=np.float32)
    item = wav(samples)
    read, rate = soundfile.read(io.BytesIO(item.data))
    assert (item.media_type, rate) == ("audio/wav", 44_100)
    assert np.abs(read - samples).max() < 1e-4
