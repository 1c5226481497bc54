"""What is said where no planned line was found: lines said by another voice or once more, and words of nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voiceguide.listening.expected import WINDOW, Expected, level_of, window_levels
from voiceguide.listening.limits import LIKE
from voiceguide.listening.placing import Placement, Placements, Shifts
from voiceguide.listening.result import Finding
from voiceguide.listening.working_copy import Signal, WorkingCopy, in_seconds
from voiceguide.progress import ReportStage
from voiceguide.recording.matching import LIKE as LIKE_WORDS
from voiceguide.recording.matching import likeness, match
from voiceguide.recording.phrases import Phrase, phrases
from voiceguide.speech.recognition import LONGEST, Recogniser
from voiceguide.speech.recognition import SAMPLE_RATE as RATE
from voiceguide.timeline import Event
from voiceguide.units import SAMPLE_RATE

_CHUNK = 60 * RATE  # samples measured at a time
_MARGIN = RATE // 10  # around what a line explains
_TAIL = RATE // 4  # after it
_BELOW = 20.0  # dB below the voice, under which nothing is taken for speech
_ABOVE = 7.0  # dB above the planned background from which something is
_GAP, _SHORTEST, _LOUD = 25, 20, 12  # windows: that join two pieces, that a stretch lasts at least, that are loud in it
_LONGEST = 26 * RATE
_PAD = RATE // 5
_ONE_BREATH = RATE  # samples of rest within a line
_NEIGHBOURS = 12  # lines before and after a place that may be said there once more
_NO_SPEECH = 0.5
_SURE = -1.0  # mean log-likelihood of words that were really said
_FEWEST = 3  # words that are told when the script does not have them

_Levels = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Unplanned:
    """What is said besides the planned lines: where, and the line that it repeats, if any."""

    place: Placement
    line: int | None = None


@dataclass(frozen=True)
class Ear:
    """Listens where no planned line was found. ``bed_gain``: dB by which all but the voice is louder than in the plan.
    Without a ``recogniser`` only lines by the plan's voice are known."""

    copy: WorkingCopy
    expected: Expected
    placed: Placements
    bed_gain: float
    recogniser: Recogniser | None

    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Where something is said that no placed line explains: samples, half-open."""
        if not self.placed:
            return self._phrases_of_all()
        reference = [level_of(self.copy.sound(one.start, one.end)) for one in list(self.placed.values())[:200]]
        floor = float(np.median(reference)) - _BELOW
        loud = [self._loud(start, floor) for start in range(0, self.copy.samples, _CHUNK)]
        return _joined(np.concatenate(loud))

    def _phrases_of_all(self) -> tuple[tuple[int, int], ...]:
        found = phrases(self._levels_of_all())
        scale = RATE / SAMPLE_RATE
        return tuple((round(one.start * scale), round(one.end * scale)) for one in found)

    def _levels_of_all(self) -> NDArray[np.float64]:
        parts = [self._levels(start) for start in range(0, self.copy.samples, _CHUNK)]
        return np.concatenate(parts).astype(np.float64)

    def _levels(self, start: int) -> _Levels:
        return window_levels(self.copy.sound(start, min(start + _CHUNK, self.copy.samples)))

    def _loud(self, start: int, floor: float) -> NDArray[np.bool_]:
        """Which windows from ``start`` on hold something that the plan does not explain."""
        levels = self._levels(start)
        known = self._background(start, len(levels))
        loud = (levels > floor) & (levels > known + self.bed_gain + _ABOVE)
        stop = start + len(levels) * WINDOW
        for one in self.placed.values():
            if one.start - _MARGIN < stop and one.end + _TAIL > start:
                first, last = (one.start - _MARGIN - start) // WINDOW, (one.end + _TAIL - start) // WINDOW + 1
                loud[max(0, first) : max(0, last)] = False
        return loud

    def _background(self, start: int, count: int) -> _Levels:
        """The planned level of all but the voice, the loudest of the 300 ms around each window."""
        shift = Shifts(self.placed, self.expected).before(round(start * SAMPLE_RATE / RATE))
        first = (start - shift) // WINDOW - 15
        levels = self.expected.other_levels
        held = np.full(count + 30, -120.0, np.float32)
        begin, end = max(0, first), min(len(levels), first + len(held))
        if begin < end:
            held[begin - first : end - first] = levels[begin:end]
        background: _Levels = np.lib.stride_tricks.sliding_window_view(held, 31).max(axis=1)[:count]
        return background

    def listen(self, progress: ReportStage) -> tuple[dict[int, Placement], tuple[Unplanned, ...]]:
        """The lines that are said in another way, and what is said besides."""
        rest: list[tuple[int, int]] = []
        unplanned: list[Unplanned] = []
        stretches = self.stretches()
        for number, (start, end) in enumerate(stretches, 1):
            if any(one.place.meets(start, end) for one in unplanned):
                continue
            repeated = self._repeated(start, end) if self.placed else None
            if repeated is not None:
                unplanned.append(repeated)
            elif self.recogniser:
                rest.append((start, end))
            progress("Comparing", number, len(stretches))
        found, others = self._by_words(rest, progress)
        return found, (*unplanned, *others)

    def _repeated(self, start: int, end: int) -> Unplanned | None:
        """A line near a stretch that is said there once more, by the plan's voice."""
        before = sum(one.start < start for one in self.placed.values())
        order = sorted(self.placed, key=lambda index: self.placed[index].start)
        near = order[max(0, before - _NEIGHBOURS) : before + _NEIGHBOURS]
        for index in sorted(near, key=lambda index: abs(self.placed[index].start - start)):
            template = self.expected.template(self.expected.lines[index])
            first = start - len(template)
            found = template.find(self.copy.sound(first, end + RATE + len(template)), LIKE, most=3)
            for one in found:
                at = first + one.at
                place = Placement(at, at + len(template), "sample", one.likeness, one.gain)
                taken = any(other.meets(place.start, place.end) for other in self.placed.values())
                if place.meets(start, end) and not taken:
                    return Unplanned(place, index)
        return None

    def _by_words(
        self, stretches: Sequence[tuple[int, int]], progress: ReportStage
    ) -> tuple[dict[int, Placement], tuple[Unplanned, ...]]:
        """What a recogniser makes of stretches: the lines that were not found, and other words."""
        heard: list[str] = []
        for number, (start, end) in enumerate(stretches, 1):
            heard.append(self._words(self.copy.sound(start - _PAD, min(end, start + _LONGEST) + _PAD)))
            progress("Listening to", number, len(stretches))
        missing = [index for index in range(len(self.expected.lines)) if index not in self.placed]
        found = dict(self._lines_of(missing, stretches, heard))
        for index in (index for index in missing if index not in found):
            found |= self._in_its_turn(index, stretches, found)
        lines = self._to_their_ends({index: places[0] for index, places in found.items()}, stretches)
        taken = [*lines.values(), *(one for places in found.values() for one in places[1:])]
        again = [Unplanned(one, index) for index, places in found.items() for one in places[1:]]
        for (start, end), text in zip(stretches, heard, strict=True):
            if text and not any(one.meets(start, end) for one in taken):
                again += self._others(start, end, text)
        return lines, tuple(again)

    def _to_their_ends(
        self, lines: Mapping[int, Placement], stretches: Sequence[tuple[int, int]]
    ) -> dict[int, Placement]:
        """The same lines with the stretches that follow them at once, in which a recogniser heard too little."""
        starts = sorted(one.start for one in (*lines.values(), *self.placed.values()))
        ended: dict[int, Placement] = {}
        for index, one in lines.items():
            end = one.end
            limit = next((start for start in starts if start >= end), self.copy.samples)
            for first, last in stretches:
                if end <= first < end + _ONE_BREATH and last <= limit:
                    end = last
            ended[index] = replace(one, end=end)
        return ended

    def _lines_of(
        self, missing: Sequence[int], stretches: Sequence[tuple[int, int]], heard: Sequence[str]
    ) -> Iterator[tuple[int, list[Placement]]]:
        """Missing lines and their places, most often one for each."""
        frames = SAMPLE_RATE / RATE
        takes = [Phrase(round(start * frames), round(end * frames)) for start, end in stretches]
        texts = [_written(self.expected.lines[index]) for index in missing]
        places: dict[int, list[Placement]] = {}
        for one in match(texts, heard, takes, self.expected.timeline.language) if texts and takes else ():
            start, end = stretches[one.first][0], stretches[one.last - 1][1]
            weights = [max(1, len(texts[line])) for line in one.lines]
            edges = start + np.cumsum([0, *weights]) * (end - start) // sum(weights)
            for line, first, last in zip(one.lines, edges, edges[1:], strict=False):
                said = " ".join(heard[one.first : one.last])
                places.setdefault(missing[line], []).append(Placement(int(first), int(last), "ear", heard=said))
        yield from places.items()

    def _in_its_turn(
        self, index: int, stretches: Sequence[tuple[int, int]], found: Mapping[int, list[Placement]]
    ) -> dict[int, list[Placement]]:
        """A missing line that is said between its neighbours, in stretches that make sense together only."""
        placed = {**self.placed, **{other: places[0] for other, places in found.items()}}
        first = max((one.end for other, one in placed.items() if other < index), default=0)
        last = min((one.start for other, one in placed.items() if other > index), default=self.copy.samples)
        within = [(start, end) for start, end in stretches if start >= first and end <= last]
        if not within or within[-1][1] - within[0][0] > _LONGEST:
            return {}
        start, end = within[0][0], within[-1][1]
        text, language = _written(self.expected.lines[index]), self.expected.timeline.language
        heard = self._words(self.copy.sound(start - _PAD, end + _PAD))
        if likeness(heard, text, language) < LIKE_WORDS:
            return {}
        return {index: [Placement(start, end, "ear", heard=heard)]}

    def _others(self, start: int, end: int, text: str) -> Iterator[Unplanned]:
        """Words besides the plan: a line's once more, or other ones if there are enough."""
        texts = [_written(event) for event in self.expected.lines]
        language = self.expected.timeline.language
        same = match(texts, [text], [Phrase(0, end - start)], language)
        place = Placement(start, end, "ear", heard=text)
        if same:
            yield Unplanned(place, same[0].lines[0])
        elif len(text.split()) >= _FEWEST:
            yield Unplanned(place)

    def _words(self, sound: Signal) -> str:
        """The words of a sound; empty where a recogniser seems to make them up."""
        assert self.recogniser is not None
        encoded = self.recogniser.encode(sound[: round(LONGEST * RATE)])
        said = encoded.transcript()
        if said.no_speech > _NO_SPEECH or not said.text:
            return ""
        return said.text if encoded.expect(said.text).mean > _SURE else ""


def _joined(loud: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Stretches of loud windows, joined over short gaps, without what is too short for a word."""
    at = np.flatnonzero(loud)
    if not len(at):
        return ()
    breaks = np.flatnonzero(np.diff(at) > _GAP)
    starts, ends = at[np.concatenate(([0], breaks + 1))], at[np.concatenate((breaks, [len(at) - 1]))] + 1
    return tuple(
        (int(start) * WINDOW, int(end) * WINDOW)
        for start, end in zip(starts, ends, strict=True)
        if end - start >= _SHORTEST and np.count_nonzero(loud[start:end]) >= _LOUD
    )


def _written(event: Event) -> str:
    return event.text or ""


def unplanned_findings(expected: Expected, unplanned: Sequence[Unplanned]) -> Iterator[Finding]:
    """What is said besides the plan."""
    for one in unplanned:
        at = in_seconds(one.place.start)
        if one.line is None:
            yield Finding("unplanned-words", "error", f"“{one.place.heard}” is not in the script.", at)
        else:
            event = expected.lines[one.line]
            yield Finding("doubled", "error", f"“{event.text}” is said once more.", at, event.span)
