"""Comments on a script and its approval, in a file beside it: ``evening.review.json`` for ``evening.md``.

An approval holds for one text. When that is changed, the script is a draft again, and still says when it was approved.
Line ends and a byte order mark make no other text.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from voiceguide.atomic import write_text
from voiceguide.editing.changes import TextChange

State = Literal["draft", "in review", "approved"]
SCHEMA = "voiceguide.review/1"

_STATES: dict[State, str] = {"draft": "a draft", "in review": "in review", "approved": "approved"}
_LONGEST_COMMENT = 4_000  # characters
_LONGEST_QUOTE = 200
_MOST_COMMENTS = 1_000
_LARGEST = 8 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a line (from 1) of the text, which ``quote`` holds as it was, or on a moment in seconds."""

    key: str
    text: str
    line: int | None = None
    quote: str = ""
    seconds: float | None = None
    author: str = ""
    at: float = 0.0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A script's state and its comments in the order in which they were made. ``text_sha256`` is that of the text for
    which the state was set, ``lines_sha256`` that of the text to which the comments' lines belong."""

    state: State = "draft"
    text_sha256: str = ""
    by: str = ""
    at: float = 0.0
    comments: tuple[Comment, ...] = field(default=())
    lines_sha256: str = ""

    def state_of(self, text: str) -> State:
        """The state of a text: what is not the very text that was approved or sent to review is a draft."""
        return self.state if self.text_sha256 == _sha256(text) else "draft"

    def with_state(self, state: State, text: str, by: str = "") -> Review:
        """The text in another state from now on."""
        return replace(self, state=state, text_sha256=_sha256(text), by=by, at=round(time.time(), 3))

    def with_comment(
        self, text: str, *, line: int | None = None, quote: str = "", seconds: float | None = None, author: str = ""
    ) -> Review:
        """One more comment. Raises ValueError, with a sentence, for an empty or endless one, or too many."""
        text = text.strip()
        if not 0 < len(text) <= _LONGEST_COMMENT:
            raise ValueError(f"A comment has some words, and {_LONGEST_COMMENT:,} characters at most.")
        if len(self.comments) >= _MOST_COMMENTS:
            raise ValueError(f"A script can have {_MOST_COMMENTS:,} comments at most; remove some that are done.")
        comment = Comment(secrets.token_hex(8), text, line, _quoted(quote), seconds, author, round(time.time(), 3))
        return replace(self, comments=(*self.comments, comment))

    def with_done(self, key: str, *, done: bool = True) -> Review:
        """A comment marked as done, or as open again."""
        return replace(self, comments=tuple(replace(c, done=done) if c.key == key else c for c in self.comments))

    def without(self, key: str) -> Review:
        """A comment removed."""
        return replace(self, comments=tuple(comment for comment in self.comments if comment.key != key))

    def moved(self, before: str, after: str) -> Review:
        """The comments at the lines where what they were made on stands now, after a change of the text."""
        change = TextChange.between(before, after)
        starts, new_starts = _starts(before), _starts(after)

        def line_of(line: int) -> int:
            moved = change.moved(starts[line - 1]) if line <= len(starts) else None
            return line if moved is None else sum(start <= moved for start in new_starts)

        return self._with_lines(after, {c.key: line_of(c.line) for c in self.comments if c.line is not None})

    def placed(self, text: str) -> Review:
        """The comments at their lines in a text that another program may have changed meanwhile: where their quotes
        stand, the nearest ones. Where a quote is not found, the line stays, as far as there is one."""
        if self.lines_sha256 == _sha256(text):
            return self
        places: dict[str, list[int]] = {}
        rows = text.split("\n")
        for number, row in enumerate(rows, 1):
            places.setdefault(_quoted(row), []).append(number)

        def line_of(comment: Comment, line: int) -> int:
            there = places.get(comment.quote, ()) if comment.quote else ()
            return min(there, key=lambda number: (abs(number - line), number), default=min(line, len(rows)))

        return self._with_lines(text, {c.key: line_of(c, c.line) for c in self.comments if c.line is not None})

    def _with_lines(self, text: str, lines: dict[str, int]) -> Review:
        comments = tuple(replace(c, line=lines.get(c.key, c.line)) for c in self.comments)
        return replace(self, comments=comments, lines_sha256=_sha256(text))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a script stands: its state, who set the last one and when (seconds since 1970), and the comments that are
    open. ``changed``: it was approved, or in review, and its text has been changed since."""

    state: State
    by: str = ""
    at: float = 0.0
    changed: bool = False
    comments: tuple[Comment, ...] = ()


def standing(script: Path) -> Standing | None:
    """Where a script stands; None when it has no review, or cannot be read. Raises ValueError as
    :func:`read_review`."""
    if not review_path(script).is_file():
        return None
    review = read_review(script)
    try:
        state = review.state_of(script.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return None
    comments = tuple(comment for comment in review.comments if not comment.done)
    return Standing(state, review.by, review.at, state != review.state, comments)


def unapproved(scripts: Iterable[Path]) -> str | None:
    """Why a session that is made of these scripts is not approved, in words that follow its name; None: it is."""
    for number, script in enumerate(scripts):
        which = "" if number == 0 else f"{script.name}, which it includes, "
        try:
            stands = standing(script)
        except ValueError as error:
            return f"{which}has a review that cannot be read: {error}"
        if stands is None:
            return f"{which}has not been reviewed"
        if stands.state != "approved":
            return which + ("has been changed since" if stands.changed else f"is {_STATES[stands.state]}")
    return None


def review_path(script: Path) -> Path:
    """Where the review of a script lies."""
    return script.with_name(f"{script.stem}.review.json")


def read_review(script: Path) -> Review:
    """The review of a script; an empty one when there is none. Raises ValueError, with a sentence, for a file that is
    none."""
    path = review_path(script)
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"{path.name} is too large for a review.")
        document = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Review()
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"{path.name} cannot be read as a review: {error}.") from error
    return _review(document, path.name)


def write_review(script: Path, review: Review) -> None:
    """Writes a review whole, or leaves what is there. Raises OutputError."""
    document = {"schema": SCHEMA, **asdict(review)}
    write_text(review_path(script), json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _review(document: Any, name: str) -> Review:
    try:
        if document["schema"] != SCHEMA or document["state"] not in get_args(State):
            raise KeyError("schema")
        comments = tuple(Comment(**comment) for comment in document["comments"])
        state, at = document["state"], float(document["at"])
        hashes = str(document["text_sha256"]), str(document["lines_sha256"])
        return Review(state, hashes[0], str(document["by"]), at, comments, hashes[1])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{name} is no review of this version of voiceguide; rename it to begin a new one.") from error


def _sha256(text: str) -> str:
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def _quoted(row: str) -> str:
    return row.strip()[:_LONGEST_QUOTE]


def _starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]
