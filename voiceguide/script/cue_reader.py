"""A cue's text to its node: the words are read as the cue's row in the table says; the row builds the node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, assert_never

from voiceguide.cue_spec import OF_FILES, TO_THE_END, Built, CueError, CueSpec, CueValues, Option, Value
from voiceguide.cues import BY_NAME
from voiceguide.errors import Diagnostic, Span, did_you_mean
from voiceguide.script.files import Folder
from voiceguide.script.findings import Findings
from voiceguide.script.inline import CueCall, Variables, Words, scan_inline
from voiceguide.script.names import NAME
from voiceguide.script.sounds import SoundNames, find_sound
from voiceguide.script.text import Text, join
from voiceguide.script.values import parse_numbers, parse_pace, parse_pattern, parse_take, parse_times, parse_words
from voiceguide.units import parse_duration, parse_elastic, parse_level, parse_whole

_TYPOGRAPHY = str.maketrans("–‑−“”„\u00a0", '---""" ')
"""What word processors make of hyphens, minus signs, quotes and spaces."""

_WORD = re.compile(r'"[^"]*"|[+-]?[0-9.]+ ?dB\b|[^\s,"]+', re.IGNORECASE)
_OPTION_SHAPES: Mapping[Value, re.Pattern[str]] = {
    Value.LEVEL: re.compile(r"[+-]?[0-9.]+ ?dB", re.IGNORECASE),
    Value.TIMES: re.compile(r"x[~0-9].*", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class CueContext:
    """What a cue's names may mean where it stands."""

    folder: Folder | None
    sounds: SoundNames


def read_cue(call: CueCall, context: CueContext) -> tuple[Built | None, list[Diagnostic]]:
    """The node of a cue; a block comes with an empty body. None when the cue has an error."""
    call = replace(call, text=Text(call.text.line_index, call.text.chars.translate(_TYPOGRAPHY), call.text.offsets))
    try:
        spec, rest = _named(call)
        return spec.build(_read(spec, rest, call, context)), []
    except CueError as wrong:
        return None, [wrong.diagnostic]


def _named(call: CueCall) -> tuple[CueSpec, Text]:
    text = call.text.strip()
    match = re.match(r"[^\s,:]+", text.chars)
    if not match:
        hint = "write a cue's name between the brackets, like [pause 5s], or \\[ for a bracket that is spoken"
        raise CueError(call.span, "this cue is empty", hint)
    spec = BY_NAME.get(match[0].casefold())
    if spec is None:
        near = did_you_mean(match[0], BY_NAME)
        advice = None if near else "write \\[ for a bracket that is spoken; 'voiceguide docs language' lists the cues"
        raise CueError(text.span(0, match.end()), f"unknown cue '{match[0]}'{near}", advice)
    return spec, text.slice(match.end(), len(text)).strip()


def opens_block(call: CueCall) -> bool:
    """Whether a cue, right or wrong, waits for an ``[end]``."""
    spec = _spec_of(call)
    return spec is not None and spec.opens_block


def may_name_file(call: CueCall) -> bool:
    """Whether what a cue builds may depend on the files in the script's folder."""
    spec = _spec_of(call)
    return spec is None or not OF_FILES.isdisjoint({spec.argument, *(option.value for option in spec.options)})


def _spec_of(call: CueCall) -> CueSpec | None:
    name = re.match(r"\s*(\w*)", call.text.chars)
    return BY_NAME.get(name[1].casefold()) if name else None


def _unquoted(chars: str) -> str:
    return chars[1:-1] if re.fullmatch(r'"[^"]*"', chars) else chars


def _convert(value: Value, word: Text, context: CueContext) -> Any:
    chars = _plain(word) if value is Value.ITEMS else _unquoted(word.chars)
    try:
        return _value(value, chars, context)
    except ValueError as error:
        raise CueError(word.span(), str(error)) from None


def _value(value: Value, chars: str, context: CueContext) -> Any:
    match value:
        case Value.DURATION:
            return parse_duration(chars)
        case Value.ELASTIC:
            return parse_elastic(chars)
        case Value.HOLD:
            return None if chars.casefold() == "rest" else parse_elastic(chars)
        case Value.LEVEL:
            return parse_level(chars)
        case Value.TIMES:
            return parse_times(chars)
        case Value.ROUNDS:
            return parse_whole(chars)
        case Value.PATTERN:
            return parse_pattern(chars)
        case Value.NUMBERS:
            return parse_numbers(chars)
        case Value.WORDS:
            return parse_words(chars)
        case Value.PACE:
            return parse_pace(chars)
        case Value.TAKE:
            return parse_take(chars)
        case Value.SOUND:
            return find_sound(chars, "sound", context.sounds.sounds, None)
        case Value.FILE:
            return find_sound(chars, "sound", context.sounds.sounds, context.folder)
        case Value.BED:
            silent = chars.casefold() == "none"
            return None if silent else find_sound(chars, "bed", context.sounds.beds, context.folder)
        case Value.SCRIPT:
            return _script(chars, context.folder)
        case Value.VOICE:
            return _voice(chars)
        case Value.ITEMS:
            return _items(chars)
        case _:
            assert_never(value)


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


@dataclass(frozen=True, slots=True)
class CueField:
    """One thing that a cue says: its argument (``option`` None) or an option, with the text of its ``value`` (None: the
    option is a bare word); ``text`` is all of it."""

    option: Option | None
    value: Text | None
    text: Text


def cue_fields(call: CueCall) -> tuple[CueSpec, tuple[CueField, ...]]:
    """A cue's row in the table, and what it says, in the order written. Raises CueError where a word is wrong."""
    spec, rest = _named(call)
    return spec, tuple(_fields(spec, rest))


def _fields(spec: CueSpec, rest: Text) -> Iterator[CueField]:
    if spec.argument in TO_THE_END:
        yield from _fields_to_the_end(spec, rest)
        return
    found = False
    words = rest.words(_WORD)
    while words:
        word = words.pop(0)
        option = _option(spec, word)
        if option is None and (spec.argument is None or found):
            raise _unexpected(spec, word)
        if option is not None and option.word and option.value:
            if not words:
                raise CueError(word.span(), f"'{word.chars}' needs {option.value.value} after it")
            value = words.pop(0)
            yield CueField(option, value, join((word, value), word.line_index))
        else:
            yield CueField(option, None if option is not None and option.value is None else word, word)
            found = found or option is None


def _fields_to_the_end(spec: CueSpec, rest: Text) -> Iterator[CueField]:
    """Of a cue whose argument may hold spaces; only ``every`` (of a count) can come after it."""
    for option in spec.options:
        if match := re.search(rf"(?:^|[\s,]){option.word}\b\s*(.*)$", rest.chars, re.IGNORECASE):
            value = rest.slice(match.start(1), match.end(1))
            whole = rest.slice(match.start(), match.end())
            if not len(value) or option.word is None or option.value is None:
                raise CueError(whole.span(), f"'{option.word}' needs a duration after it")
            yield CueField(option, value, whole)
            rest = rest.slice(0, match.start()).strip()
    if len(rest):
        yield CueField(None, rest, rest)


def _read(spec: CueSpec, rest: Text, call: CueCall, context: CueContext) -> CueValues:
    argument: Any = None
    found = False
    options: dict[str, tuple[Any, Span]] = {}
    for field in _fields(spec, rest):
        if field.option is None:
            assert spec.argument is not None
            assert field.value is not None
            argument, found = _convert(spec.argument, field.value, context), True
            continue
        if field.option.key in options:
            word = field.text.words(_WORD)[0]
            raise CueError(word.span(), f"'{word.chars}' says again what this cue has already")
        value = field.value or field.text
        kind = field.option.value
        options[field.option.key] = (_convert(kind, value, context) if kind else True, value.span())
    if spec.required and not found:
        assert spec.argument is not None
        where = rest.span() if spec.argument in TO_THE_END and len(rest) else call.span
        raise CueError(where, f"[{spec.name}] needs {spec.argument.value}", f"write it like {spec.forms[0]}")
    return CueValues(call.span, argument, options)


def _option(spec: CueSpec, word: Text) -> Option | None:
    for option in spec.options:
        if option.word and word.chars.casefold() == option.word:
            return option
        if option.word is None and option.value and _OPTION_SHAPES[option.value].fullmatch(word.chars):
            return option
    return None


def _unexpected(spec: CueSpec, word: Text) -> CueError:
    known = [option.word for option in spec.options if option.word]
    forms = ", ".join(option.form for option in spec.options)
    hint = f"it knows {forms}" if forms else "it knows no options"
    message = f"unknown option '{word.chars}' of [{spec.name}]{did_you_mean(word.chars, known)}"
    return CueError(word.span(), message, hint)
