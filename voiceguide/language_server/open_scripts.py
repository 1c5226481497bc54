"""The documents that an editor has open, as they stand there, and what was found in each."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from lsprotocol import types
from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from voiceguide.editing.scripts import is_script
from voiceguide.errors import Source
from voiceguide.language_server.judging import Judge, Judgement
from voiceguide.language_server.positions import Positions
from voiceguide.script.files import LARGEST_SCRIPT, Folder
from voiceguide.session.options import known_sounds
from voiceguide.session.reading import ScriptText

_MARKDOWN = (".md", ".markdown", ".mdown")


@dataclass
class OpenScript:
    """A document that may be a script. ``written`` is its text and where its files are; ``work`` what is being found
    out about it, ``judged`` what was found out last, and ``told`` what the editor was told."""

    uri: str
    written: ScriptText
    version: int | None = None
    is_script: bool = False
    judge: Judge = field(default_factory=Judge)
    judged: Judgement | None = None
    work: asyncio.Task[None] | None = None
    told: types.PublishDiagnosticsParams | None = None

    @property
    def source(self) -> Source:
        return self.written.source

    async def current(self) -> Judgement | None:
        """What was found in the text as it stands, once that is known."""
        while self.work is not None and not self.work.done():
            await asyncio.wait({self.work})
        known = self.judged
        return known if known is not None and known.source.text == self.source.text else None


class OpenScripts:
    """The open documents by their addresses. ``encoding``: how the editor counts."""

    def __init__(self) -> None:
        self.encoding: types.PositionEncodingKind | str = types.PositionEncodingKind.Utf16
        self._open: dict[str, OpenScript] = {}

    def take(self, document: TextDocument) -> OpenScript | None:
        """Takes the text of a document that was opened or changed; None for one that can be no script.

        One that was a script stays one until it is closed, whatever becomes of its cues.
        """
        if not _may_be_script(document):
            return None
        name = to_fs_path(document.uri)
        path = Path(name).resolve() if name else None
        source = Source(path.as_posix() if path else document.uri, document.source)
        script = self._open.setdefault(document.uri, OpenScript(document.uri, ScriptText(source)))
        folder = Folder(path.parent, self._unsaved()) if path else None
        script.written, script.version = ScriptText(source, folder, path), document.version
        fits = len(source.text) <= LARGEST_SCRIPT
        script.is_script = fits and (script.is_script or is_script(source, known_sounds()))
        return script

    def refresh(self, script: OpenScript) -> None:
        """Has a script read the other documents as they stand now."""
        old = script.written
        if old.path is not None:
            script.written = ScriptText(old.source, Folder(old.path.parent, self._unsaved()), old.path)

    def get(self, uri: str) -> OpenScript | None:
        """An open document that is a script."""
        script = self._open.get(uri)
        return script if script is not None and script.is_script else None

    def forget(self, uri: str) -> OpenScript | None:
        """A document was closed; nothing more is found out about it. Whoever owns the thread closes its judge."""
        script = self._open.pop(uri, None)
        if script is not None and script.work is not None:
            script.work.cancel()
        return script

    def others(self, than: Iterable[str] = ()) -> Iterator[OpenScript]:
        """The scripts but for those addresses."""
        known = set(than)
        return (script for script in tuple(self._open.values()) if script.is_script and script.uri not in known)

    def positions(self, source: Source) -> Positions:
        return Positions(source, self.encoding)

    def uri_of(self, path: Path) -> str:
        """The address by which the editor knows a file; its own spelling where it is open."""
        return next((one.uri for one in self._open.values() if one.written.path == path), path.as_uri())

    def _unsaved(self) -> Mapping[Path, str]:
        texts = {one.written.path: one.source.text for one in self._open.values() if one.written.path is not None}
        return MappingProxyType(texts)


def _may_be_script(document: TextDocument) -> bool:
    named = Path(document.path or "").suffix.casefold() in _MARKDOWN
    return named or document.language_id in ("markdown", "voiceguide")
