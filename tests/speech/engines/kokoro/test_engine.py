"""The real model, loaded once here and once in a worker; tests/support/kokoro.py says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.kokoro import real_files
from tests.support.waiting import HANGS
from tests.support.workers import ready_worker
from voiceguide.errors import SpeechError
from voiceguide.speech import voice_folders
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import GivenUpError
from voiceguide.speech.engines.kokoro import phonemes as reading
from voiceguide.speech.engines.kokoro.engine import KokoroEngine
from voiceguide.speech.engines.kokoro.files import FILES, FOLDER
from voiceguide.speech.engines.kokoro.model import STEP, Model, loaded
from voiceguide.speech.engines.kokoro.onset import begun
from voiceguide.speech.engines.kokoro.phonemes import phonemes
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

VOICE = "kokoro:af_heart"
ENGINE = KokoroEngine()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = real_files(tmp_path_factory.mktemp("voices"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(voice_folders.VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="module")
def resting(files: Path) -> NDArray[np.float32]:
    """What the first line said is in this process."""
    return ENGINE.speak("And rest.", VOICE, 1.0).samples


def test_the_same_line_has_the_same_samples_after_others_and_in_another_process(
    resting: NDArray[np.float32], tmp_path: Path
) -> None:
    french = ENGINE.speak("Respirez.", "kokoro:ff_siwis", 1.0).samples
    with ready_worker("kokoro", tmp_path) as other:
        elsewhere = [
            other.speak(Line(text, voice, 1.0, language), HANGS).samples
            for text, voice, language in (("Respirez.", "kokoro:ff_siwis", "fr"), ("And rest.", VOICE, "en"))
        ]
    assert np.array_equal(elsewhere[0], french)
    assert np.array_equal(elsewhere[1], resting)
    assert np.array_equal(ENGINE.speak("And rest.", VOICE, 1.0).samples, resting)


def test_the_pace_is_kept(files: Path) -> None:
    """Phonemes last whole steps of 25 ms, so a line is within 8%."""

    def seconds(pace: float) -> float:
        text = "Let your hands rest."
        return len(make_clip(ENGINE.speak(text, VOICE, pace), text, pace)) / SAMPLE_RATE

    calm = seconds(1.0)
    assert seconds(0.7) == pytest.approx(calm / 0.7, rel=0.08)
    assert seconds(1.4) == pytest.approx(calm / 1.4, rel=0.08)


def test_a_long_line_is_spoken_whole(
    files: Path, resting: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces of as many phonemes as the model takes, here fewer."""
    (one,) = phonemes("And rest.", "en-US")
    monkeypatch.setattr(reading, "LONGEST", len(one))
    assert phonemes("And rest. And rest.", "en-US") == [one, one]
    said = ENGINE.speak("And rest. And rest.", VOICE, 1.0).samples
    assert np.array_equal(said[: len(resting)], resting)
    assert np.array_equal(said[-len(resting) :], resting)
    assert 2 * len(resting) < len(said)


def test_what_cannot_be_spoken_is_an_error(files: Path) -> None:
    with pytest.raises(SpeechError, match="nothing to say"):
        ENGINE.speak(" \x07 ", VOICE, 1.0)
    with pytest.raises(GivenUpError, match="knows no sound"):
        ENGINE.speak("☃", VOICE, 1.0)


def as_published(model: Model, tokens: list[int], voice: str, speed: float) -> Any:
    """:meth:`Model.say` with one speed for all, so that the silence before the first word is stretched too."""
    inputs = {
        "tokens": np.array([[0, *tokens, 0]], np.int64),
        "style": model._style(voice)[len(tokens) - 1][None],
        "speed": np.full(len(tokens) + 2, speed, np.float32),
    }
    samples, lengths = model._session.run(None, inputs)
    return np.ravel(samples), np.ravel(lengths) * STEP


def test_no_vowel_sounds_before_the_first_word(files: Path) -> None:
    """https://github.com/hexgrad/kokoro/issues/344: the published model has it, and it is found; ours has not."""
    model = loaded(files / FOLDER)
    (piece,) = phonemes("Even so.", "en-US")
    samples, lengths = as_published(model, piece, "af_heart", 0.65)
    assert 0 < begun(samples, int(lengths[0])) <= lengths[0]
    samples, mended = model.say(piece, "af_heart", 0.65)
    assert begun(samples, int(mended[0])) == 0
    assert mended[0] < lengths[0]
    assert np.array_equal(mended[1:-1], lengths[1:-1])


def test_a_damaged_model_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FOLDER).mkdir()
    for file in FILES:
        with (tmp_path / FOLDER / file.name).open("wb") as sparse:
            sparse.truncate(file.size)
    monkeypatch.setenv(voice_folders.VARIABLE, str(tmp_path))
    with pytest.raises(GivenUpError, match=r"is damaged\); 'voiceguide voices add kokoro' replaces damaged files"):
        ENGINE.speak("Rest.", VOICE, 1.0)
