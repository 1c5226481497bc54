"""A script's file that is watched while it is heard: what was changed in it is heard at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from voiceguide.errors import has_errors
from voiceguide.live.session import LiveSession
from voiceguide.script.files import read_source

_EVERY = 0.2  # seconds between two looks at the file


class Watch:
    """Looks at the file now and then. ``go`` gets what finds the frame of a change, ``tell`` the errors of a text."""

    def __init__(
        self,
        path: Path,
        session: LiveSession,
        go: Callable[[Callable[[], int | None]], None],
        tell: Callable[[str], None],
    ) -> None:
        self._path, self._session, self._go, self._tell = path, session, go, tell
        self._seen = self._state()
        self._heard = session.text
        self._looked = time.monotonic()
        self._planning = False

    def look(self) -> None:
        """Takes a new text from the file, and goes to the change when it is planned."""
        if self._planning and self._session.settle(0):
            self._planning = False
            self._take()
        now = time.monotonic()
        if now - self._looked < _EVERY:
            return
        self._looked = now
        state = self._state()
        if state is not None and state != self._seen:
            self._seen = state
            self._read()

    def _read(self) -> None:
        source, problems = read_source(self._path)
        if problems:
            self._tell("\n".join(problem.render() for problem in problems))
        elif source.text != self._session.text:
            self._session.update(source.text)
            self._planning = True

    def _take(self) -> None:
        findings = self._session.findings
        if has_errors(findings):
            self._tell("\n".join(finding.render() for finding in findings if finding.severity == "error"))
            self._tell("What was heard before goes on; save the script again when it is corrected.")
            return
        text = self._session.text
        place = changed_place(self._heard, text)
        self._heard = text
        if place is not None:
            self._go(lambda: self._session.at(*place))

    def _state(self) -> tuple[int, int] | None:
        """Changes when the file is saved; None while an editor is replacing it."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size


def changed_place(old: str, new: str) -> tuple[int, int] | None:
    """The line and column, from 1, of the first change that can be heard; None when only settings differ."""
    differing = (index for index, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    offset = next(differing, min(len(old), len(new)))
    while offset < len(new) and new[offset].isspace():
        offset += 1
    before = new[:offset]
    line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
    return None if line <= _settings_lines(new) else (line, column)


def _settings_lines(text: str) -> int:
    """How many lines the front matter has."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return 0
    return next((number for number, row in enumerate(lines[1:], start=2) if row.strip() == "---"), 0)
