"""Comments on the script that is open, and its approval."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from voiceguide.reviews import Review, State
from voiceguide.studio.answers.request import CannotAnswer, Handler, Request, desk_of

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection
    from voiceguide.studio.desk import Desk

_LONGEST_NAME = 80  # characters


async def _review(connection: Connection, request: Request) -> Any:
    desk = desk_of(connection)
    return _row(desk, await asyncio.to_thread(desk.review))


async def _comment(connection: Connection, request: Request) -> Any:
    line, seconds = request.get("line"), request.get("seconds")
    text, author = str(request["text"]), _name(request.get("author"))
    line = None if line is None else max(1, int(line))
    seconds = None if seconds is None else max(0.0, round(float(seconds), 2))

    def commented(review: Review, script: str) -> Review:
        rows = script.split("\n")
        quote = "" if line is None else rows[min(line, len(rows)) - 1]
        return review.with_comment(text, line=line, quote=quote, seconds=seconds, author=author)

    return await _changed(connection, commented)


async def _done(connection: Connection, request: Request) -> Any:
    key, done = str(request["comment"]), bool(request["done"])
    return await _changed(connection, lambda review, _: review.with_done(key, done=done))


async def _remove(connection: Connection, request: Request) -> Any:
    key = str(request["comment"])
    return await _changed(connection, lambda review, _: review.without(key))


async def _state(connection: Connection, request: Request) -> Any:
    state: Any = request["state"]
    if state not in get_args(State):
        raise CannotAnswer("A script is a draft, in review, or approved.")
    by = _name(request.get("author"))
    return await _changed(connection, lambda review, script: review.with_state(state, script, by))


async def _changed(connection: Connection, change: Callable[[Review, str], Review]) -> Any:
    """Saves the text first, so that lines and states mean what is on disk."""
    desk = desk_of(connection)
    try:
        review = await asyncio.to_thread(desk.change_review, change)
    except ValueError as error:
        raise CannotAnswer(str(error)) from error
    return _row(desk, review)


def _name(author: Any) -> str:
    return " ".join(str(author or "").split())[:_LONGEST_NAME]


def _row(desk: Desk, review: Review) -> dict[str, Any]:
    state = review.state_of(desk.text)
    comments = [asdict(comment) for comment in review.comments]
    return {
        "state": state,
        "by": review.by,
        "at": review.at,
        "changed": state != review.state,
        "comments": comments,
    }


ANSWERS: dict[str, Handler] = {
    "review": _review,
    "comment": _comment,
    "comment_done": _done,
    "comment_remove": _remove,
    "review_state": _state,
}
"""What a page can ask for."""
