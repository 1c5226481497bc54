"""The parts of a paragraph: sentences, and what its cues build."""

from __future__ import annotations

from dataclasses import dataclass, replace

from voiceguide.cue_spec import Built
from voiceguide.errors import Diagnostic, Source, Span
from voiceguide.routine import Pause, Slot, Template
from voiceguide.script.inline import Break, CueCall


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence."""

    text: Template
    span: Span


@dataclass(frozen=True, slots=True)
class OfFile:
    """What is built by a cue that may name a file: it depends on the files that there are."""

    built: Built


@dataclass(frozen=True, slots=True)
class BadCue:
    """A cue that builds nothing: it has ``problems``, or names in it that are still to be filled in."""

    call: CueCall
    problems: tuple[Diagnostic, ...] = ()


SurePart = Said | Built | Break
"""What follows from the text alone, and has nothing wrong with it."""

Part = SurePart | OfFile | BadCue | Diagnostic
"""A diagnostic stands for a sentence that cannot be spoken."""


def moved(part: SurePart, source: Source, lines: int) -> SurePart:
    """The part as it is read in another text, ``lines`` further down."""

    def there(span: Span) -> Span:
        return Span(source, span.line + lines, span.column, span.length)

    if isinstance(part, Break):
        return part
    assert part.span is not None, "what is read has a place"
    if isinstance(part, Pause):  # as most cues are
        return Pause(part.duration, there(part.span))
    if not isinstance(part, Said):
        return replace(part, span=there(part.span))
    text = part.text
    if not all(isinstance(piece, str) for piece in text):
        text = tuple(Slot(piece.name, there(piece.span)) if isinstance(piece, Slot) else piece for piece in text)
    return Said(text, there(part.span))
