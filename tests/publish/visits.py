"""Visits to the player's page in a real browser: what it asks of the browser, what it plays, what it complains about."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser, BrowserContext, expect

from voiceguide.atomic import Written
from voiceguide.publish.manifest import File, Manifest, PackSession
from voiceguide.publish.player import Stamp, player_files, steps_path, steps_script
from voiceguide.publish.timeline_document import Document

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
"""The two sizes that are tried."""

SPY = """
globalThis.tones = []; globalThis.ramps = []; globalThis.locks = 0; globalThis.headset = {};
const node = OscillatorNode.prototype, start = node.start;
node.start = function (at) { tones.push(Math.round(this.frequency.value)); return start.call(this, at); };
const param = AudioParam.prototype, set = param.setValueAtTime, ramp = param.linearRampToValueAtTime;
param.setValueAtTime = function (value, at) { this.from = [value, at]; return set.call(this, value, at); };
param.linearRampToValueAtTime = function (value, at) { ramps.push([this.from[0], at - this.from[1]]); return ramp.call(this, value, at); };
const action = MediaSession.prototype.setActionHandler;
MediaSession.prototype.setActionHandler = function (name, handler) { headset[name] = handler; return action.call(this, name, handler); };
if (globalThis.WakeLock) {
  const request = WakeLock.prototype.request;
  WakeLock.prototype.request = function (kind) { locks += 1; return request.call(this, kind); };
}
const media = HTMLMediaElement.prototype;
const { playbackRate: rate, currentTime: place } = Object.getOwnPropertyDescriptors(media);
Object.defineProperty(media, "playbackRate", {
  get() { return 8 * rate.get.call(this); }, set(value) { rate.set.call(this, value / 8); },
});
Object.defineProperty(media, "currentTime", {
  get() { return place.get.call(this); }, set(value) { globalThis.sought = value; place.set.call(this, value); },
});
"""
"""Listens to what the page asks of the browser, and passes it on. Sound plays at an eighth of its speed, so that a busy
machine does not play on past the place that is looked at; ``sought`` is the last place that was gone to."""

SLOW_CLOCK = """
const later = setTimeout, now = Date.now;
globalThis.setTimeout = (then, wait, ...rest) => later(then, 5 * wait, ...rest);
Date.now = () => now() / 5;
"""
"""A fifth of the time passes, so that two taps of a busy machine still are a double tap."""


@dataclass(frozen=True)
class Pack:
    folder: Path
    manifest: Manifest
    timelines: Mapping[str, Mapping[str, Any]]

    def line(self, text: str, name: str = "evening") -> dict[str, Any]:
        return next(row for row in self.timelines[name]["events"] if row.get("text") == text)

    def of(self, kind: str, name: str = "evening") -> dict[str, Any]:
        return next(row for row in self.timelines[name]["events"] if row["kind"] == kind)

    def chapter(self, title: str) -> float:
        start: float = next(row["start"] for row in self.timelines["evening"]["chapters"] if row["title"] == title)
        return start

    def write(self, folder: Path, manifest: Manifest | None = None) -> None:
        """The player, as the pack's build will write it."""
        beside = {"Podcast feed": "feed.xml", "Calendar": "programme.ics"}
        extras = frozenset({"evening.html"})
        for path, content in player(manifest or self.manifest, documents(self.timelines), beside, extras).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(content)


def documents(timelines: Mapping[str, Mapping[str, Any]]) -> dict[str, Document]:
    return {name: Document.of(timeline) for name, timeline in timelines.items()}


def player(
    manifest: Manifest,
    timelines: Mapping[str, Document],
    beside: Mapping[str, str] = MappingProxyType({}),
    extras: frozenset[str] = frozenset(),
) -> dict[str, bytes]:
    """The player's files, with those of each session."""
    steps = {one.name: steps_script(one, timelines[one.name]) for one in manifest.sessions}
    files = player_files(manifest, {name: Stamp.of(script) for name, script in steps.items()}, beside, extras)
    return {**files, **{steps_path(one): steps[one.name] for one in manifest.sessions}}


