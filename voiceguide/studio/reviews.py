"""Comments on a script and its approval, in a file beside it: ``evening.review.json`` for ``evening.md``.

An approval holds for one text. When that is changed, the script is a draft again, and still says when it was approved.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from voiceguide.atomic import write_text

State = Literal["draft", "in review", "approved"]
SCHEMA = "voiceguide.review/1"

_LONGEST_COMMENT = 4_000  # characters
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
    which the state was set."""

    state: State = "draft"
    text_sha256: str = ""
    by: str = ""
    at: float = 0.0
    comments: tuple[Comment, ...] = field(default=())

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
        comment = Comment(secrets.token_hex(8), text, line, quote[:200], seconds, author, round(time.time(), 3))
        return replace(self, comments=(*self.comments, comment))

    def with_done(self, key: str, *, done: bool = True) -> Review:
        """A comment marked as done, or as open again."""
        return replace(self, comments=tuple(replace(c, done=done) if c.key == key else c for c in self.comments))

    def without(self, key: str) -> Review:
        """A comment removed."""
        return replace(self, comments=tuple(comment for comment in self.comments if comment.key != key))

    def moved(self, before: str, after: str) -> Review:
        """The comments at the lines where what they were made on stands now."""
        from voiceguide.editing.changes import TextChange

        change, starts, new_starts = TextChange.between(before, after), _starts(before), _starts(after)

        def line_of(line: int) -> int:
            if line > len(starts):
                return line
            moved = change.moved(starts[line - 1])
            return line if moved is None else sum(start <= moved for start in new_starts)

        return replace(
            self, comments=tuple(c if c.line is None else replace(c, line=line_of(c.line)) for c in self.comments)
        )


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
        return Review(document["state"], str(document["text_sha256"]), str(document["by"]), document["at"], comments)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{name} is no review of this version of voiceguide; rename it to begin a new one.") from error


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _starts(text: str) -> list[int]:
    return [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]
