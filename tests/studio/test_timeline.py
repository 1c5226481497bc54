"""The timeline: from the whole session to a word, chapters that may be left out, and the level of the first bed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.studio.drags import drags, listened
from tests.studio.visits import TEXT, Visit, open_script, saved
from tests.support.waiting import until


def test_it_shows_all_and_a_single_word(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    expect(page.locator(".ruler span").first).to_have_text("0:00")
    blank = "Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height })"
    drawn = f"(canvas) => canvas.toDataURL() !== {blank}.toDataURL()"
    until(lambda: page.locator(".loudness").evaluate(drawn), "the loudness is drawn")
    board = page.get_by_role("listbox", name="Timeline")
    board.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    while page.locator(".spread b").count() == 0:
        page.keyboard.press("+")
    expect(page.locator("#timeline [role=status]")).to_contain_text("Shows 0:0")
    page.locator(".spread b", has_text="down.").click()
    assert page.evaluate("document.querySelector('.cm-activeLine').textContent").startswith("Sit down.")
    page.get_by_role("slider", name="How close").press("Home")
    expect(page.locator(".chapters")).to_contain_text("Breathe")


def test_a_chapter_may_be_left_out(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    page.get_by_role("listbox", name="Timeline").focus()
    page.keyboard.press("PageDown")
    choice = page.get_by_label("May “Breathe” be left out?")
    expect(choice).to_have_value("0")
    page.keyboard.press("o")
    expect(page.locator(".chapters .optional")).to_have_text("Breathe")
    choice.select_option("3")
    saved(folder, TEXT.replace("# Breathe", "# Breathe [optional 3]"))
    choice.select_option("0")
    saved(folder, TEXT)


def test_the_first_bed_is_dragged_louder(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    box = page.locator(".thing-bed").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] - 15, steps=3)
    expect(page.locator(".thing-bed")).to_have_text("−12 dB")
    page.mouse.up()
    saved(folder, TEXT.replace("bed: brown", "bed: brown\nlevels: {bed: 5dB}"))
    expect(page.locator(".thing-bed")).to_have_text("brown −12 dB")
    page.get_by_role("listbox", name="Timeline").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    saved(folder, TEXT.replace("bed: brown", "bed: brown\nlevels: {bed: 4dB}"))
    expect(page.locator("#timeline [role=status]")).to_contain_text("Bed brown, at 0:00")


def test_random_drags_change_what_they_mean_and_nothing_else(visit: Visit, folder: Path) -> None:
    (folder / "first.md").write_text("---\nvoice: silent\n---\nRest.\n")
    page = visit(viewport={"width": 1440, "height": 844})
    wire = listened(page)
    done = drags(page, wire, folder, 8)
    assert sum(done.values()) >= 8
