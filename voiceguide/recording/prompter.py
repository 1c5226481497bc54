"""What a person still has to read of a script: which lines a recorded voice has, lacks, or has in other words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from voiceguide.recording.sheet import Sheet, SheetLine
from voiceguide.speech.engines.recorded.voices import RecordedVoice, words_of

LineState = Literal["recorded", "changed", "missing"]

_ALIKE = 0.6  # of difflib's ratio, from which a line counts as an older one in other words
_MOST_OLD = 2_000  # recordings that are compared with each line


@dataclass(frozen=True, slots=True)
class PromptLine:
    """A line of the sheet; ``was`` is what the recording says whose words were changed in the script since."""

    line: SheetLine
    state: LineState
    was: str = ""


def prompted(sheet: Sheet, voice: RecordedVoice) -> tuple[PromptLine, ...]:
    """The lines of a sheet, each with what the voice has of it."""
    wanted = {words_of(line.text) for line in sheet.lines}
    rest = {words: one.text for words, one in list(voice.recordings.items())[-_MOST_OLD:] if words not in wanted}
    return tuple(_lines(sheet, voice, rest))


def _lines(sheet: Sheet, voice: RecordedVoice, old: Mapping[str, str]) -> Iterator[PromptLine]:
    for line in sheet.lines:
        if voice.recording(line.text) is not None:
            yield PromptLine(line, "recorded")
            continue
        like = get_close_matches(words_of(line.text), old, 1, _ALIKE)
        yield PromptLine(line, "changed", old[like[0]]) if like else PromptLine(line, "missing")
