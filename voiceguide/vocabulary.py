"""The cues of the script language, in one table. The parser, the command line's help and docs/language.md read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from voiceguide.mix_levels import BED_LEVEL, LOUDEST_BED
from voiceguide.routine import PhaseKind
from voiceguide.units import LOUDEST_LEVEL, SOFTEST_LEVEL


class Value(Enum):
    """What a word in a cue must be; the text is how messages and the docs call it."""

    DURATION = "a duration like 4s"
    ELASTIC = "a duration like 5s, ~5s or 3s..10s"
    LEVEL = "a level like -6dB"
    TIMES = "a number of times like x6 or x4..8"
    ROUNDS = "a number of times like 3, ~3 or 2..5"
    PATTERN = "a breathing pattern like 4-6 or box"
    NUMBERS = "numbers like 5 or 10 to 1"
    WORDS = "a number of cycles, all or none"
    PACE = "a number from 0.5 to 2"
    SOUND = "a sound of the library"
    FILE = "a file or a sound of the library"
    BED = "a bed, a file or none"
    SCRIPT = "a script's file name"
    VOICE = "a voice's name"
    ITEMS = "words between commas"


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a cue: a bare word, a word and a value, or (``word`` None) a value with a form of its own."""

    form: str
    meaning: str
    word: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class CueSpec:
    """One cue: ``brief`` in a few words, ``meaning`` in full.

    ``argument`` comes first and is ``required`` or not; options follow in any order.
    """

    name: str
    brief: str
    forms: tuple[str, ...]
    meaning: str
    argument: Value | None = None
    required: bool = False
    options: tuple[Option, ...] = ()
    opens_block: bool = False


_LEVEL = Option("-6dB", f"louder or softer than usual, {SOFTEST_LEVEL:g}dB to {LOUDEST_LEVEL:+g}dB", value=Value.LEVEL)

CUES: tuple[CueSpec, ...] = (
    CueSpec(
        "pause",
        "silence, over which the bed goes on",
        ("[pause 5s]", "[pause ~5s]", "[pause 3s..10s]"),
        "Silence; the bed goes on.",
        Value.ELASTIC,
        required=True,
    ),
    CueSpec(
        "hold",
        "stillness, ended by a soft chime",
        ("[hold 20s]", "[hold 30s halfway]", "[hold 10s count]", "[hold ~20s countdown]"),
        "The listener keeps still or keeps pressing; a soft release chime ends it.",
        Value.ELASTIC,
        required=True,
        options=(
            Option("halfway", "a soft tick in the middle", "halfway"),
            Option("count", "every second spoken, from one", "count"),
            Option("countdown", "the last five seconds spoken, down to one", "countdown"),
        ),
    ),
    CueSpec(
        "chime",
        "strikes a sound, which rings on",
        ("[chime]", "[chime bell]", "[chime bowl x3 every 4s]", "[chime bell -6dB]"),
        "Strikes a sound; the script goes on after 2.5 s (or the sound's end, if shorter) while it rings on.",
        Value.SOUND,
        options=(
            Option("x3", "so many strikes", value=Value.TIMES),
            Option("every 4s", "the time from strike to strike", "every", Value.DURATION),
            _LEVEL,
        ),
    ),
    CueSpec(
        "breathe",
        "paced breathing, each phase with its own sound",
        ("[breathe 4-6 x6]", "[breathe 4-7-8 x4]", "[breathe box for 2m]", "[breathe 5.5-5.5 x4..8 words all swell]"),
        "Paced breathing, in seconds: in-out, in-hold-out or in-hold-out-rest, or a pattern's name. "
        "Each phase starts with its own sound exactly on the beat.",
        Value.PATTERN,
        required=True,
        options=(
            Option("x6", "so many cycles; x4..8 is elastic", value=Value.TIMES),
            Option("for 2m", "whole cycles nearest to a duration; for ~2m is elastic", "for", Value.ELASTIC),
            Option("words 2", "names the phases in the first cycles (2), in all or in none", "words", Value.WORDS),
            Option("swell", "a wave that rises with the inhale and falls with the exhale", "swell"),
        ),
    ),
    CueSpec(
        "count",
        "numbers on the beat",
        ("[count 5]", "[count 10 to 1]", "[count 4 every 1.5s]"),
        "Numbers spoken on the beat, 1 s apart, the first on the spot.",
        Value.NUMBERS,
        required=True,
        options=(Option("every 1.5s", "the time from number to number", "every", Value.DURATION),),
    ),
    CueSpec(
        "sound",
        "plays a file",
        ("[sound gong.flac]", "[sound birds.mp3 under -6dB]"),
        "Plays a file and waits for its end.",
        Value.FILE,
        required=True,
        options=(Option("under", "goes on at once while the file plays", "under"), _LEVEL),
    ),
    CueSpec(
        "bed",
        "another background from here on",
        ("[bed brown]", f"[bed brown {BED_LEVEL:g}dB fade 6s]", "[bed none]"),
        "Changes the background from here on, crossfaded.",
        Value.BED,
        required=True,
        options=(
            Option(
                f"{BED_LEVEL:g}dB",
                f"how far under the voice, {SOFTEST_LEVEL:g}dB to {LOUDEST_BED:g}dB",
                value=Value.LEVEL,
            ),
            Option("fade 6s", "how long the crossfade takes", "fade", Value.DURATION),
        ),
    ),
    CueSpec(
        "voice",
        "another voice from here on",
        ("[voice NAME]",),
        "Another voice from here on.",
        Value.VOICE,
        required=True,
    ),
    CueSpec(
        "pace",
        "slower or faster from here on",
        ("[pace 0.9]",),
        "Slower or faster from here on; 1 is the voice's own.",
        Value.PACE,
        required=True,
    ),
    CueSpec(
        "repeat",
        "the block up to [end], so many times",
        ("[repeat 3]", "[repeat ~3]", "[repeat 2..5]"),
        "The block up to [end] again and again; {n} is the round, {total} their number.",
        Value.ROUNDS,
        required=True,
        opens_block=True,
    ),
    CueSpec(
        "each",
        "the block up to [end], once for each",
        ("[each left, right]", "[each side: left, right]"),
        "The block up to [end] once for each; {each} is the word, or the name before the colon.",
        Value.ITEMS,
        required=True,
        opens_block=True,
    ),
    CueSpec(
        "within",
        "the block up to [end], exactly so long",
        ("[within 20s]", "[within ~20s]"),
        "The block up to [end] lasts exactly so long: what it holds comes first, silence fills the rest.",
        Value.ELASTIC,
        required=True,
        opens_block=True,
    ),
    CueSpec(
        "include",
        "the body of another script",
        ("[include settle.md]",),
        "The body of another script.",
        Value.SCRIPT,
        required=True,
    ),
    CueSpec("end", "ends a block", ("[end]",), "Ends a repeat, each or within block."),
)

