"""A microphone that is refused or missing, and the prompter's looks without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.studio.visits import Visit, open_script
from tests.support.chromium import chromium

NONE = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotFoundError"));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """With a microphone on every machine, which pages may not hear."""
    with chromium("--use-fake-device-for-media-stream", "--deny-permission-prompts") as started:
        yield started


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))


def _prompter(page: Page, name: str) -> None:
    page.locator("#open-prompter").click()
    page.locator(".prompter-setup input").fill(name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refused_and_a_missing_microphone_are_told_and_axe_finds_nothing(
    scheme: str, visit: Visit, folder: Path
) -> None:
    page = open_script(folder, visit, color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.locator("#open-prompter").click()
    page.wait_for_selector(".prompter-setup")
    _clean(page)
    page.keyboard.press("Escape")
    _prompter(page, "auto")
    expect(page.locator(".problem")).to_contain_text("please choose another name")
    page.keyboard.press("Escape")
    _prompter(page, "Anna")
    page.wait_for_selector(".stage .line")
    page.keyboard.press(" ")
    expect(page.locator(".tell")).to_contain_text("does not let this page hear the microphone")
    page.evaluate(NONE)
    page.keyboard.press(" ")
    expect(page.locator(".tell")).to_contain_text("No microphone was found")
    _clean(page)


def _clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
