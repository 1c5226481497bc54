"""Replacements in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.editing.edits import Edit, applied


@given(st.text(max_size=30), st.data())
def test_an_edit_and_its_inverse_give_the_old_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(start, data.draw(st.integers(start, len(text))), data.draw(st.text(max_size=9)))
    assert edit.inverse(text).applied(edit.applied(text)) == text


def test_several_edits_mean_the_text_as_it_was() -> None:
    assert applied("one two three", [Edit(0, 3, "1"), Edit(8, 13, "3")]) == "1 two 3"


@given(st.text(alphabet="ab\n", max_size=12), st.text(alphabet="ab\n", max_size=12))
def test_the_edit_between_two_texts_turns_one_into_the_other(old: str, new: str) -> None:
    edit = Edit.between(old, new)
    assert edit.applied(old) == new
    assert old != new or (edit.start == edit.end and not edit.new)
