"""The blocks of a script's text, from the cue that opens each to the ``[end]`` that closes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voiceguide.cue_spec import CueError, CueSpec
from voiceguide.cues import BY_NAME
from voiceguide.errors import Source
from voiceguide.script.cue_reader import cue_fields
from voiceguide.script.inline import CueCall
from voiceguide.script.pieces import Passage
from voiceguide.script.text import LineIndex


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A ``[repeat]``, ``[each]`` or ``[within]`` from the offset ``start`` of its cue up to ``end``, behind its
    ``[end]``; the text's end where that is missing. ``name`` is what an ``[each]`` fills in, from ``name_start`` on
    where it is written."""

    call: CueCall
    spec: CueSpec
    start: int
    end: int
    name: str | None = None
    name_start: int | None = None

    @property
    def head_end(self) -> int:
        """Behind the cue that opens it."""
        return self.start + self.call.span.length

    @property
    def written(self) -> str:
        """The cue that opens it, as it is written."""
        return f"[{' '.join(self.call.text.chars.split())}]"

    @property
    def fills(self) -> frozenset[str]:
        """The names that are filled in round by round."""
        if self.spec.name == "repeat":
            return frozenset({"n", "total"})
        return frozenset({self.name} if self.name else ())


def blocks(source: Source, read: Iterable[Passage]) -> tuple[WrittenBlock, ...]:
    """Those of a text whose passages were read, in the order of their cues. ``[end]``s that close nothing are left
    out."""
    index, length = LineIndex.of(source), len(source.text)
    found: list[WrittenBlock] = []
    waiting: list[int] = []
    for call in (call for passage in read for call in passage.cues):
        spec = spec_of(call)
        start, _ = index.offsets(call.span)
        if spec is None:
            continue
        if spec.opens_block:
            waiting.append(len(found))
            found.append(WrittenBlock(call, spec, start, length, *_filled(call, spec)))
        elif spec.name == "end" and waiting:
            opened = found[waiting[-1]]
            found[waiting.pop()] = replace(opened, end=start + call.span.length)
    return tuple(found)


def spec_of(call: CueCall) -> CueSpec | None:
    """The row of the table that a cue's name stands for, whatever follows it."""
    word = call.text.chars.strip().split(maxsplit=1)[:1]
    return BY_NAME.get(word[0].rstrip(":,").casefold()) if word else None


def _filled(call: CueCall, spec: CueSpec) -> tuple[str | None, int | None]:
    if spec.name != "each":
        return None, None
    try:
        _, fields = cue_fields(call)
    except CueError:
        return None, None
    if not fields or ":" not in fields[0].text.chars:
        return "each", None
    text = fields[0].text
    name = text.slice(0, text.chars.index(":")).strip()
    return (name.chars, name.offsets[0]) if len(name) else (None, None)
