"""Hears a finished file, aligns it with its plan, and tells what is not as planned.

::

    file ─▶ WorkingCopy ─placing─▶ lines ─sounds, balance─▶ levels ─by_ear, words─▶ words ─▶ Listening

Planned lines, chimes and breath sounds are found by matched filters, since the plan has their samples: to a fraction of
a millisecond, wherever an editor moved them. What they do not explain is listened to by speech recognition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voiceguide.listening.balance import LevelsInFile, bed_findings
from voiceguide.listening.by_ear import Ear, Unplanned, unplanned_findings
from voiceguide.listening.expected import Expected
from voiceguide.listening.limits import LINE_LEVEL, LOUDNESS, PEAK
from voiceguide.listening.placing import Placement, Placements, Shifts, placed_by_sample
from voiceguide.listening.result import Finding, HeardLine, HeardSound, Listening
from voiceguide.listening.sounds import SoundPlace, SoundSearch, found_sounds, level_of_sound, sound_findings
from voiceguide.listening.timing import length_findings, line_findings, time_findings
from voiceguide.listening.words import Understood, WordListener, word_findings, words_understood
from voiceguide.listening.working_copy import WorkingCopy, in_seconds, working_copy
from voiceguide.progress import ReportStage, quiet
from voiceguide.session.session import Session
from voiceguide.speech.cache import cache_folder
from voiceguide.speech.recognition import Recogniser
from voiceguide.units import decibels, seconds

_OTHER_VOICE = 0.5  # share of the lines known by ear from which the whole session has another voice
_UPPER = 75  # percentile of the lines' gains that mastering multiplied by: it limits the others' peaks


def listen(
    audio: Path, session: Session, recogniser: Recogniser | None = None, progress: ReportStage = quiet
) -> Listening:
    """Compares a finished file with a planned session; without a ``recogniser`` its words are not listened to.

    Raises SoundError when the file cannot be read.
    """
    expected = Expected(session)
    with working_copy(audio, cache_folder().parent, progress) as copy:
        placed = placed_by_sample(copy, expected, progress)
        levels = LevelsInFile(copy, expected, placed)
        ear = Ear(copy, expected, placed, _others_gain(levels), recogniser)
        by_ear, unplanned = ear.listen(progress)
        everything = placed | by_ear
        search = SoundSearch(
            copy, expected, Shifts(everything, expected), _gain(placed), len(by_ear) > len(everything) * _OTHER_VOICE
        )
        sounds = found_sounds(search, progress)
        understood: Mapping[int, Understood] = {}
        if recogniser:
            listener = WordListener(expected, recogniser, expected.timeline.language, copy)
            understood = words_understood(listener, everything, progress)
        heard = _Heard(copy, expected, everything, unplanned, search, sounds, understood, levels)
        return heard.listening(listened=recogniser is not None)


def _gain(placed: Placements) -> float | None:
    """By what mastering multiplied, as the lines tell that it limited least."""
    return float(np.percentile([one.gain for one in placed.values()], _UPPER)) if placed else None


def _others_gain(levels: LevelsInFile) -> float:
    """dB by which the loudest of all but the voice is louder than in the plan."""
    gain = _gain(levels.placed)
    return max(decibels(gain) if gain else 0.0, levels.bed_gain or -120.0)


@dataclass(frozen=True)
class _Heard:
    """All that was found in a file."""

    copy: WorkingCopy
    expected: Expected
    placed: Placements
    unplanned: tuple[Unplanned, ...]
    search: SoundSearch
    sounds: tuple[SoundPlace, ...]
    understood: Mapping[int, Understood]
    levels: LevelsInFile

    def listening(self, *, listened: bool) -> Listening:
        lines = tuple(self._line(index) for index in range(len(self.expected.lines)))
        over_bed = [line.over_bed for line in lines if line.over_bed is not None]
        findings = [*self._findings(), *bed_findings(self.levels, over_bed)]
        return Listening(
            self.copy.path,
            self.expected.timeline,
            self.copy.frames,
            self.copy.loudness,
            self.copy.true_peak,
            self.copy.short_term,
            lines,
            tuple(self._sound(place) for place in self.sounds),
            self.levels.bed_level,
            listened,
            tuple(sorted(findings, key=lambda finding: -1.0 if finding.at is None else finding.at)),
        )

    def _findings(self) -> Iterator[Finding]:
        yield from length_findings(self.copy, self.expected)
        yield from line_findings(self.copy, self.expected, self.placed)
        yield from unplanned_findings(self.expected, self.unplanned)
        yield from time_findings(self.expected, self.placed, [one.place for one in self.unplanned])
        yield from self._voice_findings()
        yield from self._line_levels()
        reached = self.copy.samples
        inside = [one for one in self.sounds if one.at is not None or self._planned_at(one) < reached]
        yield from sound_findings(self.search, inside)
        yield from word_findings(self.expected, self.placed, self.understood)
        yield from self._loudness_findings()

    def _planned_at(self, one: SoundPlace) -> int:
        return self.expected.place(one.event) + self.search.shifts.before(one.event.start)

    def _voice_findings(self) -> Iterator[Finding]:
        by_ear = {index: one for index, one in self.placed.items() if one.known == "ear"}
        if self.search.by_ear:
            message = (
                "The file has another voice than the plan; its lines are known by their words, their times roughly."
            )
            yield Finding("voice", "warning", message)
            return
        for index, one in by_ear.items():
            event = self.expected.lines[index]
            message = f"“{event.text}” is said by another voice, or in another reading than planned."
            yield Finding("voice", "error", message, in_seconds(one.start), event.span)

    def _line_levels(self) -> Iterator[Finding]:
        for index, one in self.placed.items():
            level = self._level(one)
            if level is not None and abs(level) > LINE_LEVEL:
                event = self.expected.lines[index]
                how = f"{abs(level):.0f} dB {'louder' if level > 0 else 'softer'} than the other lines"
                yield Finding("line-level", "warning", f"“{event.text}” is {how}.", in_seconds(one.start), event.span)

    def _level(self, one: Placement) -> float | None:
        """dB by which a line is louder than the others, against the plan."""
        gains = [other.gain for other in self.placed.values() if other.known == "sample"]
        if one.known != "sample" or not gains:
            return None
        return decibels(one.gain / float(np.median(gains)))

    def _loudness_findings(self) -> Iterator[Finding]:
        requirement = self.expected.mastered
        wanted, highest = requirement.loudness, requirement.profile.true_peak
        loudness, peak = self.copy.loudness, self.copy.true_peak
        if self.expected.requirement.profile.shop is None and abs(loudness - wanted) > LOUDNESS:
            yield Finding("loudness", "error", f"The file has {loudness:.1f} LUFS; {wanted:g} are asked for.")
        if peak > highest + PEAK:
            yield Finding("peak", "error", f"The true peak is {peak:.1f} dBTP; at most {highest:g} is asked for.")

    def _line(self, index: int) -> HeardLine:
        event, one = self.expected.lines[index], self.placed.get(index)
        text, planned = event.text or "", seconds(event.start)
        if one is None:
            return HeardLine(text, event.span, planned)
        words, balance = self.understood.get(index), self.levels.balance(index, one)
        return HeardLine(
            text, event.span, planned, in_seconds(one.start), in_seconds(one.end), one.known, self._level(one),
            words.said if words else None, words.said - len(words.missed) if words else None,
            words.missed if words else (), (words.heard if words else "") or one.heard,
            balance.over_bed, balance.over_sounds,
        )  # fmt: skip

    def _sound(self, place: SoundPlace) -> HeardSound:
        event = place.event
        name = event.text or event.phase or ""
        at = None if place.at is None else in_seconds(place.at)
        return HeardSound(
            event.kind, name, event.span, seconds(event.start), at, level_of_sound(place, self.search.gain)
        )