def file(folder: Path, path: str, media_type: str) -> File:
    written = Written.of("file", Path(path), folder / path)
    return File(path, (folder / path).stat().st_size, written.sha256, media_type)


def session(folder: Path, name: str, title: str, audio: str, **other: Any) -> PackSession:
    files = {"audio": file(folder, audio, "audio/mpeg"), **other.pop("files", {})}
    return PackSession(
        name=name, title=title, description=other.pop("description", ""), author="Ada", language="en", script=name,
        voice="system:en", length=None, seconds=other.pop("seconds"), loudness_lufs=-16.0, true_peak_dbtp=-1.0,
        fingerprint="", inputs={}, files=files, **other,
    )  # fmt: skip


class Flow(ABC):
    """A listener at a page, in whichever browser."""

    @abstractmethod
    def evaluate(self, expression: str, argument: Any = None) -> Any:
        """The value of an expression, or what a function that it gives makes of the argument."""

    @abstractmethod
    def wait(self, milliseconds: float) -> None: ...

    @abstractmethod
    def press(self, selector: str) -> None:
        """Presses the first element, as a mouse does."""

    @abstractmethod
    def key(self, name: str) -> None: ...

    @abstractmethod
    def reload(self) -> None: ...

    @abstractmethod
    def resize(self, width: int, height: int) -> None: ...

    @property
    def now(self) -> float:
        return float(self.evaluate("audio.currentTime"))

    @property
    def playing(self) -> bool:
        return bool(self.evaluate("!audio.paused"))

    @property
    def tones(self) -> list[int]:
        """The frequencies heard since this was asked last."""
        return list(self.evaluate("tones.splice(0)"))

    def until(self, condition: str) -> None:
        """Waits for it; the page's policy forbids Playwright's own way, which evaluates text inside the page."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(condition):
            assert time.monotonic() < end, f"never came true: {condition}"
            self.wait(25)

    def shows(self, selector: str, text: str) -> None:
        """The first element has the text, now or soon."""
        self.until(f"document.querySelector({json.dumps(selector)})?.textContent.includes({json.dumps(text)})")

    def arrives(self) -> None:
        self.until("[...document.querySelectorAll('main')].some(page => !page.hidden)")

    def begins(self) -> None:
        self.until("!audio.paused && audio.readyState > 2 && !audio.seeking")

    def stops(self) -> None:
        self.until("audio.paused")

    def jump(self, time: float) -> None:
        self.evaluate("time => { audio.currentTime = time }", time)
        self.until("!audio.seeking && audio.readyState > 0")

    def near(self, time: float, before: float = 0.3) -> None:
        """The player went to ``time``, where a line starts, or a little before it."""
        self.until("!audio.seeking && audio.readyState > 0")
        sought = self.evaluate("sought")
        assert time - before <= sought <= time + 0.05
        assert self.now >= sought - 0.05


class Visit(Flow):
    """A page in a browser that Playwright drives, and all that it complained about."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page, self.complaints = context.new_page(), []
        self.page.set_default_timeout(1000 * PATIENCE)
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.requests: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)
        self.arrives()

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        return self.page.evaluate(expression, argument)

    def wait(self, milliseconds: float) -> None:
        self.page.wait_for_timeout(milliseconds)

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def reload(self) -> None:
        self.page.reload()
        self.arrives()

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})


Open = Callable[..., Visit]

PATIENCE = 60.0
"""Seconds; a page that works answers within a tenth of one."""

expect.set_options(timeout=1000 * PATIENCE)


@contextmanager
def visits(browser: Browser, page: Path) -> Iterator[Open]:
    """Opens the page, or another address, in a fresh browser profile."""
    contexts = []

    def opened(path: str = "", *, script: str = "", address: str | None = None, **settings: Any) -> Visit:
        contexts.append(browser.new_context(**{**DESKTOP, **settings}))
        contexts[-1].add_init_script(SPY + script)
        return Visit(contexts[-1], f"{address or page.as_uri()}{path}")

    yield opened
    for context in contexts:
        context.close()
