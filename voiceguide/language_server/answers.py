"""Findings, suggestions, meanings and outlines in the protocol's words. Pure: texts and values give answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lsprotocol import types

from voiceguide.editing.completion import Names, completions
from voiceguide.editing.hover import meaning_at
from voiceguide.editing.outline import Part, outline
from voiceguide.editing.scripts import includes
from voiceguide.errors import Diagnostic, Span, as_sentences
from voiceguide.language_server.judging import Judgement
from voiceguide.language_server.positions import Positions
from voiceguide.script.text import LineIndex
from voiceguide.session.reading import ScriptText
from voiceguide.units import format_clock, seconds

SOURCE = "voiceguide"
_SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}
_KINDS = {"chapter": types.SymbolKind.Module, "block": types.SymbolKind.Array}


def diagnostics(
    findings: Iterable[Diagnostic], script: ScriptText, positions: Positions, uri_of: Callable[[Path], str]
) -> list[types.Diagnostic]:
    """Each finding at its place; one of an included script at the cue that includes it, with the place there."""
    rows = []
    for finding in findings:
        if finding.span.file == script.source.name:
            rows.append(diagnostic(finding, range_of(finding.span, positions)))
            continue
        there = Positions(finding.span.source, positions.encoding)
        location = types.Location(uri_of(Path(finding.span.file).absolute()), range_of(finding.span, there))
        name = Path(finding.span.file).name
        row = diagnostic(finding, _of_include(script, finding.span, positions))
        row.message = f"{name}, line {finding.span.line}: {row.message}"
        row.related_information = [types.DiagnosticRelatedInformation(location, as_sentences(finding.message))]
        rows.append(row)
    return rows


def diagnostic(finding: Diagnostic, at: types.Range) -> types.Diagnostic:
    """A finding of the text itself."""
    text = as_sentences(finding.message, finding.hint)
    return types.Diagnostic(at, text, _SEVERITIES[finding.severity], code=finding.rule, source=SOURCE)


def range_of(span: Span, positions: Positions) -> types.Range:
    return positions.range(*LineIndex.of(span.source).offsets(span))


def _of_include(script: ScriptText, span: Span, positions: Positions) -> types.Range:
    """The cue that brings in a finding's file; the first line where several could."""
    cues = list(includes(script.source, script.folder)) if script.folder else []
    own = [call for call, path in cues if path == Path(span.file).absolute()]
    if own or len(cues) == 1:
        call = own[0] if own else cues[0][0]
        return range_of(call.span, positions)
    return positions.range(0, len(script.source.lines[0]))


def suggestions(positions: Positions, offset: int, names: Names) -> types.CompletionList:
    """What can be written at an offset."""
    text = positions.source.text
    items = []
    for number, one in enumerate(completions(text, offset, names)):
        edit = types.TextEdit(positions.range(one.start, offset), one.insert)
        order = f"{number:04}"
        items.append(
            types.CompletionItem(
                one.label,
                kind=types.CompletionItemKind.Keyword,
                documentation=as_sentences(one.meaning),
                sort_text=order,
                filter_text=one.insert,
                text_edit=edit,
            )
        )
    return types.CompletionList(is_incomplete=False, items=items)


def hover(positions: Positions, offset: int, judged: Judgement | None) -> types.Hover | None:
    """What stands at an offset means and, where the text is planned as it stands, when it is heard."""
    source = positions.source
    meaning = meaning_at(source, offset)
    texts = [meaning.text] if meaning else []
    if judged is not None and judged.plan is not None and judged.source.text == source.text:
        place = LineIndex.of(source).span(offset, offset)
        if heard := judged.plan.places.heard_at(place.line, place.column):
            start, end = map(seconds, heard)
            about = "about " if judged.plan.missing else ""
            texts.append(f"Heard at {about}{format_clock(start)}, for {end - start:.1f} s.")
    if not texts:
        return None
    at = positions.range(meaning.start, meaning.end) if meaning else None
    return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, "\n\n".join(texts)), at)


def symbols(positions: Positions) -> list[types.DocumentSymbol]:
    """The chapters of a script and the blocks in them."""
    return [_symbol(part, positions) for part in outline(positions.source)]


def _symbol(part: Part, positions: Positions) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=part.title,
        kind=_KINDS[part.kind],
        range=positions.range(part.start, part.end),
        selection_range=positions.range(part.start, min(part.head_end, part.end)),
        detail=part.detail or None,
        children=[_symbol(inner, positions) for inner in part.inside],
    )
