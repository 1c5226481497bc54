"""The variables that a script asks for."""

from __future__ import annotations

import re

from voiceguide.routine import Each, Repeat, Routine
from voiceguide.script.front_matter_block import split
from voiceguide.script.names import NAME
from voiceguide.script.text import LineIndex, Text, without_comments

_SLOT = re.compile(rf"(?<!\\)\{{\s*({NAME.pattern})\s*\}}")


def variables_of(routine: Routine) -> dict[str, str | None]:
    """The names that the script asks for, in the order of the text, each with its value in the front matter (None: it
    has none), and then those in the front matter that nothing asks for."""
    values = routine.settings.variables
    own = {node.name for node in routine.nodes() if isinstance(node, Each)}
    if any(isinstance(node, Repeat) for node in routine.nodes()):
        own |= {"n", "total"}
    names = dict.fromkeys(_SLOT.findall(_body(routine)))
    asked = {name: values.get(name) for name in names if name in values or name not in own}
    return {**asked, **{name: value for name, value in values.items() if name not in asked}}


def _body(routine: Routine) -> str:
    _, body, _ = split(Text.of(LineIndex.of(routine.span.source)))
    return without_comments(body)[0].chars
