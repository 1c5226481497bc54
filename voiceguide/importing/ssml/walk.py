"""Goes through the elements of a document, and tells of everything that was not asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from voiceguide.importing.desk import Desk
from voiceguide.importing.ssml.xml_tree import Characters, Element, Remark

_SILENT = frozenset({"version", "xml:space", "xml:id", "id", "xmlns"})
"""Attributes that say nothing about what is heard."""


@dataclass(slots=True)
class Walk:
    """``pronounced``: the words with one way of saying them, which the front matter of the script holds."""

    desk: Desk
    handlers: Mapping[str, Callable[[Walk, Element], None]]
    pronounced: Mapping[str, str]

    def element(self, element: Element) -> None:
        """Does what the element asks for, and tells of the rest."""
        handler = self.handlers.get(element.name)
        if handler is None:
            self._unknown(element)
        else:
            handler(self, element)
        for name in sorted(element.untaken - _SILENT):
            if not name.startswith(("xmlns:", "xsi:")):
                what = f'{name}="{element.attributes[name]}" of <{element.name}>'
                self.desk.ledger.lost(element.line, what, "nothing")

    def inside(self, element: Element) -> None:
        """Does all that stands in the element."""
        for child in element.children:
            match child:
                case Characters():
                    self.desk.writer.words(child.text, child.line)
                case Element():
                    self.element(child)
                case Remark():
                    self._remark(child)

    def language_of(self, element: Element) -> None:
        """Tells of words in another language than the session's, which its voice reads all the same."""
        tag = element.take("xml:lang")
        if tag:
            self.desk.foreign(element.line, f'xml:lang="{tag}"', tag)

    def written(self, form: str) -> str:
        """The form under which ``pronounced`` has a word."""
        return next((known for known in self.pronounced if known.casefold() == form.casefold()), form)

    def _unknown(self, element: Element) -> None:
        for name in element.attributes:
            element.take(name)
        into = "nothing; the words in it are spoken" if element.text() else "nothing"
        self.desk.ledger.lost(element.line, opening_tag(element), into)
        self.inside(element)

    def _remark(self, remark: Remark) -> None:
        if remark.target is None:
            self.desk.writer.comment(remark.text)
            self.desk.ledger.translated(remark.line, "a comment", "a comment")
        else:
            self.desk.ledger.lost(remark.line, f"<?{remark.target} {remark.text}?>", "nothing")


def inside(walk: Walk, element: Element) -> None:
    """For an element that only holds others."""
    walk.inside(element)


def opening_tag(element: Element) -> str:
    """``<break time="2s">`` as the source has it, without what declares names."""
    told = [f'{name}="{value}"' for name, value in element.attributes.items() if not name.startswith("xmlns")]
    return f"<{' '.join([element.name, *told])}>"
