"""Speaks lines for the rest of voiceguide.

Every line is spoken once and stored, and always read from the store, also in the run that spoke it; so a run gives the
same samples with an empty store and with a full one. A line with its pauses widened is an entry of its own, made of the
entry that holds it as it was spoken; so another phrasing speaks nothing anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from voiceguide.errors import SpeechError
from voiceguide.languages import base_language
from voiceguide.progress import ReportStage, quiet
from voiceguide.speech.cache import Store, cache_folder, key
from voiceguide.speech.engines.engine import LINE_LIMIT, has_takes
from voiceguide.speech.engines.registry import (
    engine,
    engine_name,
    has_recording,
    installed_engines,
    quality_of,
    recordings,
    version_of,
)
from voiceguide.speech.failed_lines import FailedLinesError, UnrecordedLinesError
from voiceguide.speech.gate.verdict import Verdict
from voiceguide.speech.marks import PHRASING, has_marks
from voiceguide.speech.origin import VoiceOrigin, origins
from voiceguide.speech.tempo import KNOWN, calming, estimate, rate, sentences, usual
from voiceguide.speech.versions import CLIP_VERSION, GATE_VERSION, PHRASING_VERSION
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.audio.envelope import Envelope
    from voiceguide.speech.gate.judge import Judge

_Kept = TypeVar("_Kept")

_MOST_ROUNDS = 3  # of speaking what is not in the store; more than one is needed if the store is cleared meanwhile


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line's clip in the store: its key and length in frames, and what the gate found about it."""

    key: str
    frames: int
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Lines with their clips in the store. ``cached`` of them were there before, ``spoken`` are new.

    Clips are read anew each time, so that a long session needs no more memory than a short one.
    """

    cached: int
    spoken: int
    _studio: Studio = field(repr=False)
    _entries: Mapping[Line, _Entry] = field(repr=False)
    _said: Mapping[Line, Line] = field(repr=False)

    def __contains__(self, line: Line) -> bool:
        return line in self._said

    def __iter__(self) -> Iterator[Line]:
        return iter(self._said)

    def part(self, line: Line) -> Line:
        """The line that an engine got for it: with the voice that says it, and its own form of the text."""
        return self._said[line]

    def only(self, lines: Iterable[Line]) -> Spoken:
        """Of these lines those that it has."""
        said = {line: self._said[line] for line in lines if line in self._said}
        return replace(self, cached=len(said), spoken=0, _said=said)

    def joined(self, other: Spoken) -> Spoken:
        """Also the lines of another."""
        return replace(self, _entries={**self._entries, **other._entries}, _said={**self._said, **other._said})

    def again(self) -> Spoken:
        """The same lines for another session, which counts all of them as cached."""
        return replace(self, cached=self.cached + self.spoken, spoken=0)

    def origins(self, lines: Iterable[Line]) -> tuple[VoiceOrigin, ...]:
        """What says these lines. Raises SpeechError."""
        return origins((self._said[line] for line in lines), self._studio.engines)

    def frames(self, line: Line) -> int:
        """The length of a line's clip at 44.1 kHz."""
        return self._entries[self._said[line]].frames

    def key(self, line: Line) -> str:
        """The key of a line's clip in the store."""
        return self._entries[self._said[line]].key

    def varies(self, line: Line) -> bool:
        """Whether a line's voice can read it in several ways."""
        return self._studio.varies(self._said[line])

    def verdict(self, line: Line) -> Verdict | None:
        """What the gate found about a line; None if its voice is not checked."""
        return self._entries[self._said[line]].verdict

    def envelope(self, line: Line) -> Envelope:
        """The envelope of a line's clip; an entry that was lost or damaged since is made again. Raises SpeechError."""
        return self._kept(line, self._studio.store.envelope)

    def speaking(self, line: Line) -> float:
        """The seconds of a line's clip without the pauses in it. Raises SpeechError."""
        from voiceguide.audio.envelope import sounding

        return sounding(self.envelope(line).powers) / SAMPLE_RATE

    def samples(self, line: Line) -> NDArray[np.float32]:
        """A line's clip, ``(frames,)`` float32 at 44.1 kHz.

        An entry that was lost or damaged since is made again. Raises SpeechError if it then has another length.
        """
        clip = self._kept(line, self._studio.store.samples)
        if len(clip) != self.frames(line):
            raise self._lost(line)
        return clip

    def _kept(self, line: Line, read: Callable[[str], _Kept | None]) -> _Kept:
        said = self._said[line]
        entry = self._entries[said].key
        kept = read(entry)
        for _ in range(_MOST_ROUNDS):
            if kept is not None:
                return kept
            self._studio.keep([said], jobs=1)
            kept = read(entry)
        if kept is None:
            raise self._lost(line)
        return kept

    def _lost(self, line: Line) -> SpeechError:
        return SpeechError(
            f"The spoken line “{line.text}” was lost from the folder {self._studio.store.folder} while it was being "
            "used. Please run the command again."
        )


