"""Comments and approval in the page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.studio.visits import TEXT, Visit, open_script, saved
from tests.support.waiting import until


def _review(folder: Path) -> Any:
    return json.loads((folder / "evening.review.json").read_text("utf-8"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_comments_go_with_their_lines_and_an_edit_takes_the_approval_back(
    scheme: str, visit: Visit, folder: Path
) -> None:
    page = open_script(folder, visit, color_scheme=scheme)
    page.locator(".cm-line", has_text="Sit down.").click()
    page.get_by_role("tab", name="Review").click()
    page.get_by_label("Your name").fill("Ben")
    page.get_by_label("A comment").fill("Softer?")
    page.get_by_role("button", name="To line 7").click()
    expect(page.locator(".comments li")).to_have_count(1)
    page.get_by_label("A comment").fill("Too early.")
    page.get_by_role("button", name="At 0:00").click()
    expect(page.get_by_role("tab", name="Review")).to_have_text("Review2")
    expect(page.locator(".comment-mark")).to_have_count(2)
    page.get_by_role("button", name="Approved", exact=True).click()
    expect(page.locator(".review .about")).to_contain_text("by Ben")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    page.locator(".cm-line", has_text="# Arrive").click()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Welcome.")
    expect(page.locator(".review .about")).to_contain_text("draft again")
    saved(folder, TEXT.replace("# Arrive\n", "# Arrive\nWelcome.\n"))
    until(lambda: _review(folder)["comments"][0]["line"] == 8, "the comment went with its line")
    page.get_by_role("button", name="Line 8").click()
    assert page.evaluate("getSelection().anchorNode.textContent").startswith("Sit down.")
    page.keyboard.press("Control+z")
    expect(page.locator(".review .about")).to_contain_text("Approved since")

    page.locator(".cm-comments span").click()
    expect(page.locator(".comments .place").first).to_be_focused()
    page.locator(".comments li", has_text="Softer?").get_by_role("button", name="Done").click()
    expect(page.locator(".cm-comments span")).to_have_count(0)
    assert [(one["text"], one["author"], one["done"]) for one in _review(folder)["comments"]] == [
        ("Softer?", "Ben", True),
        ("Too early.", "Ben", False),
    ]
    page.get_by_text("Done (1)").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    until(lambda: len(_review(folder)["comments"]) == 1, "the comment was removed")


def test_a_review_that_cannot_be_read_is_told_and_kept(visit: Visit, folder: Path) -> None:
    (folder / "evening.review.json").write_text("{")
    page = open_script(folder, visit)
    expect(page.locator("#told")).to_contain_text("evening.review.json cannot be read as a review")
    page.get_by_role("tab", name="Review").click()
    page.get_by_label("A comment").fill("Mine.")
    page.get_by_role("button", name="To line 1").click()
    expect(page.get_by_label("A comment")).to_have_value("Mine.")
    assert (folder / "evening.review.json").read_text() == "{"
