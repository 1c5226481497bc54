"""What a page asks for, and what answers share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voiceguide.studio.connection import Connection
    from voiceguide.studio.desk import Desk
    from voiceguide.studio.player import Player
    from voiceguide.studio.shelf import Item

Request = dict[str, Any]
"""A page's question: its ``op``, the ``key`` that the answer carries again, and what the op needs."""

Handler = Callable[["Connection", Request], Awaitable[Any]]
"""Answers one op with a value that can be written as JSON. Raises CannotAnswer."""


class CannotAnswer(Exception):
    """A request that cannot be done; the text is a sentence for the person at the page."""


def sound_address(connection: Connection, item: Item) -> str:
    """Where the page can fetch a sound from now on."""
    return f"/sounds/{connection.sounds.put(item)}"


def desk_of(connection: Connection) -> Desk:
    """The script that is open. Raises CannotAnswer when none is."""
    if connection.desk is None:
        raise CannotAnswer("No script is open.")
    return connection.desk


def player_of(connection: Connection) -> Player:
    """What plays the script that is open. Raises CannotAnswer when none is."""
    if connection.player is None:
        raise CannotAnswer("No script is open.")
    return connection.player
