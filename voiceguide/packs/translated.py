"""A pack and its translation: which script answers to which, and whether both ask for the same sessions. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from voiceguide.errors import Diagnostic, Span
from voiceguide.packs.entries import Entry
from voiceguide.packs.pack_file import Pack
from voiceguide.units import format_duration


@dataclass(frozen=True, slots=True)
class ScriptPair:
    """A script, the one that answers to it in the translated pack, and what the packs say differently of the two."""

    original: Entry
    translation: Entry
    findings: tuple[Diagnostic, ...]


def paired(original: Pack, translation: Pack) -> tuple[tuple[ScriptPair, ...], tuple[Diagnostic, ...]]:
    """The scripts of both packs in pairs, in the order in which the packs list them, and what is wrong with the packs.

    Scripts answer to each other by their position among the packs' scripts, for their names are translated too.
    """
    first, second = _scripts(original), _scripts(translation)
    pairs = []
    for old, new in zip(first, second, strict=False):
        wanted, given = first[old], second[new]
        found = () if _lengths(wanted) == _lengths(given) else (_other_lengths(wanted, given),)
        pairs.append(ScriptPair(wanted[0], given[0], found))
    return tuple(pairs), (*_unpaired(first, second), *_programme(original, translation))


def _scripts(pack: Pack) -> dict[str, list[Entry]]:
    """Each script once, with its sessions."""
    found: dict[str, list[Entry]] = {}
    for entry in pack.entries:
        found.setdefault(entry.script, []).append(entry)
    return found


def _lengths(entries: list[Entry]) -> list[Fraction | None]:
    return list(dict.fromkeys(entry.length for entry in entries))


def _other_lengths(old: list[Entry], new: list[Entry]) -> Diagnostic:
    told = [", ".join("its own" if n is None else format_duration(n) for n in _lengths(each)) for each in (old, new)]
    message = f"'{new[0].script}' has the lengths {told[1]}; the original has {told[0]}"
    return Diagnostic(new[0].span, "warning", message, f"'{old[0].script}' stands at {old[0].span}", "lengths-differ")


def _unpaired(first: dict[str, list[Entry]], second: dict[str, list[Entry]]) -> Iterator[Diagnostic]:
    for script in list(first)[len(second) :]:
        where = next(reversed(second.values()))[0].span if second else first[script][0].span
        message = f"after this, a script that answers to '{script}' is missing"
        yield Diagnostic(where, "error", message, f"it stands at {first[script][0].span}", "script-missing")
    for script in list(second)[len(first) :]:
        message = f"the original pack has no script that answers to '{script}'"
        yield Diagnostic(second[script][0].span, "error", message, None, "script-added")


def _programme(original: Pack, translation: Pack) -> Iterator[Diagnostic]:
    """Whether both plans have the same weeks: as many sessions, as many times."""
    shapes = [
        [(len(week.sessions), week.times_per_week) for week in pack.programme] for pack in (original, translation)
    ]
    if shapes[0] != shapes[1]:
        differing = [n for n, (old, new) in enumerate(zip(*shapes, strict=False), 1) if old != new]
        where = f"in week {differing[0]}" if differing else f"{len(shapes[1])} weeks, and {len(shapes[0])} there"
        span = translation.entries[0].span if translation.entries else original.entries[0].span
        message = f"the practice plan is not that of the original: {where}"
        yield Diagnostic(Span(span.source, 0, 1), "error", message, None, "programme-differs")
