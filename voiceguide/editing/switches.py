"""Switches a rule of ``check`` off: for the place where it found something, or for the whole script."""

from __future__ import annotations

from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.settings import with_setting
from voiceguide.errors import Diagnostic
from voiceguide.script.front_matter_block import split
from voiceguide.script.text import LineIndex, Text


def off_here(finding: Diagnostic) -> Edit | None:
    """A comment above the finding's line that switches its rule off there; None for what no rule found, and in the
    settings."""
    if finding.rule is None or not finding.span.line:
        return None
    source = finding.span.source
    index = LineIndex.of(source)
    _, body, _ = split(Text.of(index))
    start = index.starts[finding.span.line - 1]
    if not len(body) or start < body.offsets[0]:
        return None
    return Edit(start, start, f"<!-- check: off {finding.rule} -->\n")


def off_everywhere(finding: Diagnostic) -> Edit | None:
    """``checks: {rule: off}`` in the settings; None for what no rule found, and where they cannot be read."""
    text = finding.span.source.text
    if finding.rule is None or text.startswith("+++"):
        return None
    try:
        return with_setting(text, ("checks", finding.rule), "off")
    except CannotEdit:
        return None
