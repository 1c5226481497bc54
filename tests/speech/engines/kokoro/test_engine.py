"""The real model, through real workers; tests/support/kokoro.py says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.kokoro import real_files
from tests.support.waiting import HANGS
from tests.support.workers import ready_worker
from voiceguide.speech import voice_folders
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import GivenUpError
from voiceguide.speech.engines.kokoro.engine import KokoroEngine
from voiceguide.speech.engines.kokoro.files import FILES, FOLDER
from voiceguide.speech.engines.kokoro.model import STEP, Model
from voiceguide.speech.engines.kokoro.onset import begun
from voiceguide.speech.engines.kokoro.phonemes import phonemes
from voiceguide.speech.workers import Worker
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

VOICE = "kokoro:af_heart"
LINES = (
    Line("Even so, let your hands rest.", VOICE, 1.0, "en"),
    Line("Hold.", "kokoro:am_michael", 1.0, "en"),
    Line("Inspirez lentement.", "kokoro:ff_siwis", 1.0, "fr"),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real_files(tmp_path_factory.mktemp("voices"))


@pytest.fixture(scope="module")
def worker(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(voice_folders.VARIABLE, str(files))
        with ready_worker("kokoro", tmp_path_factory.mktemp("scratch")) as one:
            yield one


def test_the_same_line_has_the_same_samples_in_any_order_and_process(
    worker: Worker, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [worker.speak(line, HANGS).samples for line in LINES]
    again = [worker.speak(line, HANGS).samples for line in reversed(LINES)]
    monkeypatch.setenv(voice_folders.VARIABLE, str(files))
    with ready_worker("kokoro", tmp_path) as other:
        elsewhere = [other.speak(line, HANGS).samples for line in LINES[1:]]
    for one, two in zip((*first, *first[1:]), (*reversed(again), *elsewhere), strict=True):
        assert np.array_equal(one, two)


@pytest.mark.parametrize("pace", [0.7, 1.4])
def test_the_pace_is_kept(worker: Worker, pace: float) -> None:
    """Phonemes last whole steps of 25 ms, so a line is within 8%."""

    def seconds(pace: float) -> float:
        line = replace(LINES[0], pace=pace)
        return len(make_clip(worker.speak(line, HANGS), line.text, pace)) / SAMPLE_RATE

    assert seconds(pace) == pytest.approx(seconds(1.0) / pace, rel=0.08)


def test_a_long_line_is_spoken_whole(worker: Worker) -> None:
    text = "And rest. " * 80
    (one,) = phonemes("And rest.", "en-US")
    assert len(phonemes(text, "en-US")) > 1
    said = worker.speak(Line(text, VOICE, 2.0, "en"), HANGS)
    assert len(said.samples) / said.sample_rate > 80 * len(one) * 0.03


def test_what_cannot_be_spoken_is_an_error(worker: Worker) -> None:
    with pytest.raises(Exception, match="nothing to say"):
        worker.speak(Line(" \x07 ", VOICE, 1.0, "en"), HANGS)


class AsPublished(Model):
    """With one speed for all, so that the silence before the first word is stretched too."""

    def say(self, tokens: list[int], voice: str, speed: float) -> Any:
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._style(voice)[len(tokens) - 1][None],
            "speed": np.full(len(tokens) + 2, speed, np.float32),
        }
        samples, lengths = self._session.run(None, inputs)
        return np.ravel(samples), np.ravel(lengths) * STEP


def test_no_vowel_sounds_before_the_first_word(files: Path) -> None:
    """https://github.com/hexgrad/kokoro/issues/344: the published model has it, and it is found; ours has not."""
    published = AsPublished(files / FOLDER)
    for text in ("Even so.", "Six."):
        (piece,) = phonemes(text, "en-US")
        samples, lengths = published.say(piece, "af_heart", 0.65)
        assert 0 < begun(samples, int(lengths[0])) <= lengths[0]
        samples, mended = Model.say(published, piece, "af_heart", 0.65)
        assert begun(samples, int(mended[0])) == 0
        assert mended[0] < lengths[0]
        assert np.array_equal(mended[1:-1], lengths[1:-1])


def test_a_damaged_model_names_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FOLDER).mkdir()
    for file in FILES:
        with (tmp_path / FOLDER / file.name).open("wb") as sparse:
            sparse.truncate(file.size)
    monkeypatch.setenv(voice_folders.VARIABLE, str(tmp_path))
    with pytest.raises(
        GivenUpError, match=r"is damaged\); remove its files, fetch them again with 'voiceguide voices add kokoro'"
    ):
        KokoroEngine().speak("Rest.", VOICE, 1.0)
