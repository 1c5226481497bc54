"""Chapters that may be left out."""

from __future__ import annotations

import pytest

from voiceguide.editing.edits import CannotEdit
from voiceguide.editing.headings import with_optional, with_required


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
        ("# Jaw [required]", 1, "# Jaw [optional]"),
    ],
)
def test_a_heading_says_it(row: str, number: int | None, changed: str) -> None:
    text = f"Before.\n\n{row}\n\nAfter.\n"
    edit = with_optional(text, 3, number)
    assert (edit.applied(text) if edit else text) == f"Before.\n\n{changed}\n\nAfter.\n"


@pytest.mark.parametrize(
    ("row", "required", "changed"),
    [
        ("# Safety", True, "# Safety [required]"),
        ("# Safety [optional 2] ##", True, "# Safety [required] ##"),
        ("# Safety [Required]", False, "# Safety"),
        ("# Safety", False, "# Safety"),
    ],
)
def test_a_heading_says_that_it_stays(row: str, required: bool, changed: str) -> None:
    edit = with_required(row, 1, required)
    assert (edit.applied(row) if edit else row) == changed


def test_what_is_no_heading_is_said() -> None:
    with pytest.raises(CannotEdit, match="no heading on line 1"):
        with_optional("Words.\n", 1, 1)
    with pytest.raises(CannotEdit, match="no line 9"):
        with_optional("# A\n", 9, 1)
    with pytest.raises(CannotEdit, match="from 1"):
        with_optional("# A\n", 1, 0)
