"""Whether what is said in a mix can be understood, judged against the same words heard without the mix.

What a recogniser makes of a sound differs from one processor to another, so no share of right words holds everywhere.
Each line is therefore heard twice on the same machine, alone and in the mix, and the mix may lose only so many words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from num2words import num2words
from scipy import stats

from tests.support.audio import to_16k
from voiceguide.speech.recognition import Recogniser, recogniser
from voiceguide.units import SAMPLE_RATE

TOLERATED = 0.02
"""The share of its words that a mix may cost: one in fifty, which no listener misses."""

CHANCE = 1e-6
"""How rarely a mix that costs no more than that fails the test."""

AROUND = 3 * SAMPLE_RATE // 10
"""Frames before and after a line that are heard with it."""


@dataclass(frozen=True)
class HeardLine:
    """The words of a line, and how many of them are recognised when it is heard alone and in the mix.

    A line that is recognised whole in the mix is not heard alone, which takes time and could only speak for the mix.
    """

    text: str
    said: int
    alone: int
    mixed: int


@dataclass(frozen=True)
class Understanding:
    """What a recogniser makes of all lines of a session."""

    lines: tuple[HeardLine, ...]

    @property
    def said(self) -> int:
        """Words in all."""
        return sum(line.said for line in self.lines)

    @property
    def alone(self) -> float:
        """The share of the words that is recognised without the mix."""
        return sum(line.alone for line in self.lines) / self.said

    @property
    def lost(self) -> int:
        """How many fewer words are recognised in the mix; below zero when there are more."""
        return sum(line.alone - line.mixed for line in self.lines)

    @property
    def most_lost(self) -> int:
        """The binomial bound: a mix that costs each word with the probability TOLERATED loses more than this with a
        probability of less than CHANCE."""
        return int(stats.binom.ppf(1 - CHANCE, self.said, TOLERATED))

    def __str__(self) -> str:
        worse = [
            f"  {line.mixed} in the mix, {line.alone} alone of {line.said}: {line.text}"
            for line in self.lines
            if line.mixed < line.alone
        ]
        head = f"{self.lost} of {self.said} words lost, {self.most_lost} allowed; {self.alone:.3f} recognised alone"
        return "\n".join([head, *worse])


def understanding(lines: Iterable[tuple[str, Any, Any]]) -> Understanding:
    """Hears lines: each with its text, itself alone, and the piece of the mix with :data:`AROUND` frames on both sides.

    Sounds are ``(frames,)`` at 44.1 kHz.
    """
    listener = recogniser("en")
    known: dict[tuple[str, bytes], int] = {}
    heard = []
    for text, alone, mixed in lines:
        padded = np.pad(alone, AROUND)
        said, in_mix, key = len(words(text)), recognised(listener, text, mixed), (text, padded.tobytes())
        if in_mix < said and key not in known:
            known[key] = recognised(listener, text, padded)
        heard.append(HeardLine(text, said, known[key] if in_mix < said else said, in_mix))
    return Understanding(tuple(heard))


def recognised(listener: Recogniser, text: str, sound: Any) -> int:
    """How many words of a text are heard in a sound at 44.1 kHz, in their order."""
    said, heard = words(text), words(listener.encode(to_16k(sound)).transcript().text)
    blocks = difflib.SequenceMatcher(None, said, heard, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def words(text: str) -> list[str]:
    """The words, numbers as words too: a recogniser writes either."""
    text = re.sub(r"\d+", lambda digits: f" {num2words(int(digits[0]))} ", text)
    return re.findall(r"[a-z']+", text.lower().replace("-", " "))
