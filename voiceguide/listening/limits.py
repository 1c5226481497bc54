"""What ``voiceguide listen`` finds, in one table, and the limits that decide it.

Lengths are seconds, levels dB, shares 0 to 1. Measured on the routines that come with voiceguide: a planned line has a
likeness of 0.7 to 1 where it is, since mastering only limits its peaks, and of at most 0.12 anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ONSET = 0.05
"""By how much a line, a chime or a breath sound may begin beside its planned time."""

ONSET_BY_EAR = 0.35
"""The same for a line that is known by its words alone: a recogniser's edges of words are not exact."""

PAUSE_BY_EAR = 0.2
"""The share of a pause by which it may differ between lines known by their words, when that is more than
:data:`ONSET_BY_EAR`: another reader's lines have other lengths."""

LENGTH = 0.05
"""By how much the file's length may differ from the plan's."""

LIKE = 0.35
"""The least likeness of the file to a planned line where that line is said."""

SOUND_SHARE = 0.4
"""The least share of its planned amplitude with which a chime or a breath sound must be there."""

SOUND_LIKE = 0.05
"""The least likeness of the file to a chime or a breath sound, which a voice may cover."""

SOUND_LEVEL = 5.0
"""By how many dB a chime or a breath sound may be louder or softer than planned, against the voice."""

LINE_LEVEL = 6.0
"""By how many dB a line may be louder or softer than the session's other lines, besides what the plan wants."""

BED_LOUD, BED_SOFT = 6.0, 8.0
"""By how many dB the bed may be louder, and softer, than planned, against the voice. Mastering limits the voice's peaks
and leaves the bed as it is, which brings them 2 to 3 dB closer."""

BED_HEARD = 40.0
"""A bed that is planned further below the voice than this many dB is not judged."""

LOUDNESS = 1.0
"""LU by which the integrated loudness may differ from what the script asks for."""

PEAK = 0.1
"""dB by which the true peak may exceed the profile's: decoders differ."""

WORDS_LEAST, WORDS_ENOUGH = 0.90, 0.97
"""The share of a session's words that must be understood, and that should be."""

LINE_LOST = 0.3
"""The share of a line's words from which it counts as not understood."""

RULES: Mapping[str, str] = MappingProxyType(
    {
        "length": "a file that is shorter or longer than planned",
        "cut": "a file that ends, or cannot be read, before the session does",
        "missing": "a line that is not said",
        "doubled": "a line that is said once more than planned",
        "order": "a line that is said before or after its turn",
        "voice": "a line that is said, but not as the plan's voice says it",
        "unplanned-words": "words that the script does not have",
        "words": "words that are not understood",
        "onset": f"a line that begins more than {ONSET * 1000:g} ms before or after its time",
        "pause": f"a pause or hold that is more than {ONSET * 1000:g} ms shorter or longer than planned",
        "chime": "a chime or another sound that is missing, or early or late",
        "breath": "a breath sound that is missing, or early or late",
        "sound-level": "a chime or breath sound that is too loud or too soft against the voice",
        "line-level": "a line that is louder or softer than the others",
        "bed": "a background that is too loud against the voice, or missing",
        "loudness": "a session that is louder or softer than it should be",
        "peak": "a true peak above what the profile allows",
    }
)
"""What is looked for, by the name that a finding has."""
