"""From a text to the phonemes that Kokoro was trained on, in its nine kinds of speech.

Kokoro's author wrote the spelling rules for English, Japanese and Chinese himself (misaki). hibari brings those for
English, which are taken from there; those for Japanese and Chinese are packages of their own. The other languages are
read by eSpeak NG, whose affricates and diphthongs become the single signs by which Kokoro knows them.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import logging
import re
from collections.abc import Callable, Mapping

from voiceguide.speech.engines.onnx_runtime import runtime

LONGEST = 510
"""Phonemes that the model takes at once."""

PACKAGES = (
    *("kokoro-onnx", "phonemizer", "espeakng-loader", "hibari-tts"),
    *("misaki", "fugashi", "unidic-lite", "jaconv", "mojimoji"),
    *("jieba", "pypinyin", "cn2an"),
)
"""The packages whose releases may change what is said."""

Reader = Callable[[str], str]

_NEEDED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ja-JP": ("kokoro-ja", ("misaki", "fugashi", "unidic_lite", "jaconv", "mojimoji")),
    "zh-CN": ("kokoro-zh", ("misaki", "pypinyin", "jieba", "cn2an")),
}
"""For each language that needs further packages, the extra that installs them, and their modules."""

_ESPEAK = {"es-ES": "es", "fr-FR": "fr-fr", "hi-IN": "hi", "it-IT": "it", "pt-BR": "pt-br"}
"""eSpeak's name for each of its languages."""

_SIGNS = {
    "aɪ": "I",
    "aʊ": "W",
    "dz": "ʣ",
    "dʒ": "ʤ",
    "eɪ": "A",
    "oʊ": "O",
    "əʊ": "Q",
    "ss": "S",
    "ts": "ʦ",
    "tʃ": "ʧ",
    "ɔɪ": "Y",
}
"""Kokoro's sign for two of eSpeak's that are one sound, which eSpeak joins by a tie."""

_ADVERB = re.compile(r"(\w)\1地")
_LATIN = re.compile(r"(?P<english>[A-Za-z](?:[A-Za-z' -]*[A-Za-z])?)|(?P<other>[^A-Za-z]+)")
_GAP = re.compile(r"(?<=[“(])\s+|\s+(?=[”).,;:!?…])")
_TIE = "^"
_DANDA = "।"  # Hindi's full stop, which Kokoro does not know


def missing(language: str) -> str:
    """The extra that has to be installed for a language, or nothing."""
    extra, modules = _NEEDED.get(language, ("", ()))
    return extra if any(importlib.util.find_spec(module) is None for module in modules) else ""


def phonemes(text: str, language: str) -> list[list[int]]:
    """The numbers of a text's phonemes, in pieces that the model takes at once; none if nothing can be spoken."""
    numbers = vocabulary()
    said = " ".join(_reader(language)(text).split())
    known = "".join(sign for sign in said if sign in numbers)
    if not any(map(str.isalpha, known)):
        return []  # marks alone, which would sound like babble
    pieces = importlib.import_module("kokoro_onnx.chunker").split_phonemes(known, LONGEST)
    return [[numbers[sign] for sign in piece] for piece in pieces]


@functools.cache
def vocabulary() -> Mapping[str, int]:
    """The number of each of Kokoro's signs. Raises ImportError."""
    runtime()  # before the package imports it
    signs: Mapping[str, int] = (
        importlib.import_module("kokoro_onnx.tokenizer").Tokenizer().vocab
    )  # which loads eSpeak NG
    return signs


@functools.lru_cache(maxsize=4)
def _reader(language: str) -> Reader:
    """Reads texts of a language aloud, in phonemes. Raises ImportError."""
    if language in _ESPEAK:
        return _espeak(_ESPEAK[language])
    if language == "ja-JP":
        japanese = importlib.import_module("misaki.cutlet").Cutlet()
        return _with_english(lambda text: japanese(text)[0])
    if language == "zh-CN":
        chinese = importlib.import_module("misaki.zh").ZHG2P()
        logging.getLogger("jieba").setLevel(logging.WARNING)  # its import sets a level at which it tells what it loads
        # after a doubled adverb the sign is its ending, of the sound of another sign, not the word for the ground
        return _with_english(lambda text: chinese(_ADVERB.sub(r"\1\1的", text))[0])
    english: Reader = importlib.import_module("hibari.g2p").G2P(british=language == "en-GB")
    # "](" would begin phonemes in hibari's own notation
    return lambda text: english(text.replace("](", "] ("))


def _with_english(reader: Reader) -> Reader:
    """Reads what is written in Latin letters as English, and the rest by the reader, which would spell it."""

    def read(text: str) -> str:
        parts = ((match["english"], match["other"]) for match in _LATIN.finditer(text))
        said = " ".join(_reader("en-US")(english) if english else reader(other) for english, other in parts)
        return _GAP.sub("", said)

    return read


def _espeak(name: str) -> Reader:
    vocabulary()  # tells the phonemizer where eSpeak NG is
    backend = importlib.import_module("phonemizer.backend").EspeakBackend(
        name, preserve_punctuation=True, with_stress=True, tie=_TIE, language_switch="remove-flags"
    )

    def read(text: str) -> str:
        said = "".join(backend.phonemize([text.replace(_DANDA, ".")]))
        for tied, sign in _SIGNS.items():
            said = said.replace(_TIE.join(tied), sign)
        return said.replace(_TIE, "").replace("-", "")

    return read
