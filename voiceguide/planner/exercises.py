"""Breathing, holds, counts and chimes, each laid out from its first frame; every function returns the end frame.

Positions inside an exercise come from exact sums of its seconds, turned into frames one by one, so that phases such
as 5.5 s stay on the beat for hours.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from voiceguide.planner.scene import CUT_BREATH_FADE, HALFWAY, RELEASE, Scene
from voiceguide.routine import Breathe, Chime, Count, Exercise, Hold, Pause, SoundRef
from voiceguide.timeline import Clip, Event, Swell
from voiceguide.units import SAMPLE_RATE, Elastic, frames

CHIME_STEP = SAMPLE_RATE * 5 // 2
"""Frames until the script goes on after a chime has been struck (2.5 s), unless the sound ends before."""

COUNTDOWN = 5


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
    length = _length(scene, node.duration)
    end = start + length
    scene.visitor.add(Event("hold", "voice", start, end, node.span, elastic=node.duration.elastic))
    if node.halfway:
        half = length // 2
        scene.strike(HALFWAY, start + half, node.span, room=length - half)
    beats: list[tuple[int, int]] = []  # a frame and the number spoken there
    whole = length // SAMPLE_RATE
    last = min(COUNTDOWN, whole) if node.countdown else 0
    if node.count:
        counted = length // SAMPLE_RATE - last  # whole seconds, so that the last number has a whole beat too
        beats += [(start + n * SAMPLE_RATE, n + 1) for n in range(counted)]
    beats += [(end - n * SAMPLE_RATE, n) for n in range(last, 0, -1)]
    for (beat, number), (following, _) in pairwise([*beats, (end, 0)]):
        scene.speak_on_beat(scene.number(number), beat, following - beat, node.span)
    scene.strike(RELEASE, end, node.span)
    return end


def chime(scene: Scene, node: Chime, start: int) -> int:
    """One or more strikes; ends when the script goes on."""
    sound = node.sound or SoundRef(scene.settings.chimes.struck)
    step = min(CHIME_STEP, scene.lengths.sound(sound))
    every = Fraction(CHIME_STEP, SAMPLE_RATE) if node.every is None else node.every
    strike = start
    for number in range(node.strikes):
        strike = start + frames(every * number)
        scene.strike(sound, strike, node.span, node.level)
    return strike + step


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


def breathe(scene: Scene, node: Breathe, start: int) -> int:
    """Whole cycles of paced breathing; a phase's sound begins on the phase's first frame."""
    cycles = scene.visitor.cycles(node, in_block=scene.in_block)
    if not scene.visitor.wants_breaths:
        return start + breath_frames(node, cycles)
    now = Fraction(0)
    for cycle in range(1, cycles + 1):
        named = node.words is None or cycle <= node.words
        for index, phase in enumerate(node.phases):
            begin = start + frames(now)
            now += phase.seconds
            end = start + frames(now)
            sound = scene.breath_sound(phase.kind)
            clip = Clip(sound, min(scene.lengths.sound(sound), end - begin))
            if clip.frames == end - begin:
                clip = Clip(sound, clip.frames, fade_out=min(CUT_BREATH_FADE, clip.frames))
            scene.visitor.add(
                Event("breath", "breath", begin, end, node.span, phase=phase.kind, cycle=cycle, clip=clip)
            )
            if node.swell and phase.kind in ("in", "out"):
                following = node.phases[(index + 1) % len(node.phases)].kind
                _swell(scene, node, begin, end, rising=phase.kind == "in", turns=following == "out")
            if named:
                again = index > 0 and node.phases[index - 1].kind == phase.kind
                if name := scene.phase_name(phase.kind, again=again):
                    scene.speak_on_beat(name, begin, end - begin, node.span)
                else:
                    language = scene.settings.language
                    message = f"the phases of a breath have no spoken names in the language '{language}' yet"
                    scene.warn(node.span, message, "the sounds guide alone; words none silences this")
    return start + frames(now)


def _swell(scene: Scene, node: Breathe, begin: int, end: int, *, rising: bool, turns: bool) -> None:
    """A wave over one phase; one that rises and does not turn into an exhale fades, so that it never breaks off."""
    fade = 0 if turns or not rising else min(SAMPLE_RATE, (end - begin) // 2)
    clip = Clip(Swell(rising, end - begin), end - begin, fade_out=fade)
    scene.visitor.add(Event("sound", "breath", begin, end, node.span, text="swell", clip=clip))
