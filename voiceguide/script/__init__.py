"""Script text to a :class:`~voiceguide.routine.Routine`, with everything that is wrong with it, in one run.

The way of a script: ``files`` reads it, ``front_matter`` takes its settings, ``text`` removes comments, ``blocks``
finds the parts of the Markdown, ``markdown`` what is spoken of them, ``inline`` words and cues, ``sentences`` the
spoken lines, ``cue_reader`` the nodes, ``paragraphs`` the parts of a paragraph of both, which ``memory`` keeps for the
next reading, and ``compose`` builds the tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from voiceguide.errors import Diagnostic, Source, Span, did_you_mean, nearest
from voiceguide.routine import Change, Chapter, ChapterMark, Each, Node, Repeat, Routine, Settings, walk
from voiceguide.script.compose import Composer, Heading, Item, Shelf
from voiceguide.script.files import Folder, read_source
from voiceguide.script.findings import Findings, ReadingStopped
from voiceguide.script.front_matter import read_settings
from voiceguide.script.front_matter_block import split
from voiceguide.script.inline import Variables
from voiceguide.script.limits import too_much
from voiceguide.script.memory import Memory
from voiceguide.script.other_marks import told_together
from voiceguide.script.sounds import SoundNames
from voiceguide.script.text import LineIndex, Text

_DEFAULTS = Settings(title="")
_NO_VARIABLES: Mapping[str, str] = MappingProxyType({})

EMPTY = "this script says and does nothing"
"""The error about a script in which nothing is spoken or heard."""


def parse_file(
    path: Path, sounds: SoundNames, variables: Mapping[str, str] = _NO_VARIABLES, defaults: Settings = _DEFAULTS
) -> tuple[Routine | None, tuple[Diagnostic, ...]]:
    """The routine of a script file; None when the file cannot be read.

    ``variables`` go before the script's own; ``defaults`` are the settings of a script that does not say.
    """
    source, problems = read_source(path)
    if problems:
        return None, tuple(problems)
    return parse(source, sounds, variables, Folder(path.absolute().parent), path.resolve(), defaults)


def parse(
    source: Source,
    sounds: SoundNames,
    variables: Mapping[str, str] = _NO_VARIABLES,
    folder: Folder | None = None,
    path: Path | None = None,
    defaults: Settings = _DEFAULTS,
    memory: Memory | None = None,
) -> tuple[Routine, tuple[Diagnostic, ...]]:
    """The routine that ``source`` holds, and all findings in the order of the lines.

    With the ``memory`` of the reading before, only paragraphs that have changed since are read.
    Without a ``folder`` the script can name no files. A routine with errors is good for further checks only; it has no
    chapters when there is too much of it.
    """
    findings = Findings()
    front_matter, body, problems = split(Text.of(LineIndex.of(source)))
    settings, more = read_settings(front_matter, Path(source.name).stem, folder, sounds, defaults)
    known = Variables({**defaults.variables, **settings.variables, **variables}, frozenset(variables))
    if memory is not None:
        memory.begin()
    shelf = Shelf(sounds, known, findings, settings.language, settings.tables, memory)
    if path is not None:
        shelf.being_read.append(path)
    chapters: tuple[Chapter, ...] = ()
    with suppress(ReadingStopped):
        findings.extend([*problems, *more])
        chapters = _chapters(Composer(shelf, folder).compose(body), Span(source, 1, 1))
        findings.extend(_unused(variables, shelf.variables, Span(source, 1, 1)))
    if problem := too_much(chapters):
        findings.add(problem)
        chapters = ()
    if not findings.errors and not any(_happens(node) for chapter in chapters for node in walk(chapter.body)):
        hint = "write a sentence to be spoken, or a cue like [pause 5s]"
        findings.error(Span(source, 1, 1), EMPTY, hint)
    heading = next((c.title for c in chapters if c.title and c.level == 1), None)
    if "title" not in settings.spans and heading:
        settings = replace(settings, title=heading)
    scripts = dict.fromkeys(filter(None, (path, *(included for included, *_ in shelf.included))))
    routine = Routine(settings, chapters, Span(source, 1, 1), tuple(scripts), tuple(shelf.waivers))
    return routine, told_together(findings.in_order(source))


def _unused(given: Mapping[str, str], variables: Variables, span: Span) -> list[Diagnostic]:
    """Warnings for values from outside that the text never asks for: most likely a name was mistyped.

    None where the text asks for a name like it that has no value: that is an error, which names both.
    """
    unused = [name for name in given if name not in variables.used and not nearest(name, sorted(variables.unknown))]
    used = sorted(variables.used)
    return [
        Diagnostic(span, "warning", f"the script never uses a variable '{name}'{did_you_mean(name, used)}")
        for name in unused
    ]


def _happens(node: Node) -> bool:
    """Whether a node is heard or takes time by itself."""
    return not isinstance(node, Change | ChapterMark | Repeat | Each)


def _chapters(items: tuple[Item, ...], start: Span) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    heading: Heading | None = None
    body: list[Node] = []

    def close() -> None:
        if heading is not None:
            chapter = Chapter(
                heading.title, heading.level, heading.optional, tuple(body), heading.span, heading.required
            )
            chapters.append(chapter)
        elif body:
            chapters.append(Chapter(None, 0, None, tuple(body), start))

    for item in items:
        if isinstance(item, Heading):
            close()
            heading, body = item, []
        else:
            body.append(item)
    close()
    return tuple(chapters)
