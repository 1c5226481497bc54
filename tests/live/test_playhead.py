"""The play head: what is heard while plans change, lines are missing, and a listener jumps."""

from __future__ import annotations

import gc
import random
import sys
import weakref
from collections.abc import Iterator

import numpy as np
import pytest

from tests.live.made import PLAIN, frames_of, plan_of
from voiceguide.live.plan import Balance, LivePlan
from voiceguide.live.playhead import PlayHead
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE

TEXT = "---\nbed: brown\n---\nOne is here. [pause 2s] Two is here, and longer. Three is here.\n"
_ROUGH = 0.05  # between neighbouring samples: twice what the steepest tones of the made clips have


def _heard(plan: LivePlan, first: int, after: int) -> Iterator[tuple[str, int, int]]:
    """The text and the frames of each spoken event within these frames of a plan."""
    for event in plan.timeline.events:
        if event.kind == "speech" and event.text is not None and event.start < after and event.end > first:
            yield event.text, max(first, event.start) - event.start, min(after, event.end) - event.start


def test_it_reads_the_mix_as_a_file_would_have_it() -> None:
    plan = plan_of(TEXT)
    head = PlayHead(plan, PLAIN)
    pieces = [head.read(count) for count in (1, 4096, 44_100, 10**7)]
    blocks = PLAIN.master.apply(plan.mixer(plan.routine.settings.levels)).blocks()
    assert np.array_equal(np.concatenate(pieces), np.concatenate(list(blocks)))
    assert head.ended
    assert len(head.read(10)) == 0


