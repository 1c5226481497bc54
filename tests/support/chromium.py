"""A real Chromium: the system's, else Playwright's own, else one that is installed now."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio")
_HOW = "Install it with `apt-get install chromium`, or with `playwright install --with-deps chromium`."


def _system_chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _apt() -> bool:
    """Installs Debian's Chromium, where we may."""
    apt = shutil.which("apt-get")
    if apt is None:
        return False
    commands = ([apt, "install", "-y", "--no-install-recommends", "chromium"], [apt, "update"])
    for command in (commands[0], commands[1], commands[0]):
        done = subprocess.run(command, capture_output=True, check=False, timeout=240)
        if done.returncode == 0 and _system_chromium():
            return True
    return False


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Chromium without a window, with further ``flags``: the system's, else Playwright's own, else one that is installed now."""
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        path = _system_chromium() or (str(own) if own.exists() else None)
        if path is None and not _apt():
            done = subprocess.run(["playwright", "install", "chromium"], capture_output=True, check=False, timeout=240)
            if done.returncode != 0:
                pytest.fail(f"These tests need Chromium, which is neither here nor could be installed. {_HOW}")
        try:
            browser = playwright.chromium.launch(
                executable_path=path or _system_chromium() or str(own), args=[*_FLAGS, *flags]
            )
        except Error as error:
            pytest.fail(f"Chromium did not start: {error.message.splitlines()[0]}. {_HOW}")
        try:
            yield browser
        finally:
            browser.close()
