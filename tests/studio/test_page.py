"""The studio in a real browser, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.studio.visits import BOTH, TEXT, Visit, open_script, saved, tab_to
from tests.support.waiting import until


@BOTH
def test_an_empty_folder_welcomes_and_leads_to_sound(visit: Visit, folder: Path) -> None:
    page = visit()
    expect(page.get_by_role("heading", level=1).last).to_contain_text("quiet place")
    page.get_by_role("button", name="Begin with a short example").click()
    page.wait_for_selector(".thing-speech")
    assert (folder / "first-session.md").is_file()
    page.get_by_role("button", name="Play", exact=True).click()
    until(lambda: page.locator("#clock").inner_text() >= "0:01", "the clock went on")
    page.get_by_role("button", name="Pause", exact=True).click()


@BOTH
def test_a_sentence_is_written_and_heard_by_keyboard_alone(visit: Visit, folder: Path) -> None:
    (folder / "evening.md").write_text(TEXT)
    page = visit()
    tab_to(page, ".name")
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nNow rest as you are.\n")
    page.wait_for_selector(".thing-speech:has-text('Now rest as you are.'):not(.missing)")
    page.keyboard.press("Control+ ")
    until(lambda: page.locator("#clock").inner_text() >= "0:01", "the clock went on")
    page.keyboard.press("Control+ ")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    saved(folder, TEXT + "\nNow rest as you are.\n")


def test_what_is_typed_is_planned_underlined_and_saved(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    page.locator(".cm-line", has_text="Sit down.").click()
    page.keyboard.press("End")
    page.keyboard.type(" [puase 3s]")
    expect(page.locator(".findings")).to_contain_text("unknown cue 'puase'")
    page.wait_for_selector(".cm-lintRange-error")
    for _ in range(len(" [puase 3s]")):
        page.keyboard.press("Backspace")
    page.keyboard.type(" And rest.")
    expect(page.locator(".findings")).not_to_contain_text("puase")
    page.wait_for_selector(".thing-speech:has-text('And rest.')")
    saved(folder, TEXT.replace("Let your eyes close.", "Let your eyes close. And rest."))


def test_a_pause_is_dragged_and_undone(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    pause = page.locator(".thing-pause").first
    box, board = pause.bounding_box(), page.locator(".board").bounding_box()
    assert box is not None
    assert board is not None
    seconds = float(page.locator("#clock").inner_text().rpartition(":")[2])
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + board["width"] * 3 / seconds, box["y"] + 4, steps=4)
    page.mouse.up()
    until(lambda: "[pause 5s]" not in page.locator(".cm-content").inner_text(), "the pause was changed")
    text = page.locator(".cm-content").inner_text()
    length = float(text.partition("[pause ")[2].partition("s]")[0])
    assert 7.5 <= length <= 8.5
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".cm-content")).to_contain_text("[pause 5s]")
    saved(folder, TEXT)


@BOTH
def test_the_timeline_is_used_by_keys_alone(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    board = page.get_by_role("listbox", name="Timeline")
    board.focus()
    page.keyboard.press("Home")
    chosen = page.locator('.thing[aria-selected="true"]')
    while "pause" not in (chosen.get_attribute("class") or ""):
        page.keyboard.press("ArrowRight")
    assert board.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".cm-content")).to_contain_text("[pause 5.5s]")
    while "breath" not in (chosen.get_attribute("class") or ""):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".cm-content")).to_contain_text("[breathe 4-6 x3 words none]")


def test_a_drag_that_would_break_something_is_told(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    board = page.get_by_role("listbox", name="Timeline")
    board.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#told")).to_contain_text("no silence before it")


def test_another_programs_change_is_offered_and_neither_text_is_lost(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    (folder / "evening.md").write_text(TEXT + "\nTheirs.\n")
    page.locator(".cm-line", has_text="Sit down.").click()
    page.keyboard.press("End")
    page.keyboard.type(" Mine.")
    page.get_by_role("button", name="Keep mine").click()
    saved(folder, TEXT.replace("close.", "close. Mine."))
    kept = [path.read_text() for path in (folder / ".voiceguide" / "versions").rglob("*.txt")]
    assert TEXT + "\nTheirs.\n" in kept


def test_a_deleted_script_can_be_brought_back(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    page.get_by_role("button", name="Scripts", exact=True).click()
    page.get_by_label("More about evening.md").click()
    page.get_by_role("button", name="Delete").click()
    until(lambda: not (folder / "evening.md").exists(), "the script was deleted")
    page.locator("#told").get_by_role("button", name="Bring back").click()
    until(lambda: (folder / "evening.md").exists(), "the script came back")


def test_it_speaks_german_too(visit: Visit, folder: Path) -> None:
    (folder / "evening.md").write_text(TEXT)
    page = visit()
    page.locator(".language select").select_option("de")
    page.wait_for_selector("body.ready")
    expect(page.get_by_role("button", name="Neues Skript")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "de"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(visit: Visit, folder: Path, scheme: str, width: int) -> None:
    page = open_script(folder, visit, color_scheme=scheme, viewport={"width": width, "height": 844})
    for shown in (False, True):
        if shown:
            page.get_by_role("button", name="Scripts", exact=True).click()
            page.wait_for_timeout(300)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
