"""A real Chromium without a window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.support.browser_install import how, system_browser

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio")


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Chromium, with further ``flags``: the system's, else Playwright's own, else one that is installed now."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        path = system_browser(_NAMES, "chromium", own, "chromium") or own
        try:
            browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *flags])
        except Error as error:
            pytest.fail(f"Chromium did not start: {error.message.splitlines()[0]}. {how('chromium')}")
        try:
            yield browser
        finally:
            browser.close()
