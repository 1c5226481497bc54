"""Comments that switch a rule off for a part of the script: ``<!-- check: off vague-place -->``.

Such a comment is for the paragraph it stands in or, alone on its lines, for the next one; headings and cues that stand
there without an empty line between them belong to it. With a ``<!-- check: on vague-place -->`` further down it is
for all that lies between the two. What stands after a colon is a reason, for people.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from voiceguide.errors import Diagnostic, Span, did_you_mean
from voiceguide.routine import Waiver
from voiceguide.rules import BY_NAME
from voiceguide.script.text import COMMENT, Text

_CHECK = re.compile(r"<!--\s*check:\s*", re.IGNORECASE)
_SWITCH = re.compile(r"(off|on)\b\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\s,:]+")

_UNSPOKEN = re.compile(r"(?:\s|<!--(?:(?!-->).)*+-->)*+", re.DOTALL)
_EMPTY_LINE = re.compile(r"\n[ \t]*(?=\n)")

# Bounds that keep the time for any input in proportion to its size; no script meant to be read comes near them.
_MOST_SWITCHES = 200
_MOST_READ = 500  # characters of a comment
_FARTHEST = 10_000  # characters from a comment to an end of its paragraph


def unknown_rule(name: str, span: Span) -> Diagnostic | None:
    """A warning when no rule has this name."""
    if name in BY_NAME:
        return None
    message = f"there is no rule '{name}'{did_you_mean(name, BY_NAME)}; this has no effect"
    return Diagnostic(span, "warning", message, "voiceguide check --rules lists them")


def read_waivers(body: Text) -> tuple[list[Waiver], list[Diagnostic]]:
    """Where rules are off in the body of one script, and which comments about rules could not be understood."""
    waivers: list[Waiver] = []
    problems: list[Diagnostic] = []
    waiting: dict[str, tuple[int, int]] = {}  # an 'off' that may still meet its 'on': where it stands and ends
    for match in itertools.islice(_comments(body.chars), _MOST_SWITCHES):
        switch, names = _read(body, match)
        if switch is None or not names:
            if switch is not None or any(name.chars in BY_NAME for name in names):
                hint = "write <!-- check: off RULE --> or <!-- check: on RULE -->"
                message = "this comment switches no rule off or on"
                problems.append(Diagnostic(body.span(*match.span()), "warning", message, hint))
            continue
        for name in names:
            if problem := unknown_rule(name.chars, name.span()):
                problems.append(problem)
            elif switch == "off":
                waivers += _of_paragraph(body, waiting, name.chars)
                waiting[name.chars] = match.span()
            elif name.chars in waiting:
                waivers.append(_waiver(body, name.chars, waiting.pop(name.chars)[0], match.end()))
    for rule in tuple(waiting):
        waivers += _of_paragraph(body, waiting, rule)
    return waivers, problems


def _comments(chars: str) -> Iterator[re.Match[str]]:
    """The comments that speak of rules."""
    return (match for match in COMMENT.finditer(chars) if match[1] and _CHECK.match(chars, match.start()))


def _read(body: Text, comment: re.Match[str]) -> tuple[str | None, list[Text]]:
    """``off`` or ``on`` (None: neither), and the names that follow."""
    end = min(comment.end() - len("-->"), comment.start() + _MOST_READ)
    opening = _CHECK.match(body.chars, comment.start())
    start = opening.end() if opening else end
    switch = _SWITCH.match(body.chars, start, end)
    start = switch.end() if switch else start
    colon = body.chars.find(":", start, end)
    names = _NAME.finditer(body.chars, start, end if colon < 0 else colon)
    return switch[1].casefold() if switch else None, [body.slice(*name.span()) for name in names]


def _of_paragraph(body: Text, waiting: dict[str, tuple[int, int]], rule: str) -> list[Waiver]:
    """The waiver of an 'off' that met no 'on'; nothing when none is waiting."""
    paragraph = waiting.pop(rule, None)
    return [] if paragraph is None else [_waiver(body, rule, *_paragraph(body.chars, *paragraph))]


def _paragraph(chars: str, start: int, end: int) -> tuple[int, int]:
    """Where the paragraph begins and ends that a comment stands in or, when it stands alone, before."""
    begin = _after_empty_line(chars, start)
    if not COMMENT.sub("", chars[begin:start]).strip() and not chars[end : _line_end(chars, end)].strip():
        words = _UNSPOKEN.match(chars, end, end + _FARTHEST)
        end = words.end() if words else end
    empty = _EMPTY_LINE.search(chars, end, end + _FARTHEST)
    return begin, empty.start() if empty else min(len(chars), end + _FARTHEST)


def _after_empty_line(chars: str, position: int) -> int:
    """The start of the first line after the last empty one before ``position``."""
    start = chars.rfind("\n", 0, position) + 1
    while start > max(0, position - _FARTHEST):
        above = chars.rfind("\n", 0, start - 1) + 1
        if not chars[above : start - 1].strip():
            break
        start = above
    return start


def _line_end(chars: str, position: int) -> int:
    end = chars.find("\n", position)
    return len(chars) if end < 0 else end


def _waiver(body: Text, rule: str, start: int, end: int) -> Waiver:
    first = body.span(start, start + 1)
    last = body.span(max(start, end - 1), end)
    return Waiver(rule, first.file, (first.line, first.column), (last.line, last.column + last.length))
