"""Pandoc's tree of a document as text: headings, paragraphs and lists, one block a paragraph."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from voiceguide.documents.web_page import text_part, told

_LOST = {
    "Table": "a table, which is not spoken unless most of the words are in it",
    "Image": "a picture, of which only the words beside it are kept",
    "Note": "a footnote, which is read after its paragraph",
    "Strikeout": "words that are struck out, which are left out",
    "Math": "a formula, which is read as it is written",
}
_MOST_NESTED = 200
_BULLET = re.compile(r"[•◦▪‣●○■·]\s*")
"""Rich Text has no lists, but paragraphs that begin with a sign."""


def text_of(tree: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The text, with the title and the author as front matter, and what a text cannot show, a sentence each."""
    writer = _Writer()
    nodes, beside = text_part(tree.get("blocks", []))
    blocks = [block for top in nodes for block in writer.block(top, 0)]
    left_out = " ".join(" ".join(text for node in beside for text in _Writer().block(node, 0)).split())
    if left_out and not any(blocks):  # a page of nothing else is its text
        blocks, left_out = [block for top in beside for block in writer.block(top, 0)], ""
    settings = {name: value for name in ("title", "author") if (value := writer.words(_meta(tree, name)))}
    warnings = tuple(
        f"this document has {_LOST[kind]}" + (f" ({count} of them)" if count > 1 else "")
        for kind, count in sorted(writer.met.items())
    )
    head = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items())
    warnings += (told(left_out),) if left_out else ()
    text = _joined([block for block in blocks if block])
    return f"---\n{head}---\n{text}" if head and text.strip() else text, warnings


def _joined(blocks: list[str]) -> str:
    """The blocks as paragraphs; the items of a list follow each other."""
    text = "".join(
        block + ("\n" if block.startswith("- ") and after.startswith("- ") else "\n\n")
        for block, after in pairwise([*blocks, ""])
    )
    return text.rstrip("\n") + "\n"


def _meta(tree: dict[str, Any], name: str) -> list[Any]:
    value = tree.get("meta", {}).get(name, {})
    if value.get("t") == "MetaList" and value.get("c"):
        value = value["c"][0]
    return list(value.get("c", ())) if value.get("t") == "MetaInlines" else []


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


class _Writer:
    """Counts what it ``met`` that a text cannot show."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()
        self._notes: list[str] = []

    def block(self, node: dict[str, Any], depth: int) -> Iterator[str]:
        kind: str = node["t"]
        content: Any = node.get("c")
        if depth > _MOST_NESTED:
            return
        match kind:
            case "Para" | "Plain":
                yield self._paragraph(content)
            case "Header":
                yield f"{'#' * min(content[0], 2)} {self.words(content[2])}"
            case "LineBlock":
                yield "\n".join(self.words(line) for line in content)
            case "CodeBlock":
                yield str(content[1])
            case "BlockQuote":
                yield from self._blocks(content, depth)
            case "BulletList":
                yield "\n".join(self._item("-", item, depth) for item in content)
            case "OrderedList":
                first = content[0][0]
                yield "\n".join(self._item(f"{first + i}.", item, depth) for i, item in enumerate(content[1]))
            case "DefinitionList":
                for term, meanings in content:
                    yield self.words(term)
                    for meaning in meanings:
                        yield from self._blocks(meaning, depth)
            case "Div":
                yield from self._blocks(content[1], depth)
            case "Figure":
                yield from self._blocks(content[2], depth)
                yield from (f"[{text}]" for text in self._blocks(content[1][1], depth) if text)
            case "Table":
                self.met["Table"] += 1
                yield from self._table(content, depth)
            case _:
                pass  # rules and raw markup hold no words
        yield from self._notes
        self._notes.clear()

    def _blocks(self, blocks: list[Any], depth: int) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block, depth + 1)

    def _paragraph(self, content: list[Any]) -> str:
        """A paragraph that is emphasised as a whole stays so, since it is most likely a direction."""
        inner = [node for node in content if node["t"] not in ("Space", "SoftBreak", "LineBreak")]
        words = self.words(content)
        whole = len(inner) == 1 and inner[0]["t"] == "Emph" and words
        if bullet := _BULLET.match(words):
            return f"- {words[bullet.end() :]}"
        return f"*{words}*" if whole and "*" not in words else words

    def _item(self, mark: str, blocks: list[Any], depth: int) -> str:
        return f"{mark} " + " ".join(" ".join(text.split()) for text in self._blocks(blocks, depth) if text)

    def _table(self, content: list[Any], depth: int) -> Iterator[str]:
        head, bodies, foot = content[3], content[4], content[5]
        rows = [*head[1], *(row for body in bodies for part in (body[2], body[3]) for row in part), *foot[1]]
        texts = [[" ".join(self._blocks(cell[4], depth)) for cell in cells] for _, cells in rows]
        width = max(map(len, texts), default=0)
        if not width:
            return
        heads = len(head[1])
        lines = [f"| {' | '.join(_cell(text) for text in row)} |" for row in texts]
        lines = lines if heads else [f"|{'   |' * width}", *lines]
        yield "\n".join([lines[0], f"|{'---|' * width}", *lines[1:]])

    def words(self, nodes: list[Any], depth: int = 0) -> str:
        return "".join(self._word(node, depth) for node in nodes).strip() if depth < _MOST_NESTED else ""

    def _inner(self, nodes: list[Any], depth: int) -> str:
        return "".join(self._word(node, depth + 1) for node in nodes) if depth < _MOST_NESTED else ""

    def _word(self, node: dict[str, Any], depth: int) -> str:
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Str":
                return str(content)
            case "Space" | "SoftBreak":
                return " "
            case "LineBreak":
                return "\n"
            case "Emph" | "Strong" | "Underline" | "SmallCaps" | "Superscript" | "Subscript":
                return self._inner(content, depth)
            case "Quoted":
                return f"“{self._inner(content[1], depth)}”"
            case "Span" | "Cite" | "Link":
                return self._inner(content[1], depth)
            case "Code":
                return str(content[1])
            case "Math":
                self.met["Math"] += 1
                return str(content[1])
            case "Image":
                self.met["Image"] += 1
                return ""
            case "Note":
                self.met["Note"] += 1
                self._notes += [text for block in content for text in self.block(block, depth + 1)]
                return ""
            case "Strikeout":
                self.met["Strikeout"] += 1
                return ""
            case _:
                return ""  # raw markup
