"""Turns takes into a recorded voice: finds, checks, cuts and cleans every line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from voiceguide.errors import SoundError, SpeechError
from voiceguide.progress import ReportStage, quiet
from voiceguide.recording.lengths import readings_by_length
from voiceguide.recording.readings import Reading, Verdict, reading_of, readings
from voiceguide.recording.sheet import Sheet, SheetLine, numbers_of
from voiceguide.recording.takes import Take, opened
from voiceguide.speech import recognition
from voiceguide.speech.casting import voices
from voiceguide.speech.clips import Unusable, make_clip, plausible_seconds
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.engines.recorded.voices import NAME, RecordedVoice, recorded_voices
from voiceguide.speech.engines.registry import installed_engines
from voiceguide.speech.recognition import Recogniser
from voiceguide.speech.voice_folders import chosen_folders, own_folder
from voiceguide.units import SAMPLE_RATE

Fate = Literal["taken", "kept", "left"]
"""The result for a line: its new recording is used, the earlier one is kept, or there is none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one line. ``verdict`` None: it was not found. ``seconds``: its start in ``take``."""

    line: SheetLine
    verdict: Verdict | None
    fate: Fate
    take: Path | None = None
    seconds: float = 0.0
    heard: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A recorded voice with what was found for each line of the sheet. ``checked``: by speech recognition;
    ``by_length``: the lines of a long take were told apart by their order and lengths. ``rooms``: the takes in which
    the room is near, with its dB below the voice."""

    voice: RecordedVoice
    outcomes: tuple[Outcome, ...]
    checked: bool
    by_length: bool = False
    rooms: tuple[tuple[Path, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Find:
    """The reading of a line that is to be used, its take, and its clip, or why it cannot be a clip."""

    reading: Reading
    take: Path
    clip: NDArray[np.float32] | Unusable


def import_takes(
    voice: RecordedVoice, sheet: Sheet, takes: Sequence[Path], accepted: Collection[int], progress: ReportStage
) -> Imported:
    """Adds the lines of a sheet that the takes hold to a voice, and keeps it.

    The takes are one long one, or one for each line, by the numbers their names begin with. Of several readings the
    last good one counts. A misread line is left out unless its number is ``accepted``; a doubtful one never replaces
    an existing one. A voice without a single line is not kept. Without speech recognition for the language the lines
    of a long take are those that its phrases are by order and length. Raises SoundError for a take that cannot be
    used, RecognitionError if speech recognition fails, and OutputError.
    """
    numbers = _numbers(sheet, takes)
    checked = recognition.can_recognise(sheet.language)
    recogniser = recognition.recogniser(sheet.language) if checked else None
    found: dict[int, Find] = {}
    by_length, rooms = False, []
    for done, path in enumerate(takes):
        with opened(path, partial(_report_seconds, progress, path)) as take:
            number = None if numbers is None else numbers[done]
            if number is not None and len(takes) == 1 and _too_long(take, sheet.lines[number - 1]):
                number = None
            if not take.phrases:
                raise SoundError(f"There is nothing to be heard in {path}. Nothing was imported; leave this file out.")
            if take.room is not None and take.room.near:
                rooms.append((path, take.room.below))
            if number is None and recogniser is None:
                several: Sequence[Reading] = readings_by_length(take, sheet)
                by_length = True
            elif number is None and recogniser is not None:
                several = readings(take, sheet, recogniser, progress)
            elif number is not None:
                several = _readings_of_one(take, number, sheet, recogniser)
                progress("Checking", done + 1, len(takes))
            found |= _last_good(several, take, sheet)
    outcomes: list[Outcome] = []
    for index, line in enumerate(sheet.lines):
        voice, outcome = _with_line(voice, line, found.get(index), accepted)
        outcomes.append(outcome)
    if voice.recordings:
        voice.save()
    return Imported(voice, tuple(outcomes), checked, by_length, tuple(rooms))


def find_line(take: Take, number: int, sheet: Sheet, recogniser: Recogniser | None) -> Find:
    """The line of a number in a take that holds it alone, and has phrases: the last good reading of it."""
    return _last_good(_readings_of_one(take, number, sheet, recogniser), take, sheet)[number - 1]


def voice_to_fill(name: str, language: str, gender: Literal["female", "male"] | None) -> RecordedVoice:
    """The recorded voice of a name, with what it holds already, in any language; a new one if there is none yet.

    A new one is put into the first folder that the user names for voices, else into voiceguide's own. Raises
    SpeechError for a name that cannot be one, or a damaged voice.
    """
    name = " ".join(name.strip().removeprefix("recorded:").split())
    if not NAME.fullmatch(name):
        raise SpeechError(
            f"A voice cannot be called '{name}'. Please use letters, digits, spaces and hyphens, 40 at most."
        )
    if name.casefold() in ("auto", *installed_engines()):
        raise SpeechError(f"'{name}' already means something else; please choose another name for the voice.")
    for voice in recorded_voices():
        if _folder_name(voice.name) == _folder_name(name):
            if voice.fault:
                raise SpeechError(voice.fault)
            voice = voice.speaking(language)
            return voice if gender is None else replace(voice, gender=gender)
    if other := _voice_called(name.casefold()):
        raise SpeechError(f"'{name}' is the voice {other} already; please choose another name for the recorded one.")
    folder = next(iter(chosen_folders()), own_folder())
    return RecordedVoice(folder / _folder_name(name), name, language, gender)


def _folder_name(name: str) -> str:
    """The folder's name; names with the same one are the same voice."""
    return name.casefold().replace(" ", "-")


def _voice_called(name: str) -> str | None:
    """The full name of an installed voice that goes by a name already, and is no recorded one."""
    for voice in voices():
        names = (voice.name.partition(":")[2], *voice.aliases)
        if voice.quality != "recorded" and name in map(str.casefold, names):
            return voice.name
    return None


def _numbers(sheet: Sheet, takes: Sequence[Path]) -> tuple[int, ...] | None:
    """The line of each take; None for one long take. Raises SoundError if it is neither."""
    if not sheet.lines:
        raise SoundError("This script has no lines for this voice to read.")
    numbers = numbers_of([path.stem for path in takes], len(sheet.lines))
    if len(takes) == 1:
        plain = takes[0].stem.casefold().removeprefix("line").strip(" -_").isdecimal()
        return numbers if plain else None
    if numbers is None:
        raise SoundError(
            f"It is not clear which of the {len(sheet.lines)} lines these {len(takes)} takes are. Let each file's name "
            "begin with the number of its line on the recording sheet, like 012.wav, or import a long take by itself."
        )
    return numbers


def _report_seconds(progress: ReportStage, path: Path, seconds: float) -> None:
    progress(f"Reading {path.name} for", round(seconds), 0)


def _too_long(take: Take, line: SheetLine) -> bool:
    """Whether a take of one line lasts far longer than the line can."""
    return len(take.samples) / SAMPLE_RATE > plausible_seconds(line.text, 1.0)[1] + 10


def _last_good(several: Iterable[Reading], take: Take, sheet: Sheet) -> dict[int, Find]:
    """The last good reading of each line; if none is good, the last of those with the best verdict."""
    rank: Mapping[Verdict, int] = {"misread": 0, "doubtful": 1, "good": 2}
    best: dict[int, Reading] = {}
    for reading in several:
        before = best.get(reading.line)
        if before is None or rank[reading.verdict] >= rank[before.verdict]:
            best[reading.line] = reading
    found: dict[int, Find] = {}
    for line, reading in best.items():
        try:
            utterance = Utterance(take.clean_sound(reading.stretch), SAMPLE_RATE)
            found[line] = Find(reading, take.path, make_clip(utterance, sheet.lines[line].text, 1.0))
        except Unusable as reason:
            found[line] = Find(reading, take.path, reason)
    return found


def _readings_of_one(take: Take, number: int, sheet: Sheet, recogniser: Recogniser | None) -> Sequence[Reading]:
    """The readings of a take that holds one line; the whole take without a recogniser, or if the line is not found."""
    line = sheet.lines[number - 1]
    if recogniser is None:
        return [Reading(number - 1, take.bounds(0, len(take.phrases)), "good", "", "")]
    several = readings(take, replace(sheet, lines=(line,)), recogniser, quiet)
    if not several:
        return [reading_of(take, number - 1, sheet, recogniser)]
    return [replace(reading, line=number - 1) for reading in several]


def _with_line(
    voice: RecordedVoice, line: SheetLine, find: Find | None, accepted: Collection[int]
) -> tuple[RecordedVoice, Outcome]:
    """The voice, with the line's new recording if it is to be used, and the result for the line."""
    there = voice.recording(line.text) is not None
    if find is None:
        return voice, Outcome(line, None, "kept" if there else "left")
    reading, verdict, heard = find.reading, find.reading.verdict, find.reading.heard
    use = line.number in accepted or verdict == "good" or (verdict == "doubtful" and not there)
    if isinstance(find.clip, Unusable):
        use, verdict, heard = False, "misread", f"(the recording {find.clip})"
    elif use:
        voice = voice.with_recording(line.text, find.clip)
    fate: Fate = "taken" if use else "kept" if there else "left"
    seconds = reading.stretch.start / SAMPLE_RATE
    return voice, Outcome(line, verdict, fate, find.take, seconds, heard, reading.word)
