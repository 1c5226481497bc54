"""What an editor is told and answered, by a server in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcRequestCancelled

from tests.language_server.editor import Editor

SCRIPT = """---
variables: {name: Ben}
---
# Hello {name}
Rest, 😀 {nam}. [paus 5s]

[each side: left, right]
The {side} hand. [pause 8s]
[end]
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    opened = Editor()
    yield opened
    assert opened.end() == 0


def _place(text: str, what: str) -> types.Position:
    """Behind the first character of ``what``, as an editor counts: in units of UTF-16."""
    before = text[: text.index(what) + 1]
    row = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(row.encode("utf-16-le")) // 2)


def _done(text: str, edits: list[types.TextEdit]) -> str:
    """The text after edits, as an editor makes them."""
    for edit in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        start, end = (_offset(text, at) for at in (edit.range.start, edit.range.end))
        text = text[:start] + edit.new_text + text[end:]
    return text


def _offset(text: str, at: types.Position) -> int:
    rows = text.split("\n")
    row = rows[at.line].encode("utf-16-le")[: 2 * at.character].decode("utf-16-le")
    return sum(len(one) + 1 for one in rows[: at.line]) + len(row)


def test_mistakes_are_told_where_they_stand_and_mended(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "never-saved.md", SCRIPT)
    found = editor.findings(uri)
    assert [(one.range.start.line, one.range.start.character, one.range.end.character) for one in found] == [
        (4, 9, 14),
        (4, 17, 21),
    ]
    assert found[0].message.startswith("Unknown variable 'nam' (did you mean 'name'?). Give it a value")
    (all_of_it,) = editor.actions(uri, ["source.fixAll"])
    assert all_of_it.edit is not None
    assert all_of_it.edit.changes is not None
    mended = _done(SCRIPT, list(all_of_it.edit.changes[uri]))
    assert "Rest, 😀 {name}. [pause 5s]" in mended
    editor.change(uri, mended)
    assert {one.severity for one in editor.findings(uri)} <= {types.DiagnosticSeverity.Warning}
    assert [one.code for one in editor.findings(uri)] == ["emoji"]
    editor.close(uri)


def test_suggestions_meanings_outline_and_another_name(editor: Editor, tmp_path: Path) -> None:
    text = SCRIPT.replace("{nam}", "{name}").replace("paus ", "pause ")
    uri = editor.open(tmp_path / "a.md", text)
    document, client = types.TextDocumentIdentifier(uri), editor.client
    found = editor.run(client.text_document_completion_async(types.CompletionParams(document, _place(text, "ause 5s"))))
    assert isinstance(found, types.CompletionList)
    assert [item.label for item in found.items] == ["pause", "pace"]
    assert isinstance(found.items[0].text_edit, types.TextEdit)
    assert found.items[0].text_edit.range == types.Range(types.Position(4, 18), types.Position(4, 20))
    editor.findings(uri)
    hover = editor.run(client.text_document_hover_async(types.HoverParams(document, _place(text, "[pause 5s"))))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    assert "Silence; the bed goes on.\n\nHeard at about" in hover.contents.value
    parts = editor.run(client.text_document_document_symbol_async(types.DocumentSymbolParams(document)))
    assert parts is not None
    (chapter,) = parts
    assert isinstance(chapter, types.DocumentSymbol)
    assert (chapter.name, [one.name for one in chapter.children or ()]) == (
        "Hello {name}",
        ["[each side: left, right]"],
    )
    named = editor.run(
        client.text_document_prepare_rename_async(types.PrepareRenameParams(document, _place(text, "side}")))
    )
    assert isinstance(named, types.PrepareRenamePlaceholder)
    assert named.placeholder == "side"
    edit = editor.run(client.text_document_rename_async(types.RenameParams(document, _place(text, "side}"), "hand")))
    assert edit is not None
    assert edit.changes is not None
    renamed = _done(text, list(edit.changes[uri]))
    assert "[each hand: left, right]\nThe {hand} hand." in renamed
    with pytest.raises(JsonRpcException, match="'n' already"):
        editor.run(client.text_document_rename_async(types.RenameParams(document, _place(text, "side}"), "n")))
    editor.close(uri)


def test_an_included_script_is_read_as_it_stands_in_the_editor(editor: Editor, tmp_path: Path) -> None:
    part, text = tmp_path / "parts" / "end.md", "# Rest\nBe still.\n\n[include parts/end.md]\n"
    part.parent.mkdir()
    part.write_text("Thank {nobody}. [pause 3s]\n")
    uri = editor.open(tmp_path / "main.md", text)
    (found,) = editor.findings(uri)
    assert found.range.start == types.Position(3, 0)
    assert found.message.startswith("end.md, line 1: Unknown variable 'nobody'")
    assert found.related_information is not None
    assert found.related_information[0].location.uri == part.as_uri()
    opened = editor.open(part, "Thank you. [pause 3s]\n")
    assert editor.findings(uri) == []
    editor.close(opened)
    assert len(editor.findings(uri)) == 1
    editor.close(uri)
    editor.actions(uri)
    assert list(editor.told[uri][-1].diagnostics) == []


def test_a_variable_is_renamed_in_included_scripts_too(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("Rest, {name}. [each name, you] {each} [end]\n")
    text = "---\nvariables: {name: Ben}\n---\nHello {name}. [pause 3s]\n\n[include part.md]\n"
    uri = editor.open(tmp_path / "main.md", text)
    asked = types.RenameParams(types.TextDocumentIdentifier(uri), _place(text, "name}"), "who")
    edit = editor.run(editor.client.text_document_rename_async(asked))
    assert edit is not None
    assert edit.changes is not None
    assert {address: len(edits) for address, edits in edit.changes.items()} == {
        uri: 2,
        (tmp_path / "part.md").as_uri(): 1,
    }
    editor.close(uri)


def test_nothing_is_said_about_what_is_no_script(editor: Editor, tmp_path: Path) -> None:
    notes = editor.open(tmp_path / "README.md", "# Notes\n\n- [ ] one [link](a.md), `[pause 5s]`, {this} 😀\n")
    pack = editor.open(tmp_path / "pack.yaml", "title: [pause 5s]\nscripts: {a\n", "yaml")
    script = editor.open(tmp_path / "b.md", "Rest. [pase 5s] [pause 5s]\n")
    assert len(editor.findings(script)) == 1
    assert {notes, pack} & set(editor.told) == set()
    hover = types.HoverParams(types.TextDocumentIdentifier(notes), types.Position(2, 6))
    assert editor.run(editor.client.text_document_hover_async(hover)) is None
    for uri in (notes, pack, script):
        editor.close(uri)


def test_a_question_can_be_taken_back(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "c.md", "Rest. [pase 5s] [pause 5s]\n")
    everything = types.Range(types.Position(0, 0), types.Position(9, 0))
    asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), everything, types.CodeActionContext([]))

    async def ask_and_take_back() -> None:
        protocol = editor.client.protocol
        answer = protocol.send_request(types.TEXT_DOCUMENT_CODE_ACTION, asked, msg_id="taken back")
        protocol.notify(types.CANCEL_REQUEST, types.CancelParams("taken back"))
        await asyncio.wrap_future(answer)

    with pytest.raises(JsonRpcRequestCancelled):
        editor.run(ask_and_take_back())
    assert len(editor.findings(uri)) == 1
    editor.close(uri)
