"""The sentences of a script, the lines that they are said as, and the choice of another take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from voiceguide import planner
from voiceguide.editing.takes import with_take
from voiceguide.errors import Source
from voiceguide.routine import Routine, Sentence
from voiceguide.script.files import Folder
from voiceguide.session.casting import cast_script
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript, ScriptText, parsed
from voiceguide.timeline import Line


def own_sentences(routine: Routine) -> tuple[Sentence, ...]:
    """Those that stand in the script's own text, in order; not those of included scripts."""
    file = routine.span.file
    return tuple(node for node in routine.nodes() if isinstance(node, Sentence) and node.span.file == file)


def sentence_near(routine: Routine, line: int, column: int) -> Sentence | None:
    """The last sentence that begins up to a place (both from 1); else the first one; None when there is none."""
    own = own_sentences(routine)
    before = [one for one in own if (one.span.line, one.span.column) <= (line, column)]
    return before[-1] if before else next(iter(own), None)


def lines_said(script: Path | ReadScript, options: SessionOptions, sentence: Sentence) -> tuple[Line, ...]:
    """A sentence as it is said in the session, once for each time. Raises ScriptError and SpeechError."""
    cast = cast_script(script, options)
    played = planner.said(cast.routine, cast.voices)
    return tuple(line for line, span in played if (span.file, span.line, span.column) == sentence.span.position)


def with_chosen_take(text: str, path: Path, options: SessionOptions, sentence: Sentence, take: int) -> str | None:
    """A script's text, of the file ``path``, with ``[take …]`` for a sentence; its line ends stay. None where no place
    for the cue is found."""

    def sentences(text: str) -> Sequence[Sentence]:
        routine, _ = parsed(script_text(text, path, sentence.span.file), options)
        return own_sentences(routine) if routine else ()

    return with_take(text, sentence, take, sentences)


def script_text(text: str, path: Path, name: str) -> ScriptText:
    """A text as it would be read from a script's file; messages call it ``name``."""
    return ScriptText(Source(name, text), Folder(path.absolute().parent), path.resolve())
