"""The table of cues in docs/language.md, printed from the rows of :data:`voiceguide.cues.CUES`.

``python -m tests.script.page`` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.support.paths import ROOT
from voiceguide.cue_spec import CueSpec
from voiceguide.cues import CUES

PAGE = ROOT / "docs" / "language.md"
_HEAD = "| cue | what it does | options |\n|---|---|---|\n"


def _row(spec: CueSpec) -> str:
    forms = "<br>".join(f"`{form}`" for form in spec.forms)
    meaning = re.sub(r"\[end\]|\{\w+\}", lambda match: f"`{match[0]}`", spec.meaning)
    options = "<br>".join(f"`{option.form}` {option.meaning}" for option in spec.options)
    return f"| {forms} | {meaning} | {options} |\n"


def table(specs: Iterable[CueSpec] = CUES) -> str:
    return _HEAD + "".join(map(_row, specs))


def page() -> str:
    """The page with the table as it is now."""
    before, head, rest = PAGE.read_text("utf-8").partition(_HEAD)
    assert head, "docs/language.md has no table of cues"
    return before + table() + rest[rest.index("\n\n") + 1 :]


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
