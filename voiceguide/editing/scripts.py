"""Tells scripts from other Markdown, and finds the scripts that one includes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from voiceguide.cue_spec import OF_FILES, CueError, Value
from voiceguide.editing.blocks import spec_of
from voiceguide.errors import Source
from voiceguide.script.cue_reader import CueContext, cue_fields, read_cue
from voiceguide.script.files import Folder
from voiceguide.script.inline import CueCall
from voiceguide.script.pieces import passages, settings_tree
from voiceguide.script.sounds import SoundNames
from voiceguide.script.text import LineIndex

_OURS = frozenset(
    [
        *["voice", "pace", "phrasing", "length", "bed", "chimes", "gaps", "ducking", "levels", "profile", "loudness"],
        *["pronounce", "spoken", "takes", "verify", "sleep", "checks"],
    ]
)
"""Settings that no other program's notes have; a title or an author makes no script."""


def is_script(source: Source, sounds: SoundNames) -> bool:
    """Whether a Markdown text is a script: it has a setting that is a script's alone, or a cue without a mistake."""
    if any(key.value in _OURS for key, _ in settings_tree(source)):
        return True
    if "[" not in source.text:
        return False
    return any(_is_cue(call, sounds) for passage in passages(source) for call in passage.cues)


def _is_cue(call: CueCall, sounds: SoundNames) -> bool:
    spec = spec_of(call)
    if spec is None or call.slots:
        return False
    if spec.argument in OF_FILES:
        return any("." in word for word in call.text.chars.split()[1:2])
    return spec.argument is not Value.VOICE and not read_cue(call, CueContext(None, sounds))[1]


def included(source: Source, folder: Folder, within: tuple[int, int] | None = None) -> dict[Path, Source]:
    """The scripts that a text includes, and those that they include, by their paths; only by the cues that stand
    ``within`` two offsets, if these are given. What cannot be found or read is left out."""
    found: dict[Path, Source] = {}
    waiting = [(source, folder, within)]
    while waiting:
        text, its_folder, part = waiting.pop()
        for call, path in includes(text, its_folder):
            start, _ = LineIndex.of(text).offsets(call.span)
            if path in found or (part is not None and not part[0] <= start < part[1]):
                continue
            read, problems = its_folder.read(path)
            if not problems:
                found[path] = read
                waiting.append((read, its_folder.beside(path), None))
    return found


def includes(source: Source, folder: Folder) -> Iterator[tuple[CueCall, Path]]:
    """The ``[include …]`` cues of a text that name a file that is there."""
    if "include" not in source.text.casefold():
        return
    for call in (call for passage in passages(source) for call in passage.cues):
        spec = spec_of(call)
        if spec is None or spec.argument is not Value.SCRIPT:
            continue
        try:
            _, fields = cue_fields(call)
            path = folder.find(fields[0].text.chars.strip('"')) if fields else None
        except (CueError, ValueError):
            continue
        if path is not None:
            yield call, path
