"""Mends what is wrong with a script where there is no doubt about it: an edit for a finding, or none.

A mend is derived from the finding: from its message, which names what is written and what is known, and from the text
around its span. It never touches anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from voiceguide.cue_spec import TO_THE_END, CueError, Value
from voiceguide.cues import BY_NAME
from voiceguide.editing.edits import Edit
from voiceguide.errors import Diagnostic
from voiceguide.script.cue_reader import CueContext, cue_fields, read_cue
from voiceguide.script.front_matter_block import split
from voiceguide.script.inline import CueCall
from voiceguide.script.markdown import read_elements
from voiceguide.script.sounds import SoundNames
from voiceguide.script.text import LineIndex, Text, without_comments
from voiceguide.units import parse_elastic

_MEANT = re.compile(r"'(?P<written>[^']+)'[^']*\(did you mean '(?P<meant>[^']+)'\?\)")
_BACKWARDS = re.compile(r"'(?P<written>[^']+)' runs backwards; write .* first: (?P<meant>\S+)")
_UNITS = {
    "ms": r"ms|msec|milliseconds?|millisekunden?",
    "s": r"s|secs?|seconds?|sek|sekunden?",
    "m": r"m|mins?|minutes?|minuten?",
    "h": r"h|hrs?|hours?|std|stunden?",
}
_UNIT = "|".join(f"(?P<{unit}>{spellings})" for unit, spellings in _UNITS.items())
_ANY_UNIT = rf"[ \t]*(?:{'|'.join(_UNITS.values())})\b"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_PART = rf"{_NUMBER}(?:{_ANY_UNIT}(?:[ \t]*{_NUMBER}{_ANY_UNIT})?)?"
_DURATION = re.compile(rf"~?{_PART}(?:\.\.{_PART})?", re.IGNORECASE)
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})[ \t]*(?:(?:{_UNIT})\b)?[ \t]*", re.IGNORECASE)
_NO_DURATION = re.compile(r"'(?P<written>[^'~]*)' (?:needs a unit|is no duration)")
_LEVEL = re.compile(r"'(?P<written>[+-]?[0-9]+(?:\.[0-9]+)?)' is no level")
_TIMES = re.compile(r"'(?P<written>x[0-9]+|[0-9]+[x×])' is no number of times", re.IGNORECASE)
_OPTION = re.compile(r"unknown option '(?P<written>[^']+)' of \[(?P<cue>\w+)\]")
_SETTING = re.compile(r"[\w-]+:(?:[ \t]|$)|[ \t]+\S|- |#.*:")
_NAMES = (Value.VOICE, Value.SCRIPT, Value.FILE, Value.SOUND, Value.BED)
_LONGEST_CUE = 12
"""Words of a cue that lacks its closing bracket."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding, and the range of its span in the text."""

    finding: Diagnostic
    text: str
    start: int
    end: int

    @property
    def message(self) -> str:
        return self.finding.message

    @property
    def marked(self) -> str:
        return self.text[self.start : self.end]

    def replaced(self, written: str, new: str) -> Edit | None:
        """``new`` for the one place in the span where ``written`` stands."""
        places = list(re.finditer(re.escape(written), self.marked, re.IGNORECASE))
        if len(places) > 1:
            places = list(re.finditer(rf"(?<!\w){re.escape(written)}(?!\w)", self.marked, re.IGNORECASE))
        if len(places) != 1:
            return None
        return Edit(self.start + places[0].start(), self.start + places[0].end(), new)


def mend(finding: Diagnostic) -> Edit | None:
    """What removes a finding, as an edit of its own file's text; None where a person has to decide."""
    if not finding.span.line:
        return None
    text = finding.span.source.text
    found = _Found(finding, text, *LineIndex.of(finding.span.source).offsets(finding.span))
    return next((edit for mended in _MENDS if (edit := mended(found)) is not None), None)


def _meant(found: _Found) -> Edit | None:
    """The name that was most likely meant. A language is none: that nobody speaks it is no slip of the pen."""
    match = _MEANT.search(found.message)
    if match is None or found.message.startswith("No voice"):
        return None
    written = match["written"].strip("[]").split(" ")[0] if match["written"].startswith("[") else match["written"]
    return found.replaced(written, match["meant"])


def _backwards(found: _Found) -> Edit | None:
    match = _BACKWARDS.search(found.message)
    return match and found.replaced(match["written"], match["meant"])


def _unit(found: _Found) -> Edit | None:
    """``5``, ``5 sec``, ``1 minute 30 seconds`` and ``3..10s`` as the language has them. How long a session is to be
    stays open, since seconds and minutes are alike there."""
    match = _NO_DURATION.search(found.message)
    if match is None or ".." in match["written"]:
        return None
    written = _DURATION.match(found.text, found.start)
    if written is None or written.end() < found.end:
        return None
    line = found.text[found.text.rfind("\n", 0, found.start) + 1 : found.start]
    if re.match(r"\s*length\s*:", line) and "needs a unit" in found.message:
        return None
    new = _with_units(written[0])
    try:
        parse_elastic(new)
    except ValueError:
        return None
    return Edit(found.start, written.end(), new)


def _with_units(written: str) -> str:
    amounts = list(_AMOUNT.finditer(written))
    units = [next((unit for unit in _UNITS if amount[unit]), None) for amount in amounts]
    usual = next((unit for unit in reversed(units) if unit), "s")
    new = "~" if written.startswith("~") else ""
    for amount, unit in zip(amounts, units, strict=True):
        new += ".." if written[: amount.start()].endswith("..") else ""
        new += amount["number"].replace(",", ".") + (unit or usual)
    return new


