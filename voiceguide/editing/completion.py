"""What can come next where a script is being written: cues, their options and values, settings, variables, rules.

Everything comes from the tables that the parser reads, :data:`voiceguide.cues.CUES`,
:data:`voiceguide.vocabulary.FRONT_MATTER` and :data:`voiceguide.rules.RULES`, and from the script itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voiceguide.cue_spec import TO_THE_END, CueSpec, Option, Value
from voiceguide.cues import BY_NAME, CUES
from voiceguide.editing.blocks import blocks
from voiceguide.errors import Source
from voiceguide.rule_spec import KINDS
from voiceguide.rules import RULES
from voiceguide.script.pieces import names_given, passages
from voiceguide.script.sounds import SoundNames
from voiceguide.script.yaml_tree import Scalar
from voiceguide.sound_settings import ROOM_NAMES
from voiceguide.units import FILE_RATES
from voiceguide.vocabulary import FRONT_MATTER, PATTERNS, PROFILE_LOUDNESS, SPOKEN

_HEADING_MARKS = {
    "optional": "A length may leave this chapter out.",
    "optional 2": "Left out before the chapters that are [optional].",
    "required": "No length leaves this chapter out.",
}


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that can be written next. ``insert`` takes the place of the characters from the offset ``start`` up
    to the caret; ``label`` is what a list shows, ``meaning`` a sentence about it."""

    insert: str
    label: str
    meaning: str
    start: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names that can stand for a value: the library's sounds and beds, the voices, and in the script's folder the
    sound files and other scripts."""

    sounds: SoundNames
    voices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def completions(text: str, caret: int, names: Names) -> tuple[Completion, ...]:
    """What can be written at ``caret``, an offset into ``text`` in characters, best first as in the tables.

    Empty in running text. Raises ValueError when ``caret`` is not within 0 to ``len(text)``.
    """
    if not 0 <= caret <= len(text):
        raise ValueError(f"the caret {caret} is outside of the text, which has {len(text)} characters")
    line = text[text.rfind("\n", 0, caret) + 1 : caret]
    if _in_front_matter(text, caret):
        return tuple(_settings(text, line, caret, names))
    if waiver := re.search(r"<!--\s*check:\s*(?:off|on)\s+(?:[\w-]+[\s,]+)*([\w-]*)$", line, re.IGNORECASE):
        return tuple(_rules(waiver[1], caret))
    if slot := re.search(r"(?<!\\)\{([^{}\[\]]*)$", line):
        return tuple(_variables(text, slot[1], caret))
    cue = re.search(r"(?<!\\)\[([^\[\]]*)$", line)
    if cue and re.match(r" {0,3}#{1,6}[ \t]", line):
        return tuple(_matching(cue[1], caret, _HEADING_MARKS.items()))
    return tuple(_in_cue(cue[1], caret, names)) if cue else ()


def _rules(written: str, caret: int) -> Iterator[Completion]:
    return _matching(written, caret, ((rule.name, f"Finds {rule.finds}. {rule.reason}") for rule in RULES))


def _variables(text: str, written: str, caret: int) -> Iterator[Completion]:
    """The names that the script gives values to or fills in, in its order."""
    source = Source("script", text[: caret - len(written) - 1] + text[caret:])
    values = {key.value: value.value for key, value in names_given(source) if isinstance(value, Scalar)}
    rows = [(name, f"“{value}”") for name, value in values.items()]
    for block in blocks(source, passages(source)):
        if block.start < caret <= block.end:
            rows += [(name, f"filled in by {block.written}") for name in sorted(block.fills)]
    return _matching(written.lstrip(), caret, rows)


def _in_front_matter(text: str, caret: int) -> bool:
    opening = re.match(r"---[ \t]*\n", text)
    if opening is None or caret < opening.end():
        return False
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, opening.end())
    return closing is None or caret <= closing.start()


def _settings(text: str, line: str, caret: int, names: Names) -> Iterator[Completion]:
    known = {
        "bed": ("none", *names.sounds.beds, *names.files),
        "voice": ("auto", *names.voices),
        "spoken": SPOKEN,
        "kind": KINDS,
        "room": ROOM_NAMES,
        "profile": tuple(PROFILE_LOUDNESS),
        "sample_rate": tuple(map(str, FILE_RATES)),
    }
    if (rule := re.fullmatch(r"(?:[ \t]+|checks:[ \t]*\{(?:[^{}]*,)?[ \t]*)([\w-]*)", line)) and _in_checks(
        text, caret
    ):
        yield from _rules(rule[1], caret)
    elif value := re.fullmatch(rf"({'|'.join(known)}): *(\S*)", line):
        yield from _matching(value[2], caret, ((name, FRONT_MATTER[value[1]]) for name in known[value[1]]))
    elif re.fullmatch(r"\w*", line):
        written = set(re.findall(r"^(\w+):", text, re.MULTILINE))
        rows = ((f"{key}: ", meaning) for key, meaning in FRONT_MATTER.items() if key not in written)
        yield from _matching(line, caret, rows)


def _in_checks(text: str, caret: int) -> bool:
    """Whether the setting that is being written is ``checks``."""
    keys = re.findall(r"^(\w+):", text[:caret], re.MULTILINE)
    return bool(keys) and keys[-1] == "checks"


def _in_cue(words: str, caret: int, names: Names) -> Iterator[Completion]:
    first, space, rest = words.partition(" ")
    if not space:
        rows = ((spec.name, f"{spec.meaning} Like {spec.forms[0]}.") for spec in CUES)
        yield from _matching(first, caret, rows)
    elif spec := BY_NAME.get(first.casefold()):
        yield from _matching(rest.rpartition(" ")[2], caret, _after(spec, rest.split(" ")[:-1], names))


def _after(spec: CueSpec, before: list[str], names: Names) -> Iterator[tuple[str, str]]:
    """What can stand in a cue after the words ``before``, each with its meaning."""
    waiting = next((o for o in spec.options if before and o.word == before[-1].casefold() and o.value), None)
    if waiting:
        yield (_example(waiting), waiting.meaning)
        return
    if not before and spec.argument is not None:
        for value in _values(spec.argument, names) or (_argument(spec, form) for form in spec.forms):
            if value:
                yield (value, spec.meaning)
        if spec.required:
            return
    written = {word.casefold() for word in before}
    for option in spec.options:
        if option.word not in written and not (option.word is None and option.form in before):
            yield (option.form, option.meaning)


def _example(option: Option) -> str:
    return option.form.removeprefix(option.word or "").strip()


def _argument(spec: CueSpec, form: str) -> str:
    """The argument in one of a cue's forms."""
    words = form.strip("[]").split(" ")[1:]
    options = {option.word for option in spec.options}
    end = next((index for index, word in enumerate(words) if word in options), len(words))
    return " ".join(words[:end] if spec.argument in TO_THE_END else words[:1])


def _values(kind: Value, names: Names) -> tuple[str, ...]:
    """The names that a value of this kind can have; none for a number or a duration."""
    match kind:
        case Value.SOUND:
            return names.sounds.sounds
        case Value.FILE:
            return (*names.files, *names.sounds.sounds)
        case Value.BED:
            return ("none", *names.sounds.beds, *names.files)
        case Value.SCRIPT:
            return names.scripts
        case Value.VOICE:
            return names.voices
        case Value.PATTERN:
            return tuple(PATTERNS)
        case _:
            return ()


def _matching(written: str, caret: int, rows: Iterable[tuple[str, str]]) -> Iterator[Completion]:
    """The rows that begin with what is written already, each once."""
    seen = set()
    for insert, meaning in rows:
        if insert.casefold().startswith(written.casefold()) and insert not in seen:
            seen.add(insert)
            yield Completion(insert, insert.removesuffix(": "), meaning, caret - len(written))
