"""When hibari says which phoneme, from inside its model: the truth about where a word ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.engines.onnx_runtime import runtime
from voiceguide.speech.engines.protobuf import bytes_field, fields

_MODEL_GRAPH, _GRAPH_OUTPUT, _VALUE_NAME = 7, 12, 1  # numbers of ONNX's fields
_FRAMES = "/Clip_output_0"  # of each phoneme: the rounded durations, one at least
_MARKS = frozenset(",;:—….!?")
_BETWEEN = frozenset(" “”$") | _MARKS  # what stands between the last phoneme of a phrase and the first of the next


class TimedHibari:
    """The voice heart, with the time of each of its phonemes."""

    def __init__(self) -> None:
        from hibari import Hibari

        self._voice = Hibari(voice="heart")
        model = b"".join(_with_durations(Path(self._voice.model_path).read_bytes()))
        self._session = runtime().InferenceSession(model, providers=["CPUExecutionProvider"])

    def say(self, text: str, speed: float) -> tuple[Utterance, tuple[tuple[float, float], ...]]:
        """A line, and where each mark inside it is heard: from the start of the last phoneme before it to that of the
        first one after it, in seconds."""
        from hibari import dsp

        generator = np.random.default_rng(7)
        sounds, places, begin = [], [], 0.0
        for phonemes in self._voice.phonemize(text):
            ids = np.array([self._voice.ids(phonemes)], np.int64)
            *acoustic, frames = self._session.run(None, {"ids": ids, "speed": np.array([speed], np.float32)})
            sounds.append(dsp.synth(*(one[0] for one in acoustic), generator))
            seconds = len(sounds[-1]) / self._voice.sample_rate
            ends = np.cumsum(frames.ravel()) / frames.sum() * seconds + begin
            spoken = "".join(("^", *(char for char in phonemes if char in self._voice.vocab), "$"))
            places += _places(spoken, np.concatenate(([begin], ends[:-1])))
            begin += seconds
        return Utterance(np.concatenate(sounds), self._voice.sample_rate), tuple(places)


def _places(phonemes: str, starts: Any) -> Iterator[tuple[float, float]]:
    index = 1
    while index < len(phonemes):
        following = index
        while following < len(phonemes) and phonemes[following] in _BETWEEN:
            following += 1
        if following < len(phonemes) and _MARKS & set(phonemes[index:following]):
            yield float(starts[index - 1]), float(starts[following])
        index = max(following, index + 1)


def _with_durations(model: bytes) -> Iterator[bytes]:
    """The fields of a model that also gives its durations."""
    for one in fields(model):
        if one.number == _MODEL_GRAPH:
            output = bytes_field(_GRAPH_OUTPUT, bytes_field(_VALUE_NAME, _FRAMES.encode()))
            yield bytes_field(_MODEL_GRAPH, model[one.start : one.end], output)
        else:
            yield model[one.begin : one.end]