def _level(found: _Found) -> Edit | None:
    """A level without its unit."""
    match = _LEVEL.search(found.message) or _option_of(found, Value.LEVEL, r"[+-][0-9]+(?:\.[0-9]+)?")
    return match and found.replaced(match["written"], f"{match['written']}dB")


def _times(found: _Found) -> Edit | None:
    """``6x`` for ``x6``, and ``x3`` where only ``3`` can stand."""
    if match := _TIMES.search(found.message):
        return found.replaced(match["written"], match["written"].strip("xX×"))
    match = _option_of(found, Value.TIMES, r"[0-9]+[xX×]")
    return match and found.replaced(match["written"], f"x{match['written'][:-1]}")


def _option_of(found: _Found, value: Value, shape: str) -> re.Match[str] | None:
    """An unknown option of that shape, of a cue that has one of that value."""
    match = _OPTION.search(found.message)
    if match is None or not re.fullmatch(shape, match["written"]):
        return None
    return match if any(option.value is value for option in BY_NAME[match["cue"]].options) else None


def _surplus_end(found: _Found) -> Edit | None:
    """Leaves out an ``[end]`` that ends nothing, with its line if nothing else stands there."""
    if found.message != "there is no block here to end":
        return None
    first = found.text.rfind("\n", 0, found.start) + 1
    last = found.text.find("\n", found.end)
    last = len(found.text) if last < 0 else last + 1
    before, after = found.text[first : found.start], found.text[found.end : last]
    if (before + after).strip():
        spaces = len(before) - len(before.rstrip()) if not after.strip() else 0
        return Edit(found.start - spaces, found.end, "")
    return Edit(first, last, "")


def _open_block(found: _Found) -> Edit | None:
    """Ends a block before the next heading, or at the end."""
    if found.message != "this block is never closed":
        return None
    _, body, _ = split(Text.of(LineIndex.of(found.finding.span.source)))
    elements = read_elements(without_comments(body)[0], tables=False).elements
    index = LineIndex.of(found.finding.span.source)
    headings = (index.starts[each.text.span().line - 1] for each in elements if each.kind == "heading")
    heading = next((start for start in headings if start > found.start), None)
    if heading is None:
        at = len(found.text.rstrip())
        return Edit(at, len(found.text), "\n\n[end]\n")
    blank = "" if found.text[:heading].endswith("\n\n") else "\n"
    return Edit(heading, heading, f"{blank}[end]\n\n")


def _open_cue(found: _Found) -> Edit | None:
    """Closes a bracket behind the words that are a cue; the most of them that are one."""
    if found.message != "this [ is never closed":
        return None
    end = found.text.find("\n", found.start)
    words = list(re.finditer(r"\S+", found.text[found.start + 1 : end if end >= 0 else len(found.text)]))
    for word in reversed(words[:_LONGEST_CUE]):
        at = found.start + 1 + word.end()
        if _is_cue(found, at):
            return Edit(at, at, "]")
    return None


def _is_cue(found: _Found, end: int) -> bool:
    index = LineIndex.of(found.finding.span.source)
    call = CueCall(Text.of(index).slice(found.start + 1, end), index.span(found.start, end))
    try:
        spec, fields = cue_fields(call)
    except CueError:
        return False
    if fields and (spec.argument in TO_THE_END or spec.argument in _NAMES):
        return False  # whatever follows could be a part of it
    return bool(fields or not spec.required) and not read_cue(call, CueContext(None, SoundNames((), ())))[1]


def _open_settings(found: _Found) -> Edit | None:
    """Ends a front matter behind the last line that is a setting."""
    if found.message != "the front matter that starts here is never closed" or not found.text.startswith("---"):
        return None
    at, found_one = found.text.find("\n") + 1, False
    while 0 < at < len(found.text):
        end = found.text.find("\n", at)
        row = found.text[at : len(found.text) if end < 0 else end]
        if not _SETTING.match(row):
            break
        found_one = True
        if end < 0:
            return Edit(len(found.text), len(found.text), "\n---\n")
        at = end + 1
    return Edit(at, at, "---\n") if found_one else None


def _heading(found: _Found) -> Edit | None:
    """The space after a heading's marks, and the marks of a chapter."""
    marks = re.match(r"[ ]{0,3}(#+)", found.marked)
    if marks is None:
        return None
    if found.message.startswith("a space is missing after the # of this heading"):
        at = found.start + marks.end()
        return Edit(at, at, " ")
    if re.match(r"#{3,6} starts a chapter like ## does", found.message):
        return Edit(found.start + marks.start(1), found.start + marks.end(1), "##")
    return None


def _link(found: _Found) -> Edit | None:
    """``[[pause 5s]]``, and a cue that a round bracket makes a link."""
    if not found.message.startswith("this reads as a link"):
        return None
    if double := re.fullmatch(r"\[(\[[^\[\]]*\])\]", found.marked):
        return Edit(found.start, found.end, double[1])
    closing = found.marked.find("](")
    return None if closing < 0 else Edit(found.start + closing + 1, found.start + closing + 1, " ")


_MENDS: tuple[Callable[[_Found], Edit | None], ...] = (
    _meant,
    _backwards,
    _unit,
    _level,
    _times,
    _surplus_end,
    _open_block,
    _open_cue,
    _open_settings,
    _heading,
    _link,
)
