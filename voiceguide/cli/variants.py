"""The sessions that one command line asks for of a script, and what tells their files apart.

``--length``, ``--voice``, ``--profile`` and ``--set`` may be given several times; there is a session for each
combination. What a session was asked for stands in its name in this order: the script's name, the values of variables,
the length, the voice, the profile, as in ``evening-ben-6m-joe-sleep.mp3``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import click

from voiceguide.editing.people import as_file_name
from voiceguide.session.options import SessionOptions
from voiceguide.units import format_duration

MOST_VARIANTS = 500


@dataclass(frozen=True, slots=True)
class NameParts:
    """What stands in a file's name behind the script's, in order: ``whole`` names a session among all that there may
    ever be, ``apart`` among those of this command only."""

    whole: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Options with one voice, one profile and one value for each variable; ``names`` has an entry for each of their
    lengths, or a single one."""

    options: SessionOptions
    names: tuple[NameParts, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What was given, in order and each once: voices, profiles, and variables with their values."""

    voices: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def variants(self, options: SessionOptions) -> tuple[Variant, ...]:
        """A variant for each combination, the lengths of ``options`` in each. Raises UsageError when they are many."""
        by_name: dict[str, list[str]] = {}
        for name, value in self.values:
            by_name.setdefault(name, []).append(value)
        many = [name for name, values in by_name.items() if len(values) > 1]
        counts = (len(several) for several in (self.voices, self.profiles, options.lengths, *by_name.values()))
        if math.prod(max(1, count) for count in counts) > MOST_VARIANTS:
            raise click.UsageError(f"These are more than {MOST_VARIANTS} sessions; ask for fewer at a time.")
        found = []
        each = product(self.voices or (None,), self.profiles or (None,), product(*by_name.values()))
        for voice, profile, values in each:
            own = dict(zip(by_name, values, strict=True))
            chosen = replace(options, voice=voice, profile=profile, variables=own)
            several = [value for name, value in own.items() if name in many]
            found.append(Variant(chosen, tuple(self._names(chosen, values, several))))
        return tuple(found)

    def _names(self, options: SessionOptions, values: Sequence[str], several: Sequence[str]) -> Iterator[NameParts]:
        ending = [options.voice] if len(self.voices) > 1 else []
        ending += [options.profile] if len(self.profiles) > 1 else []
        last = [as_file_name(part) for part in ending if part]
        for length in options.lengths or (None,):
            lasting = _lasting(length)
            apart = lasting if len(options.lengths) > 1 else ()
            yield NameParts((*map(as_file_name, values), *lasting, *last), (*map(as_file_name, several), *apart, *last))


def _lasting(length: Fraction | None) -> tuple[str, ...]:
    return () if length is None else (format_duration(length),)


def named(path: Path, parts: Sequence[str]) -> Path:
    """The path with parts in its name, before the ending: ``face-7m30s.mp3``; as it is without any."""
    return path.with_name(f"{'-'.join((path.stem, *parts))}{path.suffix}") if parts else path
