"""The front matter: from YAML to :class:`~voiceguide.routine.Settings`, every value checked, with its span."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from voiceguide.errors import Diagnostic, Span, did_you_mean
from voiceguide.mix_levels import LOUDEST_LOUDNESS, SOFTEST_LOUDNESS, TARGET_LOUDNESS
from voiceguide.routine import OpeningBed, Settings, SpokenAs, TakesSetting
from voiceguide.rule_spec import KINDS, LEVELS, Kind, Level
from voiceguide.script import yaml_tree
from voiceguide.script.files import Folder
from voiceguide.script.front_matter_block import FrontMatter
from voiceguide.script.names import LONGEST_VALUE, NAME
from voiceguide.script.sounds import SoundNames, find_sound, read_bed
from voiceguide.script.values import parse_length, parse_phrasing, parse_sample_rate, parse_session_pace
from voiceguide.script.waivers import unknown_rule
from voiceguide.script.yaml_tree import Scalar, YamlNode
from voiceguide.sound_settings import ROOM_NAMES, Chimes, Ducking, Gaps, Levels, RoomName
from voiceguide.units import parse_duration, parse_level
from voiceguide.vocabulary import BREATH_SETS, FRONT_MATTER, OTHER_PROGRAMS, PROFILE_LOUDNESS, SPOKEN

_MOST_PRONOUNCED = 1000
_DEEPEST_DUCKING = 24.0  # dB
_LONGEST_GAP = 60  # seconds
_SHORTEST_SLOPE, _LONGEST_SLOPE = Fraction(1, 20), Fraction(10)  # seconds; a faster one would be heard as a cut
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_WORDS = re.compile(r"[^\s,]+")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}:[0-9]{2}.{0,30}")
_MOST_NAMED = 3  # settings without an effect
_Name = TypeVar("_Name", bound=str)


class _Wrong(Exception):
    """A value's problem: at ``span`` when it is not the whole value."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True)
class _Context:
    folder: Folder | None
    sounds: SoundNames
    warnings: list[Diagnostic]


def _scalar(node: YamlNode, what: str) -> str:
    if not isinstance(node, Scalar):
        raise _Wrong(f"this must be {what}, not a list or a table", node.span)
    return node.value.strip()


def _words(node: YamlNode, _: _Context) -> str:
    return _scalar(node, "text")


def _date(node: YamlNode, _: _Context) -> str:
    value = _scalar(node, "a date")
    if moment := _DAY.fullmatch(value):
        value = moment[1]
    try:
        if not re.fullmatch(r"[0-9]{4}", value):
            datetime.date.fromisoformat(value)
    except ValueError:
        raise _Wrong(f"'{value}' is no date; write it like 2026-11-23 or 2026") from None
    return value


def _language(node: YamlNode, _: _Context) -> str:
    value = _scalar(node, "a language tag")
    if not _LANGUAGE.fullmatch(value):
        raise _Wrong(f"'{value}' is no language tag; write it like en, en-GB or de")
    return value


def _by(parse: Callable[[str], Any], what: str) -> Callable[[YamlNode, _Context], Any]:
    """A reader for one value, which ``what`` describes."""
    return lambda node, _: parse(_scalar(node, what))


def _bed(node: YamlNode, context: _Context) -> OpeningBed:
    return read_bed(_scalar(node, "a bed's name or a file"), context.sounds.beds, context.folder)


def _chimes(node: YamlNode, context: _Context) -> Chimes:
    """A sound to strike, a set of breath sounds, or both in any order."""
    found: dict[str, str] = {}
    for item in node.items if isinstance(node, yaml_tree.Sequence) else (node,):
        for word in _WORDS.findall(_scalar(item, "a sound's name")):
            try:
                name = find_sound(word, "sound", (*context.sounds.sounds, *BREATH_SETS), None).name
            except ValueError as error:
                raise _Wrong(str(error), item.span) from None
            kind = "breath" if name in BREATH_SETS else "struck"
            if kind in found:
                what = "sets of breath sounds" if name in BREATH_SETS else "sounds to strike"
                raise _Wrong(f"'{found[kind]}' and '{name}' are two {what}; name one", item.span)
            found[kind] = name
    return Chimes(**found)


