"""What is fed: the reader of each kind of text that strangers write, with what must hold whatever the text says."""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from tests.fuzz import grammars
from tests.fuzz.grammars import Grammar
from tests.support.cases import NAMES, FixedLengths
from voiceguide import planner
from voiceguide.checks import check
from voiceguide.configuration import VARIABLE, configuration
from voiceguide.documents import read_document
from voiceguide.documents.limits import Unreadable
from voiceguide.documents.outline import text_of
from voiceguide.editing import cue_edits, headings
from voiceguide.editing.completion import Names, completions
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.hover import meaning_at
from voiceguide.editing.mends import mend
from voiceguide.editing.outline import outline
from voiceguide.editing.pack_edits import form_of, with_form
from voiceguide.editing.settings import with_setting
from voiceguide.editing.variables import places, renamed
from voiceguide.errors import ConfigurationError, Diagnostic, OutputError, Source, has_errors
from voiceguide.importing import translate
from voiceguide.packs.pack_file import read_pack
from voiceguide.publish.manifest import manifest_of
from voiceguide.publish.timeline_document import Document
from voiceguide.reviews import read_review
from voiceguide.routine import Routine
from voiceguide.script import EMPTY, parse

LONGEST = 3.0
"""Seconds of processor time that no input of this size may take."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: ``read`` raises for what is a fault; ``grammar`` makes texts for it. ``share`` is how often it is fed,
    against the others."""

    name: str
    read: Callable[[str], None]
    grammar: Grammar
    share: int = 4

    def made(self, dice: random.Random, seeds: tuple[str, ...]) -> str:
        """A text of the grammar or a seed, mostly disturbed."""
        text = dice.choice(seeds) if seeds and dice.random() < 0.3 else grammars.made(self.grammar, dice)
        return grammars.disturbed(text, dice, seeds) if dice.random() < 0.7 else text

    def feed(self, text: str) -> None:
        """Raises what the reader raises, and AssertionError when it takes longer than any such text may."""
        begin = time.process_time()
        self.read(text)
        spent = time.process_time() - begin
        assert spent < LONGEST, f"{len(text)} characters took {spent:.1f} s of processor time"


# -- scripts


def read_script(text: str) -> None:
    """Read, planned, fitted and checked."""
    routine, findings = parse(Source("x.md", text), NAMES)
    _told(findings)
    if not has_errors(findings):
        _planned(routine)


