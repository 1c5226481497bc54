"""The words, cues and names of a script's own text, as they are written: for what helps while it is edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voiceguide.errors import Source, Span
from voiceguide.script.findings import Findings, ReadingStopped
from voiceguide.script.front_matter_block import split
from voiceguide.script.inline import SLOT, CueCall, Piece, Variables, Words, scan_inline
from voiceguide.script.markdown import Element, read_elements
from voiceguide.script.text import LineIndex, Text, without_comments
from voiceguide.script.yaml_tree import Mapping, Scalar, YamlNode


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading or a paragraph with its pieces in order. Every name in braces is a slot in them, whether or not it has
    a value."""

    element: Element
    pieces: tuple[Piece, ...]

    @property
    def cues(self) -> tuple[CueCall, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, CueCall))

    @property
    def slots(self) -> tuple[tuple[str, Span], ...]:
        """The names in braces, each with its span, braces included, in the order of the text."""
        said = next((piece.slots for piece in self.pieces if isinstance(piece, Words)), {})  # all words have the same
        every = [*said.values(), *(slot for call in self.cues for slot in call.slots)]
        return tuple((slot.name, slot.span) for slot in sorted(every, key=lambda slot: slot.span.position))

    @property
    def words(self) -> str:
        """What is spoken of it, with the names in braces."""
        texts: list[str] = []
        for piece in self.pieces:
            if isinstance(piece, Words):
                for char, offset in zip(piece.text.chars, piece.text.offsets, strict=True):
                    texts.append(f"{{{piece.slots[offset].name}}}" if char == SLOT and offset in piece.slots else char)
            else:
                texts.append(" ")
        return " ".join("".join(texts).split())


def passages(source: Source) -> Iterator[Passage]:
    """The body of a script, with nothing said about its mistakes; up to the place where nobody could read on."""
    _, body, _ = split(Text.of(LineIndex.of(source)))
    read = read_elements(without_comments(body)[0], tables=True)
    nowhere = Findings()
    for element in read.elements:
        try:
            yield Passage(element, tuple(scan_inline(element.text, Variables({}), nowhere, read.labels)))
        except ReadingStopped:
            return


def settings_tree(source: Source) -> tuple[tuple[Scalar, YamlNode], ...]:
    """The settings in the front matter with their spans; empty where there are none, or they cannot be read."""
    front, _, _ = split(Text.of(LineIndex.of(source)))
    tree = front.parsed()[0] if front else None
    return tree.entries if isinstance(tree, Mapping) else ()


def names_given(source: Source) -> tuple[tuple[Scalar, YamlNode], ...]:
    """The entries under ``variables:`` in the front matter."""
    tree = next((value for key, value in settings_tree(source) if key.value == "variables"), None)
    return tree.entries if isinstance(tree, Mapping) else ()
