"""Where the front matter of a text ends, and its settings as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voiceguide.errors import Diagnostic
from voiceguide.script.text import Text
from voiceguide.script.toml_tree import parse_toml
from voiceguide.script.yaml_tree import YamlNode, parse_yaml

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*(?:\n|$)")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|$)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|$)", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The settings as they are written: in YAML, or in TOML."""

    text: Text
    toml: bool = False

    def parsed(self) -> tuple[YamlNode | None, list[Diagnostic]]:
        """The tree; None when there is nothing in it, or when it has an error."""
        return parse_toml(self.text) if self.toml else parse_yaml(self.text)


def split(text: Text) -> tuple[FrontMatter | None, Text, list[Diagnostic]]:
    """The front matter (None when the script has none) and the body."""
    opening = _FENCE.match(text.chars)
    if not opening:
        return None, text, []
    closing = _CLOSE[opening[1]].search(text.chars, opening.end())
    if not closing:
        hint = f"write a line {opening[1]} where the settings end"
        problem = Diagnostic(text.span(0, 3), "error", "the front matter that starts here is never closed", hint)
        return None, text.slice(len(text), len(text)), [problem]
    settings = FrontMatter(text.slice(opening.end(), closing.start()), opening[1] == "+++")
    return settings, text.slice(closing.end(), len(text)), []
