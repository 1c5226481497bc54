"""The prompter of the studio's page: how it is opened, and what it is doing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.studio.visits import Visit


def prompter(visit: Visit, folder: Path, text: str, line: str) -> Page:
    """The page with a script's prompter for the voice Anna, which shows the script's first ``line``."""
    (folder / "evening.md").write_text(text)
    page = visit()
    page.get_by_role("button", name="evening", exact=True).click()
    page.wait_for_selector(".thing-speech:not(.missing)")
    page.get_by_role("button", name="Your voice").click()
    page.get_by_label("Name of the voice").fill("Anna")
    page.keyboard.press("Enter")
    expect(page.locator(".stage .line")).to_have_text(line)
    return page


def doing(page: Page, what: str) -> None:
    """Waits until the prompter does this: ``counting``, ``recording``, ``judging`` or ``idle``."""
    page.wait_for_selector(f'.prompter[data-doing="{what}"]')
