"""What something in a script means, for whoever points at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voiceguide.cue_spec import CueSpec, Option
from voiceguide.editing.cue_edits import ARGUMENT, Cue, cue_at
from voiceguide.editing.edits import CannotEdit
from voiceguide.editing.variables import variable_at
from voiceguide.errors import Source, Span, as_sentences
from voiceguide.rules import BY_NAME as RULES
from voiceguide.script.pieces import names_given, settings_tree
from voiceguide.script.text import COMMENT, LineIndex
from voiceguide.script.yaml_tree import Mapping, Scalar
from voiceguide.units import format_duration
from voiceguide.vocabulary import FRONT_MATTER, PATTERNS

_FILLED_IN = {"n": "The number of the round.", "total": "How many rounds there are."}


@dataclass(frozen=True, slots=True)
class Meaning:
    """Sentences about what stands from the offset ``start`` up to ``end``."""

    text: str
    start: int
    end: int


def meaning_at(source: Source, offset: int) -> Meaning | None:
    """What is written at an offset: a setting, a rule, a variable, a cue or an option of it. None for words."""
    return next(iter(_meanings(source, offset)), None)


def _meanings(source: Source, offset: int) -> Iterator[Meaning]:
    yield from _of_settings(source, offset)
    yield from _of_waivers(source.text, offset)
    if variable := _of_variable(source, offset):
        yield variable
    try:
        cue = cue_at(source.text, offset)
    except CannotEdit:
        return
    for key, field in cue.fields.items():
        start, end = field.whole
        if key != ARGUMENT and start <= offset < end and (option := cue.option(key)):
            yield Meaning(_of_option(option), start, end)
    yield Meaning(_of_cue(cue.spec, cue), cue.start, cue.end)


def _of_option(option: Option) -> str:
    return f"{option.form}: {option.meaning}."


def _of_cue(spec: CueSpec, cue: Cue) -> str:
    argument = cue.fields.get(ARGUMENT)
    pattern = PATTERNS.get(argument.text.casefold()) if argument and spec.name == "breathe" else None
    if pattern and argument:
        phases = ", ".join(f"{kind} {format_duration(seconds)}" for kind, seconds in pattern)
        return f"{spec.meaning} {argument.text} is {phases}."
    return spec.meaning


def _of_settings(source: Source, offset: int) -> Iterator[Meaning]:
    index = LineIndex.of(source)

    def around(span: Span) -> bool:
        start, end = index.offsets(span)
        return start <= offset < end

    for key, value in settings_tree(source):
        if key.value == "checks" and isinstance(value, Mapping):
            for rule, _ in value.entries:
                if around(rule.span) and rule.value in RULES:
                    yield Meaning(_of_rule(rule.value), *index.offsets(rule.span))
        if around(key.span) and key.value in FRONT_MATTER:
            yield Meaning(as_sentences(FRONT_MATTER[key.value]), *index.offsets(key.span))


def _of_waivers(text: str, offset: int) -> Iterator[Meaning]:
    comment = next((one for one in COMMENT.finditer(text) if one.start() <= offset < one.end()), None)
    if comment and re.match(r"<!--\s*check:", comment[0], re.IGNORECASE):
        for word in re.finditer(r"[\w-]+", comment[0]):
            start, end = comment.start() + word.start(), comment.start() + word.end()
            if start <= offset < end and word[0] in RULES:
                yield Meaning(_of_rule(word[0]), start, end)


def _of_rule(name: str) -> str:
    rule = RULES[name]
    return f"Finds {rule.finds}. {rule.reason}"


def _of_variable(source: Source, offset: int) -> Meaning | None:
    place = variable_at(source, offset)
    if place is None:
        return None
    if place.block is not None:
        told = _FILLED_IN.get(place.name) or f"Each word of {place.block.written}."
        return Meaning(told, place.start, place.end)
    value = next((value for key, value in names_given(source) if key.value == place.name), None)
    told = f"“{value.value}”" if isinstance(value, Scalar) else "It has no value here; --set gives it one."
    return Meaning(told, place.start, place.end)
