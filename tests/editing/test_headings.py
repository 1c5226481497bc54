"""Chapters that may be left out."""

from __future__ import annotations

import pytest

from voiceguide.editing.edits import CannotEdit
from voiceguide.editing.headings import with_optional


@pytest.mark.parametrize(
    ("row", "number", "changed"),
    [
        ("# Jaw", 1, "# Jaw [optional]"),
        ("# Jaw  ", 3, "# Jaw [optional 3]  "),
        ("## Jaw ##", 1, "## Jaw [optional] ##"),
        ("# Jaw [optional]", 2, "# Jaw [optional 2]"),
        ("# Jaw [Optional 2]", None, "# Jaw"),
        ("# Jaw", None, "# Jaw"),
        ("# Jaw [optional 2]", 2, "# Jaw [optional 2]"),
    ],
)
def test_a_heading_says_it(row: str, number: int | None, changed: str) -> None:
    text = f"Before.\n\n{row}\n\nAfter.\n"
    edit = with_optional(text, 3, number)
    assert (edit.applied(text) if edit else text) == f"Before.\n\n{changed}\n\nAfter.\n"


def test_what_is_no_heading_is_said() -> None:
    with pytest.raises(CannotEdit, match="no heading on line 1"):
        with_optional("Words.\n", 1, 1)
    with pytest.raises(CannotEdit, match="no line 9"):
        with_optional("# A\n", 9, 1)
    with pytest.raises(CannotEdit, match="from 1"):
        with_optional("# A\n", 1, 0)
