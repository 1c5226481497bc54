"""Where the characters of one text stand in the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.editing.changes import TextChange

TEXTS = st.text(alphabet="ab \n", max_size=60)


def test_a_word_typed_into_a_line_moves_what_follows_it() -> None:
    change = TextChange.between("One. Two. Three.", "One. Two and a half. Three.")
    assert [change.moved(at) for at in (0, 5, 10)] == [0, 5, 21]


def test_what_was_removed_is_nowhere() -> None:
    change = TextChange.between("One. Two. Three.", "One. Three.")
    assert change.moved(6) is None
    assert change.moved(len("One. Two. Th")) == len("One. Th")


def test_a_sentence_that_was_taken_out_is_the_one_that_is_gone() -> None:
    old = "Two is here. Three is here."
    change = TextChange.between(old, "Three is here.")
    assert change.moved(0) is None
    assert change.moved(old.index("Three")) == 0


def test_lines_between_two_changes_keep_their_place() -> None:
    old = "first\nkept\nalso kept\nlast\n"
    new = "FIRST, longer\nkept\nalso kept\nLAST\n"
    assert TextChange.between(old, new).moved(old.index("also")) == new.index("also")


@given(TEXTS, TEXTS)
def test_a_character_that_moved_is_the_same_and_order_is_kept(old: str, new: str) -> None:
    change = TextChange.between(old, new)
    moved = [(at, change.moved(at)) for at in range(len(old))]
    places = [there for _, there in moved if there is not None]
    assert all(old[at] == new[there] for at, there in moved if there is not None)
    assert places == sorted(set(places))


WORDS = st.text(alphabet="ab ", max_size=20)


@given(WORDS, WORDS, WORDS, WORDS)
def test_one_edit_keeps_as_much_as_lies_around_it(before: str, old: str, new: str, behind: str) -> None:
    change = TextChange.between(before + old + behind, before + new + behind)
    assert sum(length for _, _, length in change.shared) >= len(before) + len(behind)
