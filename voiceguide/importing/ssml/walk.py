"""Walks through the elements of a document, and reports everything that was not translated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voiceguide.importing.ssml.xml_tree import Characters, Element, Remark
from voiceguide.importing.state import ImportState

_SILENT = frozenset({"version", "xml:space", "xml:id", "id", "xmlns"})
"""Attributes without an effect on the sound."""


@dataclass(slots=True)
class Walk:
    """``pronounced``: the words with one way of saying them, which the front matter of the script holds."""

    state: ImportState
    handlers: Mapping[str, Callable[[Walk, Element], None]]
    pronounced: Mapping[str, str]

    def element(self, element: Element) -> None:
        """Translates the element, and reports its untranslated attributes."""
        handler = self.handlers.get(element.name)
        if handler is None:
            self._unknown(element)
        else:
            handler(self, element)
        for name in sorted(element.untaken - _SILENT):
            if not name.startswith(("xmlns:", "xsi:")):
                what = f'{name}="{element.attributes[name]}" of <{element.name}>'
                self.state.ledger.lost(element.line, what, "nothing")

    def inside(self, element: Element) -> None:
        """Translates the element's content."""
        for child in element.children:
            match child:
                case Characters():
                    self.state.writer.words(child.text, child.line)
                case Element():
                    self.element(child)
                case Remark():
                    self._remark(child)

    def language_of(self, element: Element) -> None:
        """Reports words in another language than the session's, which its voice reads nevertheless."""
        tag = element.take("xml:lang")
        if tag:
            self.state.foreign(element.line, f'xml:lang="{tag}"', tag)

    def written(self, form: str) -> str:
        """The form under which ``pronounced`` has a word."""
        return next((known for known in self.pronounced if known.casefold() == form.casefold()), form)

    def _unknown(self, element: Element) -> None:
        for name in element.attributes:
            element.take(name)
        into = "nothing; the words in it are spoken" if element.text() else "nothing"
        self.state.ledger.lost(element.line, opening_tag(element), into)
        self.inside(element)

    def _remark(self, remark: Remark) -> None:
        if remark.target is None:
            self.state.writer.comment(remark.text)
            self.state.ledger.translated(remark.line, "a comment", "a comment")
        else:
            self.state.ledger.lost(remark.line, f"<?{remark.target} {remark.text}?>", "nothing")


def inside(walk: Walk, element: Element) -> None:
    """Translates an element that only groups others."""
    walk.inside(element)


def opening_tag(element: Element) -> str:
    """``<break time="2s">`` as in the source, without namespace declarations."""
    told = [f'{name}="{value}"' for name, value in element.attributes.items() if not name.startswith("xmlns")]
    return f"<{' '.join([element.name, *told])}>"