def _gaps(node: YamlNode, _: _Context) -> Gaps:
    gaps = Gaps()
    for key, value in _entries(node, "sentence: 0.6s, paragraph: 1.2s"):
        if key.value not in ("sentence", "paragraph"):
            known = did_you_mean(key.value, ("sentence", "paragraph"))
            raise _Wrong(f"unknown gap '{key.value}'{known}; there are sentence and paragraph", key.span)
        try:
            duration = parse_duration(_scalar(value, "a duration"))
        except ValueError as error:
            raise _Wrong(str(error), value.span) from None
        if duration > _LONGEST_GAP:
            raise _Wrong(f"a gap can be {_LONGEST_GAP}s at most; write a longer silence as [pause …]", value.span)
        gaps = replace(gaps, sentence=duration) if key.value == "sentence" else replace(gaps, paragraph=duration)
    return gaps


def _level(node: YamlNode) -> float:
    try:
        return parse_level(_scalar(node, "a level like -6dB"))
    except ValueError as error:
        raise _Wrong(str(error), node.span) from None


def _depth(node: YamlNode) -> float:
    """Both ``6dB`` and ``-6dB`` are six decibels down."""
    depth = abs(_level(node))
    if depth > _DEEPEST_DUCKING:
        raise _Wrong(f"the bed can sink by {_DEEPEST_DUCKING:g}dB at most", node.span)
    return depth


def _ducking(node: YamlNode, _: _Context) -> Ducking:
    if isinstance(node, Scalar) and node.value.strip().casefold() in ("none", "false"):
        return Ducking(depth_db=0.0)
    if isinstance(node, Scalar):
        return Ducking(_depth(node))
    ducking = Ducking()
    for key, value in _entries(node, "depth: 7dB, lead: 0.3s, release: 1.25s"):
        if key.value == "depth":
            ducking = replace(ducking, depth_db=_depth(value))
        elif key.value in ("lead", "release"):
            ducking = replace(ducking, **{key.value: _slope(value)})
        else:
            known = did_you_mean(key.value, ("depth", "lead", "release"))
            raise _Wrong(f"unknown part '{key.value}'{known}; there are depth, lead and release", key.span)
    return ducking


def _slope(node: YamlNode) -> float:
    try:
        seconds = parse_duration(_scalar(node, "a duration"))
    except ValueError as error:
        raise _Wrong(str(error), node.span) from None
    if not _SHORTEST_SLOPE <= seconds <= _LONGEST_SLOPE:
        raise _Wrong(
            f"the bed can take from {_SHORTEST_SLOPE * 1000}ms to {_LONGEST_SLOPE}s to sink or come back", node.span
        )
    return float(seconds)


def _levels(node: YamlNode, _: _Context) -> Levels:
    levels = Levels()
    buses = tuple(bus.name for bus in fields(Levels))
    for key, value in _entries(node, "chimes: -3dB, bed: -6dB"):
        if key.value not in buses:
            known = did_you_mean(key.value, buses)
            raise _Wrong(f"unknown bus '{key.value}'{known}; there are {', '.join(buses)}", key.span)
        levels = replace(levels, **{key.value: _level(value)})
    return levels


def _room(node: YamlNode, _: _Context) -> RoomName:
    return _one_of(node, "room", ROOM_NAMES)


def _profile(node: YamlNode, _: _Context) -> str:
    return _one_of(node, "profile", PROFILE_LOUDNESS)


def _loudness(node: YamlNode, _: _Context) -> float:
    value = _scalar(node, "a number")
    value = value[:-4].rstrip() if value.upper().endswith("LUFS") else value
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,6})?", value):
        raise _Wrong(f"'{value}' is no loudness; write it like {TARGET_LOUDNESS:g}")
    if not SOFTEST_LOUDNESS <= float(value) <= LOUDEST_LOUDNESS:
        raise _Wrong(f"a loudness of {value} LUFS is outside {SOFTEST_LOUDNESS:g} to {LOUDEST_LOUDNESS:g}")
    return float(value)


