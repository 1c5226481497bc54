"""Elements and cues to a tree: blocks opened and ended, chapters begun, other scripts included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from voiceguide.cue_spec import Built, End, IncludeCall, TakeChoice
from voiceguide.cues import BY_NAME
from voiceguide.errors import Diagnostic, Span, nearest
from voiceguide.routine import ChapterMark, Each, Node, Repeat, RestHold, Sentence, Slot, Template, Waiver, Within
from voiceguide.script.cue_reader import CueContext, opens_block
from voiceguide.script.files import Folder
from voiceguide.script.findings import Findings
from voiceguide.script.front_matter_block import split
from voiceguide.script.inline import Break, CueCall, Variables, Words, scan_inline
from voiceguide.script.limits import DEEPEST_BLOCK, DEEPEST_INCLUDE, MOST_EVENTS, MOST_INCLUDED
from voiceguide.script.markdown import Element, read_elements
from voiceguide.script.memory import Memory
from voiceguide.script.paragraphs import ParagraphReader
from voiceguide.script.parts import BadCue, OfFile, Said
from voiceguide.script.sentences import template
from voiceguide.script.sounds import SoundNames
from voiceguide.script.text import LineIndex, Text, without_comments
from voiceguide.script.values import parse_heading_mark
from voiceguide.script.waivers import read_waivers


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading outside any block: a chapter starts."""

    title: str
    level: int
    optional: int | None
    required: bool
    span: Span


Item = Node | Heading


@dataclass(frozen=True, slots=True)
class Included:
    """What an included script gave, and how deep its own includes go (0: none)."""

    items: tuple[Item, ...]
    height: int