BY_NAME: Mapping[str, CueSpec] = MappingProxyType({spec.name: spec for spec in CUES})


def _pattern(*phases: tuple[PhaseKind, str]) -> tuple[tuple[PhaseKind, Fraction], ...]:
    return tuple((kind, Fraction(seconds)) for kind, seconds in phases)


PATTERNS: Mapping[str, tuple[tuple[PhaseKind, Fraction], ...]] = MappingProxyType(
    {
        "box": _pattern(("in", "4"), ("hold", "4"), ("out", "4"), ("rest", "4")),
        "relaxing": _pattern(("in", "4"), ("hold", "7"), ("out", "8")),
        "coherent": _pattern(("in", "5"), ("out", "5")),
        "resonant": _pattern(("in", "5.5"), ("out", "5.5")),
        "calm": _pattern(("in", "4"), ("out", "6")),
        "sigh": _pattern(("in", "2"), ("in", "1"), ("out", "6")),
    }
)
"""Breathing patterns by name: each phase and its seconds."""


def _breath_set(prefix: str) -> Mapping[PhaseKind, str]:
    up, down, still = f"{prefix}rise", f"{prefix}fall", f"{prefix}tick"
    return MappingProxyType({"in": up, "out": down, "hold": still, "rest": still})


BREATH_SETS: Mapping[str, Mapping[PhaseKind, str]] = MappingProxyType(
    {"plain": _breath_set(""), "air": _breath_set("air-"), "tone": _breath_set("tone-")}
)
"""Sets of breath sounds by name: the library's sound that begins each phase."""

FRONT_MATTER: Mapping[str, str] = MappingProxyType(
    {
        "title": "the session's title; else the first # heading, else the file's name",
        "description": "a sentence or two about the session",
        "author": "who wrote it",
        "date": "the day it was made, like 2026-11-23 or 2026",
        "language": "a language tag such as en, en-GB or de",
        "voice": "a voice's name, or auto",
        "pace": "0.5 to 2; 1 is the voice's own",
        "length": "a duration the session should last; you are told when it does not",
        "bed": "a bed's name, a file, or none",
        "chimes": "the sound that [chime] strikes, the set of breath sounds, or both",
        "gaps": "the silence between sentences and between paragraphs",
        "ducking": "how far the bed sinks under the voice and how fast, or none",
        "levels": "how much louder or softer the voice, breath, chimes and bed are in the whole session",
        "loudness": "integrated loudness in LUFS, -40 to -8",
        "variables": "names and values for {name} in the text",
        "pronounce": "words and how to say them",
        "tags": "words for search",
        "cover": "an image file",
        "sleep": "true: no closing chime, a long fade out",
        "checks": "rules of 'voiceguide check' and off, warning or error for each",
    }
)
"""The keys of the front matter and what they mean."""