def test_it_waits_for_a_missing_line_with_the_bed_and_then_says_it() -> None:
    plan = plan_of(TEXT, missing=("Two is here, and longer.",))
    head = PlayHead(plan, PLAIN)
    start = next(event.start for event in plan.timeline.events if event.text == "Two is here, and longer.")
    head.read(start)
    assert (head.frame, head.waiting) == (start, False)
    waited = head.read(3 * SAMPLE_RATE)
    assert (head.frame, head.waiting, len(waited)) == (start, True, 3 * SAMPLE_RATE)
    assert 0.001 < np.abs(waited).max() < 0.06, "the bed alone"
    head.change(plan_of(TEXT))
    assert (head.frame, head.waiting) == (start, False)
    assert np.abs(head.read(SAMPLE_RATE // 4)).max() > 0.1


def test_a_gain_of_the_listener_comes_without_a_jump() -> None:
    head = PlayHead(plan_of(TEXT), PLAIN)
    before = head.read(2 * SAMPLE_RATE)
    head.tune(PLAIN, Balance(voice=-6, bed=-60))
    after = head.read(4 * SAMPLE_RATE)
    assert _smooth(np.concatenate((before, after)))
    assert np.abs(after[-SAMPLE_RATE:]).max() < 0.12


def test_a_text_may_change_any_number_of_times_while_nothing_is_read() -> None:
    head = PlayHead(plan_of(TEXT), PLAIN)
    before = head.read(2 * SAMPLE_RATE)
    first = plan_of(TEXT)
    gone = weakref.ref(first)
    head.change(first)
    del first
    for number in range(2 * sys.getrecursionlimit()):
        head.change(head.plan if number else plan_of(TEXT))
    gc.collect()
    assert gone() is None, "a plan that was never heard is not kept"
    assert _smooth(np.concatenate((before, head.read(SAMPLE_RATE))))


def test_a_jump_without_a_fade_begins_with_the_place_itself() -> None:
    plan = plan_of(TEXT)
    head = PlayHead(plan, PLAIN)
    head.read(SAMPLE_RATE)
    head.seek(3 * SAMPLE_RATE, faded=False)
    assert np.array_equal(head.read(4096), PlayHead(plan, PLAIN, 3 * SAMPLE_RATE).read(4096))


def test_jumping_into_a_missing_line_means_its_start() -> None:
    plan = plan_of(TEXT, missing=("Two is here, and longer.",))
    head = PlayHead(plan, PLAIN)
    start, end, _ = plan.missing[0]
    head.seek((start + end) // 2)
    assert (head.frame, head.waiting) == (start, True)


@pytest.mark.parametrize("seed", range(12))
def test_random_writing_and_jumping_never_skips_repeats_or_clicks(seed: int) -> None:
    """Hundreds of edits, new clips and jumps: what lies ahead of the last jump is heard, once, in order."""
    chance = random.Random(seed)
    writer = _Writer(chance)
    plan, planned = writer.plan(), list(writer.sentences)
    head = PlayHead(plan, PLAIN)
    sound, told = [], _Told()
    for _ in range(150):
        if chance.random() < 0.1:
            head.seek(chance.randrange(head.plan.timeline.frames))
            told = _Told()
        if chance.random() < 0.6:
            writer.edit()
        writer.speak()
        if chance.random() < 0.8:
            plan, planned = writer.plan(), list(writer.sentences)
            head.change(plan)
        sound.append(told.read(head, chance.randrange(1, SAMPLE_RATE // 2)))
        if head.plan is plan:
            told.require_ahead(head, planned)
    writer.missing.clear()
    head.change(writer.plan())
    while not head.ended:
        sound.append(told.read(head, SAMPLE_RATE // 5))
    assert _smooth(np.concatenate(sound))
    told.require_order(writer.sentences)


class _Writer:
    """Someone who writes a script of numbered sentences: those are inserted, changed and removed at random places."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._count = chance, 0
        self.sentences = [self._new() for _ in range(8)]
        self.missing: set[str] = set()

    def edit(self) -> None:
        place = self._chance.randrange(len(self.sentences))
        match self._chance.choice(("insert", "insert", "change", "remove", "pause")):
            case "insert":
                self.sentences.insert(place, self._new())
                self.missing.add(self.sentences[place])
            case "change":
                self.sentences[place] = self._new()
                self.missing.add(self.sentences[place])
            case "remove" if len(self.sentences) > 4:
                del self.sentences[place]

    def speak(self) -> None:
        for sentence in list(self.missing):
            if self._chance.random() < 0.3:
                self.missing.discard(sentence)

    def plan(self) -> LivePlan:
        body = "\n\n".join(self.sentences)
        return plan_of(f"---\nbed: brown\nspoken: as-written\n---\n{body}\n", missing=tuple(self.missing))

    def _new(self) -> str:
        self._count += 1
        words = " ".join(
            self._chance.choices(("lift", "rest", "breathe", "soften", "wait"), k=self._chance.randrange(1, 6))
        )
        return f"Number {self._count} says {words}."


class _Told:
    """What a listener was told, since the last jump."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[tuple[int, int]]] = {}

    def read(self, head: PlayHead, count: int) -> np.ndarray:  # type: ignore[type-arg]
        """Reads in steps so small that no change falls between two of them, and notes what is said in each."""
        blocks = []
        while count > 0 and not head.ended:
            plan, frame = head.plan, head.frame
            step = min(count, SAMPLE_RATE // 50)
            blocks.append(head.read(step))
            if not head.waiting and head.plan is plan and head.frame == frame + step:
                for text, first, after in _heard(plan, frame, head.frame):
                    self._pieces.setdefault(text, []).append((first, after))
            count -= step
        return np.concatenate(blocks) if blocks else np.zeros((0, 2), np.float32)

    def require_ahead(self, head: PlayHead, sentences: list[str]) -> None:
        """What the text has after the sentence that was heard last is what comes; no more, no less."""
        said = list(self._pieces)
        if said and said[-1] in sentences:
            coming = [e.text for e in head.plan.timeline.events if e.kind == "speech" and e.start >= head.frame]
            assert coming == sentences[sentences.index(said[-1]) + 1 :]

    def require_order(self, sentences: list[str]) -> None:
        said = [sentences.index(text) for text in self._pieces if text in sentences]
        assert said == sorted(said), "in the order of the text"
        assert said[-1] == len(sentences) - 1, "to the end"
        for text, pieces in list(self._pieces.items())[1:]:
            length = frames_of(Line(text, "silent:x", 1.0, "en"))
            assert sum(after - first for first, after in pieces) <= length, f"“{text}” was said twice"


def _smooth(sound: np.ndarray) -> bool:  # type: ignore[type-arg]
    return bool(np.abs(np.diff(sound[:, 0])).max() < _ROUGH)
