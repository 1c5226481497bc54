"""Replacements in a text, and going back and forth through them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.editing.edits import Edit, History, applied


@given(st.text(max_size=30), st.data())
def test_an_edit_and_its_inverse_give_the_old_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(start, data.draw(st.integers(start, len(text))), data.draw(st.text(max_size=9)))
    assert edit.inverse(text).applied(edit.applied(text)) == text


def test_several_edits_mean_the_text_as_it_was() -> None:
    assert applied("one two three", [Edit(0, 3, "1"), Edit(8, 13, "3")]) == "1 two 3"


def test_undo_and_redo_go_through_every_step() -> None:
    history = History("a")
    for text in ("ab", "abc", "xyz"):
        history = history.changed(text, f"wrote {text}")
    seen = []
    while history.done:
        history = history.undo()
        seen.append(history.text)
    assert seen == ["abc", "ab", "a"]
    assert history.undo() is history
    assert history.redo().redo().redo().redo().text == "xyz"


def test_a_change_after_undo_ends_what_was_undone() -> None:
    history = History("a").changed("b", "x").undo().changed("c", "y")
    assert history.redo() is history
    assert history.undo().text == "a"


def test_letters_typed_in_a_row_are_one_step_and_old_steps_are_dropped() -> None:
    history = History("", most=3)
    for text in ("h", "he", "hey"):
        history = history.changed(text, "typing", joins=True)
    assert [step.after for step in history.done] == ["hey"]
    for number in range(5):
        history = history.changed(str(number), "other")
    assert len(history.done) == 3


def test_nothing_changed_is_no_step() -> None:
    history = History("same")
    assert history.changed("same", "x") is history
