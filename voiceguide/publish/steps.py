"""A timeline as a listener moves through it: steps, each a spoken line with all that follows until the next one.

Takes the document of ``plan --json`` and gives values for JSON; times are seconds of the finished file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Row = Mapping[str, Any]

LEAD = 0.2
"""Seconds before a line at which a jump to it lands, so that its first sound is whole."""

_APART = 1.0  # seconds between two lines; more begins a new step, as between paragraphs
_EVEN_APART = 4.0  # seconds; between two numbers of a slow count the speed stays as it is
_OPENING = 10.0  # seconds by which a chapter's chime may come before its first line and still be one step with it
_SAME = 1e-4  # seconds; times are rounded to the microsecond, and a beat to whole frames
_SENTENCE_ENDS = tuple(".!?…:;。！？：；।؟")


def listening(timeline: Row) -> dict[str, Any]:
    """What the player needs of a session.

    ``chapters``: title, start, end. ``steps``: ``at``, where a jump to the step lands; ``chapter``, its number from 0;
    ``lines`` with start, end and text; ``then``, what follows them (``kind``, ``start``, ``end``, and ``phases`` in
    seconds and ``times`` for breathing, ``text`` for sounds); ``counted``, the words spoken during that.
    ``even``: ranges in which a listener keeps time, so that the speed must stay 1.
    """
    chapters = [{key: row[key] for key in ("title", "start", "end")} for row in timeline["chapters"]]
    events = [row for row in timeline["events"] if row["kind"] != "bed" and not _is_wave(row)]
    counted = _counted(events)
    steps = _steps(events, counted, [row["start"] for row in chapters])
    timed = ((row["start"], row["end"]) for row in events if row["kind"] in ("hold", "breath"))
    spoken = ((events[i]["start"], events[i]["end"]) for i in counted)
    return {"chapters": chapters, "steps": steps, "even": _joined(sorted((*timed, *spoken)))}


def _is_wave(row: Row) -> bool:
    """The wave of a breath's ``swell``: part of the breath, no sound of its own."""
    return bool(row["kind"] == "sound" and row["track"] == "breath")


def _counted(events: Sequence[Row]) -> set[int]:
    """The places of what is spoken to a beat: numbers and names during holds and breaths, and counts of their own."""
    timed = [row for row in events if row["kind"] in ("hold", "breath")]
    starts = [row["start"] for row in timed]
    found = set()
    for place, row in enumerate(events):
        if row["kind"] == "speech":
            before = bisect_right(starts, row["end"] - _SAME) - 1
            if before >= 0 and row["start"] < timed[before]["end"] - _SAME:
                found.add(place)
    return found | _counts(events, found)


def _counts(events: Sequence[Row], known: set[int]) -> set[int]:
    """Numbers of a count: words on one source line, no sentences, that begin at equal distances.

    Two alone have but one distance, so these must be single words.
    """
    found: set[int] = set()
    run: list[int] = []
    for place, row in enumerate(events):
        is_word = row["kind"] == "speech" and place not in known and not row["text"].rstrip().endswith(_SENTENCE_ENDS)
        if run and (not is_word or not _goes_on(events, run, row)):
            found.update(_count(events, run))
            run = []
        if is_word:
            run.append(place)
    return found | _count(events, run)


def _count(events: Sequence[Row], run: Sequence[int]) -> set[int]:
    is_count = len(run) > 2 or (len(run) == 2 and all(" " not in events[place]["text"].strip() for place in run))
    return set(run) if is_count else set()


def _goes_on(events: Sequence[Row], run: Sequence[int], row: Row) -> bool:
    last = events[run[-1]]
    if (row.get("file"), row.get("line")) != (last.get("file"), last.get("line")):
        return False
    starts = [*(events[place]["start"] for place in run[-2:]), row["start"]]
    gaps = [b - a for a, b in pairwise(starts)]
    return bool(max(gaps) - min(gaps) < _SAME)


def _steps(events: Sequence[Row], counted: set[int], chapter_starts: Sequence[float]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    heard = 0.0  # the end of the last speech
    for place, row in enumerate(events):
        chapter = max(0, bisect_right(chapter_starts, row["start"] + _SAME) - 1)
        is_line = row["kind"] == "speech" and place not in counted
        if not steps or steps[-1]["chapter"] != chapter or (is_line and _begins(steps[-1], row)):
            at = round(max(heard, row["start"] - LEAD, 0.0), 3) if steps else 0.0
            steps.append({"at": at, "chapter": chapter, "lines": [], "then": [], "counted": []})
        if is_line:
            steps[-1]["lines"].append({key: row[key] for key in ("start", "end", "text")})
        elif row["kind"] == "speech":
            steps[-1]["counted"].append(row["text"])
        else:
            _follow(steps[-1]["then"], row)
        if row["kind"] == "speech":
            heard = max(heard, row["end"])
    for step in steps:
        step["then"] = [_plain(item) for item in step["then"]]
    return steps


def _begins(step: Mapping[str, Any], line: Row) -> bool:
    """Whether a line begins a step of its own, and doesn't belong to the one before."""
    if not step["lines"]:
        only_sounds = all(item["kind"] in ("chime", "sound") for item in step["then"])
        return not only_sounds or bool(step["counted"]) or line["start"] - step["at"] > _OPENING
    after = [item for item in step["then"] if item["start"] >= step["lines"][-1]["start"]]
    return bool(after or step["counted"]) or line["start"] - step["lines"][-1]["end"] > _APART


def _follow(then: list[dict[str, Any]], row: Row) -> None:
    """Adds an event to what follows a step's lines; the phases of one exercise become one, a hold's own chimes none."""
    last = then[-1] if then else None
    place = (row.get("file"), row.get("line"))
    if row["kind"] == "chime" and any(item["kind"] == "hold" and item["place"] == place for item in then):
        return
    if row["kind"] == "breath":
        if last is None or last["kind"] != "breath" or _is_anew(last["breaths"], row):
            last = {"kind": "breath", "start": row["start"], "place": place, "breaths": []}
            then.append(last)
        last["breaths"].append(row)
        last["end"] = row["end"]
        return
    item = {"kind": row["kind"], "start": row["start"], "end": row["end"], "place": place}
    then.append(item if row["kind"] in ("pause", "hold") else {**item, "text": row["text"]})


def _is_anew(breaths: Sequence[Row], row: Row) -> bool:
    """Whether a phase begins another exercise: its cycle is the first again."""
    last = breaths[-1]
    return bool(row["cycle"] < last["cycle"] or (row["cycle"] == last["cycle"] and _order(row) < _order(last)))


def _order(row: Row) -> int:
    return ("in", "hold", "out", "rest").index(row["phase"])


def _plain(item: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in item.items() if key not in ("place", "breaths")}
    if item["kind"] == "breath":
        first = [row for row in item["breaths"] if row["cycle"] == item["breaths"][0]["cycle"]]
        told["phases"] = [{"name": row["phase"], "seconds": round(row["end"] - row["start"], 2)} for row in first]
        told["times"] = len({row["cycle"] for row in item["breaths"]})
    return told


def _joined(ranges: Sequence[tuple[float, float]]) -> list[list[float]]:
    """Ranges in order, with those that nearly touch made one."""

    def merged() -> Iterator[list[float]]:
        now: list[float] | None = None
        for start, end in ranges:
            if now is not None and start <= now[1] + _EVEN_APART:
                now[1] = max(now[1], end)
                continue
            if now is not None:
                yield now
            now = [start, end]
        if now is not None:
            yield now

    return list(merged())
