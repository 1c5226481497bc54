"""Code actions: what mends a finding, what mends all that can be mended, and what switches a rule off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from voiceguide.editing.edits import Edit
from voiceguide.editing.mends import mend
from voiceguide.editing.switches import off_everywhere, off_here
from voiceguide.errors import Diagnostic
from voiceguide.language_server.answers import diagnostic, range_of
from voiceguide.language_server.positions import Positions

FIX_ALL = "source.fixAll.voiceguide"
KINDS = [types.CodeActionKind.QuickFix, FIX_ALL]


def actions(
    findings: Iterable[Diagnostic], positions: Positions, uri: str, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """What can be done about the findings of a text that touch the range that was asked for."""
    own = [finding for finding in findings if finding.span.file == positions.source.name]
    only = params.context.only
    found: list[types.CodeAction] = []
    if _wanted(types.CodeActionKind.QuickFix, only):
        for finding in own:
            if _touches(range_of(finding.span, positions), params.range):
                found += _about(finding, positions, uri)
    if _wanted(FIX_ALL, only) and (edits := apart(map(mend, own))):
        title = "Mend all that can be mended"
        found.append(types.CodeAction(title, kind=FIX_ALL, edit=workspace_edit({uri: (positions, edits)})))
    return found


def _about(finding: Diagnostic, positions: Positions, uri: str) -> Iterator[types.CodeAction]:
    told = [diagnostic(finding, range_of(finding.span, positions))]
    choices = [
        (edit, f"Write {' '.join(edit.new.split())}" if edit.new.strip() else "Take it away", True)
        for edit in [mend(finding)]
        if edit is not None
    ]
    here, everywhere = off_here(finding), off_everywhere(finding)
    choices += [(here, f"Switch {finding.rule} off here", False)] if here else []
    choices += [(everywhere, f"Switch {finding.rule} off in this script", False)] if everywhere else []
    for edit, title, mends in choices:
        yield types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=told,
            is_preferred=mends or None,
            edit=workspace_edit({uri: (positions, [edit])}),
        )


def apart(edits: Iterable[Edit | None]) -> list[Edit]:
    """The edits in the order of the text, less those that touch an earlier one or say the same again."""
    kept: list[Edit] = []
    wanted = {(edit.start, edit.end, edit.new): edit for edit in edits if edit is not None}
    for _, edit in sorted(wanted.items()):
        if not kept or edit.start > kept[-1].end or (edit.start == kept[-1].end and kept[-1].start < edit.start):
            kept.append(edit)
    return kept


def workspace_edit(changes: dict[str, tuple[Positions, list[Edit]]]) -> types.WorkspaceEdit:
    """Edits of several texts, each with its own positions."""
    return types.WorkspaceEdit(
        changes={
            uri: [types.TextEdit(positions.range(edit.start, edit.end), edit.new) for edit in edits]
            for uri, (positions, edits) in changes.items()
        }
    )


def _wanted(kind: str, only: Iterable[str] | None) -> bool:
    return only is None or any(kind == one or kind.startswith(one + ".") for one in only)


def _touches(one: types.Range, other: types.Range) -> bool:
    def place(at: types.Position) -> tuple[int, int]:
        return at.line, at.character

    return place(one.start) <= place(other.end) and place(other.start) <= place(one.end)
