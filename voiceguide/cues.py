"""The cues of the script language, in one table. A row holds all of a cue: how it is written and how it is built.

The parser, the command line's help, completion in editors and docs/language.md read the table; a new row is enough
for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from voiceguide.cue_spec import Built, CueError, CueSpec, CueValues, End, IncludeCall, Option, TakeChoice, Value
from voiceguide.mix_levels import BED_LEVEL, LOUDEST_BED, TOO_LOUD_FOR_A_BED
from voiceguide.routine import (
    COUNTDOWN,
    Bed,
    Breathe,
    Chime,
    Count,
    Each,
    Hold,
    Pause,
    PlaySound,
    Repeat,
    RestHold,
    SetPace,
    SetVoice,
    Within,
)
from voiceguide.units import LOUDEST_LEVEL, SOFTEST_LEVEL, Elastic, Whole
from voiceguide.vocabulary import CHIME_STEP

_MOST_STRIKES = 100
_BEAT, _SHORTEST_BEAT = Fraction(1), Fraction(1, 10)  # seconds


def _pause(cue: CueValues) -> Built:
    return Pause(cue.argument, cue.span)


def _hold(cue: CueValues) -> Built:
    marks = (cue.flag("halfway"), cue.flag("count"), cue.flag("countdown"))
    if cue.argument is None:
        return RestHold(*marks, cue.span)
    return Hold(_positive(cue, "a hold"), *marks, cue.span)


def _positive(cue: CueValues, what: str) -> Elastic:
    duration: Elastic = cue.argument
    if duration.shortest <= 0:
        raise CueError(cue.span, f"{what} must last longer than nothing")
    return duration


def _chime(cue: CueValues) -> Built:
    strikes: Whole = cue.get(_TIMES.key, Whole.rigid(1))
    if strikes.elastic:
        raise CueError(cue.at(_TIMES.key), "a chime's strikes are a plain number like x3")
    if strikes.natural > _MOST_STRIKES:
        raise CueError(cue.at(_TIMES.key), f"a chime can be struck {_MOST_STRIKES} times at most")
    level: float = cue.get(_LEVEL.key, 0.0)
    return Chime(cue.argument, strikes.natural, _beat(cue), level, cue.span, cue.flag("under"))


def _beat(cue: CueValues) -> Fraction | None:
    every: Fraction | None = cue.get("every")
    if every is not None and every < _SHORTEST_BEAT:
        raise CueError(cue.at("every"), f"the beat of 'every' is {_SHORTEST_BEAT * 1000}ms at least")
    return every


def _breathe(cue: CueValues) -> Built:
    cycle = sum((phase.seconds for phase in cue.argument), Fraction(0))
    times: Whole | None = cue.get(_TIMES.key)
    lasting: Elastic | None = cue.get("for")
    if (times is None) == (lasting is None):
        message = "[breathe] needs to know how long" if times is None else "[breathe] has both a number and a duration"
        raise CueError(cue.span, message, "write a number of cycles like x6, or a duration like for 2m")
    if lasting is not None:
        times = Whole(*(max(1, _nearest(d / cycle)) for d in (lasting.natural, lasting.shortest, lasting.longest)))
    assert times is not None
    return Breathe(cue.argument, times, cue.get("words", 2), cue.flag("swell"), cue.flag("held"), cue.span)


def _nearest(number: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return int(number + Fraction(1, 2))


def _count(cue: CueValues) -> Built:
    first, last = cue.argument
    return Count(first, last, _beat(cue) or _BEAT, cue.span)


def _sound(cue: CueValues) -> Built:
    return PlaySound(cue.argument, cue.flag("under"), cue.get(_LEVEL.key, 0.0), cue.span)


def _bed(cue: CueValues) -> Built:
    level: float | None = cue.get(_LEVEL.key)
    if level is not None and level > LOUDEST_BED:
        raise CueError(cue.at(_LEVEL.key), TOO_LOUD_FOR_A_BED)
    return Bed(cue.argument, level, cue.get("fade"), cue.span)


def _voice(cue: CueValues) -> Built:
    return SetVoice(cue.argument, cue.span)


def _pace(cue: CueValues) -> Built:
    return SetPace(cue.argument, cue.span)


def _take(cue: CueValues) -> Built:
    return TakeChoice(cue.argument, cue.span)


def _repeat(cue: CueValues) -> Built:
    return Repeat(cue.argument, (), cue.span)


def _each(cue: CueValues) -> Built:
    name, items = cue.argument
    return Each(name, items, (), cue.span)


def _within(cue: CueValues) -> Built:
    duration = _positive(cue, "a [within] block")
    countdown, every = cue.flag("countdown"), _beat(cue)
    if countdown and duration.shortest < COUNTDOWN:
        raise CueError(cue.at("countdown"), f"a countdown needs a block of {COUNTDOWN} seconds at least")
    if cue.flag("tick") and every is None:
        raise CueError(cue.at("tick"), "'tick' needs to know how often", "write it like every 15s tick")
    return Within(duration, (), cue.span, countdown, every)


def _include(cue: CueValues) -> Built:
    return IncludeCall(cue.argument, cue.span)


def _end(cue: CueValues) -> Built:
    return End(cue.span)


_TIMES = Option("x3", "so many strikes", value=Value.TIMES)
_LEVEL = Option("-6dB", f"louder or softer than usual, {SOFTEST_LEVEL:g}dB to {LOUDEST_LEVEL:+g}dB", value=Value.LEVEL)

CUES: tuple[CueSpec, ...] = (
    CueSpec(
        "pause",
        _pause,
        "silence, over which the bed goes on",
        ("[pause 5s]", "[pause ~5s]", "[pause 3s..10s]"),
        "Silence; the bed goes on.",
        Value.ELASTIC,
        required=True,
    ),
    CueSpec(
        "hold",
        _hold,
        "stillness, ended by a soft chime",
        ("[hold 20s]", "[hold 30s halfway]", "[hold 10s count]", "[hold ~20s countdown]", "[hold rest]"),
        "The listener keeps still or keeps pressing; a soft release chime ends it. At the end of a [within] block, "
        "rest is as long as what is left of it.",
        Value.HOLD,
        required=True,
        options=(
            Option("halfway", "a soft tick in the middle", "halfway"),
            Option("count", "every second spoken, from one", "count"),
            Option("countdown", "the last five seconds spoken, down to one", "countdown"),
        ),
    ),
    CueSpec(
        "chime",
        _chime,
        "strikes a sound, which rings on",
        ("[chime]", "[chime bell]", "[chime bowl x3 every 4s]", "[chime bell -6dB]", "[chime under]"),
        f"Strikes a sound; the script goes on after {float(CHIME_STEP):g} s (or the sound's end, if shorter) while it "
        "rings on.",
        Value.SOUND,
        options=(
            _TIMES,
            Option("every 4s", "the time from strike to strike", "every", Value.DURATION),
            Option("under", "goes on at once while the sound rings", "under"),
            _LEVEL,
        ),
    ),
    CueSpec(
        "breathe",
        _breathe,
        "paced breathing, each phase with its own sound",
        ("[breathe 4-6 x6]", "[breathe 4-7-8 x4]", "[breathe box for 2m]", "[breathe 5.5-5.5 x4..8 words all swell]"),
        "Paced breathing, in seconds: in-out, in-hold-out or in-hold-out-rest, or a pattern's name. "
        "Each phase starts with its own sound exactly on the beat, which leads an inhale or exhale nearly to its end.",
        Value.PATTERN,
        required=True,
        options=(
            Option("x6", "so many cycles; x4..8 is elastic", value=Value.TIMES),
            Option("for 2m", "whole cycles nearest to a duration; for ~2m is elastic", "for", Value.ELASTIC),
            Option("words 2", "names the phases in the first cycles (2), in all or in none", "words", Value.WORDS),
            Option("swell", "a wave that rises with the inhale and falls with the exhale", "swell"),
            Option("held", "a faint tone through holds and rests, which are still otherwise", "held"),
        ),
    ),
    CueSpec(
        "count",
        _count,
        "numbers on the beat",
        ("[count 5]", "[count 10 to 1]", "[count 4 every 1.5s]"),
        f"Numbers spoken on the beat, {_BEAT} s apart, the first on the spot.",
        Value.NUMBERS,
        required=True,
        options=(Option("every 1.5s", "the time from number to number", "every", Value.DURATION),),
    ),
    CueSpec(
        "sound",
        _sound,
        "plays a file",
        ("[sound gong.flac]", "[sound birds.mp3 under -6dB]"),
        "Plays a file and waits for its end.",
        Value.FILE,
        required=True,
        options=(Option("under", "goes on at once while the file plays", "under"), _LEVEL),
    ),
    CueSpec(
        "bed",
        _bed,
        "another background from here on",
        ("[bed brown]", f"[bed brown {BED_LEVEL:g}dB fade 6s]", "[bed none]"),
        "Changes the background from here on, crossfaded.",
        Value.BED,
        required=True,
        options=(
            Option(
                f"{BED_LEVEL:g}dB",
                f"how far under the voice, {SOFTEST_LEVEL:g}dB to {LOUDEST_BED:g}dB",
                value=Value.LEVEL,
            ),
            Option("fade 6s", "how long the crossfade takes", "fade", Value.DURATION),
        ),
    ),
    CueSpec(
        "voice",
        _voice,
        "another voice from here on",
        ("[voice NAME]",),
        "Another voice from here on.",
        Value.VOICE,
        required=True,
    ),
    CueSpec(
        "pace",
        _pace,
        "slower or faster from here on",
        ("[pace 0.9]",),
        "Slower or faster from here on; 1 is calm.",
        Value.PACE,
        required=True,
    ),
    CueSpec(
        "take",
        _take,
        "another reading of the next sentence",
        ("[take 3]",),
        "Another reading of the next sentence, where the voice has several.",
        Value.TAKE,
        required=True,
    ),
    CueSpec(
        "repeat",
        _repeat,
        "the block up to [end], so many times",
        ("[repeat 3]", "[repeat ~3]", "[repeat 2..5]"),
        "The block up to [end] again and again; {n} is the round, {total} their number.",
        Value.ROUNDS,
        required=True,
        opens_block=True,
    ),
    CueSpec(
        "each",
        _each,
        "the block up to [end], once for each",
        ("[each left, right]", "[each side: left, right]"),
        "The block up to [end] once for each; {each} is the word, or the name before the colon.",
        Value.ITEMS,
        required=True,
        opens_block=True,
    ),
    CueSpec(
        "within",
        _within,
        "the block up to [end], exactly so long",
        ("[within 20s]", "[within ~20s]", "[within 45s countdown]", "[within 1m every 15s tick]"),
        "The block up to [end] lasts exactly so long: what it holds comes first, silence or [hold rest] fills it up.",
        Value.ELASTIC,
        required=True,
        options=(
            Option("countdown", "the last five seconds spoken, down to one", "countdown"),
            Option("every 15s", "a soft tick each time so much has passed", "every", Value.DURATION),
            Option("tick", "written after every 15s, for the reader", "tick"),
        ),
        opens_block=True,
    ),
    CueSpec(
        "include",
        _include,
        "the body of another script",
        ("[include settle.md]",),
        "The body of another script.",
        Value.SCRIPT,
        required=True,
    ),
    CueSpec("end", _end, "ends a block", ("[end]",), "Ends a repeat, each or within block."),
)

BY_NAME: Mapping[str, CueSpec] = MappingProxyType({spec.name: spec for spec in CUES})
