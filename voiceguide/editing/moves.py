"""What a drag on the timeline means in the text: an event that ends later, begins later, or is louder.

A drag says by how many seconds; what is written changes by as much. A session that is fitted to a length is planned
again afterwards, so that its end stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from voiceguide.editing import quantities
from voiceguide.editing.cue_edits import ARGUMENT, cue_at, with_duration, with_fade, with_level, with_times, with_value
from voiceguide.editing.edits import CannotEdit, Edit
from voiceguide.editing.settings import with_setting
from voiceguide.errors import Span
from voiceguide.mix_levels import BED_LEVEL, LOUDEST_BED
from voiceguide.routine import (
    Bed,
    Breathe,
    Change,
    ChapterMark,
    Chime,
    Count,
    Each,
    Hold,
    Node,
    Pause,
    PlaySound,
    Repeat,
    Routine,
    Sentence,
    Within,
    walk,
)
from voiceguide.script.text import LineIndex
from voiceguide.units import format_duration, parse_elastic


def node_at(routine: Routine, span: Span) -> Node:
    """The node that is written at a place of the routine's own text. Raises CannotEdit when there is none."""
    if span.file != routine.span.file:
        raise CannotEdit(f"This is written in {span.file}, which is included here; open that script to change it.")
    for node in routine.nodes():
        if node.span is not None and node.span.position == span.position:
            return node
    raise CannotEdit("This does not stand in the text any more.")


def ends_later(routine: Routine, span: Span, seconds: Fraction) -> Edit:
    """The end of a pause, hold, block, breathing exercise or count, moved by ``seconds`` (earlier when negative).

    Raises CannotEdit with a sentence when it cannot be so.
    """
    text, offset = _text_and_offset(span)
    node = node_at(routine, span)
    match node:
        case Pause() | Hold() | Within():
            field = cue_at(text, offset).fields[ARGUMENT]
            wanted = parse_elastic(field.text).natural + seconds
            least = Fraction(0) if isinstance(node, Pause) else quantities.STEP
            if wanted < least:
                raise CannotEdit(f"It lasts {format_duration(wanted - seconds)}; it cannot be shortened by more.")
            return with_duration(text, offset, wanted)
        case Breathe():
            cycle = sum((phase.seconds for phase in node.phases), Fraction(0))
            return with_times(text, offset, max(1, node.cycles.natural + round(seconds / cycle)))
        case Count():
            beats = max(1, len(node.numbers) - 1)
            every = max(quantities.STEP, node.every + seconds / beats)
            return with_value(text, offset, "every", quantities.duration(every))
        case _:
            raise CannotEdit("This is as long as it sounds; a pause after it can be longer.")


def begins_later(routine: Routine, span: Span, seconds: Fraction) -> Edit:
    """What is written at a place, moved by ``seconds``: the pause before it becomes longer or shorter.

    Where there is none, one is put in, as long as the gap that was there and the seconds. Raises CannotEdit when
    there is not so much silence before it.
    """
    _, offset = _text_and_offset(span)
    node = node_at(routine, span)
    before = _pause_before(routine, node)
    if before is not None:
        return ends_later(routine, before.span, seconds)
    gap = _gap(routine, node)
    if gap + seconds <= 0:
        raise CannotEdit("There is no silence before it that could be shorter.")
    return Edit(offset, offset, f"[pause {quantities.duration(gap + seconds)}] ")


def more(routine: Routine, span: Span, count: int) -> Edit:
    """So many cycles, rounds or strikes more (fewer when negative), and at least one."""
    text, offset = _text_and_offset(span)
    match node := node_at(routine, span):
        case Breathe() | Repeat():
            number = node.whole.natural + count
        case Chime():
            number = node.strikes + count
        case _:
            raise CannotEdit("Only breaths, rounds and strikes are counted.")
    if number < 1:
        raise CannotEdit("The least is once.")
    return with_times(text, offset, number)


def louder(routine: Routine, span: Span, decibels: float) -> Edit:
    """Another level, in dB, for a chime, a sound or a bed."""
    text, offset = _text_and_offset(span)
    node = node_at(routine, span)
    if not isinstance(node, Chime | PlaySound | Bed):
        raise CannotEdit("Only a chime, a sound and a bed have a level of their own.")
    if isinstance(node, Bed) and decibels > LOUDEST_BED:
        raise CannotEdit(f"A bed lies under the voice: {LOUDEST_BED:g}dB is the most.")
    return with_level(text, offset, decibels)


def first_bed_louder(routine: Routine, decibels: float) -> Edit | None:
    """Another level, in dB to the voice, for the bed that the front matter names: by the level of all beds."""
    if decibels > LOUDEST_BED:
        raise CannotEdit(f"A bed lies under the voice: {LOUDEST_BED:g}dB is the most.")
    opening = routine.settings.bed.level
    by = round(decibels - (BED_LEVEL if opening is None else opening), 1)
    return with_setting(routine.span.source.text, ("levels", "bed"), quantities.level(by).lstrip("+") if by else None)


def faded(routine: Routine, span: Span, seconds: Fraction) -> Edit:
    """Another crossfade for a bed."""
    text, offset = _text_and_offset(span)
    if not isinstance(node_at(routine, span), Bed):
        raise CannotEdit("Only a bed is crossfaded.")
    return with_fade(text, offset, seconds)


def _text_and_offset(span: Span) -> tuple[str, int]:
    starts = LineIndex.of(span.source).starts
    return span.source.text, starts[span.line - 1] + span.column - 1


def _pause_before(routine: Routine, node: Node) -> Pause | None:
    """The pause right before a node, as it is played the first time: in the same block, before that block, or at the
    end of the chapter before."""
    before: Node | None = None
    for chapter in routine.chapters:
        found, before = _preceding(chapter.body, node, before)
        if found:
            return before if isinstance(before, Pause) else None
    return None


def _preceding(body: tuple[Node, ...], node: Node, before: Node | None) -> tuple[bool, Node | None]:
    """Whether a node is in the body, and what stands before it; else what the body ends with."""
    for other in body:
        if other is node:
            return True, before
        if isinstance(other, Repeat | Each | Within):
            found, last = _preceding(other.body, node, before)
            if found:
                return True, last
        if not isinstance(other, Change):
            before = other
    return False, before


def _gap(routine: Routine, node: Node) -> Fraction:
    """The silence before a node that no cue asks for: where a sentence was spoken last, a sentence's gap."""
    first = next((one for one in walk((node,)) if not isinstance(one, Repeat | Each | Within | Change)), node)
    if not isinstance(first, Sentence):
        return Fraction(0)
    spoke = False
    for step in (step for chapter in routine.chapters for step in _played(chapter.body)):
        if step is node:
            break
        untimed = isinstance(step, Change | ChapterMark) or (isinstance(step, Chime | PlaySound) and step.under)
        if not untimed and not isinstance(step, Repeat | Each | Within):
            spoke = isinstance(step, Sentence)
    gaps = routine.settings.gaps
    return (gaps.paragraph if first.opens_paragraph else gaps.sentence) if spoke else Fraction(0)


def _played(body: tuple[Node, ...]) -> Iterator[Node | None]:
    """The nodes in the order in which they are played the first time; None for the silence that fills a block up."""
    for node in body:
        yield node
        if isinstance(node, Repeat | Each | Within):
            yield from _played(node.body)
        if isinstance(node, Within):
            yield None
