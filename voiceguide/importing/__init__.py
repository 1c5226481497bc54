"""Translates other people's scripts: speech markup (SSML), and text with pause marks.

``decoding`` decodes a file and finds its form; ``ssml``, ``marks`` or, where both are in a text, ``mixed`` reads it;
``state`` has the translations that they share, ``writing`` and ``layout`` make the Markdown, ``report`` records what
was translated, guessed and lost. Nothing here reads or writes files.
"""

from __future__ import annotations

from dataclasses import dataclass

from voiceguide.errors import Diagnostic, Source
from voiceguide.importing.decoding import Form, form_of, named_as_markup, wrapped
from voiceguide.importing.marks.reader import read_marks
from voiceguide.importing.mixed import read_mixed
from voiceguide.importing.report import Report
from voiceguide.importing.ssml.document import read_ssml
from voiceguide.importing.state import Surroundings

__all__ = ["Imported", "Surroundings", "translate"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A script's text, and the report on its translation."""

    script: str
    report: Report


def translate(
    source: Source, around: Surroundings | None = None, form: Form | None = None
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """The script for a text of another kind; None and the reasons if it cannot be read.

    Without a ``form`` it is detected from the text and the ending of its name; whoever has the text from a document of
    another format gives it. Markup that is not well-formed is refused, unless it may be plain text with some
    tags, which is then read as such.
    """
    around = around or Surroundings()
    form = form or form_of(source)
    if form == "mixed":
        made, problems = read_mixed(source, around)
    elif form == "fragment":
        made, problems = read_ssml(source, around, wrapped(source.text))
        if made is None and not named_as_markup(source):
            made, problems = read_marks(source, around)
    elif form == "ssml":
        made, problems = read_ssml(source, around)
    else:
        made, problems = read_marks(source, around, markdown=form == "markdown")
    return (Imported(*made) if made else None), problems
