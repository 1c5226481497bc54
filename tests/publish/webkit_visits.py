"""Visits to the player's page in WebKit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.publish.visits import PATIENCE, SPY, Flow
from tests.support.webkit import WebDriver

_KEYS = {"ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Escape": "\ue00c", "Space": " "}  # as WebDriver names them
_ASKED = """
const [argument, done] = arguments;
(async () => {
  const value = (%s);
  return typeof value === "function" ? value(argument) : value;
})().then((value) => done([value]), (error) => done(String(error)));
"""
_SPIED = "spied.html"


class WebKitVisit(Flow):
    """A page in WebKit. There is one browser for all, so what pages remember is forgotten first."""

    def __init__(self, driver: WebDriver, address: str) -> None:
        self._driver = driver
        driver.ask("/timeouts", {"script": int(1000 * PATIENCE)})
        driver.ask("/url", {"url": address.partition("#")[0]})
        self.evaluate("localStorage.clear()")
        driver.ask("/url", {"url": "about:blank"})
        driver.ask("/url", {"url": address})
        self.arrives()

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        found = self._driver.run(_ASKED % expression, argument)
        assert not isinstance(found, str), f"{expression}: {found}"
        return found[0]

    def wait(self, milliseconds: float) -> None:
        time.sleep(milliseconds / 1000)

    def press(self, selector: str) -> None:
        self._driver.press(selector)

    def key(self, name: str) -> None:
        self._driver.key(_KEYS.get(name, name))

    def reload(self) -> None:
        self._driver.ask("/refresh")
        self.arrives()

    def resize(self, width: int, height: int) -> None:
        self._driver.ask("/window/rect", {"width": width, "height": height})


@contextmanager
def webkit_visits(driver: WebDriver, folder: Path) -> Iterator[Callable[..., WebKitVisit]]:
    """Opens the page of a folder, or that at another address of it. What listens to it is a script of the page, since a
    WebDriver can't bring one along."""
    page = (folder / "index.html").read_text("utf-8")
    (folder / _SPIED).write_text(
        page.replace("<script defer", '<script src="spy.js"></script>\n<script defer', 1), "utf-8"
    )

    def opened(path: str = "", *, script: str = "", address: str | None = None) -> WebKitVisit:
        (folder / "spy.js").write_text(SPY + script, "utf-8")
        return WebKitVisit(driver, f"{address or f'{folder.as_uri()}/'}{_SPIED}{path}")

    yield opened
