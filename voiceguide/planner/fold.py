"""Adds up the chapters that are played, again and again while chapters are left out one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from voiceguide.planner.choices import State

Value = TypeVar("Value")


class Fold(Generic[Value]):
    """The sum of a value over all chapters that are played, each in the state that the ones before it leave.

    The chapters are the leaves of a binary tree whose inner nodes keep what they add up to, for each state in which
    they were entered. Leaving out a chapter, or changing it, only makes the nodes above it forget that.
    """

    def __init__(
        self,
        chapters: int,
        measure: Callable[[int, State], tuple[Value, State]],
        join: Callable[[Value, Value], Value],
        nothing: Value,
    ) -> None:
        """``measure`` gives a chapter's value and the state after it; it is called for the first chapter first."""
        self._measure = measure
        self._join = join
        self._nothing = nothing
        self._first_leaf = 1 << max(0, (chapters - 1).bit_length())
        self._known: list[dict[State, tuple[Value, State]]] = [{} for _ in range(2 * self._first_leaf)]
        self._played = [0] * self._first_leaf + [1] * chapters + [0] * (self._first_leaf - chapters)
        for node in range(self._first_leaf - 1, 0, -1):
            self._played[node] = self._played[2 * node] + self._played[2 * node + 1]

    def leave_out(self, chapter: int) -> None:
        """Leaves out a chapter that was played so far."""
        self._change(chapter, 1)

    def change(self, chapter: int) -> None:
        """Has a chapter measured again."""
        self._change(chapter, 0)

    def _change(self, chapter: int, fewer: int) -> None:
        node = self._first_leaf + chapter
        while node:
            self._played[node] -= fewer
            self._known[node] = {}
            node //= 2

    def over(self, state: State) -> tuple[Value, State]:
        """The sum over all chapters that are played, and the state after them; ``state``: that before them."""
        return self._over(1, state)

    def _over(self, node: int, state: State) -> tuple[Value, State]:
        if not self._played[node]:
            return self._nothing, state
        known = self._known[node].get(state)
        if known is not None:
            return known
        left, right = 2 * node, 2 * node + 1
        if node >= self._first_leaf:
            result = self._measure(node - self._first_leaf, state)
        elif not self._played[left]:
            result = self._over(right, state)
        elif not self._played[right]:
            result = self._over(left, state)
        else:
            first, between = self._over(left, state)
            second, after = self._over(right, between)
            result = self._join(first, second), after
        self._known[node][state] = result
        return result