@dataclass(slots=True)
class Shelf:
    """Everything that the scripts of one routine share while they are read."""

    sounds: SoundNames
    variables: Variables
    findings: Findings
    language: str = "en"
    tables: bool = False
    memory: Memory | None = None
    room: int = MOST_INCLUDED
    included: dict[tuple[Path, frozenset[str], int], Included] = field(default_factory=dict)
    being_read: list[Path] = field(default_factory=list)
    waivers: dict[Waiver, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """A block that waits for its ``[end]``; ``slots`` are the names that can be spoken in it.

    ``node`` None: its cue had an error, so it only matches its ``[end]``, and any name may stand in it.
    ``span`` None: it may not have been meant as a block at all.
    """

    node: Repeat | Each | Within | None
    span: Span | None
    slots: frozenset[str]
    body: list[Node] = field(default_factory=list)
    rest: RestHold | None = None


def _slots_of(node: Repeat | Each | Within) -> frozenset[str]:
    match node:
        case Repeat():
            return frozenset({"n", "total"})
        case Each():
            return frozenset({node.name})
        case Within():
            return frozenset()


class Composer:
    """Reads the body of one script. ``outer`` holds the slots of the blocks around an included one."""

    def __init__(
        self, shelf: Shelf, folder: Folder | None, outer: frozenset[str] = frozenset(), blocks: int = 0
    ) -> None:
        self.height = 0
        self._shelf = shelf
        self._context = CueContext(folder, shelf.sounds)
        self._outer = outer
        self._outer_blocks = blocks
        self._items: list[Item] = []
        self._nodes = 0
        self._blocks: list[_Open] = []
        self._broken = 0  # how many of the open blocks have an error
        self._opens_paragraph = True
        self._take: TakeChoice | None = None  # waits for its sentence
        self._labels: frozenset[str] = frozenset()

    def compose(self, body: Text) -> tuple[Item, ...]:
        waivers, mistakes = read_waivers(body)
        self._shelf.waivers.update(dict.fromkeys(waivers))
        text, problems = without_comments(body)
        read = read_elements(text, tables=self._shelf.tables)
        self._shelf.findings.extend([*mistakes, *problems, *read.problems])
        shelf = self._shelf
        self._labels = read.labels
        self._reader = ParagraphReader(
            shelf.variables, shelf.findings, read.labels, shelf.language, self._context, shelf.memory
        )
        for element in read.elements:
            if element.kind == "heading":
                self._heading(element)
            else:
                self._paragraph(element)
        self._choose(None)
        while self._blocks:
            if span := self._blocks[-1].span:
                self._error(span, "this block is never closed", "write [end] on a line of its own where it ends")
            self._close_block()
        return tuple(self._items)

    @property
    def _slots(self) -> frozenset[str]:
        return self._blocks[-1].slots if self._blocks else self._outer

    def _error(self, span: Span, message: str, hint: str | None = None) -> None:
        self._shelf.findings.error(span, message, hint)

    def _add(self, item: Item) -> None:
        self._nodes += 1
        if self._blocks and not isinstance(item, Heading):
            block = self._blocks[-1]
            if block.rest is not None:
                self._error(
                    block.rest.span, "[hold rest] is not the last thing in its block", "put it before the [end]"
                )
                block.rest = None
            block.body.append(item)
        else:
            self._items.append(item)

    def _known(self, slots: Iterable[Slot]) -> None:
        """Tells of every name that is neither a variable nor an open loop's."""
        for slot in slots:
            if slot.name not in self._slots and not self._broken:
                known = self._shelf.variables
                known.unknown.add(slot.name)
                near = nearest(slot.name, [*self._slots, *known.values])
                meant = f" (did you mean '{near}'?)" if near else ""
                hint = f"give it a value under variables: in the front matter, or with --set {slot.name}=…"
                if near in known.given:
                    hint = f"write {{{near}}} in the text, or give the value to this name: --set {slot.name}=…"
                self._error(slot.span, f"unknown variable '{slot.name}'{meant}", hint)

    def _heading(self, element: Element) -> None:
        pieces = scan_inline(element.text, self._shelf.variables, self._shelf.findings, self._labels)
        parts: list[str | Slot] = []
        marks: list[int | None] = []
        for piece in pieces:
            if isinstance(piece, Words):
                parts += template(piece, piece.text)
                continue
            if isinstance(piece, Break):
                parts.append(" ")
                continue
            try:
                marks.append(parse_heading_mark(piece.text.chars))
            except ValueError as error:
                self._error(piece.span, str(error), "put a cue on a line below the heading")
        self._place_heading(element, _trimmed(parts), marks)

    def _place_heading(self, element: Element, title: Template, marks: Sequence[int | None]) -> None:
        """A chapter with its marks: the number of an optional one, None for ``required``."""
        self._known(part for part in title if isinstance(part, Slot))
        span = element.text.span()
        self._opens_paragraph = True
        optional = next((mark for mark in reversed(marks) if mark is not None), None)
        if optional is not None and None in marks:
            self._error(span, "a chapter that is required cannot be optional", "take one of the two marks away")
        if not title or element.empty:
            self._error(span, "this chapter has no title", "write one after the #")
        elif self._blocks or self._outer_blocks:
            if optional is not None:
                self._error(span, "an optional chapter cannot start inside a block", "write [end] before it")
            self._add(ChapterMark(title, span))
        else:
            text = "".join(part for part in title if isinstance(part, str))
            self._add(Heading(text, element.level, optional, None in marks, span))

    def _paragraph(self, element: Element) -> None:
        if element.loose:
            self._opens_paragraph = True
        for part in self._reader.parts(element.text):
            match part:
                case Said():
                    self._say(part)
                case Break():
                    self._opens_paragraph = self._opens_paragraph or part.loose
                case Diagnostic():
                    self._shelf.findings.add(part)
                case BadCue():
                    self._bad_cue(part)
                case OfFile():
                    self._place(part.built)
                case _:
                    self._place(part)

    def _say(self, sentence: Said) -> None:
        self._known(part for part in sentence.text if isinstance(part, Slot))
        take = self._take.take if self._take else None
        self._add(Sentence(sentence.text, self._opens_paragraph, sentence.span, take))
        self._opens_paragraph = False
        self._take = None

    def _choose(self, take: TakeChoice | None) -> None:
        """Has the next sentence read so; tells of a choice before it that found no sentence."""
        if self._take is not None:
            hint = "write it right before the sentence"
            self._shelf.findings.warn(
                self._take.span, f"no sentence follows this [take {self._take.take}], so it has no effect", hint
            )
        self._take = take

    def _bad_cue(self, cue: BadCue) -> None:
        slots = cue.call.slots
        self._known(slots)
        for slot in slots:
            if slot.name in self._slots:
                self._error(slot.span, f"the loop's variable '{slot.name}' can be spoken, but cannot stand in a cue")
        self._shelf.findings.extend(cue.problems)
        self._skip_block(cue.call)

    def _place(self, built: Built) -> None:
        """Puts what a cue has built where it belongs."""
        match built:
            case End():
                if self._blocks:
                    self._close_block()
                else:
                    self._error(built.span, "there is no block here to end", "leave this [end] out")
            case IncludeCall():
                self._include(built)
            case TakeChoice():
                self._choose(built)
            case RestHold():
                self._rest(built)
            case Repeat() | Each() | Within():
                self._open_block(built)
            case _:
                self._add(built)

    def _open_block(self, node: Repeat | Each | Within) -> None:
        if len(self._blocks) + self._outer_blocks >= DEEPEST_BLOCK:
            if not self._broken:
                self._error(node.span, f"blocks can stand inside each other {DEEPEST_BLOCK} deep at most")
            self._push(None, None)
            return
        for name in sorted(_slots_of(node) & self._shelf.variables.values.keys()):
            message = f"this block fills in {{{name}}}, but a variable has that name too"
            self._error(node.span, message, "rename one of them")
        self._push(node, node.span, _slots_of(node))

    def _push(
        self, node: Repeat | Each | Within | None, span: Span | None, slots: frozenset[str] = frozenset()
    ) -> None:
        self._blocks.append(_Open(node, span, self._slots | slots))
        self._broken += node is None

    def _skip_block(self, call: CueCall) -> None:
        """For a cue with an error that opens or ends a block, or seems to, so that its other end is no error too."""
        word = call.text.chars.strip().split(maxsplit=1)[:1]
        name = nearest(word[0].rstrip(":"), BY_NAME) if word else None
        if opens_block(call):
            self._push(None, call.span)
        elif name is not None and BY_NAME[name].opens_block:
            self._push(None, None)
        elif name == "end" and self._blocks:
            self._close_block()

    def _close_block(self) -> None:
        block = self._blocks.pop()
        if block.node is None:
            self._broken -= 1
        else:
            node = replace(block.node, body=tuple(block.body))
            self._add(replace(node, rest=block.rest) if isinstance(node, Within) else node)

    def _rest(self, rest: RestHold) -> None:
        """A hold that fills the block which it stands in."""
        block = self._blocks[-1] if self._blocks else None
        if block is None or not isinstance(block.node, Within):
            if block is None or block.node is not None:
                hint = "say how long, like [hold 20s], or put it at the end of a [within] block"
                self._error(rest.span, "[hold rest] fills the rest of a [within] block, and stands in none", hint)
            return
        if block.rest is not None:
            self._error(rest.span, "this block has a [hold rest] already", "leave one of them out")
        elif rest.countdown and block.node.countdown:
            self._error(rest.span, "the block counts down already", "leave countdown out here")
        else:
            block.rest = rest

    def _include(self, call: IncludeCall) -> None:
        reading = self._shelf.being_read
        if call.path in reading:
            circle = " → ".join(path.name for path in [*reading[reading.index(call.path) :], call.path])
            self._error(call.span, f"this include goes in a circle: {circle}")
            return
        included = self._included(call)
        if included is None:
            return
        self.height = max(self.height, included.height + 1)
        if len(reading) - 1 + self.height > DEEPEST_INCLUDE:
            self._error(call.span, f"includes can stand inside each other {DEEPEST_INCLUDE} deep at most")
            return
        if self._nodes + len(included.items) > MOST_EVENTS:
            message = f"with this include the session passes {MOST_EVENTS:,} events, the most it can have"
            self._shelf.findings.stop(call.span, message)
        for item in included.items:
            self._add(item)
        self._opens_paragraph = True

    def _included(self, call: IncludeCall) -> Included | None:
        """The items of another script, read once for each set of blocks around it; None when too deep."""
        blocks = self._outer_blocks + len(self._blocks)
        key = (call.path, self._slots, blocks)
        if key not in self._shelf.included:
            if len(self._shelf.being_read) > DEEPEST_INCLUDE:
                self._error(call.span, f"includes can stand inside each other {DEEPEST_INCLUDE} deep at most")
                return None
            folder = self._context.folder or Folder(call.path.parent)
            source, problems = folder.read(call.path)
            self._shelf.findings.extend(problems)
            _, body, problems = split(Text.of(LineIndex.of(source)))
            self._shelf.findings.extend(problems)
            self._shelf.room -= len(source.text)
            if self._shelf.room < 0:
                message = f"up to here {MOST_INCLUDED // 1024**2} MiB of scripts are included, the most that can be"
                self._shelf.findings.stop(call.span, message, "include less, or make several sessions of it")
            self._shelf.being_read.append(call.path)
            composer = Composer(self._shelf, folder.beside(call.path), self._slots, blocks)
            items = composer.compose(body)
            self._shelf.being_read.pop()
            self._shelf.included[key] = Included(items, composer.height)
        return self._shelf.included[key]


def _trimmed(parts: list[str | Slot]) -> Template:
    """The parts of a title without white space at its ends."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(part for part in parts if part != "")
