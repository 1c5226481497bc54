"""A real Firefox without a window."""

from __future__ import annotations

import shlex
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.support import bidi_relay
from tests.support.browser_install import how, system_browser

Preferences = Mapping[str, str | float | bool]

_NAMES = ("firefox", "firefox-esr")
_PREFERENCES: Preferences = {
    "media.autoplay.default": 0,
    "media.cubeb.force_mock_context": True,  # where there is no sound card, nothing would ever play
}
_NONE: Preferences = MappingProxyType({})


@contextmanager
def firefox(preferences: Preferences = _NONE) -> Iterator[Browser]:
    """Firefox, with further ``preferences``: the system's, which ``bidi_relay`` starts, else Playwright's own, else one
    that is installed now."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        own = Path(playwright.firefox.executable_path)
        path = system_browser(_NAMES, "firefox-esr", own, "firefox")
        started = None if path is None else _starter(path, Path(folder))
        try:
            browser = playwright.firefox.launch(
                executable_path=started or own,
                channel="moz-firefox" if started else None,
                firefox_user_prefs={**_PREFERENCES, **preferences},
            )
        except Error as error:
            pytest.fail(f"Firefox did not start: {error.message.splitlines()[0]}. {how('firefox-esr')}")
        try:
            yield browser
        finally:
            browser.close()


def _starter(path: Path, folder: Path) -> Path:
    """A program that starts Firefox through the relay."""
    starter = folder / "firefox"
    starter.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, bidi_relay.__file__, str(path)])} "$@"\n')
    starter.chmod(0o755)
    return starter