@dataclass(frozen=True, slots=True)
class Studio:
    """The factories of engines by name, and the store they share.

    ``line_limit``: seconds for one line, instead of each engine's own limit.
    """

    engines: Mapping[str, str] = field(default_factory=installed_engines)
    store: Store = field(default_factory=lambda: Store(cache_folder()))
    line_limit: float | None = None
    _factors: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def speak(
        self, lines: Iterable[Line], *, jobs: int, fallback: str | None = None, progress: ReportStage = quiet
    ) -> Spoken:
        """Puts every line into the store; those that are missing are spoken by ``jobs`` workers at a time.

        Lines have full names of voices; equal lines are spoken once. Lines that a recorded voice lacks are spoken by
        ``fallback``, a full name too. Raises UnrecordedLinesError without one, before anything is spoken;
        FailedLinesError with every line that failed, once all the others are done; SpeechError for an unknown voice;
        OutputError if the store's folder cannot be written to.
        """
        said = self._parts(dict.fromkeys(lines), fallback)
        try:
            cached, entries = self.keep(said.values(), jobs, progress)
        except FailedLinesError as error:
            failed = dict(error.failures)
            raise FailedLinesError(
                [(line, failed[_raw(part)]) for line, part in said.items() if _raw(part) in failed]
            ) from None
        return Spoken(cached, len(entries) - cached, self, entries, said)

    def keep(self, parts: Iterable[Line], jobs: int, progress: ReportStage = quiet) -> tuple[int, dict[Line, _Entry]]:
        """Puts lines into the store, each as its engine gets it and with the phrasing it shall have.

        Returns how many of them did not have to be spoken, and each line's entry. Raises as
        :meth:`speak` does, with the lines without phrasing.
        """
        keys = {part: self._key(part) for part in dict.fromkeys(parts)}
        raw = {line: self._key(line) for line in dict.fromkeys(map(_raw, keys))}
        entries = self._entries(keys)
        unspoken: set[Line] = set()
        for _ in range(_MOST_ROUNDS):
            missing = {part: name for part, name in keys.items() if part not in entries}
            needed = dict.fromkeys(map(_raw, missing))
            absent = [line for line in needed if self.store.frames(raw[line]) is None]
            unspoken.update(absent)
            failures = self._speak_missing(absent, jobs, len(raw) - len(absent), len(raw), progress)
            if failures:
                raise FailedLinesError(list(failures.items()))
            self._phrase(missing, raw)
            entries |= self._entries(missing)
            if len(entries) == len(keys):
                return sum(_raw(part) not in unspoken for part in keys), entries
        raise self._lost(next(part for part in keys if part not in entries))

    def _phrase(self, parts: Mapping[Line, str], raw: Mapping[Line, str]) -> None:
        """Makes the entries of lines with phrasing, from what is in the store without."""
        for part, name in parts.items():
            if not part.phrasing:
                continue
            from voiceguide.speech.phrasing import phrased

            head, spoken = self.store.head(raw[_raw(part)]), self.store.samples(raw[_raw(part)])
            if head is not None and spoken is not None:
                self.store.put(name, phrased(spoken, part.text, part.language, part.phrasing), head.note)

    def find(self, lines: Iterable[Line], fallback: str | None = None) -> tuple[Spoken, dict[Line, Line]]:
        """Those lines that are in the store; and the others, each with the line that has to be spoken for it.

        Raises UnrecordedLinesError, and SpeechError for an unknown voice.
        """
        said = self._parts(dict.fromkeys(lines), fallback)
        keys = {part: self._key(part) for part in dict.fromkeys(said.values())}
        entries = self._entries(keys)
        unphrased = {part: name for part, name in keys.items() if part not in entries and part.phrasing}
        self._phrase(unphrased, {raw: self._key(raw) for raw in map(_raw, unphrased)})
        entries |= self._entries(unphrased)
        found = {line: part for line, part in said.items() if part in entries}
        missing = {line: _raw(part) for line, part in said.items() if part not in entries}
        return Spoken(len(found), 0, self, entries, found), missing

    def judge(self) -> Judge:
        """Decides about utterances, and stores the clips of those that pass; its ``accept`` also raises OutputError."""
        from voiceguide.speech.gate.judge import Judge  # here, since kept lines need neither judge nor workers

        def put(line: Line, clip: NDArray[np.float32], note: bytes) -> None:
            self.store.put(self._key(line), clip, note)

        return Judge(self._gated, self.varies, put)

    def key(self, line: Line, fallback: str | None = None) -> str:
        """The key of a line's clip in the store: a hash of everything that decides how it sounds. Raises
        SpeechError."""
        return self._key(next(iter(self._parts([line], fallback).values())))

    def _entries(self, keys: Mapping[Line, str]) -> dict[Line, _Entry]:
        """Those that are in the store."""
        return {
            line: _Entry(name, head.frames, Verdict.of_bytes(head.note))
            for line, name in keys.items()
            if (head := self.store.head(name))
        }

    def _parts(self, lines: Iterable[Line], fallback: str | None) -> dict[Line, Line]:
        """For each line the line that an engine gets: with the voice that says it, and its own form of the text."""
        parts: dict[Line, Line] = {}
        unrecorded: list[Line] = []
        for line in lines:
            part = self._part(line) or (self._part(replace(line, voice=fallback)) if fallback else None)
            if part is None:
                unrecorded.append(line)
            else:
                parts[line] = part
        if unrecorded:
            raise UnrecordedLinesError(unrecorded, fallback)
        return parts

    def _part(self, line: Line) -> Line | None:
        """A line as its own voice says it, or None if that has no recording of it.

        The pace is what the engine is asked for, the phrasing how long a pause lasts at it: 0 where none is widened.
        A person's recording keeps its own pauses, unless the script says how long they are.
        """
        factory = self.factory(line)
        recorded = recordings(factory)
        take = line.take if has_takes(engine(factory)) else 1
        verify = line.verify and self._gated(line)
        asked = (PHRASING if recorded is None else 0.0) if line.phrasing is None else line.phrasing
        phrasing = round(asked / line.pace, 3) if has_marks(line.text) else 0.0
        if recorded is None:
            pace = round(line.pace * self._factor(line), 3)
            return replace(line, pace=pace, phrasing=phrasing, take=take, verify=verify)
        read = replace(line, text=line.as_written, pace=1.0, phrasing=phrasing, take=take, verify=verify)
        return read if has_recording(engine_name(line.voice), recorded, read.voice, read.text) else None

    def _factor(self, line: Line) -> float:
        """What a line's pace is multiplied by for its engine, so that pace 1 is as calm as with every voice."""
        name, language = line.voice, base_language(line.language)
        known = KNOWN.get(name, self._factors.get((name, language)))
        if known is None:
            local = getattr(engine(self.factory(line)), "measured", False)
            known = self._factors[name, language] = self._measured(line) if local else 1.0
        return known

    def _measured(self, line: Line) -> float:
        """The factor of a voice that is used for the first time.

        It says a few sentences at two paces. They are kept as lines are, so that every process finds the same.
        """
        line = replace(line, take=1, verify=False)
        first = self._rate(replace(line, pace=1.0))
        second = estimate(first) if first else 1.0
        found = self._rate(replace(line, pace=second)) if first else None
        return calming(first, second, found) if first and found else usual(engine_name(line.voice))

    def _rate(self, like: Line) -> float | None:
        """The syllables a second of a line's voice in its language, with the pace as its engine gets it; None if it
        cannot be measured."""
        texts = sentences(like.language)
        try:
            like = replace(like, written="", phrasing=0.0, take=1, verify=False)
            _, entries = self.keep([replace(like, text=text) for text in texts], jobs=1)
        except FailedLinesError:  # the script's own lines will tell why
            return None
        said = [(part.text, clip) for part, one in entries.items() if (clip := self.store.samples(one.key)) is not None]
        return rate(said, like.language) if texts and len(said) == len(texts) else None

    def _speak_missing(
        self, missing: Sequence[Line], jobs: int, ready: int, count: int, progress: ReportStage
    ) -> dict[Line, str]:
        """Speaks lines and stores their clips; returns those that failed, with the reasons. ``ready`` of the ``count``
        lines that are wanted are there already."""
        failures: dict[Line, str] = {}
        progress("Speaking", ready, count)
        self.store.remove_abandoned()  # also where nothing is missing: a killed run may have spoken the last line
        if not missing:
            return failures
        from voiceguide.speech.workers import Pool

        for factory in dict.fromkeys(map(self.factory, missing)):
            own = [line for line in missing if self.factory(line) == factory]
            limit = self.line_limit or float(getattr(engine(factory), "line_limit", LINE_LIMIT))
            with self.store.scratch() as scratch:
                pool = Pool(factory, jobs, scratch, limit)
                with closing(pool.speak(own, self.judge().accept)) as outcomes:
                    for line, reason in outcomes:
                        if reason is not None:
                            failures[line] = reason
                        ready += 1
                        progress("Speaking", ready, count)
        return failures

    def varies(self, line: Line) -> bool:
        """Whether a line's voice can read it in several ways. Raises SpeechError."""
        return has_takes(engine(self.factory(line)))

    def _gated(self, line: Line) -> bool:
        """Whether a line's voice might say it wrongly: a neural one's, or a server's."""
        name = engine_name(line.voice)
        return quality_of(name, self.factory(line), line.voice) in ("neural", "server")

    def _lost(self, line: Line) -> SpeechError:
        return SpeechError(
            f"The spoken line “{line.text}” could not be read back from the folder {self.store.folder}. "
            "Please check that disk, or choose another folder with the environment variable VOICEGUIDE_CACHE."
        )

    def factory(self, line: Line) -> str:
        """The factory of a line's engine. Raises SpeechError for an unknown voice."""
        factory = self.engines.get(engine_name(line.voice))
        if factory is None:
            raise SpeechError(f"There is no voice '{line.voice}'. 'voiceguide voices' lists those that are installed.")
        return factory

    def _key(self, line: Line) -> str:
        name, factory = engine_name(line.voice), self.factory(line)
        version = version_of(name, factory, line.voice)
        recorded = recordings(factory)
        if recorded is not None:
            version += f" {recorded.take(line.voice, line.text)}"
        gate = f"{GATE_VERSION} "
        if line.verify:
            from voiceguide.speech.recognition import recogniser_version

            gate += recogniser_version(line.language)
        how = (line.voice, line.language, float(line.pace), line.take)
        spoken = key(line.text, name, version, *how, CLIP_VERSION, gate)
        return key(spoken, "phrasing", line.phrasing, PHRASING_VERSION) if line.phrasing else spoken


def _raw(part: Line) -> Line:
    """A line as it is spoken, before its pauses are widened."""
    return replace(part, phrasing=0.0)


def speak(lines: Iterable[Line], *, jobs: int, fallback: str | None = None, progress: ReportStage = quiet) -> Spoken:
    """:meth:`Studio.speak` with what is installed, into the user's store."""
    return Studio().speak(lines, jobs=jobs, fallback=fallback, progress=progress)
