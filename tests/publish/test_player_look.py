"""What the player looks like, and how it is shared: sizes of what is touched, the first screen, a frame in another page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.publish.serving import serving
from tests.publish.silent import breaths, long_pack
from tests.publish.visits import PHONE, Open, Pack


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The long sessions, and more routines of the kind, so that there is something to search."""
    made = long_pack(tmp_path_factory.mktemp("long"))
    still = made.manifest.sessions[-1]
    more = {
        f"more-{number}": replace(
            still, name=f"more-{number}", script=f"more-{number}", title=f"Rest {number}", tags=(tag,)
        )
        for number, tag in enumerate(("jaw", "jaw", "brow"))
    }
    manifest = replace(made.manifest, sessions=(*made.manifest.sessions, *more.values()))
    larger = Pack(made.folder, manifest, {**made.timelines, **dict.fromkeys(more, made.timelines["still"])})
    larger.write(made.folder)
    return larger


SMALL = """() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
  const own = (element) => element.closest("label.check") ?? element;
  const all = [...document.querySelectorAll("button, select, summary, a, input")].filter(shown).map(own);
  // lines of text are read, and a card is one target with its title
  const touched = all.filter((element) => !element.matches("#transcript a, .card h3 a"));
  const isSmall = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return height < 47.5 || (width < 47.5 && !element.matches("a"));
  };
  return touched.filter(isSmall).map((element) => `${element.id} ${element.className} ${element.textContent.slice(0, 30)}`);
}"""


@pytest.mark.parametrize("width", [320, 390])
def test_whatever_is_touched_is_large_enough_for_oily_hands(visit: Open, width: int) -> None:
    there = visit(**{**PHONE, "viewport": {"width": width, "height": 844}})
    page = there.page
    page.get_by_role("button", name="Filters").tap()
    expect(page.locator("#by-tag")).to_be_visible()
    assert page.evaluate(SMALL) == []
    page.evaluate("location.hash = '#/box-2m'")
    expect(page.locator("#player")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    assert page.evaluate(SMALL) == []


def test_the_first_screen_of_a_phone_shows_four_routines_beside_the_plan(visit: Open) -> None:
    page = visit(**PHONE).page
    expect(page.locator("#today")).to_be_visible()
    boxes = [card.bounding_box() for card in page.locator(".card").all()]
    assert sum(box is not None and box["y"] + box["height"] <= 844 for box in boxes) >= 4


def test_the_list_is_narrowed_by_kind_and_by_length(visit: Open) -> None:
    page = visit().page
    page.locator("#by-tag").select_option("jaw")
    expect(page.locator(".card:visible h3")).to_have_text(["Rest 0", "Rest 1"])
    page.locator("#by-length").select_option("middle")
    expect(page.get_by_text("No session is like that.")).to_be_visible()


BESIDE = """
globalThis.shared = []; globalThis.shaken = [];
navigator.share = async (what) => { shared.push(what); };
navigator.vibrate = (pattern) => { shaken.push(String(pattern)); return true; };
"""


def test_a_moment_is_shared_and_the_breath_can_be_felt(visit: Open, pack: Pack) -> None:
    with serving(pack.folder) as served:
        there = visit("#/box-2m", script=BESIDE, address=served.address)
        page = there.page
        there.jump(breaths(pack, "box-2m")[2] - 0.2)
        page.get_by_role("button", name="15 seconds on").click()
        page.get_by_role("button", name="15 seconds back").click()
        there.until("!audio.seeking")
        page.get_by_role("button", name="Share").click()
        there.until("shared.length === 1")
        assert page.evaluate("shared[0].url") == f"{served.address}#/box-2m/{int(there.now)}"
        page.get_by_text("Sleep timer and settings").click()
        page.get_by_label("Vibrate with the breath").check()
        page.locator("#toggle").click()
        there.begins()
        there.jump(breaths(pack, "box-2m")[2] + 0.1)
        there.until("shaken.includes('60,60,60')")
        there.jump(breaths(pack, "box-2m")[2] + 8.1)
        there.until("shaken.includes('220')")


def test_text_size_and_contrast_are_chosen_and_kept(visit: Open) -> None:
    page = visit(contrast="more").page
    assert page.evaluate("document.documentElement.classList.contains('contrast')")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_label("Text", exact=True).select_option("1.45")
    page.get_by_label("Strong contrast").uncheck()
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == pytest.approx(1.45 * before)
    assert not page.evaluate("document.documentElement.classList.contains('contrast')")


def test_a_session_plays_in_a_frame_of_another_page(visit: Open, pack: Pack, tmp_path: Path) -> None:
    with serving(pack.folder) as served, serving(tmp_path) as other:
        frame = f'<iframe src="{served.address}?embed#/still" width="640" height="380" allow="autoplay"></iframe>'
        (tmp_path / "index.html").write_text(f"<!doctype html><title>Practice</title><main>{frame}</main>", "utf-8")
        there = visit(address=f"{other.address}#")
        inside = there.page.frame_locator("iframe")
        inside.locator("#toggle").click()
        expect(inside.get_by_role("button", name="Pause")).to_be_visible()
        for part in ("#foot", ".reading", ".way", "#session-links"):
            expect(inside.locator(f"#player {part}, {part}").first).to_be_hidden()
        whole = inside.get_by_role("link", name="Open the whole page")
        expect(whole).to_have_attribute("href", f"{served.address}#/still")
        expect(whole).to_have_attribute("target", "_blank")
        assert inside.locator("html").evaluate("page => page.scrollWidth <= innerWidth")
        assert [line for line in there.complaints if "404" not in line] == []  # for the icon of the other page
