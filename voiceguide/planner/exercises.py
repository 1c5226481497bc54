"""Breathing, holds, counts and chimes, each laid out from its first frame; every function returns the end frame.

Positions inside an exercise come from exact sums of its seconds, turned into frames one by one, so that phases such
as 5.5 s stay on the beat for hours.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from voiceguide.errors import Span
from voiceguide.planner.scene import CUT_BREATH_FADE, HALFWAY, RELEASE, Scene
from voiceguide.routine import (
    COUNTDOWN,
    Breathe,
    Chime,
    Count,
    Exercise,
    Hold,
    Pause,
    PhaseKind,
    RestHold,
    SoundRef,
    Within,
)
from voiceguide.timeline import BreathCue, Clip, Event, Swell
from voiceguide.units import SAMPLE_RATE, Elastic, frames
from voiceguide.vocabulary import CHIME_STEP

_SHORTEST_REST = SAMPLE_RATE
_FILLS = Fraction(9, 10)  # of a phase is its sound long: the rest is the turn of the breath
_CUE_STEP = SAMPLE_RATE // 100  # frames


def play(scene: Scene, node: Exercise, start: int) -> int:
    """A cue that takes time, from the frame ``start``."""
    match node:
        case Pause():
            return pause(scene, node, start)
        case Hold():
            return hold(scene, node, start)
        case Chime():
            return chime(scene, node, start)
        case Breathe():
            return breathe(scene, node, start)
        case Count():
            return count(scene, node, start)
        case _:
            assert_never(node)


def pause(scene: Scene, node: Pause, start: int) -> int:
    """Silence."""
    end = start + _length(scene, node.duration)
    scene.visitor.add(Event("pause", "voice", start, end, node.span, elastic=node.duration.elastic))
    return end


def _length(scene: Scene, duration: Elastic) -> int:
    return scene.visitor.duration(duration) if duration.elastic else frames(duration.natural)


def hold(scene: Scene, node: Hold, start: int) -> int:
    """A hold; the release chime is struck on its last frame's end and rings on."""
    return _held(scene, node, start, _length(scene, node.duration), elastic=node.duration.elastic)


def _held(scene: Scene, node: Hold | RestHold, start: int, length: int, *, elastic: bool) -> int:
    end = start + length
    scene.visitor.add(Event("hold", "voice", start, end, node.span, elastic=elastic))
    if node.halfway:
        half = length // 2
        scene.strike(HALFWAY, start + half, node.span, room=length - half)
    beats: list[tuple[int, int]] = []  # a frame and the number spoken there
    whole = length // SAMPLE_RATE
    last = min(COUNTDOWN, whole) if node.countdown else 0
    if node.count:
        counted = length // SAMPLE_RATE - last  # whole seconds, so that the last number has a whole beat too
        beats += [(start + n * SAMPLE_RATE, n + 1) for n in range(counted)]
    _numbers(scene, [*beats, *_down(last, end)], end, node.span)
    scene.strike(RELEASE, end, node.span)
    return end


def _down(first: int, end: int) -> list[tuple[int, int]]:
    """The numbers from ``first`` down to one, each at its frame, so that the last has the second before ``end``."""
    return [(end - number * SAMPLE_RATE, number) for number in range(first, 0, -1)]


def _numbers(scene: Scene, beats: Sequence[tuple[int, int]], end: int, span: Span) -> None:
    """Speaks numbers, each at its frame and within the time to the next."""
    for (beat, number), (following, _) in pairwise([*beats, (end, 0)]):
        scene.speak_on_beat(scene.number(number), beat, following - beat, span)


def room_at_end(node: Within) -> int:
    """The frames that a block must have left when what it holds has been played: for its countdown, and its hold."""
    return max(COUNTDOWN * SAMPLE_RATE if node.countdown else 0, _SHORTEST_REST if node.rest else 0)


def fill(scene: Scene, node: Within, start: int, content: int, end: int) -> None:
    """What a block from ``start`` to ``end`` has besides its body, which takes ``content`` frames: silence or its hold,
    ticks, and the countdown."""
    rest, elastic = start + content, node.duration.elastic
    if rest < end and node.rest:
        _held(scene, node.rest, rest, end - rest, elastic=elastic)
    elif rest < end:
        scene.visitor.add(Event("pause", "voice", rest, end, node.span, elastic=elastic))
    counted = end - COUNTDOWN * SAMPLE_RATE if node.countdown else end
    if node.every is not None:
        for tick in range(1, math.ceil((counted - start) / (node.every * SAMPLE_RATE))):
            at = start + frames(node.every * tick)
            scene.strike(HALFWAY, at, node.span, room=end - at)
    if node.countdown and counted >= start:
        _numbers(scene, _down(COUNTDOWN, end), end, node.span)


