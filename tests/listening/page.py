"""Prints the table of docs/listening.md: ``python -m tests.listening.page``."""

from __future__ import annotations

from tests.support.paths import ROOT
from voiceguide.listening.limits import RULES

PAGE = ROOT / "docs" / "listening.md"
_BEGIN, _END = "<!-- rules: begin -->\n", "<!-- rules: end -->"


def page() -> str:
    """The page with the table of what is looked for."""
    text = PAGE.read_text("utf-8")
    rows = "".join(f"| `{name}` | {finds} |\n" for name, finds in RULES.items())
    before, after = text[: text.index(_BEGIN)], text[text.index(_END) :]
    return f"{before}{_BEGIN}| name | finds |\n|---|---|\n{rows}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
