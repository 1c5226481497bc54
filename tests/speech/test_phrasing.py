"""Pauses widened in what real voices say: only silence is added, only where a voice paused at a mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from tests.benchmarks.sentences import SENTENCES
from tests.support.listening import recognised, words
from tests.support.paths import ROOT
from tests.support.phoneme_times import TimedHibari
from tests.support.waiting import HANGS
from tests.support.workers import ready_worker
from voiceguide.routine import Sentence
from voiceguide.script import parse_file
from voiceguide.session.options import known_sounds
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.hibari.tempo import speed
from voiceguide.speech.marks import PHRASING, has_marks
from voiceguide.speech.phrasing import pauses_in, phrased, splices
from voiceguide.speech.recognition import recogniser
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

OTHERS = ("system:en-us", "piper:en_US-joe-medium")
_SHORT = 0.13  # seconds; the shortest pause


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence as a voice said it, and with its pauses widened; ``places``: where its marks are heard, in seconds."""

    text: str
    clip: NDArray[np.float32]
    places: tuple[tuple[float, float], ...] = ()

    @property
    def phrased(self) -> NDArray[np.float32]:
        return phrased(self.clip, self.text, "en", PHRASING)


def _written() -> Iterator[str]:
    """The sentences of the routines that have a mark inside."""
    for path in sorted((ROOT / "scripts").glob("*/*.md")):
        routine, _ = parse_file(path, known_sounds())
        assert routine is not None
        for node in routine.nodes():
            if isinstance(node, Sentence):
                text = "".join(part if isinstance(part, str) else "three" for part in node.text)
                if has_marks(text):
                    yield text


@pytest.fixture(scope="module")
def heart() -> list[Said]:
    """Two hundred sentences, not trimmed, so that the model's times hold."""
    voice, said = TimedHibari(), []
    for text in list(dict.fromkeys(_written()))[:200]:
        utterance, places = voice.say(text, speed(1.0))
        clip = soxr.resample(utterance.samples, utterance.sample_rate, SAMPLE_RATE)
        said.append(Said(text, clip, places))
    return said


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    said = []
    for voice in OTHERS:
        with ready_worker(voice.partition(":")[0], tmp_path_factory.mktemp("scratch")) as worker:
            texts = [text for text in SENTENCES if has_marks(text)][:8]
            spoken = [(text, worker.speak(Line(text, voice, 1.2, "en"), HANGS)) for text in texts]
            said += [Said(text, make_clip(one, text, 1.2)) for text, one in spoken]
    return said


def test_a_splice_lies_between_two_words_at_a_mark(heart: list[Said]) -> None:
    """By the times inside the model: not one of several hundred splices is inside a word, or between others."""
    count = 0
    for said in heart:
        pauses = pauses_in(said.clip)
        for splice in splices(said.clip, said.text, "en", PHRASING):
            (pause,) = [one for one in pauses if one.start <= splice.first and splice.last <= one.end]
            start, end = pause.start / SAMPLE_RATE, pause.end / SAMPLE_RATE
            assert any(start < last and first < end for first, last in said.places), (said.text, start)
            count += 1
    assert len(heart) == 200
    assert count > 0.85 * sum(len(said.places) for said in heart)


def test_the_model_times_tell_a_splice_inside_a_word(heart: list[Said]) -> None:
    """The test above can fail: half of the middles of speech lie at no mark."""
    middles = [(said, len(said.clip) / SAMPLE_RATE * share) for said in heart for share in (0.1, 0.3, 0.9)]
    at_mark = sum(any(first < middle < last for first, last in said.places) for said, middle in middles)
    assert at_mark < len(middles) / 4


@pytest.mark.parametrize("voices", ["heart", "others"])
def test_only_silence_is_added_and_nothing_else_changes(voices: str, request: pytest.FixtureRequest) -> None:
    added = 0
    for said in request.getfixturevalue(voices):
        found = splices(said.clip, said.text, "en", PHRASING)
        longer = said.phrased
        kept = np.ones(len(longer), bool)
        loudest = np.square(said.clip).max()
        for index, splice in enumerate(found):
            start = splice.at + sum(one.frames for one in found[:index])
            kept[start : start + splice.frames] = False
            assert np.square(longer[start : start + splice.frames]).max() < 0.01 * loudest
            joined = np.abs(np.diff(longer[start - 1 : start + splice.frames + 1]))
            assert joined.max() <= np.abs(np.diff(said.clip[splice.first - 1 : splice.last + 1])).max() + 1e-7
        assert len(longer) == len(said.clip) + sum(splice.frames for splice in found)
        assert np.array_equal(longer[kept], said.clip)
        added += bool(found)
    assert added >= 10


