"""One open script: its text, what is heard of it, what is wrong with it, and saving."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from voiceguide.editing.completion import Completion, completions
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.hover import meaning_at
from voiceguide.errors import Diagnostic, ScriptError, Source, Span
from voiceguide.live.judgement import judged
from voiceguide.live.session import LiveSession
from voiceguide.reviews import Review, read_review, write_review
from voiceguide.script.files import Folder
from voiceguide.script.text import LineIndex
from voiceguide.session.beside import names_for
from voiceguide.session.options import SessionOptions
from voiceguide.session.reading import ScriptText, parsed
from voiceguide.session.sentences import own_sentences
from voiceguide.studio.moving import moved
from voiceguide.studio.workspace import Saved, Workspace
from voiceguide.units import format_clock, seconds

_AS_WRITTEN = SessionOptions()
_PATIENCE = 5.0  # seconds for a plan of what was just typed


class Desk:
    """A script of the workspace, opened by one page. Methods may be called from any thread; :meth:`close` it.

    ``changed`` is called, in a thread, whenever there is a new plan or new findings.
    """

    def __init__(self, workspace: Workspace, name: str, jobs: int, changed: Callable[[], None]) -> None:
        saved = workspace.read(name)
        self._begin(workspace, name, workspace.path(name), saved, jobs, changed)

    def _begin(
        self, workspace: Workspace, name: str, path: Path, saved: Saved, jobs: int, changed: Callable[[], None]
    ) -> None:
        self.workspace, self.name, self.path = workspace, name, path
        self._newline = "\r\n" if "\r\n" in saved.text else "\n"
        self.mark: str | None = saved.mark
        self._lock = threading.Lock()
        source = Source(name, saved.text)
        self.text = self._saved = source.text
        self.number = 0  # of the texts that the page has sent
        self._script = ScriptText(source, Folder(path.parent), path)
        self.live = LiveSession(self._script, SessionOptions(jobs=jobs), planned=changed)

    def update(self, text: str) -> None:
        """Takes the text as the page has it now."""
        self.text = text
        self.number += 1
        self.live.update(text)

    def save(self) -> Saved:
        """Writes the text, with the line ends that the file had; the comments on it go with their lines. Raises
        Conflict, NoSuchName and OutputError."""
        with self._lock:
            return self._save()

    def _save(self) -> Saved:
        plain = self.text
        text = plain.replace("\n", self._newline) if self._newline != "\n" else plain
        saved = self.workspace.save(self.name, text, self.mark)
        self.mark, before, self._saved = saved.mark, self._saved, plain
        with suppress(ValueError):  # a review that cannot be read is left as it is
            review = read_review(self.path)
            if review.comments and plain != before:
                write_review(self.path, review.placed(before).moved(before, plain))
        return saved

    def review(self) -> Review:
        """The review, with the comments' lines as they are in the text that was saved last. Raises CannotEdit for a
        file that is none."""
        try:
            return read_review(self.path).placed(self._saved)
        except ValueError as error:
            raise CannotEdit(str(error)) from error

    def change_review(self, change: Callable[[Review, str], Review]) -> Review:
        """Saves the text, and then its review with a change of it. Raises what :meth:`save` does, CannotEdit, and
        ValueError."""
        with self._lock:
            self._save()
            review = change(self.review(), self._saved)
            write_review(self.path, review)
            return review

    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the text that was planned last, and what would trouble a listener."""
        return judged(self.live.findings, self.live.newest_plan)

    def loudness(self) -> tuple[float, ...]:
        """The loudness that the session will most likely have, LUFS second by second; empty without a plan."""
        plan, mastering = self.live.newest_plan, self.live.mastering
        return () if plan is None or mastering is None else plan.loudness(mastering)

    def complete(self, offset: int) -> tuple[Completion, ...]:
        """What can be written at an offset in the text."""
        return completions(self.text, offset, names_for(self.path))

    def hover(self, offset: int) -> dict[str, Any] | None:
        """What stands at an offset does or means, and when what is written at an offset is heard."""
        rows: dict[str, Any] = {}
        source = Source(self.name, self.text)
        if meaning := meaning_at(source, offset):
            rows["about"] = meaning.text
        place = LineIndex.of(source).span(offset, offset)
        try:
            heard = self.live.plan.places.heard_at(place.line, place.column, near=self.live.frame)
        except ScriptError:
            return rows or None
        if heard is not None:
            rows["at"] = format_clock(seconds(heard[0]))
            rows["lasts"] = round(seconds(heard[1] - heard[0]), 1)
        return rows or None

    def moved(self, action: str, line: int, column: int, amount: float) -> Edit | None:
        """The edit that a drag on the timeline means; None when all is so already. Raises CannotEdit."""
        self.live.settle(_PATIENCE)
        plan = self.live.newest_plan
        if plan is None or plan.routine.span.source.text != self.text:
            raise CannotEdit("Mend the mistakes in the text first; then this can be moved.")
        return moved(plan, self._script, action, line, column, amount)

    def close(self) -> None:
        """Ends what is heard of it."""
        self.live.close()


class Trial(Desk):
    """A routine of the library that a person listens to and changes; what becomes of it is saved nowhere."""

    def __init__(self, workspace: Workspace, routine: Path, jobs: int, changed: Callable[[], None]) -> None:
        saved = Saved(routine.read_text("utf-8"), "")
        self._begin(workspace, routine.name, routine, saved, jobs, changed)

    def save(self) -> Saved:
        return Saved(self.text, "")

    @property
    def opening(self) -> tuple[int, int]:
        """Where its first sentence stands in the text."""
        routine, _ = parsed(ScriptText(Source(self.name, self.text), Folder(self.path.parent), self.path), _AS_WRITTEN)
        first = own_sentences(routine)[0].span if routine else Span(Source(self.name, self.text), 1, 1)
        return LineIndex.of(first.source).offsets(first)
