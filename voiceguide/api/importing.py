"""Other people's documents and scripts as scripts of voiceguide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from voiceguide.errors import Diagnostic, ScriptError, Source, Span, has_errors
from voiceguide.session.options import known_sounds

if TYPE_CHECKING:
    from voiceguide.importing.report import Report

_NO_VOICES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ImportedScript:
    """A script's ``text``, the ``report`` on its translation, and the ``findings``, all of them warnings.

    ``source`` is the name of the file that it was made from.
    """

    source: str
    text: str
    report: Report
    findings: tuple[Diagnostic, ...]


def import_script(
    name: str, data: bytes, script: Path, shown: str | None = None, voices: Mapping[str, str] = _NO_VOICES
) -> ImportedScript:
    """The script that a file's ``data`` makes. What it is, is told by the data; ``name`` decides what they leave open.

    The sounds that it names are looked for where the ``script`` is to lie; nothing is written. ``shown`` is the
    script's name in findings. ``voices`` has names of voices here by their names there. Raises ScriptError, which says
    why the file can't be imported.
    """
    from voiceguide.documents import read_document
    from voiceguide.documents.limits import LARGEST_FILE
    from voiceguide.importing import Surroundings, translate
    from voiceguide.script import EMPTY, parse
    from voiceguide.script.files import Folder

    if len(data) > LARGEST_FILE:
        raise refused(name, f"this file is larger than {LARGEST_FILE // 2**20} MiB, the most that is imported")
    document, found = read_document(name, data)
    _stop_at_errors(found)
    folder = Folder(script.absolute().parent)
    around = Surroundings(lambda sound: folder.find(sound) is not None, dict(voices))
    imported, problems = translate(document.source, around, "text" if document.form else None)
    _stop_at_errors(problems)
    assert imported is not None
    report = replace(imported.report, form=document.form) if document.form else imported.report
    _, findings = parse(Source(shown or script.name, imported.script), known_sounds(), folder=folder)
    if any(finding.message == EMPTY for finding in findings):
        raise refused(name, "nothing in this file is to be spoken or heard, so there is nothing to import")
    _stop_at_errors(findings)
    return ImportedScript(name, imported.script, report, (*found, *findings))


def refused(name: str, message: str) -> ScriptError:
    """Says why a file as a whole can't be imported."""
    return ScriptError([Diagnostic(Span(Source(name, ""), 0, 1), "error", message)])


def _stop_at_errors(found: tuple[Diagnostic, ...]) -> None:
    if has_errors(found):
        raise ScriptError(found)