def test_pauses_get_the_length_that_is_asked_for(heart: list[Said], others: list[Said]) -> None:
    for said in (*heart, *others):
        for seconds in (0.5, 0.7):
            found = splices(said.clip, said.text, "en", seconds)
            assert all(0 < splice.frames / SAMPLE_RATE <= seconds - _SHORT + 0.001 for splice in found)
            lengths = [pause.seconds for pause in pauses_in(phrased(said.clip, said.text, "en", seconds))]
            assert sum(abs(length - seconds) < 0.02 for length in lengths) >= len(found)


def test_the_words_stay_the_same(heart: list[Said], others: list[Said]) -> None:
    listener = recogniser("en")
    sample = [*heart[::50], *others[::5]]
    before = sum(recognised(listener, said.text, np.pad(said.clip, 13_000)) for said in sample)
    after = sum(recognised(listener, said.text, np.pad(said.phrased, 13_000)) for said in sample)
    count = sum(len(words(said.text)) for said in sample)
    assert after >= before - 2 * (count * 0.05) ** 0.5, "within what two hearings of the same words differ by"
    assert after > 0.85 * count


def test_the_same_clip_gives_the_same_samples_and_a_wider_one_is_left_alone(heart: list[Said]) -> None:
    said = heart[0]
    assert np.array_equal(said.phrased, said.phrased)
    assert np.array_equal(phrased(said.phrased, said.text, "en", PHRASING), said.phrased)
    assert phrased(said.clip, said.text, "en", 0.0) is said.clip


def _tones(*lengths: float) -> NDArray[np.float32]:
    """Tones and silences in turn, in seconds."""
    parts = []
    for index, seconds in enumerate(lengths):
        time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        faint = 1e-4 if index % 2 else 0.3
        parts.append(faint * np.sin(2 * np.pi * 220 * time))
    return np.concatenate(parts).astype(np.float32)


@pytest.mark.parametrize(
    ("clip", "text", "where"),
    [
        (_tones(1.0, 0.2, 1.0), "one two three four, one two three four", [1.1]),
        (_tones(1.0, 0.12, 1.0), "one two three four, one two three four", []),  # a plosive's closure
        (_tones(1.0, 0.2, 1.0), "one two three four one two three four", []),
        (_tones(0.4, 0.2, 3.0), "one two three four five six seven eight, nine ten", []),  # far from the mark
        (_tones(1.0, 0.2, 0.5, 0.14, 0.5), "one two three four, one two three four", [1.1]),
        (_tones(1.0, 0.3, 1.0, 0.2, 1.0), "one two three four, one two three four – one two three four", [1.15, 2.4]),
        (_tones(1.0, 0.9, 1.0), "one two three four, one two three four", []),  # wide enough
    ],
)
def test_a_pause_is_widened_at_its_mark_alone(clip: NDArray[np.float32], text: str, where: list[float]) -> None:
    found = splices(clip, text, "en", PHRASING)
    assert [splice.at / SAMPLE_RATE for splice in found] == pytest.approx(where, abs=0.15)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Warm the oil, slowly.", True),
        ("Warm the oil slowly.", False),
        ("Count to 1,000 now.", False),
        ("At 5:30 it ends.", False),
        ("Well-known and side by side.", False),
        ("Rest - and wait.", True),
        ("Rest—wait.", True),
        ("Rest … and wait.", True),
        ("“Let go!” she says.", True),
        ("Rest, …", False),
        (", rest", False),
        ("息を吸って、吐いて。", True),
        ("", False),
    ],
)
def test_marks_inside_a_text(text: str, marked: bool) -> None:
    assert has_marks(text) == marked


@pytest.mark.parametrize(
    "clip", [np.zeros(0, np.float32), np.zeros(100, np.float32), np.zeros(SAMPLE_RATE, np.float32)]
)
def test_no_sound_has_no_pause(clip: NDArray[np.float32]) -> None:
    assert phrased(clip, "One, two.", "en", 0.6) is clip