def chime(scene: Scene, node: Chime, start: int) -> int:
    """One or more strikes; ends when the script goes on, at once for one that rings ``under`` it."""
    sound = node.sound or SoundRef(scene.settings.chimes.struck)
    step = min(frames(CHIME_STEP), scene.lengths.sound(sound))
    every = CHIME_STEP if node.every is None else node.every
    strike = start
    for number in range(node.strikes):
        strike = start + frames(every * number)
        scene.strike(sound, strike, node.span, node.level)
    return start if node.under else strike + step


def count(scene: Scene, node: Count, start: int) -> int:
    """Numbers on the beat; ends a beat after the last number began, or with it when it is longer."""
    numbers = node.numbers
    end = following = start
    for index, number in enumerate(numbers):
        beat, following = following, start + frames(node.every * (index + 1))
        last = index == len(numbers) - 1
        room = None if last else following - beat
        end = max(following, scene.speak_on_beat(scene.number(number), beat, room, node.span))
    return end


def breath_frames(node: Breathe, cycles: int) -> int:
    """How long whole cycles of paced breathing last."""
    return frames(sum((phase.seconds for phase in node.phases), Fraction(0)) * cycles)


@dataclass(frozen=True, slots=True)
class _Phase:
    """One phase of a breath on the timeline, from frame ``begin`` to ``end``, in the ``cycle`` counted from 1.

    ``again``: the phase before it in the cycle is of the same kind; ``following``: the kind of the one after it.
    """

    kind: PhaseKind
    cycle: int
    begin: int
    end: int
    again: bool
    following: PhaseKind


def breathe(scene: Scene, node: Breathe, start: int) -> int:
    """Whole cycles of paced breathing; a phase's sound begins on the phase's first frame."""
    cycles = scene.visitor.cycles(node, in_block=scene.in_block)
    if not scene.visitor.wants_breaths:
        return start + breath_frames(node, cycles)
    for phase in _phases(node, cycles, start):
        _breath(scene, phase, node.span)
        if node.swell and phase.kind in ("in", "out"):
            _swell(scene, phase, node.span)
        if node.held and phase.kind in ("hold", "rest"):
            _held_tone(scene, phase, node.span)
        if node.words is None or phase.cycle <= node.words:
            _phase_name(scene, phase, node.span)
    return start + breath_frames(node, cycles)


def _phases(node: Breathe, cycles: int, start: int) -> Iterator[_Phase]:
    now, kinds = Fraction(0), [phase.kind for phase in node.phases]
    for cycle in range(1, cycles + 1):
        for index, phase in enumerate(node.phases):
            begin = start + frames(now)
            now += phase.seconds
            again = index > 0 and kinds[index - 1] == phase.kind
            following = kinds[(index + 1) % len(kinds)]
            yield _Phase(phase.kind, cycle, begin, start + frames(now), again, following)


def _breath(scene: Scene, phase: _Phase, span: Span) -> None:
    """The phase's sound: one that leads an inhale or exhale nearly to its end, a tap for a hold or rest."""
    length = phase.end - phase.begin
    if phase.kind in ("in", "out"):
        clip = _lead(scene, phase)
    else:
        sound = scene.breath_sound(phase.kind)
        clip = Clip(sound, min(scene.lengths.sound(sound), length))
        if clip.frames == length:
            clip = Clip(sound, clip.frames, fade_out=min(CUT_BREATH_FADE, clip.frames))
    event = Event("breath", "breath", phase.begin, phase.end, span, phase=phase.kind, cycle=phase.cycle, clip=clip)
    scene.visitor.add(event)


def _lead(scene: Scene, phase: _Phase) -> Clip:
    """A clip over :data:`_FILLS` of the phase, in whole hundredths of a second, so that equal phases share it."""
    length = int((phase.end - phase.begin) * _FILLS) // _CUE_STEP * _CUE_STEP
    return Clip(BreathCue(scene.settings.chimes.breath, phase.kind, length), length)


def _held_tone(scene: Scene, phase: _Phase, span: Span) -> None:
    clip = _lead(scene, phase)
    scene.visitor.add(Event("sound", "breath", phase.begin, phase.end, span, text="held", clip=clip))


def _swell(scene: Scene, phase: _Phase, span: Span) -> None:
    """A wave over the phase; one that rises and does not turn into an exhale fades, so that it never breaks off."""
    rising, length = phase.kind == "in", phase.end - phase.begin
    fade = 0 if phase.following == "out" or not rising else min(SAMPLE_RATE, length // 2)
    clip = Clip(Swell(rising, length), length, fade_out=fade)
    scene.visitor.add(Event("sound", "breath", phase.begin, phase.end, span, text="swell", clip=clip))


def _phase_name(scene: Scene, phase: _Phase, span: Span) -> None:
    if name := scene.phase_name(phase.kind, again=phase.again):
        scene.speak_on_beat(name, phase.begin, phase.end - phase.begin, span)
        return
    message = f"the phases of a breath have no spoken names in the language '{scene.settings.language}' yet"
    scene.warn(span, message, "the sounds guide alone; words none silences this")
