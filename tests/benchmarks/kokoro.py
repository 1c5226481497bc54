"""Kokoro's speeds, for the tables in ``voices.py`` and ``tempo.py``: ``python -m tests.benchmarks.kokoro [curve | VOICE…]``.

Prints for each voice the speed at which it says WANTED syllables a second without pauses, to 0.01, from its rate at 0.75
and the table in ``tempo.py``; or, with ``curve``, how long four voices speak at each speed, as a multiple of their time at
1. A voice's syllables are the vowels of its phonemes. Only the part of the model that gives the phonemes' lengths is run,
which is twenty times as fast as the whole; SOUND says how the lengths of phonemes compare with what is heard.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.sentences import SENTENCES
from voiceguide.speech.engines.kokoro import model, phonemes
from voiceguide.speech.engines.kokoro.files import MODEL, STYLES, folder
from voiceguide.speech.engines.kokoro.tempo import speed
from voiceguide.speech.engines.kokoro.voices import SPEAKERS, Speaker
from voiceguide.speech.engines.onnx_runtime import runtime

WANTED: Mapping[str, float] = dict.fromkeys(("es", "fr", "it", "pt"), 3.25)
"""Syllables a second by language; 3.15 in others. The voices of these four slur words at a lower rate."""

SOUND: Mapping[str, float] = {"es": 1.07, "fr": 1.1, "it": 1.06, "pt": 1.02}
"""Syllables a second as ``tempo.py`` measures them in the sound, divided by those in the phonemes' lengths, by language.
In others 1.17: it was 1.15 for ``af_heart`` at 0.7, 1.19 for ``am_michael`` at 0.75, 1.18 for ``hf_alpha``, 1.13 for
``zf_xiaobei``."""

_NEAR = 0.75
"""A speed near those that are looked for."""

_SLOWEST = 0.5
"""The lowest speed that Kokoro's own package accepts."""

_FOUR = ("af_heart", "am_michael", "bf_emma", "bm_george")

_VOWELS = frozenset("AIOQWYaeiouyɑɐɒæɔəɚɛɜɨɪøœɯʊʌɤᵊᵻ")
_TONES = frozenset("→↗↘↓")  # of Chinese, one a syllable
_MARKS = frozenset(';:,.!?—…"“”()')

_SENTENCES: Mapping[str, Sequence[str]] = {
    "en": SENTENCES[::2],
    "es": (
        "Deja que tus manos descansen sobre el regazo.",
        "Inspira despacio por la nariz.",
        "Ahora suelta el aire, y deja que los hombros bajen.",
        "Nota el calor de tus palmas en la frente.",
        "Cierra los ojos, si quieres, y escucha tu respiración.",
        "Presiona con suavidad debajo de los pómulos.",
    ),
    "fr": (
        "Laissez vos mains se poser sur vos genoux.",
        "Inspirez lentement par le nez.",
        "Puis expirez, et laissez vos épaules descendre.",
        "Sentez la chaleur de vos paumes sur votre front.",
        "Fermez les yeux, si vous voulez, et écoutez votre souffle.",
        "Appuyez doucement sous les pommettes.",
    ),
    "it": (
        "Lascia che le mani riposino in grembo.",
        "Inspira lentamente dal naso.",
        "Ora espira, e lascia scendere le spalle.",
        "Senti il calore dei palmi sulla fronte.",
        "Chiudi gli occhi, se vuoi, e ascolta il tuo respiro.",
        "Premi dolcemente sotto gli zigomi.",
    ),
    "pt": (
        "Deixe as mãos descansarem no colo.",
        "Inspire devagar pelo nariz.",
        "Agora solte o ar, e deixe os ombros descerem.",
        "Sinta o calor das palmas na testa.",
        "Feche os olhos, se quiser, e escute a sua respiração.",
        "Pressione de leve embaixo das maçãs do rosto.",
    ),
    "hi": (
        "अपने हाथों को गोद में आराम करने दें।",
        "नाक से धीरे धीरे सांस लें।",
        "अब सांस छोड़ें, और कंधों को नीचे आने दें।",
        "माथे पर हथेलियों की गर्माहट महसूस करें।",
        "चाहें तो आंखें बंद करें, और अपनी सांस सुनें।",
    ),
    "ja": (
        "両手を膝の上に置いて、休ませてください。",
        "鼻からゆっくり息を吸います。",
        "そして息を吐きながら、肩を下ろしましょう。",
        "額に手のひらの温かさを感じてください。",
        "目を閉じて、自分の呼吸を聞いてください。",
    ),
    "zh": (
        "把双手放在腿上，慢慢休息。",
        "用鼻子慢慢地吸气。",
        "现在呼气，让肩膀放松下来。",
        "感受手掌在额头上的温暖。",
        "闭上眼睛，听自己的呼吸。",
    ),
}