def _entries(node: YamlNode, example: str) -> tuple[tuple[Scalar, YamlNode], ...]:
    if isinstance(node, Scalar) and not node.value.strip():
        return ()
    if not isinstance(node, yaml_tree.Mapping):
        raise _Wrong(f"this must be a table like {{{example}}}", node.span)
    return node.entries


def _variables(node: YamlNode, _: _Context) -> Mapping[str, str]:
    values = {}
    for key, value in _entries(node, "name: value"):
        if not NAME.fullmatch(key.value):
            raise _Wrong(f"'{key.value}' is no name for a variable; use letters, digits, _ and -", key.span)
        text = " ".join(_scalar(value, "text").split())
        if len(text) > LONGEST_VALUE:
            raise _Wrong(f"a variable's value can be {LONGEST_VALUE} characters at most", value.span)
        values[key.value] = text
    return MappingProxyType(values)


def _pronounce(node: YamlNode, _: _Context) -> Mapping[str, str]:
    values = {}
    entries = _entries(node, "gua sha: gwah shah")
    if len(entries) > _MOST_PRONOUNCED:
        raise _Wrong(f"here are {len(entries):,} words to pronounce; {_MOST_PRONOUNCED:,} is the most there can be")
    for key, value in entries:
        if not key.value.strip():
            raise _Wrong("a word to pronounce is missing before the colon", key.span)
        values[key.value.strip()] = _scalar(value, "text")
    return MappingProxyType(values)


def _spoken(node: YamlNode, _: _Context) -> SpokenAs:
    return _either(node, *SPOKEN)


def _tags(node: YamlNode, _: _Context) -> tuple[str, ...]:
    if isinstance(node, yaml_tree.Sequence):
        return tuple(_scalar(item, "a word") for item in node.items)
    return tuple(tag.strip() for tag in _scalar(node, "a list of words").split(",") if tag.strip())


def _cover(node: YamlNode, context: _Context) -> Any:
    name = _scalar(node, "an image file")
    found = context.folder.find(name) if context.folder else None
    if found is None:
        raise _Wrong(f"there is no image file '{name}' in the script's folder")
    return found


def _takes(node: YamlNode, _: _Context) -> TakesSetting:
    return _either(node, "vary", "same")


def _yes(node: YamlNode, _: _Context) -> bool:
    value = _scalar(node, "true or false").casefold()
    if value not in ("true", "false", "yes", "no"):
        raise _Wrong(f"'{value}' must be true or false")
    return value in ("true", "yes")


def _kind(node: YamlNode, _: _Context) -> Kind:
    return _one_of(node, "kind", KINDS)


def _one_of(node: YamlNode, what: str, known: Iterable[_Name]) -> _Name:
    word = _scalar(node, f"a {what}").casefold()
    if word not in (names := {name.casefold(): name for name in known}):
        raise _Wrong(f"unknown {what} '{word}'{did_you_mean(word, names)}; there are {', '.join(names)}")
    return names[word]


def _tables(node: YamlNode, _: _Context) -> bool:
    return _either(node, "spoken", "silent") == "spoken"


def _either(node: YamlNode, one: _Name, other: _Name) -> _Name:
    word = _scalar(node, f"{one} or {other}").casefold()
    found = next((name for name in (one, other) if name == word), None)
    if found is None:
        raise _Wrong(f"'{word}' must be {one} or {other}{did_you_mean(word, (one, other))}")
    return found


def _checks(node: YamlNode, context: _Context) -> Mapping[str, Level]:
    """A rule that nobody knows is only warned of, so that a script outlives the rules it was written for."""
    levels: dict[str, Level] = {}
    for key, value in _entries(node, "silence-gap: off"):
        word = _scalar(value, "off, warning or error").casefold()
        level = next((level for level in LEVELS if level == word), None)
        if level is None:
            raise _Wrong(f"'{word}' must be off, warning or error{did_you_mean(word, LEVELS)}", value.span)
        if problem := unknown_rule(key.value, key.span):
            context.warnings.append(problem)
        else:
            levels[key.value] = level
    return MappingProxyType(levels)


