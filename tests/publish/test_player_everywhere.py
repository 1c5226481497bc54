"""The player in Chromium, Firefox and WebKit: what people do from begin to end, and what depends on a browser's clock, its
drawing and its storage. A folder, a server, and a server that goes away are tried in each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.publish.serving import serving
from tests.publish.silent import breaths, long_pack
from tests.publish.visits import Pack, visits
from tests.publish.webkit_visits import webkit_visits
from tests.support.chromium import chromium
from tests.support.firefox import firefox
from tests.support.webkit import webkit


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return long_pack(tmp_path_factory.mktemp("long"))


@contextmanager
def by_playwright(browser: Any, folder: Path) -> Iterator[Any]:
    with browser() as started, visits(started, folder / "index.html") as opened:
        yield opened


@contextmanager
def by_webdriver(browser: Any, folder: Path) -> Iterator[Any]:
    with browser() as started, webkit_visits(started, folder) as opened:
        yield opened


@pytest.fixture(
    scope="module",
    params=[(chromium, by_playwright), (firefox, by_playwright), (webkit, by_webdriver)],
    ids=["chromium", "firefox", "webkit"],
)
def anywhere(request: pytest.FixtureRequest, pack: Pack) -> Iterator[Any]:
    browser, opens = request.param
    with opens(browser, pack.folder) as opened:
        yield opened


def test_going_on_in_a_long_exercise_begins_with_the_breath(anywhere: Any, pack: Pack) -> None:
    there = anywhere("#/resonant")
    start = breaths(pack)[15]
    there.until("audio.readyState > 0")
    there.jump(start + 7.5)
    there.press("#toggle")
    there.begins()
    there.near(start, before=0.01)
    there.press("#toggle")
    there.stops()
    there.reload()
    there.until("audio.readyState > 0")
    there.near(start, before=0.01)
    there.jump(breaths(pack)[1] + 2)  # the line was said less than 20 seconds ago
    there.press("#toggle")
    there.begins()
    assert there.evaluate("sought") < pack.line("Breathe with the tones.", "resonant")["start"]


def test_the_drawing_is_true_at_every_width(anywhere: Any, pack: Pack) -> None:
    there = anywhere("#/resonant")
    seconds = pack.timelines["resonant"]["seconds"]
    end = next(row["start"] for row in pack.timelines["resonant"]["chapters"] if row["title"] == "End")
    for width in (320, 768, 1440):
        there.resize(width, 800)
        there.until("document.querySelector('#drawing svg').viewBox.baseVal.width === drawing.clientWidth")
        box, mark, bands, waves = there.evaluate(
            """() => {
              const drawing = document.querySelector("#drawing");
              const place = (element) => { const { x, width } = element.getBoundingClientRect(); return [x, width]; };
              const paths = ["bands", "breaths"].map((name) => drawing.querySelector(`.${name}`).getAttribute("d"));
              return [place(drawing), place(drawing.querySelectorAll(".ranges span")[1]), ...paths];
            }"""
        )
        inner = box[1] - 2
        assert mark[0] - box[0] - 1 == pytest.approx(inner * end / seconds, abs=1)
        assert bool(bands) != bool(waves)
        assert bool(waves) == (inner / seconds * 11 >= 7)


def test_the_shape_is_on_the_beat(anywhere: Any, pack: Pack) -> None:
    there = anywhere("#/box-3m")
    start = breaths(pack, "box-3m")[3]
    there.jump(start + 1)
    there.press("#toggle")
    there.begins()
    there.jump(start + 1)
    there.until("!document.getElementById('breath').hidden")
    rows = there.evaluate(
        """() => new Promise((done) => {
          const rows = [];
          const look = () => {
            const shape = document.querySelector('#breath .shape').style.transform;
            rows.push([audio.currentTime, Number(/[\\d.]+/.exec(shape)[0])]);
            if (rows.length < 30) requestAnimationFrame(look); else done(rows);
          };
          requestAnimationFrame(look);
        })"""
    )
    for now, scale in rows[1:]:
        if not start <= now < start + 4:
            continue
        share = math.acos(1 - 2 * (scale - 0.42) / 0.58) / math.pi
        assert share * 4 == pytest.approx(now - start, abs=1 / 30)


def test_a_routine_is_one_card_and_its_cover_plays(anywhere: Any) -> None:
    there = anywhere()
    titles = "[...document.querySelectorAll('.card h3')].map((title) => title.textContent)"
    assert there.evaluate(titles) == ["Resonant", "Box", "Still"]
    box = ".card:nth-child(2)"
    assert there.evaluate(f"document.querySelectorAll('{box} .chip[aria-pressed=true]').length") == 1
    there.press(f"{box} .chip:nth-child(2)")
    there.until(f"document.querySelector('{box} .chip:nth-child(2)').ariaPressed === 'true'")
    there.press(f"{box} .play-cover")
    there.begins()
    assert there.evaluate("location.hash") == "#/box-2m"
    there.press(".way a")
    there.press(f"{box} .like")
    there.reload()
    there.until(f"document.querySelector('{box} .like').ariaPressed === 'true'")


def test_with_closed_eyes_keys_and_tones_answer(anywhere: Any, pack: Pack) -> None:
    there = anywhere("#/box-2m")
    there.until("audio.readyState > 0")
    there.press("#close-eyes")
    there.begins()
    there.shows("#first-gesture", "Tap: pause, and go on")
    there.key("Space")
    there.stops()
    there.key("ArrowRight")
    there.begins()
    assert len(there.tones) == 4
    there.key("Escape")
    there.stops()
    there.until("!document.getElementById('player').hidden")


def test_the_plan_fills_at_the_end(anywhere: Any, pack: Pack) -> None:
    there = anywhere("#/still")
    there.until("audio.readyState > 0")
    there.press("#toggle")
    there.begins()
    there.jump(pack.timelines["still"]["seconds"] - 0.15)
    there.until("audio.ended && document.activeElement.id === 'done-title'")
    there.shows("#done-next", "Box")
    there.press(".way a")
    there.shows("#today", "Box")
    there.until("document.querySelectorAll('.dot.full').length === 1")


def test_kept_sessions_play_when_the_server_is_gone(anywhere: Any, pack: Pack, request: pytest.FixtureRequest) -> None:
    """Below a path of a larger site."""
    offline = "webkit" not in request.node.callspec.id  # WebKitGTK starts no service worker under a WebDriver
    with serving(pack.folder.parent) as served:
        there = anywhere(address=f"{served.address}{pack.folder.name}/")
        if offline:
            there.evaluate("navigator.serviceWorker.ready.then(() => true)")
        there.evaluate("location.hash = '#/box-2m'")
        there.until("audio.readyState > 0")
        there.press("#session-links .keep")
        there.until("document.querySelector('#session-links .keep').ariaPressed === 'true'")
        if offline:
            served.stop()
            there.reload()
            there.until("audio.readyState > 0")
        there.press("#toggle")
        there.begins()
