"""Which chapters are played."""

from __future__ import annotations

from dataclasses import replace

from voiceguide.routine import Change, Chapter, ChapterMark, Chime, Pause


def left_out_in_turn(chapters: tuple[Chapter, ...]) -> tuple[frozenset[int], ...]:
    """The indices of the chapters that are left out, none at first, then one optional chapter more each time.

    The highest number goes first, of equal ones the later; the chapters of a deeper level go with the one above them.
    """
    optional = sorted(
        ((chapter.optional, index) for index, chapter in enumerate(chapters) if chapter.optional is not None),
        reverse=True,
    )
    turns = [frozenset[int]()]
    for _, index in optional:
        end = index + 1
        while end < len(chapters) and chapters[end].level > chapters[index].level:
            end += 1
        out = turns[-1] | set(range(index, end))
        if out != turns[-1]:
            turns.append(out)
    return tuple(turns)


def played(
    chapters: tuple[Chapter, ...], left_out: frozenset[int], *, sleep: bool
) -> tuple[tuple[Chapter, ...], list[Chime]]:
    """The chapters that are played, and the closing chimes that are left out of a session for sleep."""
    kept = tuple(chapter for index, chapter in enumerate(chapters) if index not in left_out)
    return without_closing_chimes(kept) if sleep else (kept, [])


def without_closing_chimes(chapters: tuple[Chapter, ...]) -> tuple[tuple[Chapter, ...], list[Chime]]:
    """The chapters without the chimes after which only silence follows, and those chimes."""
    left_out: list[Chime] = []
    for index in range(len(chapters) - 1, -1, -1):
        chapter = chapters[index]
        kept = len(chapter.body)
        while kept and isinstance(chapter.body[kept - 1], Change | ChapterMark | Pause | Chime):
            kept -= 1
        chimes = [node for node in chapter.body[kept:] if isinstance(node, Chime)]
        left_out = chimes + left_out
        ending = tuple(node for node in chapter.body[kept:] if not isinstance(node, Chime))
        quiet = replace(chapter, body=chapter.body[:kept] + ending)
        chapters = (*chapters[:index], quiet, *chapters[index + 1 :])
        if kept:
            break
    return chapters, left_out
