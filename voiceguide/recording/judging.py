"""Judges a take of one line: its words, its level, the room, and whether anything was cut off."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import numpy as np
import soundfile
from numpy.typing import NDArray

from voiceguide.errors import SoundError
from voiceguide.recording.importing import find_line
from voiceguide.recording.phrases import WINDOW, Phrase, levels
from voiceguide.recording.sheet import Sheet
from voiceguide.recording.takes import Take, opened
from voiceguide.speech.clips import Unusable, plausible_seconds
from voiceguide.speech.recognition import Recogniser
from voiceguide.units import SAMPLE_RATE

Fault = Literal["silent", "short", "long", "misread", "doubtful", "clipped", "faint", "noisy", "cut start", "cut end"]
"""What is wrong with a take: nothing is heard; too short or too long for its words; other words, or perhaps; too near
or too far; the room; speech that had begun before it, or went on after it."""

USELESS: frozenset[Fault] = frozenset(("silent", "short", "long"))
"""Faults with which a take cannot be a recording of its line."""

_FULL = 0.999  # of full scale, from which a sample counts as clipped
_CLIPPED_RUN = 3  # such samples in a row; a single one may be a peak that just fits
_FAINT = -42.0  # dBFS (RMS) of speech; its gain would raise the microphone's own noise
_NEAREST_NOISE = 30.0  # dB of the room below the speech; a recording for others has 40 and more
_EDGE = round(0.04 * SAMPLE_RATE)  # frames at a take's ends in which there must be no speech
_MONO = 3.01  # dB that decoding takes from a single channel
_LIVELY = 6.0  # dB between a take's soft and loud moments; noise has 2, speech 20 and more
_SPEAKS = 75.0  # percentile of a phrase's levels that is taken for the speech's


@dataclass(frozen=True, slots=True)
class Judgement:
    """``seconds`` of speech; levels in dBFS: the speech's (RMS), the room's in its rests (None: there are none), and
    the highest sample. ``heard`` are the words as the recogniser has them, ``word`` the one it doubts; ``checked``:
    there was one. ``stretch``: the frames of the take, at 44.1 kHz, that are the line."""

    seconds: float
    level: float
    noise: float | None
    peak: float
    faults: tuple[Fault, ...]
    checked: bool = False
    heard: str = ""
    word: str = ""
    stretch: tuple[int, int] = (0, 0)

    @property
    def useful(self) -> bool:
        """Whether it can be a recording of its line."""
        return not USELESS & set(self.faults)


def judged(
    path: Path, number: int, sheet: Sheet, recogniser: Recogniser | None
) -> tuple[Judgement, NDArray[np.float32] | None]:
    """What is to be said about a take, of one channel, of the line of a number, and the line's clip: as ``voices
    import`` makes it of the same take. Raises SoundError for a file that is no sound."""
    peak, clipped = _peaks(path)
    with opened(path) as take:
        if not take.phrases or not _speaks(take):
            return Judgement(0.0, -120.0, None, peak, ("silent",), recogniser is not None), None
        find = find_line(take, number, sheet, recogniser)
        clip, stretch = find.clip, find.reading.stretch
        level, noise = _levels(take, stretch)
        faults: list[Fault] = []
        seconds = (stretch.end - stretch.start) / SAMPLE_RATE
        if isinstance(clip, Unusable):
            shortest, _ = plausible_seconds(sheet.lines[number - 1].text, 1.0)
            faults.append("short" if seconds < 2 * shortest else "long")
        elif find.reading.verdict != "good":
            faults.append(cast("Fault", find.reading.verdict))
        found: dict[Fault, bool] = {
            "clipped": clipped,
            "faint": level < _FAINT,
            "noisy": noise is not None and level - noise < _NEAREST_NOISE,
            "cut start": take.phrases[0].start < _EDGE,
            "cut end": take.phrases[-1].end > len(take.samples) - _EDGE,
        }
        faults += [fault for fault, there in found.items() if there]
        told = find.reading.heard, find.reading.word
        span = stretch.start, stretch.end
        judgement = Judgement(seconds, level, noise, peak, tuple(faults), recogniser is not None, *told, span)
    return judgement, None if isinstance(clip, Unusable) else clip


def _peaks(path: Path) -> tuple[float, bool]:
    """The highest sample of a file in dBFS, and whether it is clipped. Raises SoundError."""
    try:
        samples, _ = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SoundError(f"{path.name} is no sound that can be read.") from error
    full = np.abs(samples).max(axis=1, initial=0.0) >= _FULL
    runs = np.convolve(full, np.ones(_CLIPPED_RUN), mode="valid") if len(full) >= _CLIPPED_RUN else np.zeros(1)
    peak = float(np.abs(samples).max(initial=0.0))
    return float(20.0 * np.log10(max(peak, 1e-6))), bool((runs >= _CLIPPED_RUN - 0.5).any())


def _speaks(take: Take) -> bool:
    """Whether a take is more than a room's even noise, in which phrases are found as well."""
    soft, loud = np.percentile(levels(take.samples), (10.0, 95.0))
    return bool(loud - soft > _LIVELY)


def _levels(take: Take, stretch: Phrase) -> tuple[float, float | None]:
    """The level of the speech and of the room, in dBFS."""
    level = levels(take.samples) + _MONO
    speaks = np.zeros(len(level), bool)
    for phrase in take.phrases:
        speaks[phrase.start // WINDOW : phrase.end // WINDOW] = True
    near = np.convolve(speaks, np.ones(21), mode="same") > 0  # 100 ms around speech are no rest
    inside = level[stretch.start // WINDOW : max(stretch.end // WINDOW, stretch.start // WINDOW + 1)]
    rests = level[~near]
    return float(np.percentile(inside, _SPEAKS)), float(np.median(rests)) if len(rests) >= 10 else None