Lengths = Callable[[list[int], str, float], "np.ndarray[tuple[int], np.dtype[np.int64]]"]


def lengths(place: Path) -> Lengths:
    """The model's first part as a function of phonemes, voice and speed: their lengths in :data:`model.STEP`."""
    onnx = importlib.import_module("onnx.utils")
    with tempfile.TemporaryDirectory() as scratch:
        part = Path(scratch) / "lengths.onnx"
        onnx.extract_model(
            str(place / MODEL.name), str(part), ["tokens", "style", "speed"], ["/encoder/Gather_output_0"]
        )
        options = runtime().SessionOptions()
        options.intra_op_num_threads = 1
        session = runtime().InferenceSession(part.read_bytes(), options, providers=["CPUExecutionProvider"])
    styles = np.load(place / STYLES.name)

    def measured(tokens: list[int], voice: str, speed: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        style = styles[voice].reshape(model.LONGEST, -1)[len(tokens) - 1][None]
        inputs = {"tokens": [[0, *tokens, 0]], "style": style, "speed": np.array([speed], np.float32)}
        return np.ravel(session.run(None, inputs)[0])[1:-1]

    return measured


def rate(measured: Lengths, one: Speaker, at: float) -> float:
    """Syllables a second at a speed."""
    signs = {number: sign for sign, number in phonemes.vocabulary().items()}
    count = steps = 0
    for text in _SENTENCES[one.language[:2]]:
        (piece,) = phonemes.phonemes(text, one.language)
        said = [signs[number] for number in piece]
        nuclei = _TONES if one.language == "zh-CN" else _VOWELS
        count += sum(sign in nuclei and said[at - 1 : at] != [sign] for at, sign in enumerate(said))
        steps += sum(int(n) for sign, n in zip(said, measured(piece, one.short, at), strict=True) if sign not in _MARKS)
    return SOUND.get(one.language[:2], 1.17) * count / (steps * model.STEP / model.SAMPLE_RATE)


def calmed(at: float, language: str) -> float:
    """The speed for WANTED syllables a second of a voice that says so many at _NEAR."""
    return max(_SLOWEST, speed(WANTED.get(language[:2], 3.15) / at, _NEAR))


def seconds(measured: Lengths, one: Speaker, at: float) -> float:
    """How long the sentences are at a speed, pauses in them included."""
    pieces = [piece for text in _SENTENCES["en"] for piece in phonemes.phonemes(text, one.language)]
    return float(sum(measured(piece, one.short, at)[:-1].sum() for piece in pieces)) * model.STEP / model.SAMPLE_RATE


def curve(measured: Lengths) -> None:
    for one_speed in (*(round(0.3 + 0.05 * step, 2) for step in range(21)), *(1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 2.0)):
        shares = [
            seconds(measured, one, one_speed) / seconds(measured, one, 1.0) for one in SPEAKERS if one.short in _FOUR
        ]
        print(f"{one_speed:g}: {np.mean(shares):.3f},  # {min(shares):.3f} to {max(shares):.3f}", flush=True)


def main(names: Sequence[str]) -> None:
    place = folder()
    assert place is not None, "run 'voiceguide voices add kokoro' first"
    measured = lengths(place)
    if "curve" in names:
        curve(measured)
        return
    for one in SPEAKERS:
        if not names or one.short in names:
            at = rate(measured, one, _NEAR)
            print(f'"{one.short}": {calmed(at, one.language):.2f},  # {at:.2f} at {_NEAR}', flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
