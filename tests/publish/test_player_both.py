"""The player in Chromium and in Firefox: what depends on a browser's clock, its drawing and its storage."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.publish.silent import breaths, long_pack
from tests.publish.visits import Open, Pack, visits
from tests.support.chromium import chromium
from tests.support.firefox import firefox


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return long_pack(tmp_path_factory.mktemp("long"))


@pytest.fixture(scope="module", params=[chromium, firefox])
def both(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with request.param() as started:
        yield started


@pytest.fixture
def in_both(both: Browser, pack: Pack) -> Iterator[Open]:
    with visits(both, pack.folder / "index.html") as opened:
        yield opened


def test_going_on_in_a_long_exercise_begins_with_the_breath(in_both: Open, pack: Pack) -> None:
    there = in_both("#/resonant")
    start = breaths(pack)[15]
    there.until("audio.readyState > 0")
    there.jump(start + 7.5)
    there.page.locator("#toggle").click()
    there.begins()
    there.near(start, before=0.01)
    there.page.locator("#toggle").click()
    there.stops()
    there.page.reload()
    there.until("audio.readyState > 0")
    there.near(start, before=0.01)
    there.jump(breaths(pack)[1] + 2)  # the line was said less than 20 seconds ago
    there.page.locator("#toggle").click()
    there.begins()
    assert there.page.evaluate("sought") < pack.line("Breathe with the tones.", "resonant")["start"]


def test_the_drawing_is_true_at_every_width(in_both: Open, pack: Pack) -> None:
    there = in_both("#/resonant")
    page = there.page
    seconds = pack.timelines["resonant"]["seconds"]
    end = next(row["start"] for row in pack.timelines["resonant"]["chapters"] if row["title"] == "End")
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        there.until("document.querySelector('#drawing svg').viewBox.baseVal.width === drawing.clientWidth")
        box = page.locator("#drawing").bounding_box()
        mark = page.locator("#drawing .ranges span").nth(1).bounding_box()
        assert box is not None
        assert mark is not None
        inner = box["width"] - 2
        assert mark["x"] - box["x"] - 1 == pytest.approx(inner * end / seconds, abs=1)
        bands, waves = (page.locator(f"#drawing .{name}").get_attribute("d") or "" for name in ("bands", "breaths"))
        assert bool(bands) != bool(waves)
        assert bool(waves) == (inner / seconds * 11 >= 7)


def test_the_shape_is_on_the_beat(in_both: Open, pack: Pack) -> None:
    there = in_both("#/box-3m")
    there.jump(breaths(pack, "box-3m")[3] + 1)
    there.page.locator("#toggle").click()
    there.begins()
    there.jump(breaths(pack, "box-3m")[3] + 1)
    there.until("!document.getElementById('breath').hidden")
    start = breaths(pack, "box-3m")[3]
    rows = there.page.evaluate(
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


def test_a_routine_is_one_card_and_its_cover_plays(in_both: Open) -> None:
    there = in_both()
    page = there.page
    expect(page.locator(".card h3")).to_have_text(["Resonant", "Box", "Still"])
    box = page.locator(".card").nth(1)
    expect(box.locator(".chip[aria-pressed=true]")).to_have_count(1)
    box.locator(".chip").nth(1).click()
    expect(page.locator(".card").nth(1).locator(".chip").nth(1)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Play Box").click()
    there.begins()
    assert page.evaluate("location.hash") == "#/box-2m"
    page.locator(".way a").first.click()
    page.get_by_role("button", name="Favourite: Box").click()
    page.reload()
    expect(page.get_by_role("button", name="Favourite: Box")).to_have_attribute("aria-pressed", "true")
