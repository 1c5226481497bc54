"""Comments and approval, in a file beside the script."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.reviews import Review, read_review, review_path, standing, unapproved, write_review

TEXT = "One.\n\nTwo.\n\nThree.\n"


def test_an_edit_takes_an_approval_back(tmp_path: Path) -> None:
    script = tmp_path / "evening.md"
    write_review(script, Review().with_state("approved", TEXT, "Ben"))
    review = read_review(script)
    assert review.state_of(TEXT) == "approved"
    assert review.state_of(TEXT + "More.\n") == "draft"
    assert review.by == "Ben"


def test_comments_are_made_done_and_removed(tmp_path: Path) -> None:
    review = Review().with_comment("Too long?", line=3, quote="Two.").with_comment("Nice.", seconds=12.5)
    first, second = review.comments
    review = review.with_done(first.key).without(second.key)
    write_review(tmp_path / "x.md", review)
    assert read_review(tmp_path / "x.md").comments == (review.comments[0],)
    assert review.comments[0].done


def test_comments_go_with_their_lines() -> None:
    review = Review().with_comment("Here.", line=5).with_comment("At the start.", line=1)
    moved = review.moved(TEXT, "Zero.\n\n" + TEXT.replace("Two.\n\n", ""))
    assert [comment.line for comment in moved.comments] == [5, 3]


def test_after_another_programs_change_comments_are_found_by_their_quotes() -> None:
    review = Review().with_comment("Here.", line=3, quote="Two.").with_comment("Gone.", line=5, quote="Three.")
    placed = review.placed(TEXT).placed("New.\n\nOne.\n\nTwo.\n")
    assert [comment.line for comment in placed.comments] == [5, 5]
    assert placed.placed("New.\n\nOne.\n\nTwo.\n") is placed


def test_of_equal_lines_the_nearest_is_meant_and_an_edit_keeps_the_own_one() -> None:
    text = "[pause 5s]\n\nOne.\n\n[pause 5s]\n"
    review = Review().with_comment("Long?", line=5, quote="[pause 5s]").placed(text)
    edited = review.moved(text, text.replace("One.", "One and a half."))
    assert edited.comments[0].line == 5
    changed = text[::-1].replace("]s5", "]s6", 1)[::-1]
    assert review.moved(text, changed).placed(changed).comments[0].line == 5  # not the other pause


def test_line_ends_and_a_byte_order_mark_make_no_other_text() -> None:
    review = Review().with_state("approved", TEXT)
    assert review.state_of("\ufeff" + TEXT.replace("\n", "\r\n")) == "approved"


def test_where_a_script_stands_is_told(tmp_path: Path) -> None:
    script, other = tmp_path / "evening.md", tmp_path / "settle.md"
    for path in (script, other):
        path.write_text(TEXT)
    assert standing(script) is None
    assert unapproved([script]) == "has not been reviewed"
    review = Review().with_comment("Open.", line=1).with_comment("Done.", line=3)
    write_review(script, review.with_done(review.comments[1].key).with_state("in review", TEXT, "Ben"))
    stands = standing(script)
    assert stands is not None
    assert (stands.state, stands.by, stands.changed) == ("in review", "Ben", False)
    assert [comment.text for comment in stands.comments] == ["Open."]
    assert unapproved([script]) == "is in review"
    write_review(script, review.with_state("approved", TEXT, "Ben"))
    assert unapproved([script]) is None
    assert unapproved([script, other]) == "settle.md, which it includes, has not been reviewed"
    script.write_text(TEXT + "More.\n")
    assert unapproved([script]) == "has been changed since"
    review_path(script).write_text("{")
    assert "cannot be read" in (unapproved([script]) or "")


def test_without_a_review_a_script_is_a_draft(tmp_path: Path) -> None:
    assert read_review(tmp_path / "none.md") == Review()


@pytest.mark.parametrize(
    "content", ["", "{}", "[1", '{"schema": "other/1"}', '{"schema": "voiceguide.review/1", "state": "x"}']
)
def test_what_is_no_review_is_said_and_left_alone(tmp_path: Path, content: str) -> None:
    path = review_path(tmp_path / "x.md")
    path.write_text(content)
    with pytest.raises(ValueError, match=r"x\.review\.json"):
        read_review(tmp_path / "x.md")
    assert path.read_text() == content


def test_an_empty_or_endless_comment_is_refused() -> None:
    for text in (" ", "x" * 5000):
        with pytest.raises(ValueError, match="characters at most"):
            Review().with_comment(text)
