"""Changes a cue's values, and nothing else of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.cue_spec import CueError, CueSpec, Option, Value
from voiceguide.editing import quantities
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.errors import Source, as_sentences
from voiceguide.script.cue_reader import CueField, cue_fields
from voiceguide.script.inline import CueCall
from voiceguide.script.text import LineIndex, Text

ARGUMENT = "argument"
"""The key of a cue's argument, beside the keys of its options (:attr:`~voiceguide.cue_spec.Option.key`)."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value in a cue: its text from ``start`` up to ``end``; for a bare word the word itself. ``whole`` is the range
    with the option's own word."""

    value: Value | None
    text: str
    start: int
    end: int
    whole: tuple[int, int]


@dataclass(frozen=True)
class Cue:
    """A cue as it is written, from its bracket at ``start`` to behind the closing one at ``end``."""

    spec: CueSpec
    start: int
    end: int
    fields: dict[str, Field]

    def option(self, key: str) -> Option | None:
        return next((option for option in self.spec.options if option.key == key), None)


def cue_at(text: str, offset: int) -> Cue:
    """The cue around a character of a script. Raises CannotEdit when there is none, or it cannot be read."""
    start = text.rfind("[", 0, offset + 1)
    end = text.find("]", max(start, 0))
    if start < 0 or not start <= offset <= end or text[:start].endswith("\\"):
        raise CannotEdit("There is no cue here.")
    index = LineIndex.of(Source("script", text))
    inner = Text.of(index).slice(start + 1, end)
    try:
        spec, fields = cue_fields(CueCall(inner, index.span(start, end + 1)))
    except CueError as wrong:
        raise CannotEdit(as_sentences(wrong.diagnostic.message)) from wrong
    return Cue(spec, start, end + 1, dict(_known(fields)))


def _known(fields: tuple[CueField, ...]) -> Iterator[tuple[str, Field]]:
    for field in fields:
        value = field.value or field.text
        start, end = value.offsets[0], value.offsets[-1] + 1
        whole = (field.text.offsets[0], field.text.offsets[-1] + 1)
        key = ARGUMENT if field.option is None else field.option.key
        kind = None if field.option is None else field.option.value
        yield key, Field(kind, value.chars, start, end, whole)


def with_value(text: str, offset: int, key: str, value: str) -> Edit:
    """Writes another value for an argument or option; one that is not there is added at its place in the cue.

    ``value`` stands as the script language has it. Raises CannotEdit when the cue knows no such option.
    """
    cue = cue_at(text, offset)
    if field := cue.fields.get(key):
        return Edit(field.start, field.end, value)
    if key == ARGUMENT:
        if cue.spec.argument is None:
            raise CannotEdit(f"[{cue.spec.name}] has nothing to set.")
        at = _name_end(text, cue)
        return Edit(at, at, f" {value}")
    option = _required(cue, key)
    written = f"{option.word} {value}" if option.word else value
    at = len(text[: cue.end - 1].rstrip())
    return Edit(at, at, f" {written}")


def with_word(text: str, offset: int, key: str, *, on: bool) -> Edit | None:
    """Writes or removes a bare word such as ``countdown``; None when it is as wanted."""
    cue = cue_at(text, offset)
    option = _required(cue, key)
    if (key in cue.fields) == on:
        return None
    if not on:
        return without(text, offset, key)
    at = len(text[: cue.end - 1].rstrip())
    return Edit(at, at, f" {option.word}")


def without(text: str, offset: int, key: str) -> Edit:
    """Removes an option with its value and the space before it. Raises CannotEdit when it is not there."""
    cue = cue_at(text, offset)
    field = cue.fields.get(key)
    if field is None:
        raise CannotEdit(f"[{cue.spec.name}] does not say that.")
    if key == ARGUMENT and cue.spec.required:
        raise CannotEdit(f"[{cue.spec.name}] needs {cue.spec.argument.value if cue.spec.argument else 'it'}.")
    start, end = field.whole
    before = len(text[:start].rstrip(" \t,"))
    return Edit(before, end, "")


def with_duration(text: str, offset: int, seconds: Fraction) -> Edit:
    """Another natural length for the cue that has one: a pause, a hold, a ``[within]`` block; ``for`` in a breath."""
    cue = cue_at(text, offset)
    if cue.spec.argument in (Value.ELASTIC, Value.HOLD):
        field = _argument(cue)
        if field.text.casefold() == "rest":
            raise CannotEdit("This hold lasts as long as the block leaves it; change the block's length.")
        if seconds <= 0 and cue.spec.name != "pause":
            raise CannotEdit(f"[{cue.spec.name}] must last longer than nothing.")
    elif "for" in cue.fields:
        field = cue.fields["for"]
    else:
        raise CannotEdit(f"[{cue.spec.name}] has no duration to change.")
    return Edit(field.start, field.end, quantities.elastic(seconds, field.text))


def with_times(text: str, offset: int, number: int) -> Edit:
    """Another number of rounds, cycles or strikes."""
    cue = cue_at(text, offset)
    times = cue.fields.get(str(Value.TIMES))
    if cue.spec.argument is Value.ROUNDS:
        field = _argument(cue)
        return Edit(field.start, field.end, quantities.whole(number, field.text))
    if times is not None:
        return Edit(times.start, times.end, times.text[0] + quantities.whole(number, times.text[1:]))
    if (lasting := cue.fields.get("for")) is not None:
        return Edit(*lasting.whole, f"x{quantities.whole(number, '1')}")
    return with_value(text, offset, str(Value.TIMES), f"x{quantities.whole(number, '1')}")


def with_level(text: str, offset: int, decibels: float) -> Edit:
    """Another level of a chime, sound or bed."""
    return with_value(text, offset, str(Value.LEVEL), quantities.level(decibels))


def with_fade(text: str, offset: int, seconds: Fraction) -> Edit:
    """Another fade of a bed."""
    cue = cue_at(text, offset)
    like = cue.fields["fade"].text if "fade" in cue.fields else ""
    return with_value(text, offset, "fade", quantities.duration(seconds, like))


def _argument(cue: Cue) -> Field:
    """What the cue cannot be without. Raises CannotEdit when it is not written yet."""
    field = cue.fields.get(ARGUMENT)
    if field is None:
        raise CannotEdit(f"[{cue.spec.name}] needs {cue.spec.argument.value if cue.spec.argument else 'it'}.")
    return field


def _required(cue: Cue, key: str) -> Option:
    option = cue.option(key)
    if option is None:
        raise CannotEdit(f"[{cue.spec.name}] has no such option.")
    return option


def _name_end(text: str, cue: Cue) -> int:
    match = re.compile(r"\[\s*[^\s,:\]]+").match(text, cue.start)
    assert match is not None
    return match.end()
