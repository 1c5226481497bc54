"""``voiceguide voices list``: the installed voices."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from voiceguide.cli.columns import columns
from voiceguide.cli.session_options import voice_folder_option

if TYPE_CHECKING:
    from voiceguide.speech import Voice
    from voiceguide.speech.engines.engine import Quality


_GROUPS: tuple[tuple[str, Quality], ...] = (
    ("Your own voices", "recorded"),
    ("Natural voices", "neural"),
    ("Voices on servers", "server"),
    ("The system's voices: clear, but robotic", "synthetic"),
)
"""The best come first."""

_MOST_SHOWN = 12
"""Voices of one engine in a group; of more, the languages are shown."""

_HEAD = ("name", "engine", "language", "gender", "quality", "size", "licence", "where")


@click.command("list")
@click.option("--language", metavar="TAG", help="Only voices for this language, such as en or de.")
@click.option("--all", "every", is_flag=True, help="Every voice in a row of its own, also where there are hundreds.")
@voice_folder_option
def command(language: str | None = None, every: bool = False) -> None:
    """Lists the voices, the best first: name, engine, language, gender, quality, size, licence, and where it is.

    Of an engine with very many voices, the languages are listed; --language TAG or --all lists the voices. A voice that
    cannot be used is named below the list, with the reason.
    """
    from voiceguide.speech import Casting, neural_hint

    casting = Casting()
    installed = casting.voices()
    found = installed if language is None else casting.voices(language)
    usable = [voice for voice in found if not voice.fault]
    if usable:
        click.echo("\n".join(_listed(usable, whole=every or language is not None)))
    else:
        click.echo(f"No voice speaks the language '{language}'.", err=True)
    faults = dict.fromkeys((*(voice.fault for voice in found if voice.fault), *casting.faults()))
    hint = "" if any(neural_hint(()) in fault for fault in faults) else neural_hint(found)
    for sentence in (*faults, *([hint] if hint else [])):
        click.echo(sentence, err=True)


def _listed(voices: Sequence[Voice], *, whole: bool) -> Iterator[str]:
    """The lines of the list; ``whole``: with a row for every voice."""
    counts = Counter((voice.quality, voice.engine) for voice in voices)
    folded = {key for key, count in counts.items() if count > _MOST_SHOWN and key[0] != "recorded" and not whole}
    shown = [voice for voice in voices if (voice.quality, voice.engine) not in folded]
    shown.sort(key=lambda voice: [quality for _, quality in _GROUPS].index(voice.quality))
    head, *rows = columns(_HEAD, [_row(voice) for voice in shown])
    yield head
    for title, quality in _GROUPS:
        own = [row for voice, row in zip(shown, rows, strict=True) if voice.quality == quality]
        engines = [engine for kind, engine in counts if kind == quality and (kind, engine) in folded]
        if own or engines:
            yield f"\n{title}"
        yield from own
        for engine in engines:
            folding = [voice.language for voice in voices if (voice.quality, voice.engine) == (quality, engine)]
            yield from _languages(engine, folding)


def _languages(engine: str, tags: Sequence[str]) -> Iterator[str]:
    """An engine with very many voices: how many there are, and for which languages; ``tags`` has one for each voice."""
    yield f"{engine}: {len(tags)} voices. 'voiceguide voices list --language TAG' lists those for a language:"
    names = " ".join(sorted({tag.partition("-")[0] for tag in tags}))
    yield from textwrap.wrap(names, 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)


def _row(voice: Voice) -> tuple[str, ...]:
    size = f"{voice.size / 1e6:.0f} MB" if voice.size else ""
    return (
        voice.name,
        voice.engine,
        voice.language,
        voice.gender or "",
        voice.quality,
        size,
        voice.licence,
        voice.location,
    )
