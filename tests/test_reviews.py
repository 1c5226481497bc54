"""Comments and approval, in a file beside the script."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.reviews import Review, read_review, review_path, write_review

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
