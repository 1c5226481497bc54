"""The first minute: a routine is heard, its first sentence changed, and something of one's own made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.studio.visits import Visit
from tests.support.waiting import until


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_routine_is_heard_changed_and_made_ones_own(visit: Visit, folder: Path, scheme: str) -> None:
    page = visit(color_scheme=scheme, viewport={"width": 390 if scheme == "dark" else 1440, "height": 844})
    sentence = page.get_by_label("Its first sentence, yours to change")
    expect(sentence).to_have_value("Good morning.")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert list(folder.glob("*.md")) == []
    page.get_by_role("button", name="Listen").click()
    expect(page.locator(".heard-now")).to_have_text("Good morning.")
    sentence.fill("Good morning, Anna.")
    sentence.press("Enter")
    expect(page.locator(".heard-now")).to_have_text("Good morning, Anna.")
    assert list(folder.glob("*.md")) == []
    page.get_by_role("button", name="Make it mine").click()
    page.wait_for_selector(".thing-speech")
    script = folder / "three-minute-wake.md"
    until(lambda: "\nGood morning, Anna. We open the curtains" in script.read_text(), "it was saved as it was changed")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_enabled()
    page.get_by_role("button", name="Scripts", exact=True).click()
    expect(page.locator(".names .about")).to_contain_text("Three-minute wake-up")
    expect(page.locator(".names .about")).to_contain_text("to 3:")
