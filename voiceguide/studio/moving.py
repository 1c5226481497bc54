"""What a drag on the timeline means in the text, and whether the session can still be made after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from voiceguide import planner
from voiceguide.editing import moves
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.headings import with_optional, with_required
from voiceguide.errors import ScriptError, Source, Span
from voiceguide.live.plan import LivePlan
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText, read_script

_AS_WRITTEN = SessionOptions()
_BY_SECONDS: dict[str, Callable[..., Edit]] = {
    "ends_later": moves.ends_later,
    "begins_later": moves.begins_later,
    "faded": moves.faded,
}


def moved(plan: LivePlan, script: ScriptText, action: str, line: int, column: int, amount: float) -> Edit | None:
    """The edit that a drag means, of what stands at a line and column (from 1) of the script that was planned so; None
    when all is so already.

    Raises CannotEdit with a sentence when it cannot be done, or no session could be made of the script after it.
    """
    edit = _edit(plan, action, line, column, amount)
    source = plan.routine.span.source
    if edit is None or (after := edit.applied(source.text)) == source.text:
        return None
    _require_possible(plan, replace(script, source=Source(source.name, after)))
    return edit


def _edit(plan: LivePlan, action: str, line: int, column: int, amount: float) -> Edit | None:
    routine, source = plan.routine, plan.routine.span.source
    span = Span(source, line, column)
    match action:
        case "optional":
            return with_optional(source.text, line, round(amount) or None)
        case "required":
            return with_required(source.text, line, amount > 0)
        case "bed":
            return moves.first_bed_louder(routine, round(amount, 1))
        case "louder":
            return moves.louder(routine, span, round(amount, 1))
        case "more":
            return moves.more(routine, span, round(amount))
        case _ if action in _BY_SECONDS:
            seconds = Fraction(round(amount * 10), 10)
            return _BY_SECONDS[action](routine, span, seconds) if seconds or action == "faded" else None
        case _:
            raise CannotEdit("This cannot be moved.")


def _require_possible(plan: LivePlan, script: ScriptText) -> None:
    try:
        routine = read_script(script, _AS_WRITTEN).routine
    except ScriptError as error:
        problems = error.diagnostics
    else:
        problems = planner.plan(routine, plan.voices, plan.clips)[1]
    wrong = next((problem for problem in problems if problem.severity == "error"), None)
    if wrong is not None:
        raise CannotEdit(f"This was not changed: {wrong.message}.")
