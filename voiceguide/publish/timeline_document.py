"""Reads the timeline document (``plan --json``, docs/timeline.md), which :meth:`voiceguide.timeline.Timeline.to_json`
writes: the one reader for the player, the cue sheets and the comparison of builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voiceguide.publish.text import one_line
from voiceguide.timeline import SCHEMA

Position = tuple[str, int]
"""Where an event stands in the script: the file's name and the line, from 1."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a timeline; ``start`` and ``end`` are seconds of the finished file.

    ``text``, ``phase`` and ``cycle`` are empty or 0 for kinds of events that have none; ``spoken`` is what the voice
    got of a line, empty where that is ``text``.
    """

    kind: str
    track: str
    start: float
    end: float
    text: str
    phase: str
    cycle: int
    elastic: bool
    position: Position | None
    spoken: str = ""

    @property
    def seconds(self) -> float:
        return self.end - self.start

    @property
    def words(self) -> str:
        """The event in words; for a spoken line, the line itself."""
        match self.kind:
            case "speech":
                return self.text
            case "breath":
                return f"breathe {self.phase}, breath {self.cycle}"
            case "bed":
                return f"background: {self.text}"
            case "pause" | "hold":
                return self.kind
            case _:
                return f"{self.kind}: {self.text}" if self.text else self.kind


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; seconds of the finished file."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rounds:
    """A number of rounds (``cue`` is ``repeat``) or breaths (``breathe``) that differs from the written one."""

    cue: str
    written: int
    chosen: int
    position: Position


@dataclass(frozen=True, slots=True)
class Fit:
    """How a session was fitted to its length: chapters left out, changed numbers, and ``share``, from -1 to 1: how far
    elastic pauses and holds moved to their shortest (-1) or longest (1)."""

    left_out: tuple[str, ...]
    rounds: tuple[Rounds, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Document:
    """A session's timeline, with every text on one line; ``fit`` is None when no length was asked for."""

    seconds: float
    chapters: tuple[Chapter, ...]
    events: tuple[Event, ...]
    fit: Fit | None

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Document:
        """Reads a document of ``plan --json``. Raises ValueError if it is of another schema, or damaged."""
        try:
            if document["schema"] != SCHEMA:
                raise ValueError(f"it is no timeline of the kind {SCHEMA}")
            chapters = tuple(
                Chapter(one_line(row["title"]), float(row["start"]), float(row["end"])) for row in document["chapters"]
            )
            events = tuple(map(_event, document["events"]))
            fit = document.get("fit")
            return cls(float(document["seconds"]), chapters, events, _fit(fit) if fit else None)
        except (KeyError, TypeError, AttributeError, OverflowError) as error:  # an infinite number overflows
            raise ValueError("the timeline is damaged") from error


def _event(row: Mapping[str, Any]) -> Event:
    return Event(
        str(row["kind"]),
        str(row["track"]),
        float(row["start"]),
        float(row["end"]),
        one_line(row.get("text") or ""),
        one_line(row.get("phase") or ""),
        int(row.get("cycle") or 0),
        row.get("elastic") is True,
        _position(row) if "line" in row else None,
        one_line(row.get("spoken") or ""),
    )


def _fit(row: Mapping[str, Any]) -> Fit:
    rounds = tuple(
        Rounds(str(each["cue"]), int(each["written"]), int(each["chosen"]), _position(each)) for each in row["rounds"]
    )
    return Fit(tuple(map(one_line, row["left_out"])), rounds, float(row["share"]))


def _position(row: Mapping[str, Any]) -> Position:
    return str(row["file"]), int(row["line"])
