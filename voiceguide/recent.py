"""Results that are worth keeping from one round of work to the next."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key. What was neither found nor kept in a whole round is forgotten at its end, so that no more is kept
    than two rounds need."""

    def __init__(self) -> None:
        self._before: dict[Key, Value] = {}
        self._now: dict[Key, Value] = {}

    def begin(self) -> None:
        """Another round begins."""
        self._before, self._now = self._now, {}

    def find(self, key: Key) -> Value | None:
        """The value of a key; None if it is not known."""
        if key in self._now:
            return self._now[key]
        value = self._before.get(key)
        if value is not None:
            self._now[key] = value
        return value

    def keep(self, key: Key, value: Value) -> None:
        """Keeps a value."""
        self._now[key] = value

    def forget(self) -> None:
        """Forgets everything."""
        self._before, self._now = {}, {}
