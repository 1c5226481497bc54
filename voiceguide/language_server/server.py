"""Listens to an editor: takes its texts, tells it what is found in them, and answers what it asks."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from voiceguide import __version__
from voiceguide.editing.edits import CannotEdit
from voiceguide.language_server import actions, answers, renaming
from voiceguide.language_server.judging import Judgement
from voiceguide.language_server.open_scripts import OpenScript, OpenScripts
from voiceguide.session.beside import names_for

_SOON = 0.03  # seconds after a keystroke until mistakes are looked for; keys that come together are one change
_FILES = "**/*.{md,flac,wav,mp3,ogg,opus,m4a,jpg,jpeg,png}"
"""What a script can name."""
_QUIET = 0.35  # seconds without a keystroke until the rules are applied

Result = TypeVar("Result")
_Asked = types.CompletionParams | types.HoverParams | types.PrepareRenameParams


class ScriptServer(LanguageServer):
    """The open scripts, and one thread that judges them, so that an answer never waits for it."""

    def __init__(self) -> None:
        whole = types.TextDocumentSyncKind.Full  # lines end where a script's do, whatever else parts lines elsewhere
        super().__init__("voiceguide", __version__, whole)
        self.scripts = OpenScripts()
        self._judges = ThreadPoolExecutor(1, thread_name_prefix="judge")

    def changed(self, uri: str) -> None:
        """A document was opened or has another text; scripts that include others are looked at again, too."""
        script = self.scripts.take(self.workspace.get_text_document(uri))
        if script is None:
            return
        if script.is_script:
            self._begin(script)
        for other in self.scripts.others([uri]):
            if "include" in other.source.text.casefold():
                self.look_again(other)

    def look_again(self, script: OpenScript) -> None:
        """Judges a script whose text is the same, since another file is not."""
        self.scripts.refresh(script)
        self._begin(script)

    def closed(self, uri: str) -> None:
        """A document is not open any more: what was said about it is taken back."""
        script = self.scripts.forget(uri)
        if script is None:
            return
        self._judges.submit(script.judge.close)  # in the thread that may be using it still
        if script.is_script:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        for other in self.scripts.others():
            if "include" in other.source.text.casefold():
                self.look_again(other)

    def end(self) -> None:
        """Forgets every document; nothing is told any more."""
        for script in self.scripts.others():
            self.scripts.forget(script.uri)
            self._judges.submit(script.judge.close)

    def _begin(self, script: OpenScript) -> None:
        if script.work is not None:
            script.work.cancel()
        script.work = asyncio.ensure_future(self._work(script))

    async def _work(self, script: OpenScript) -> None:
        written = script.written
        await asyncio.sleep(_SOON)
        self._tell(script, await self._judged(lambda: script.judge.read(written)))
        await asyncio.sleep(_QUIET)
        script.judged = await self._judged(lambda: script.judge.judge(written))
        self._tell(script, script.judged)

    async def _judged(self, judge: Callable[[], Judgement]) -> Judgement:
        return await asyncio.get_running_loop().run_in_executor(self._judges, judge)

    def _tell(self, script: OpenScript, found: Judgement) -> None:
        rows = answers.diagnostics(
            found.findings, script.written, self.scripts.positions(found.source), self.scripts.uri_of
        )
        params = types.PublishDiagnosticsParams(script.uri, rows, script.version)
        if params != script.told:
            script.told = params
            self.text_document_publish_diagnostics(params)


def new_server() -> ScriptServer:
    """A server with everything that it answers."""
    server = ScriptServer()
    _add_documents(server)
    _add_answers(server)
    _add_changes(server)
    return server


def _add_documents(server: ScriptServer) -> None:
    @server.feature(types.INITIALIZE)
    def _initialize(params: types.InitializeParams) -> None:
        server.scripts.encoding = server.workspace.position_encoding or types.PositionEncodingKind.Utf16

    @server.feature(types.INITIALIZED)
    def _initialized(params: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_FILES)])
            watch = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([watch]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _opened(params: types.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _changed(params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _closed(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.SHUTDOWN)
    def _shut_down(params: None) -> None:
        server.end()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        changed = {event.uri for event in params.changes}
        for script in server.scripts.others(changed):
            server.look_again(script)


def _add_answers(server: ScriptServer) -> None:
    async def at(params: _Asked, answer: Callable[[OpenScript, int], Result]) -> Result | None:
        """An answer about a place in a script, found outside of the thread that listens; None for other documents."""
        script = server.scripts.get(params.text_document.uri)
        if script is None:
            return None
        offset = server.scripts.positions(script.source).offset(params.position)
        return await asyncio.to_thread(answer, script, offset)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["[", "{", " ", ":"]))
    async def _complete(params: types.CompletionParams) -> types.CompletionList | None:
        def answer(script: OpenScript, offset: int) -> types.CompletionList:
            return answers.suggestions(server.scripts.positions(script.source), offset, names_for(script.written.path))

        return await at(params, answer)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def _hover(params: types.HoverParams) -> types.Hover | None:
        def answer(script: OpenScript, offset: int) -> types.Hover | None:
            return answers.hover(server.scripts.positions(script.source), offset, script.judged)

        return await at(params, answer)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def _outline(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        script = server.scripts.get(params.text_document.uri)
        if script is None:
            return []
        return await asyncio.to_thread(answers.symbols, server.scripts.positions(script.source))

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    async def _prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        def answer(script: OpenScript, offset: int) -> types.PrepareRenamePlaceholder | None:
            return renaming.variable_range(server.scripts.positions(script.source), offset)

        return await at(params, answer)


def _add_changes(server: ScriptServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    async def _rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        script = server.scripts.get(params.text_document.uri)
        if script is None:
            return None
        offset = server.scripts.positions(script.source).offset(params.position)
        server.scripts.refresh(script)
        try:
            return await asyncio.to_thread(renaming.rename, script, offset, params.new_name, server.scripts)
        except CannotEdit as error:
            raise JsonRpcInvalidParams(str(error)) from error

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=actions.KINDS))
    async def _actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        script = server.scripts.get(params.text_document.uri)
        judged = await script.current() if script else None
        if script is None or judged is None:
            return []
        positions = server.scripts.positions(judged.source)
        return await asyncio.to_thread(actions.actions, judged.findings, positions, script.uri, params)


def serve() -> None:
    """Talks to an editor over standard input and output until it says goodbye or goes away.

    Nothing else may read or write there: what a library prints goes to standard error, and processes that are started
    have no input.
    """
    with os.fdopen(os.dup(0), "rb") as coming, os.fdopen(os.dup(1), "wb") as going:
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        new_server().start_io(coming, going)
