"""The variables that a script asks for."""

from __future__ import annotations

from voiceguide.routine import Each, Repeat, Routine
from voiceguide.script.pieces import passages


def variables_of(routine: Routine) -> dict[str, str | None]:
    """The names that the script asks for, in the order of the text, each with its value in the front matter (None: it
    has none), and then those in the front matter that nothing asks for."""
    values = routine.settings.variables
    own = {node.name for node in routine.nodes() if isinstance(node, Each)}
    if any(isinstance(node, Repeat) for node in routine.nodes()):
        own |= {"n", "total"}
    names = dict.fromkeys(name for passage in passages(routine.span.source) for name, _ in passage.slots)
    asked = {name: values.get(name) for name in names if name in values or name not in own}
    return {**asked, **{name: value for name, value in values.items() if name not in asked}}
