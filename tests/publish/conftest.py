"""A browser, and visits to the page of a test file's ``pack``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.publish.visits import Open, Pack, visits
from tests.support.chromium import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def visit(browser: Browser, pack: Pack) -> Iterator[Open]:
    with visits(browser, pack.folder / "index.html") as opened:
        yield opened
