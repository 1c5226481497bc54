"""What is wrong with the scripts of one routine, gathered while they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from voiceguide.errors import Diagnostic, Severity, Source, Span, has_errors

_MOST_SHOWN = 1000
_MOST_ERRORS = 10_000


class ReadingStopped(Exception):
    """The rest of the routine is not read: an error was found that nothing after it could mend."""


class Findings:
    """Every finding once. Time and memory stay bounded: of very many warnings the first ones are kept."""

    def __init__(self) -> None:
        self.told = 0  # how often something was found, whether it is kept or not
        self._kept: dict[Diagnostic, None] = {}
        self._errors = 0
        self._last: Diagnostic | None = None
        self._foreign: dict[Span, None] = {}

    def add(self, finding: Diagnostic) -> None:
        """Raises ReadingStopped when there are so many errors that the file is surely no script."""
        self.told += 1
        if finding.severity == "error" or len(self._kept) < _MOST_ERRORS:
            self._kept[finding] = None
        self._errors += finding.severity == "error"
        if self._errors > _MOST_ERRORS:
            self.stop(finding.span, "this file has too many errors to go on", "check that it is a routine script")

    def extend(self, findings: Iterable[Diagnostic]) -> None:
        for finding in findings:
            self.add(finding)

    def error(self, span: Span, message: str, hint: str | None = None) -> None:
        self.add(Diagnostic(span, "error", message, hint))

    def warn(self, span: Span, message: str, hint: str | None = None) -> None:
        self.add(Diagnostic(span, "warning", message, hint))

    def foreign(self, span: Span) -> None:
        """Notes a mark of speech markup (SSML), which no script has; all of them are one error."""
        self.told += 1
        self._errors += 1
        if len(self._foreign) < _MOST_ERRORS:
            self._foreign[span] = None

    def stop(self, span: Span, message: str, hint: str | None = None) -> NoReturn:
        """Tells of the error that is shown last, wherever it is, and raises ReadingStopped."""
        self._last = Diagnostic(span, "error", message, hint)
        raise ReadingStopped

    @property
    def errors(self) -> bool:
        """Whether there are any."""
        return self._errors > 0 or self._last is not None

    def in_order(self, source: Source) -> tuple[Diagnostic, ...]:
        """The script's own first, line by line; of very many the first ones and their number."""
        found = sorted(
            [*self._kept, *self._speech_markup()],
            key=lambda d: (d.span.file != source.name, d.span.file, d.span.line, d.span.column),
        )
        last = () if self._last is None else (self._last,)
        if len(found) <= _MOST_SHOWN:
            return (*found, *last)
        rest = found[_MOST_SHOWN:]
        worst: Severity = "error" if has_errors(rest) else "warning"
        message = f"{len(rest)} more findings from here on are not shown"
        hint = "mend the first ones, then look again"
        return (*found[:_MOST_SHOWN], Diagnostic(rest[0].span, worst, message, hint), *last)

    def _speech_markup(self) -> list[Diagnostic]:
        if not self._foreign:
            return []
        first = min(self._foreign, key=lambda span: (span.file, span.line, span.column))
        places = len(self._foreign)
        where = "" if places == 1 else f", here and at {places - 1:,} more " + ("place" if places == 2 else "places")
        message = f"this is speech markup (SSML), which a script does not have{where}"
        return [
            Diagnostic(
                first, "error", message, "'voiceguide import FILE' makes a script of it, and writes it beside FILE"
            )
        ]