_READERS: Mapping[str, Callable[[YamlNode, _Context], Any]] = {
    "title": _words,
    "description": _words,
    "author": _words,
    "date": _date,
    "language": _language,
    "voice": _words,
    "pace": _by(parse_session_pace, "a number"),
    "phrasing": _by(parse_phrasing, "a duration or none"),
    "length": _by(parse_length, "a duration"),
    "bed": _bed,
    "chimes": _chimes,
    "gaps": _gaps,
    "ducking": _ducking,
    "levels": _levels,
    "room": _room,
    "profile": _profile,
    "loudness": _loudness,
    "sample_rate": _by(parse_sample_rate, "a number"),
    "variables": _variables,
    "pronounce": _pronounce,
    "spoken": _spoken,
    "tables": _tables,
    "tags": _tags,
    "cover": _cover,
    "sleep": _yes,
    "takes": _takes,
    "verify": _yes,
    "kind": _kind,
    "checks": _checks,
}
assert _READERS.keys() == FRONT_MATTER.keys()


def read_settings(
    front_matter: FrontMatter | None,
    fallback_title: str,
    folder: Folder | None,
    sounds: SoundNames,
    defaults: Settings,
) -> tuple[Settings, list[Diagnostic]]:
    """The settings that a front matter gives; the others, and a key with an error, are as in ``defaults``."""
    if front_matter is None:
        return replace(defaults, title=fallback_title), []
    tree, problems = front_matter.parsed()
    if tree is not None and not isinstance(tree, yaml_tree.Mapping):
        problems.append(Diagnostic(tree.span, "error", "a front matter is made of lines like 'title: Evening calm'"))
        tree = None
    settings, more = settings_of(tree.entries if tree else (), folder, sounds, defaults)
    return replace(settings, title=settings.title or fallback_title), [*problems, *more]


def settings_of(
    entries: Iterable[tuple[Scalar, YamlNode]], folder: Folder | None, sounds: SoundNames, defaults: Settings
) -> tuple[Settings, list[Diagnostic]]:
    """The settings that a table's entries give; the others are as in ``defaults``. Spans are the entries' only."""
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    spans: dict[str, Span] = {}
    context = _Context(folder, sounds, problems)
    unknown: list[Scalar] = []
    for key, node in entries:
        if key.value not in _READERS:
            unknown.append(key)
            continue
        if isinstance(node, Scalar) and node.value in ("", "null", "~") and key.value != "bed":
            continue
        spans[key.value] = node.span if isinstance(node, Scalar) and node.value else key.span
        try:
            values[key.value] = _READERS[key.value](node, context)
        except (_Wrong, ValueError) as error:
            span = (error.span if isinstance(error, _Wrong) else None) or spans[key.value]
            problems.append(Diagnostic(span, "error", str(error)))
    problems += _without_effect(unknown)
    if "profile" in values:
        values.setdefault("loudness", PROFILE_LOUDNESS[values["profile"]])
    return replace(defaults, **values, spans=MappingProxyType(spans)), problems


def _without_effect(unknown: list[Scalar]) -> list[Diagnostic]:
    """A warning for each key that is nearly a known one, and one for all the others, which other programs read."""
    problems: list[Diagnostic] = []
    others: list[Scalar] = []
    for key in unknown:
        near = did_you_mean(key.value, FRONT_MATTER)
        if near and key.value.casefold() not in OTHER_PROGRAMS:
            problems.append(Diagnostic(key.span, "warning", f"unknown setting '{key.value}'{near}; it has no effect"))
        else:
            others.append(key)
    if not others:
        return problems
    names = [f"'{key.value}'" for key in others[:_MOST_NAMED]]
    if len(others) > _MOST_NAMED:
        names.append(f"{len(others) - _MOST_NAMED} more")
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    one = len(others) == 1
    message = f"unknown setting{'' if one else 's'} {listed}; {'it has' if one else 'they have'} no effect"
    return [*problems, Diagnostic(others[0].span, "warning", message)]
