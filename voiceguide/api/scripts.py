"""Scripts as values: the text, and the findings about it. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from voiceguide.api.options import PathLike, session_options
from voiceguide.errors import Diagnostic, ScriptError, Source, Span, has_errors
from voiceguide.routine import Routine
from voiceguide.script.files import LARGEST_SCRIPT, Folder, read_source
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ReadScript, ScriptText, parsed, read_script


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it was read.

    ``name`` is what its findings show: the file's, or the one given for a text. ``findings`` are in the order of the
    lines, the errors among them; ``variables`` are the values that were given for its ``{name}``. ``routine`` is the
    script as a tree (:mod:`voiceguide.routine`), None when it could not be read; with errors it is for display only.
    """

    name: str
    findings: tuple[Diagnostic, ...]
    routine: Routine | None = field(repr=False)
    variables: Mapping[str, str] = field(repr=False)
    _source: ScriptText = field(repr=False)

    @property
    def text(self) -> str:
        return self._source.source.text

    @property
    def path(self) -> Path | None:
        """The file that it was read from, absolute; None for a text."""
        return self._source.path

    @property
    def title(self) -> str:
        return self.routine.settings.title if self.routine else Path(self.name).stem

    @property
    def chapters(self) -> tuple[str, ...]:
        """The titles of the chapters."""
        return tuple(chapter.title for chapter in self.routine.chapters if chapter.title) if self.routine else ()

    @property
    def ok(self) -> bool:
        """Whether it has no errors, so that it can be planned."""
        return not has_errors(self.findings)

    def raise_for_errors(self) -> None:
        """Raises ScriptError with all findings if there are errors among them."""
        if not self.ok:
            raise ScriptError(self.findings)


ScriptLike = Script | PathLike
"""A script that was read, or the path of one."""


def read(path: PathLike, *, variables: Mapping[str, object] | None = None) -> Script:
    """Reads a script's file. Everything wrong with it, or with the file, is in its ``findings``.

    ``variables`` are values for ``{name}`` in the script. Raises OptionError for a name that no variable can have.
    """
    path, options = Path(path), session_options(variables=variables)
    source, problems = read_source(path)
    if problems:
        return Script(source.name, tuple(problems), None, options.variables, ScriptText(source))
    return _script(ScriptText(source, Folder(path.absolute().parent), path.resolve()), options)


def read_text(
    text: str,
    *,
    name: str = "script.md",
    folder: PathLike | None = None,
    variables: Mapping[str, object] | None = None,
) -> Script:
    """Reads a script from a text; ``name`` stands in its findings.

    It can name files, such as sounds and other scripts, in ``folder`` or below it; none without one.
    """
    options = session_options(variables=variables)
    source = Source(name, text)
    if problem := _unusable(source):
        return Script(name, (problem,), None, options.variables, ScriptText(source))
    return _script(ScriptText(source, None if folder is None else Folder(Path(folder).absolute())), options)


def script_of(script: ScriptLike) -> Script:
    """A script that may have to be read first."""
    return script if isinstance(script, Script) else read(script)


def known_as(script: Script, options: SessionOptions) -> tuple[ReadScript, SessionOptions]:
    """The script as the options change it, and these with its variables. Raises ScriptError with all findings."""
    if script.routine is None:
        raise ScriptError(script.findings)
    text, options = text_and_options(script, options)
    return read_script(text, options), options


def text_and_options(script: Script, options: SessionOptions) -> tuple[ScriptText, SessionOptions]:
    """The script's text, and the options with its variables."""
    return script._source, replace(options, variables={**script.variables, **options.variables})


def _script(text: ScriptText, options: SessionOptions) -> Script:
    routine, findings = parsed(text, options)
    return Script(text.source.name, findings, routine, MappingProxyType(dict(options.variables)), text)


def _unusable(source: Source) -> Diagnostic | None:
    if len(source.text.encode("utf-8", "replace")) > LARGEST_SCRIPT:
        message = f"this text is larger than {LARGEST_SCRIPT // 2**20} MiB, the most a script may be"
        hint = "divide it into several scripts"
    elif source.text.encode("utf-8", "replace").decode() != source.text:
        message, hint = "this text holds half a character (a lone surrogate)", "decode it as UTF-8 or UTF-16"
    else:
        return None
    return Diagnostic(Span(source, 1, 1), "error", message, hint)
