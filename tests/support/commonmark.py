"""What is heard of a Markdown text by markdown-it-py, against which the project's own reader is held."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_BLOCK_TAG = re.compile(r"<!--.*?-->|<(script|style|pre|textarea)\b.*?(?:</\1>|$)|<[^>]*>", re.DOTALL | re.IGNORECASE)


def heard(text: str) -> str:
    """The words that are no code, picture, table or quote, with single spaces between them."""
    return " ".join(" ".join(_blocks(_MARKDOWN.parse(text))).split())


def _blocks(tokens: list[Token]) -> Iterator[str]:
    hidden = 0
    for token in tokens:
        if token.type in ("blockquote_open", "table_open"):
            hidden += 1
        elif token.type in ("blockquote_close", "table_close"):
            hidden -= 1
        elif hidden:
            continue
        elif token.type == "inline":
            yield "".join(_inline(token.children or []))
        elif token.type == "html_block":
            yield _BLOCK_TAG.sub(" ", token.content)


def _inline(tokens: list[Token]) -> Iterator[str]:
    struck = 0
    for token in tokens:
        if token.type in ("s_open", "s_close"):
            struck += 1 if token.type == "s_open" else -1
        elif struck:
            continue
        elif token.type in ("text", "code_inline", "text_special"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