def _planned(routine: Routine) -> None:
    voices = {name: name for name in planner.voice_names(routine)}
    _, problems = planner.lines(routine, voices, any_length=True)
    _told(problems)
    if has_errors(problems):
        _told(check(routine).findings)
        return
    timeline, problems = planner.plan(routine, voices, FixedLengths())
    _told(problems)
    if has_errors(problems):
        return
    starts = [event.start for event in timeline.events]
    assert starts == sorted(starts), "the events are not in order"
    assert all(0 <= event.start <= event.end <= timeline.frames for event in timeline.events), "an event is outside"
    _told(check(routine, timeline).findings)
    fitting = planner.fitting(routine, voices, FixedLengths())
    reach = fitting.range()
    assert reach.shortest <= reach.natural <= reach.longest
    if (fitted := fitting.fitted((reach.natural + reach.shortest) // 2)) is not None:
        assert fitted.fit is not None


def _told(findings: tuple[Diagnostic, ...] | list[Diagnostic]) -> None:
    """What is told lies in the text, and can be shown."""
    for finding in findings:
        json.dumps(finding.to_json())
        shown = finding.render()
        assert all(ord(char) >= 32 or char in "\n\t" for char in shown), "a finding drives the terminal"
        assert 0 <= finding.span.line <= len(finding.span.source.lines), "a finding is outside of its text"


# -- importing


def importer(name: str) -> Callable[[str], None]:
    """A reader of a file of this name, whose content is found out as it is for users."""

    def read(text: str) -> None:
        _imported(name, text.encode("utf-8", "replace"))

    return read


def _imported(name: str, data: bytes) -> None:
    document, found = read_document(name, data)
    _told(found)
    if has_errors(found):
        return
    made, problems = translate(document.source, None, "text" if document.form else None)
    _told(problems)
    assert (made is None) is has_errors(problems), "nothing was made, and nothing is told"
    if made is None:
        return
    _, findings = parse(Source("x.md", made.script), NAMES)
    wrong = [one.render() for one in findings if one.severity == "error" and not _is_limit(one.message)]
    assert not wrong, f"it makes a script with mistakes: {wrong[0]}"


def _is_limit(message: str) -> bool:
    """What a script may not have, whoever wrote it: no words, or too much of anything."""
    return message == EMPTY or any(
        word in message for word in ("more than", "the most", "at most", "longer than", "no sound")
    )


def read_outline(text: str) -> None:
    """A document as pandoc gives it."""
    with suppress(ValueError, RecursionError):
        tree = json.loads(text)
        if isinstance(tree, dict):
            _outlined(tree)


def _outlined(tree: dict[str, Any]) -> None:
    try:
        text, _ = text_of(tree)
    except (Unreadable, KeyError, TypeError, AttributeError, IndexError, ValueError):
        return  # pandoc makes no such tree
    _imported("x.txt", text.encode("utf-8", "replace"))


# -- files of settings


@cache
def _folder() -> Path:
    """A folder with two scripts for the tests' packs."""
    folder = Path(tempfile.mkdtemp(prefix="voiceguide-fuzz-"))
    for name in ("x", "y"):
        (folder / f"{name}.md").write_text("Rest.\n")
    return folder


def read_pack_file(text: str) -> None:
    """Read by the builder and by the studio's form, which gives what it got."""
    path = _folder() / "pack.yaml"
    path.write_bytes(text.encode("utf-8", "replace"))
    pack, findings = read_pack(path, NAMES)
    _told(findings)
    assert (pack is None) is has_errors(findings), "no pack, and nothing is told"
    with _refusing():
        form = form_of(text)
        assert form_of(with_form(text, form)) == form, "the form changes what it was not asked to"


def read_configuration(text: str) -> None:
    path = _folder() / "config.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(path)
    try:
        with suppress(ConfigurationError):
            configuration()
    finally:
        del os.environ[VARIABLE]
        if before is not None:
            os.environ[VARIABLE] = before


# -- the studio's edits


def read_edits(text: str) -> None:
    """Every edit anywhere in any text changes what it should, or is refused in a sentence; none loses anything."""
    source = Source("x.md", text)
    text = source.text
    dice = random.Random(len(text))
    at = dice.randrange(len(text) + 1)
    line = dice.randrange(1, len(source.lines) + 1)
    outline(source)
    completions(text, at, Names(NAMES, ("system",), ("own.flac",), ("x.md",)))
    meaning_at(source, at)
    for edit in _edits(text, at, line):
        if edit is not None:
            assert 0 <= edit.start <= edit.end <= len(text), "an edit is outside of its text"
            assert edit.inverse(text).applied(edit.applied(text)) == text, "an edit cannot be taken back"
    for place in places(source)[:2]:
        with _refusing():
            renamed(source, place, "other")
    _, findings = parse(source, NAMES)
    for finding in findings[:3]:
        if (edit := mend(finding)) is not None:
            edit.applied(text)


def _edits(text: str, at: int, line: int) -> Iterator[Edit | None]:
    tries: tuple[Callable[[], Edit | None], ...] = (
        lambda: cue_edits.with_duration(text, at, Fraction(7, 2)),
        lambda: cue_edits.with_times(text, at, 4),
        lambda: cue_edits.with_level(text, at, -5.0),
        lambda: cue_edits.with_word(text, at, "countdown", on=True),
        lambda: headings.with_optional(text, line, 2),
        lambda: headings.with_required(text, line, True),
        lambda: with_setting(text, "title", "Another: “one”"),
        lambda: with_setting(text, ("gaps", "sentence"), "1s"),
        lambda: with_setting(text, "bed", None),
    )
    for attempt in tries:
        with _refusing():
            yield attempt()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except CannotEdit as refused:
        assert str(refused), "it is refused without a word"  # noqa: PT017


# -- timelines, manifests, reviews


def read_documents(text: str) -> None:
    """What earlier builds wrote, as it may have been damaged on its way."""
    data = text.encode("utf-8", "replace")
    with suppress(OutputError):
        manifest_of(data, "manifest.json")
    with suppress(ValueError, RecursionError):
        tree = json.loads(text)
        if isinstance(tree, dict):
            Document.of(tree)
    script = _folder() / "r.md"
    (_folder() / "r.review.json").write_bytes(data)
    with suppress(ValueError):
        read_review(script)


TARGETS = (
    Target("script", read_script, grammars.SCRIPT, 5),
    Target("front matter", read_script, {**grammars.SCRIPT, "start": ("<front>Rest.\n",)}, 5),
    Target("marks", importer("x.txt"), grammars.MARKS, 5),
    Target("markdown", importer("x.md"), {**grammars.SCRIPT, **grammars.MARKS, "mark": grammars.SCRIPT["cue"]}, 3),
    Target("ssml", importer("x.ssml"), grammars.SSML, 5),
    Target("subtitles", importer("x.srt"), grammars.SUBTITLES, 4),
    Target("outline", read_outline, grammars.OUTLINE, 4),
    Target("pack", read_pack_file, grammars.PACK, 4),
    Target("configuration", read_configuration, grammars.CONFIGURATION, 8),
    Target("editing", read_edits, grammars.SCRIPT, 4),
    Target("documents", read_documents, grammars.DOCUMENTS, 8),
)
"""Every reader."""
