"""A cue's text to its node: the words are read as the vocabulary's table says, then checked together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from voiceguide.errors import Diagnostic, Span, did_you_mean
from voiceguide.mix_levels import BED_LEVEL, LOUDEST_BED
from voiceguide.routine import (
    Bed,
    Breathe,
    Chime,
    Count,
    Each,
    Hold,
    Node,
    Pause,
    PlaySound,
    Repeat,
    SetPace,
    SetVoice,
    SoundRef,
    Within,
)
from voiceguide.script.files import Folder
from voiceguide.script.findings import Findings
from voiceguide.script.inline import CueCall, Variables, Words, scan_inline
from voiceguide.script.names import NAME
from voiceguide.script.sounds import SoundNames, find_sound
from voiceguide.script.text import Text
from voiceguide.script.values import parse_numbers, parse_pace, parse_pattern, parse_times, parse_words
from voiceguide.units import Elastic, Whole, parse_duration, parse_elastic, parse_level, parse_whole
from voiceguide.vocabulary import BY_NAME, CueSpec, Option, Value

_TYPOGRAPHY = str.maketrans("–‑−“”„\u00a0", '---""" ')
"""What word processors make of hyphens, minus signs, quotes and spaces."""

_WORD = re.compile(r'"[^"]*"|[+-]?[0-9.]+ ?dB\b|[^\s,"]+', re.IGNORECASE)
_TO_THE_END = frozenset({Value.NUMBERS, Value.ITEMS, Value.VOICE, Value.SCRIPT})
_OPTION_SHAPES: Mapping[Value, re.Pattern[str]] = {
    Value.LEVEL: re.compile(r"[+-]?[0-9.]+ ?dB", re.IGNORECASE),
    Value.TIMES: re.compile(r"x[~0-9].*", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class End:
    """The cue ``[end]``."""

    span: Span


@dataclass(frozen=True, slots=True)
class IncludeCall:
    """``[include name]``: ``path`` is the file, found safe to read."""

    path: Path
    span: Span


@dataclass(frozen=True, slots=True)
class CueContext:
    """What a cue's names may mean where it stands."""

    folder: Folder | None
    sounds: SoundNames


class _Wrong(Exception):
    def __init__(self, span: Span, message: str, hint: str | None = None) -> None:
        self.diagnostic = Diagnostic(span, "error", message, hint)


@dataclass(frozen=True, slots=True)
class _Values:
    """A cue's values by option (the word, or the kind of value for one without a word), with their places."""

    argument: Any
    options: Mapping[str, tuple[Any, Span]]

    def flag(self, word: str) -> bool:
        return word in self.options

    def get(self, key: str, default: Any = None) -> Any:
        return self.options[key][0] if key in self.options else default


def read_cue(call: CueCall, context: CueContext) -> tuple[Node | End | IncludeCall | None, list[Diagnostic]]:
    """The node of a cue; a block comes with an empty body. None when the cue has an error."""
    call = replace(call, text=Text(call.text.places, call.text.chars.translate(_TYPOGRAPHY), call.text.offsets))
    try:
        spec, rest = _named(call)
        return _build(spec, _read(spec, rest, call, context), call.span, context), []
    except _Wrong as wrong:
        return None, [wrong.diagnostic]


def _named(call: CueCall) -> tuple[CueSpec, Text]:
    text = call.text.strip()
    match = re.match(r"[^\s,:]+", text.chars)
    if not match:
        hint = "write a cue's name between the brackets, like [pause 5s], or \\[ for a bracket that is spoken"
        raise _Wrong(call.span, "this cue is empty", hint)
    spec = BY_NAME.get(match[0].casefold())
    if spec is None:
        near = did_you_mean(match[0], BY_NAME)
        advice = None if near else "write \\[ for a bracket that is spoken; docs/language.md lists the cues"
        raise _Wrong(text.span(0, match.end()), f"unknown cue '{match[0]}'{near}", advice)
    return spec, text.slice(match.end(), len(text)).strip()


def opens_block(call: CueCall) -> bool:
    """Whether a cue, right or wrong, waits for an ``[end]``."""
    name = re.match(r"\s*(\w*)", call.text.chars)
    spec = BY_NAME.get(name[1].casefold()) if name else None
    return spec is not None and spec.opens_block


def _unquoted(chars: str) -> str:
    return chars[1:-1] if re.fullmatch(r'"[^"]*"', chars) else chars


def _convert(value: Value, word: Text, context: CueContext) -> Any:
    chars = _plain(word) if value is Value.ITEMS else _unquoted(word.chars)
    readers: Mapping[Value, Callable[[str], Any]] = {
        Value.DURATION: parse_duration,
        Value.ELASTIC: parse_elastic,
        Value.LEVEL: parse_level,
        Value.TIMES: parse_times,
        Value.ROUNDS: parse_whole,
        Value.PATTERN: parse_pattern,
        Value.NUMBERS: parse_numbers,
        Value.WORDS: parse_words,
        Value.PACE: parse_pace,
        Value.SOUND: lambda name: find_sound(name, "sound", context.sounds.sounds, None),
        Value.FILE: lambda name: find_sound(name, "sound", context.sounds.sounds, context.folder),
        Value.BED: lambda name: (
            None if name.casefold() == "none" else find_sound(name, "bed", context.sounds.beds, context.folder)
        ),
        Value.SCRIPT: lambda name: _script(name, context.folder),
        Value.VOICE: _voice,
        Value.ITEMS: _items,
    }
    try:
        return readers[value](chars)
    except ValueError as error:
        raise _Wrong(word.span(), str(error)) from None


def _plain(text: Text) -> str:
    """The words without Markdown's marks, as they are spoken."""
    pieces = scan_inline(text, Variables({}), Findings())
    return "".join(piece.text.chars for piece in pieces if isinstance(piece, Words))


def _script(name: str, folder: Folder | None) -> Path:
    found = folder.find(name) if folder else None
    if found is None:
        raise ValueError(f"there is no script '{name}' in the folder of this one")
    return found


def _voice(name: str) -> str:
    if not name.strip():
        raise ValueError("a voice's name is missing")
    return name


def _items(text: str) -> tuple[str, tuple[str, ...]]:
    name, colon, rest = text.partition(":")
    if not colon:
        name, rest = "each", text
    name = name.strip()
    if not NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no name for a variable; write [each side: left, right]")
    items = tuple(" ".join(_unquoted(item.strip()).split()) for item in rest.split(","))
    if not all(items):
        raise ValueError("a word is missing between the commas; write [each left, right]")
    return name, items


def _read(spec: CueSpec, rest: Text, call: CueCall, context: CueContext) -> _Values:
    if spec.required and not len(rest):
        assert spec.argument is not None
        raise _Wrong(call.span, f"[{spec.name}] needs {spec.argument.value}", f"write it like {spec.forms[0]}")
    if spec.argument in _TO_THE_END:
        return _read_to_the_end(spec, rest, context)
    argument: Any = None
    found = False
    options: dict[str, tuple[Any, Span]] = {}
    words = rest.words(_WORD)
    while words:
        word = words.pop(0)
        if (option := _option(spec, word)) is not None:
            key = option.word or str(option.value)
            value = word
            if option.word and option.value:
                if not words:
                    raise _Wrong(word.span(), f"'{word.chars}' needs {option.value.value} after it")
                value = words.pop(0)
            if key in options:
                raise _Wrong(word.span(), f"'{word.chars}' says again what this cue has already")
            options[key] = (_convert(option.value, value, context) if option.value else True, value.span())
        elif spec.argument is not None and not found:
            argument, found = _convert(spec.argument, word, context), True
        else:
            raise _unexpected(spec, word)
    if spec.required and not found:
        assert spec.argument is not None
        raise _Wrong(call.span, f"[{spec.name}] needs {spec.argument.value}", f"write it like {spec.forms[0]}")
    return _Values(argument, options)


def _read_to_the_end(spec: CueSpec, rest: Text, context: CueContext) -> _Values:
    """A cue whose argument may hold spaces; only ``every`` (of a count) can come after it."""
    assert spec.argument is not None
    options: dict[str, tuple[Any, Span]] = {}
    for option in spec.options:
        if match := re.search(rf"(?:^|[\s,]){option.word}\b\s*(.*)$", rest.chars, re.IGNORECASE):
            value = rest.slice(match.start(1), match.end(1))
            if not len(value) or option.word is None or option.value is None:
                raise _Wrong(rest.span(match.start(), match.end()), f"'{option.word}' needs a duration after it")
            options[option.word] = (_convert(option.value, value, context), value.span())
            rest = rest.slice(0, match.start()).strip()
    if not len(rest):
        raise _Wrong(rest.span(), f"[{spec.name}] needs {spec.argument.value}", f"write it like {spec.forms[0]}")
    return _Values(_convert(spec.argument, rest, context), options)


def _option(spec: CueSpec, word: Text) -> Option | None:
    for option in spec.options:
        if option.word and word.chars.casefold() == option.word:
            return option
        if option.word is None and option.value and _OPTION_SHAPES[option.value].fullmatch(word.chars):
            return option
    return None


def _unexpected(spec: CueSpec, word: Text) -> _Wrong:
    known = [option.word for option in spec.options if option.word]
    forms = ", ".join(option.form for option in spec.options)
    hint = f"it knows {forms}" if forms else "it knows no options"
    message = f"unknown option '{word.chars}' of [{spec.name}]{did_you_mean(word.chars, known)}"
    return _Wrong(word.span(), message, hint)


def _build(spec: CueSpec, words: _Values, span: Span, context: CueContext) -> Node | End | IncludeCall:
    value = words.argument
    level = words.get(str(Value.LEVEL), 0.0)
    match spec.name:
        case "pause":
            return Pause(value, span)
        case "hold":
            _positive(value, span, "a hold")
            return Hold(value, words.flag("halfway"), words.flag("count"), words.flag("countdown"), span)
        case "chime":
            return _chime(words, span, level)
        case "breathe":
            return _breathe(words, span)
        case "count":
            every = _beat(words, Fraction(1))
            return Count(value[0], value[1], every or Fraction(1), span)
        case "sound":
            return PlaySound(value, words.flag("under"), level, span)
        case "bed":
            return _bed(words, span)
        case "voice":
            return SetVoice(value, span)
        case "pace":
            return SetPace(value, span)
        case "repeat":
            return Repeat(value, (), span)
        case "each":
            return Each(value[0], value[1], (), span)
        case "within":
            _positive(value, span, "a [within] block")
            return Within(value, (), span)
        case "include":
            return IncludeCall(value, span)
        case _:
            return End(span)


def _positive(duration: Elastic, span: Span, what: str) -> None:
    if duration.shortest <= 0:
        raise _Wrong(span, f"{what} must last longer than nothing")


def _beat(words: _Values, default: Fraction | None) -> Fraction | None:
    if "every" not in words.options:
        return default
    every, place = words.options["every"]
    if every < Fraction(1, 10):
        raise _Wrong(place, "the beat of 'every' is 100ms at least")
    return Fraction(every)


def _chime(words: _Values, span: Span, level: float) -> Chime:
    sound: SoundRef | None = words.argument
    strikes: Whole = words.get(str(Value.TIMES), Whole.rigid(1))
    if strikes.elastic:
        raise _Wrong(words.options[str(Value.TIMES)][1], "a chime's strikes are a plain number like x3")
    if strikes.natural > 100:
        raise _Wrong(words.options[str(Value.TIMES)][1], "a chime can be struck 100 times at most")
    return Chime(sound, strikes.natural, _beat(words, None), level, span)


def _bed(words: _Values, span: Span) -> Bed:
    level, place = words.options.get(str(Value.LEVEL), (None, span))
    if level is not None and level > LOUDEST_BED:
        raise _Wrong(place, f"a bed lies under the voice: {LOUDEST_BED:g}dB is the most, {BED_LEVEL:g}dB the usual")
    return Bed(words.argument, level, words.get("fade"), span)


def _breathe(words: _Values, span: Span) -> Breathe:
    cycle = sum((phase.seconds for phase in words.argument), Fraction(0))
    times: Whole | None = words.get(str(Value.TIMES))
    lasting: Elastic | None = words.get("for")
    if (times is None) == (lasting is None):
        message = "[breathe] needs to know how long" if times is None else "[breathe] has both a number and a duration"
        raise _Wrong(span, message, "write a number of cycles like x6, or a duration like for 2m")
    if lasting is not None:
        times = Whole(*(max(1, _nearest(d / cycle)) for d in (lasting.natural, lasting.shortest, lasting.longest)))
    assert times is not None
    return Breathe(words.argument, times, words.get("words", 2), words.flag("swell"), span)


def _nearest(number: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return int(number + Fraction(1, 2))
