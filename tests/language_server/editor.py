"""An editor for tests: a client of the protocol that talks to a server in a process of its own."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.support.paths import ROOT
from tests.support.waiting import HANGS

Result = TypeVar("Result")


class Editor:
    """Opens and changes documents and asks about them; each call waits for its answer."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.client = LanguageClient("an editor for tests", "1")
        self.told: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self._take(params))
        self.capabilities = self.run(self._start())

    def _take(self, params: types.PublishDiagnosticsParams) -> None:
        self.told.setdefault(params.uri, []).append(params)

    async def _start(self) -> types.ServerCapabilities:
        await self.client.start_io(
            sys.executable, "-W", "error", "-m", "voiceguide", "language-server", "--stdio", cwd=ROOT
        )
        asked = types.InitializeParams(types.ClientCapabilities(), process_id=None)
        answered = await self.client.initialize_async(asked)
        self.client.initialized(types.InitializedParams())
        return answered.capabilities

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(HANGS)

    def open(self, path: Path, text: str, language: str = "markdown") -> str:
        """Opens a document with a text that may not be what the file holds; gives its address."""
        document = types.TextDocumentItem(path.as_uri(), language, 1, text)
        self._send(types.TEXT_DOCUMENT_DID_OPEN, types.DidOpenTextDocumentParams(document))
        return path.as_uri()

    def change(self, uri: str, text: str, version: int = 2) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self._send(types.TEXT_DOCUMENT_DID_CHANGE, types.DidChangeTextDocumentParams(document, [whole]))

    def close(self, uri: str) -> None:
        document = types.TextDocumentIdentifier(uri)
        self._send(types.TEXT_DOCUMENT_DID_CLOSE, types.DidCloseTextDocumentParams(document))

    def _send(self, method: str, params: Any) -> None:
        self._loop.call_soon_threadsafe(self.client.protocol.notify, method, params)

    def actions(self, uri: str, only: list[str] | None = None) -> list[types.CodeAction]:
        """What can be done about everything that is found in a document as it stands."""
        whole = types.Range(types.Position(0, 0), types.Position(100_000, 0))
        context = types.CodeActionContext([], only=only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), whole, context)
        return list(self.run(self.client.text_document_code_action_async(params)) or [])  # type: ignore[arg-type]

    def findings(self, uri: str) -> list[types.Diagnostic]:
        """Everything that is found in a document as it stands."""
        self.actions(uri)
        return list(self.told[uri][-1].diagnostics)

    def end(self) -> int | None:
        """Says goodbye; gives the exit status."""

        async def goodbye() -> int | None:
            await self.client.shutdown_async(None)
            process = self.client._server
            assert process is not None
            self.client.exit(None)
            status = await asyncio.wait_for(process.wait(), HANGS)
            await self.client.stop()
            return status

        status = self.run(goodbye())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        return status
