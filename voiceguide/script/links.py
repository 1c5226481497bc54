"""Links of Markdown: where their words end, and the definitions that reference links name (CommonMark 4.7 and 6.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from voiceguide.cues import BY_NAME
from voiceguide.script.text import Text

_LONGEST_LABEL = 999  # characters (CommonMark 4.7)
_DESTINATION = r"<(?:[^<>\n\\]|\\.)*+>|[^\s<()\x00-\x1f]?(?:[^\s()\\\x00-\x1f]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*+\))*+\))*+"
_TITLE = r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)"
TARGET = re.compile(rf"\(\s*+(?:{_DESTINATION})(?:\s++(?:{_TITLE}))?\s*+\)", re.DOTALL)
"""The address and title of an inline link, with their round brackets."""

_DEFINITION = re.compile(
    r"\[(?P<label>(?!\^)(?:[^\[\]\\]|\\.){1,999}+)\]:[ \t]*+(?:\n[ \t]*+)?"
    r"(?P<destination><(?:[^<>\n\\]|\\.)*+>|[^\s<]\S*+)"
    rf"(?P<title>(?:[ \t]++|[ \t]*+\n[ \t]*+)(?:{_TITLE})[ \t]*+(?=\n|$))?+[ \t]*+(?:\n|$)",
    re.DOTALL,
)
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
        joined = "\n".join(line.chars.strip() for line in lines[taken : taken + 4])
        found = _DEFINITION.match(joined)
        if not found or names_a_cue(found["label"]) or not _ADDRESS.match(found["destination"]):
            break
        if not found["label"].strip() or len(found["label"]) > _LONGEST_LABEL:
            break
        labels.append(normal_label(found["label"]))
        taken += found[0].rstrip("\n").count("\n") + 1
    return taken, labels
