"""The names that a script may use beside its cues: breathing patterns, sets of breath sounds, settings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from voiceguide.mix_levels import (
    BROADCAST_LOUDNESS,
    LOUDEST_LOUDNESS,
    SOFT_LOUDNESS,
    SOFTEST_LOUDNESS,
    TARGET_LOUDNESS,
    YOUTUBE_LOUDNESS,
)
from voiceguide.routine import PhaseKind, SpokenAs
from voiceguide.rule_spec import KINDS
from voiceguide.sound_settings import ROOM_NAMES
from voiceguide.units import FILE_RATES, PACES

CHIME_STEP = Fraction(5, 2)
"""Seconds until the script goes on after a chime has been struck, unless the sound ends before."""


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

SPOKEN: tuple[SpokenAs, SpokenAs] = ("written-out", "as-written")
"""What ``spoken`` in the front matter can be."""

PROFILE_LOUDNESS: Mapping[str, float] = MappingProxyType(
    {
        "podcast": TARGET_LOUDNESS,
        "sleep": SOFT_LOUDNESS,
        "audiobook": SOFT_LOUDNESS,
        "insight-timer": TARGET_LOUDNESS,
        "youtube": YOUTUBE_LOUDNESS,
        "broadcast": BROADCAST_LOUDNESS,
    }
)
"""The names that ``profile`` in the front matter can have, with the LUFS of each; :mod:`~voiceguide.mastering.profiles`
says what else they ask."""

FRONT_MATTER: Mapping[str, str] = MappingProxyType(
    {
        "title": "the session's title; else the first # heading, else the file's name",
        "description": "a sentence or two about the session",
        "author": "who wrote it",
        "date": "the day it was made, like 2026-11-23 or 2026",
        "language": "a language tag such as en, en-GB or de",
        "voice": "a voice's name, or auto",
        "pace": f"{PACES}, where 1 is calm; 1..0.9 calms down from the first line to the last",
        "phrasing": "how long the voice pauses at commas, colons and dashes, or none for its own pauses",
        "length": "a duration that the session lasts exactly",
        "bed": "a bed's name, a file, or none",
        "chimes": "the sound that [chime] strikes, the set of breath sounds, or both",
        "gaps": "the silence between sentences and between paragraphs",
        "ducking": "how far the bed sinks under the voice and how fast, or none",
        "levels": "how much louder or softer the voice, breath, chimes and bed are in the whole session",
        "room": f"the room that the voice sounds in: {', '.join(ROOM_NAMES)}",
        "profile": f"how loud the finished session is, and for whom: {', '.join(PROFILE_LOUDNESS)}",
        "loudness": f"integrated loudness in LUFS, {SOFTEST_LOUDNESS:g} to {LOUDEST_LOUDNESS:g}",
        "sample_rate": f"the finished file's sample rate in Hz: {' or '.join(map(str, FILE_RATES))}",
        "variables": "names and values for {name} in the text",
        "pronounce": "words and how to say them",
        "spoken": "written-out, or as-written: whether figures, signs and abbreviations are put in words for the voice",
        "tables": "spoken: tables are read row by row; else they are not spoken",
        "tags": "words for search",
        "cover": "an image file",
        "sleep": "true: no closing chime, a long fade out",
        "takes": "vary: what is said several times is read anew each time, where the voice can; or same",
        "verify": "true: speech recognition checks the words of every line",
        "kind": f"what the session is, which decides which rules hold for it: {', '.join(KINDS)}",
        "checks": "rules of 'voiceguide check' and off, warning or error for each",
    }
)
"""The keys of the front matter and what they mean."""

OTHER_PROGRAMS = frozenset(
    [
        *["alias", "aliases", "cssclass", "cssclasses", "created", "modified", "updated", "publish", "up", "related"],
        *["layout", "permalink", "published", "category", "categories", "excerpt", "redirect_from", "toc", "comments"],
        *["draft", "slug", "weight", "type", "url", "keywords", "series", "summary", "lastmod", "expirydate", "image"],
        *[
            "publishdate",
            "linktitle",
            "markup",
            "menu",
            "menus",
            "outputs",
            "resources",
            "params",
            "cascade",
            "layouts",
        ],
        *["id", "status", "rating", "source", "parent", "nav_order", "sidebar", "header", "pin", "math", "subtitle"],
    ]
)
"""Keys that Obsidian, Jekyll and Hugo read, in small letters; here they mean nothing, and none is a slip of the pen."""
