"""Scripts of other kinds to scripts of this one: speech markup (SSML), and text with pause marks.

The way of a file: ``decoding`` makes text of its bytes and tells what it is, ``ssml`` or ``marks`` goes through it,
``desk`` decides what things become, ``writing`` and ``layout`` make the Markdown, ``report`` keeps what was
translated, guessed and lost. Nothing here reads or writes files.
"""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.errors import Diagnostic, Source
from voiceguide.importing.decoding import Form, form_of, named_as_markup, wrapped
from voiceguide.importing.desk import Surroundings
from voiceguide.importing.marks.reader import read_marks
from voiceguide.importing.report import Report
from voiceguide.importing.ssml.document import read_ssml

__all__ = ["Imported", "Surroundings", "translate"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A script's text, and what became of everything in its source."""

    script: str
    report: Report


def translate(
    source: Source, around: Surroundings | None = None, form: Form | None = None
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """The script for a text of another kind; None and the reasons when it cannot be read.

    Without a ``form`` the text itself tells what it is. Markup that is not well-formed is refused; only tags in what
    may be a text as well are then understood as far as they go.
    """
    around = around or Surroundings()
    form = form or form_of(source)
    if form == "fragment":
        made, problems = read_ssml(source, around, wrapped(source.text))
        if made is None and not named_as_markup(source):
            made, problems = read_marks(source, around), ()
    elif form == "ssml":
        made, problems = read_ssml(source, around)
    else:
        made, problems = read_marks(source, around), ()
    return (Imported(*made) if made else None), problems
