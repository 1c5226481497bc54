"""What tests of the page share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.waiting import until

Visit = Callable[..., Page]
"""Opens the studio in a page of its own; its arguments are those of ``Browser.new_context``."""

PATIENCE = 120.0
"""Seconds for what a page does; nothing that works takes a tenth of them, on a busy machine too."""

expect.set_options(1000 * PATIENCE)

BOTH = pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True)
"""For tests that hold in both browsers; all others are done in Chromium."""

TEXT = """---
voice: system
bed: brown
---
# Arrive

Sit down. [pause 5s] Let your eyes close.

# Breathe

[breathe 4-6 x2 words none]
"""


def open_script(folder: Path, visit: Visit, **options: object) -> Page:
    """The page with ``evening.md``, which holds TEXT, open and planned."""
    (folder / "evening.md").write_text(TEXT)
    page = visit(**options)
    page.get_by_role("button", name="evening", exact=True).click()
    page.wait_for_selector(".thing-speech:not(.missing)")
    return page


def saved(folder: Path, expected: str, name: str = "evening.md") -> None:
    """Waits until a script holds what is expected."""
    until(lambda: (folder / name).read_text() == expected, f"{name} saved as expected")


def tab_to(page: Page, wanted: str | Locator, back: bool = False) -> None:
    """Presses Tab, or Shift and Tab, until what is looked for has the focus."""
    looked_for = page.locator(wanted).first if isinstance(wanted, str) else wanted
    for _ in range(120):
        if looked_for.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"Tab never comes to {wanted}")
