"""A browser, a folder, and the studio that opens it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.studio.running import running
from tests.studio.visits import PATIENCE, Visit
from tests.support.chromium import chromium
from tests.support.firefox import firefox


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium; Firefox where a test asks for it (``visits.BOTH``)."""
    with firefox() if getattr(request, "param", None) == "firefox" else chromium() as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "scripts"
    path.mkdir()
    return path


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Visit]:
    """Opens the studio; at the end, the page must have complained of nothing, unless it was opened with ``complains``."""
    complaints: list[str] = []
    with running(folder) as studio:
        contexts = []

        def opened(complains: bool = False, **options: Any) -> Page:
            context = browser.new_context(locale="en-GB", **options)
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(1000 * PATIENCE)
            if not complains:
                page.on("console", lambda message: complaints.append(message.text))
                page.on("pageerror", lambda error: complaints.append(str(error)))
            studio.guard.renew()
            page.goto(studio.address)
            page.wait_for_selector("body.ready")
            return page

        yield opened
        for context in contexts:
            context.close()
    assert not complaints
