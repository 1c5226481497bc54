"""Which mends go together, and which actions an editor has asked for."""

from __future__ import annotations

from lsprotocol import types

from voiceguide.checks import check
from voiceguide.editing.edits import Edit
from voiceguide.errors import Source
from voiceguide.language_server.actions import FIX_ALL, actions, apart
from voiceguide.language_server.positions import Positions
from voiceguide.script import parse
from voiceguide.session.options import known_sounds

TEXT = "Rest. [pase 5s]\n\nYou " + "and you " * 30 + "rest.\n"


def _titles(line: int, only: list[types.CodeActionKind | str] | None = None) -> list[str]:
    routine, findings = parse(Source("x.md", TEXT), known_sounds())
    every = (*findings, *check(routine).findings)
    place = types.Position(line, 8)
    params = types.CodeActionParams(
        types.TextDocumentIdentifier("x"), types.Range(place, place), types.CodeActionContext([], only=only)
    )
    return [one.title for one in actions(every, Positions(Source("x.md", TEXT)), "x", params)]


def test_edits_that_touch_are_not_done_together() -> None:
    one, inside, after, same = Edit(2, 5, "x"), Edit(3, 4, "y"), Edit(6, 6, "z"), Edit(2, 5, "x")
    assert apart([after, inside, None, one, same]) == [one, after]
    assert apart([Edit(3, 3, "a"), Edit(3, 3, "b")]) == [Edit(3, 3, "a")]


def test_what_is_offered_where() -> None:
    assert _titles(0, [types.CodeActionKind.QuickFix]) == ["Write pause"]
    assert _titles(1, [types.CodeActionKind.QuickFix]) == []
    assert [title for title in _titles(2, [types.CodeActionKind.QuickFix]) if "long-sentence" in title] == [
        "Switch long-sentence off here",
        "Switch long-sentence off in this script",
    ]
    assert _titles(1, [types.CodeActionKind.Source]) == _titles(1, [FIX_ALL]) == ["Mend all that can be mended"]
    assert _titles(1, [types.CodeActionKind.Refactor]) == []
