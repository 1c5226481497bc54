"""Links of Markdown: where their words end, and the definitions that reference links name (CommonMark 4.7 and 6.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from voiceguide.cues import BY_NAME
from voiceguide.script.markup import Opaque
from voiceguide.script.text import Text

_LONGEST_LABEL = 999  # characters (CommonMark 4.7)
_DESTINATION = (
    r"<(?:[^<>\n\\]|\\.)*+>|[^\s<()\x00-\x1f]?(?:[^\s()\\\x00-\x1f]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*+\))*+\))*+"
)
_TITLE = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"
_TARGET = re.compile(rf"\(\s*+(?:{_DESTINATION})(?:\s++(?:{_TITLE}))?\s*+\)", re.DOTALL)
_DEFINITION = re.compile(
    r"\[(?P<label>(?!\^)(?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+(?:\n[ \t]*+)?"
    r"(?P<destination><(?:[^<>\n\\]|\\.)*+>|[^\s<]\S*+)"
    rf"(?P<title>(?:[ \t]++|[ \t]*+\n[ \t]*+)(?:{_TITLE})[ \t]*+(?=\n|$))?+[ \t]*+(?:\n|$)",
    re.DOTALL,
)
_SPACED_ADDRESS = re.compile(r"\(\s*+[^\s/]*+/")  # CommonMark allows no spaces, but people write them
_BRACKET = re.compile(r"\\.|[\[\]()<`]", re.DOTALL)
_ADDRESS = re.compile(r"<|.*?(?:[/#@]|\w:\S|\.\w)")
_FIRST_WORD = re.compile(r"\s*(\w+)")


def normal_label(label: str) -> str:
    """A label as labels are compared: white space and case do not matter."""
    return " ".join(label.split()).casefold()


def names_a_cue(label: str) -> str | None:
    """The cue that the first word between two brackets names."""
    first = _FIRST_WORD.match(label)
    return first[1] if first and first[1].casefold() in BY_NAME else None


def definitions_at_start(lines: Sequence[Text]) -> tuple[int, list[str]]:
    """How many lines at a paragraph's start define links, and the labels that they define.

    What could be words after a name (``[Anna]: Welcome``) and what reads as a cue is none.
    """
    taken, labels = 0, []
    while taken < len(lines) and lines[taken].chars.lstrip().startswith("["):
        joined = "\n".join(line.chars.strip() for line in lines[taken : taken + 8])
        found = _DEFINITION.match(joined)
        if not found or names_a_cue(found["label"]) or not _ADDRESS.match(found["destination"]):
            break
        if not found["label"].strip() or len(found["label"]) > _LONGEST_LABEL:
            break
        labels.append(normal_label(found["label"]))
        taken += found[0].rstrip("\n").count("\n") + 1
    return taken, labels


class Brackets:
    """The brackets of a text: where each is closed, and which are links. ``labels`` are those of its definitions."""

    def __init__(self, chars: str, opaque: Mapping[int, Opaque], labels: frozenset[str]) -> None:
        self._chars = chars
        self._labels = labels
        self._pairs = _pairs(chars, opaque)

    def closing(self, opening: int, end: int) -> int | None:
        """Where the bracket, square or round, is closed before ``end``."""
        closing = self._pairs.get(opening)
        return closing if closing is not None and closing < end else None

    def link(self, opening: int, end: int) -> tuple[int, int, int] | None:
        """Where the words of a link begin and end, and the whole of it; None when it is no link.

        ``[words](target)``, ``[words][label]``, ``[label]`` and, of wikis, ``[[page|words]]``.
        """
        chars = self._chars
        closing = self.closing(opening, end)
        if closing is None:
            return None
        if chars.startswith("[", opening + 1) and self._pairs.get(opening + 1) == closing - 1:
            bar = chars.rfind("|", opening + 2, closing - 1)
            return (bar + 1 if bar > 0 else opening + 2), closing - 1, closing + 1
        if chars.startswith("(", closing + 1):
            if target := _TARGET.match(chars, closing + 1, end):
                return opening + 1, closing, target.end()
            last = self.closing(closing + 1, end)
            if last is not None and _SPACED_ADDRESS.match(chars, closing + 1, last):
                return opening + 1, closing, last + 1
        return self._reference(opening, closing, end) if self._labels else None

    def _reference(self, opening: int, closing: int, end: int) -> tuple[int, int, int] | None:
        chars = self._chars
        label_end = self.closing(closing + 1, end) if chars.startswith("[", closing + 1) else None
        if label_end is not None and label_end > closing + 2:
            known = self._known(closing + 2, label_end)
            return (opening + 1, closing, label_end + 1) if known else None
        if self._known(opening + 1, closing):
            return opening + 1, closing, (closing if label_end is None else label_end) + 1
        return None

    def _known(self, start: int, end: int) -> bool:
        return end - start <= _LONGEST_LABEL and normal_label(self._chars[start:end]) in self._labels


def _pairs(chars: str, opaque: Mapping[int, Opaque]) -> dict[int, int]:
    found: dict[int, int] = {}
    square: list[int] = []
    round_: list[int] = []
    skip = 0
    for match in _BRACKET.finditer(chars):
        if match.start() < skip:
            continue
        if match[0] in "<`":
            skip = opaque[match.start()].end if match.start() in opaque else skip
        elif match[0] in "[(":
            (square if match[0] == "[" else round_).append(match.start())
        elif match[0] in "])" and (stack := square if match[0] == "]" else round_):
            found[stack.pop()] = match.start()
    return found
