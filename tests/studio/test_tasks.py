"""A first evening with the studio, from an empty folder to a pack on disk: by mouse, and once more by keyboard alone, in
both browsers. What is typed is typed in both; recording, which needs a microphone that plays a file, is ``test_prompter``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.documents.made import document
from tests.studio.visits import Visit, saved, tab_to
from tests.support.waiting import until

SETTINGS = "---\nvoice: system\n---\n"
SCRIPT = "# Arrive\n\nSit down. [pause 5s] Let your eyes close.\n\nNow rest. [pause 6m..18m]\n"
FITTED = "---\nvoice: system\nlength: 12m\n---\n"


class Hands:
    """What a person does to a page, with a ``mouse`` or by ``keyboard``."""

    def __init__(self, page: Page, way: str) -> None:
        self.page, self.mouse = page, way == "mouse"

    def press(self, what: Locator, back: bool = False) -> None:
        """Clicks on a button; or goes to it with Tab (``back``: with Shift), and presses Enter."""
        if self.mouse:
            what.click()
        else:
            tab_to(self.page, what, back)
            self.page.keyboard.press("Enter")

    def choose_tab(self, name: str, first: Locator, steps: int, back: bool = False) -> None:
        """One of a row of tabs, of which the ``first`` is chosen."""
        if self.mouse:
            self.page.get_by_role("tab", name=name).click()
            return
        tab_to(self.page, first, back)
        for _ in range(steps):
            self.page.keyboard.press("ArrowRight")
        expect(self.page.get_by_role("tab", name=name)).to_be_focused()

    def go_to(self, what: Locator, back: bool = False) -> None:
        """Into a field."""
        if self.mouse:
            what.click()
        else:
            tab_to(self.page, what, back)


@pytest.mark.parametrize(
    ("browser", "way"), [("chromium", "mouse"), ("firefox", "keyboard")], indirect=["browser"], ids=lambda value: value
)
def test_a_first_evening(visit: Visit, folder: Path, tmp_path: Path, way: str) -> None:
    page = visit()
    hands = Hands(page, way)
    _write_and_hear(page, hands, folder)
    _drag_a_pause(page, hands, folder)
    _fit_to_twelve_minutes(page, hands, folder)
    _import_a_word_script(page, hands, folder, tmp_path)
    _build_and_open_the_pack(page, hands, folder)


def _write_and_hear(page: Page, hands: Hands, folder: Path) -> None:
    expect(page.get_by_role("heading", level=1).last).to_contain_text("quiet place")
    assert list(folder.glob("*.md")) == []
    hands.press(page.get_by_role("button", name="Begin with a short example"))
    expect(page.locator("#title")).to_have_text("first-session")
    hands.go_to(page.locator(".cm-content"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")
    page.keyboard.insert_text(SETTINGS)
    page.keyboard.type(SCRIPT)
    page.wait_for_selector(".thing-speech:has-text('Sit down.'):not(.missing)")
    saved(folder, SETTINGS + SCRIPT, "first-session.md")
    if hands.mouse:
        page.get_by_role("button", name="Play", exact=True).click()
    else:
        page.keyboard.press("Control+ ")
    until(lambda: page.locator("#clock").inner_text() >= "0:01", "the clock went on")
    if hands.mouse:
        page.get_by_role("button", name="Pause", exact=True).click()
    else:
        page.keyboard.press("Control+ ")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def _drag_a_pause(page: Page, hands: Hands, folder: Path) -> None:
    """The pause of five seconds becomes one of eight, and is five seconds long again."""
    board = page.get_by_role("listbox", name="Timeline")
    pause = page.locator(".thing-pause").first
    if hands.mouse:
        page.get_by_role("button", name="All of it").click()
        page.locator(".thing-speech").first.click()
        while _box(pause)["width"] < 60:
            page.get_by_role("button", name="Closer").click()
        box = _box(pause)
        end, middle = box["x"] + box["width"] - 2, box["y"] + box["height"] / 2
        page.mouse.move(end, middle)
        page.mouse.down()
        page.mouse.move(end + box["width"] * 3 / 5, middle, steps=4)
        page.mouse.up()
    else:
        tab_to(page, board)
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        expect(page.locator('.thing[aria-selected="true"]')).to_have_attribute("aria-label", "Pause , at 0:01, 5 s")
        for _ in range(6):
            page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".cm-content")).to_contain_text("[pause 8s]")
    page.locator(".cm-content").focus()
    for _ in range(1 if hands.mouse else 6):
        page.keyboard.press("Control+z")
    expect(page.locator(".cm-content")).to_contain_text("[pause 5s]")
    saved(folder, SETTINGS + SCRIPT, "first-session.md")


def _box(what: Locator) -> dict[str, float]:
    found = what.bounding_box()
    assert found is not None
    return dict(found)


def _fit_to_twelve_minutes(page: Page, hands: Hands, folder: Path) -> None:
    hands.choose_tab("Session", page.get_by_role("tab", name="Findings"), 1)
    field = page.get_by_label("Length of the session, such as")
    slider = page.get_by_role("slider", name="The session lasts")
    expect(slider).to_be_enabled()
    if hands.mouse:
        box = _box(slider)
        page.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    else:
        hands.go_to(slider)
        page.keyboard.press("End")
    until(lambda: "length: 18m" in (folder / "first-session.md").read_text(), "the longest was written")
    if hands.mouse:
        field.click()
    else:
        tab_to(page, field, back=True)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("#clock")).to_contain_text("/ 12:00")
    expect(field).to_have_value("12:00")
    saved(folder, FITTED + SCRIPT, "first-session.md")


def _import_a_word_script(page: Page, hands: Hands, folder: Path, place: Path) -> None:
    word = place / "My evening.docx"
    word.write_bytes(document("docx"))
    hands.press(page.get_by_role("button", name="Scripts", exact=True), back=True)
    with page.expect_file_chooser() as chosen:
        hands.press(page.get_by_role("button", name="Import a document"))
    chosen.value.set_files(word)
    report = page.get_by_role("dialog", name="Imported")
    expect(report).to_contain_text("My evening.docx was read as a Word document")
    expect(report).to_contain_text("8 translated, 0 guessed, 0 lost")
    if hands.mouse:
        report.get_by_role("button", name="Close").click()
    else:
        page.keyboard.press("Escape")
    expect(report).to_be_hidden()
    expect(page.locator(".cm-content")).to_contain_text("Sit down, and let both feet stand on the floor.")
    expect(page.locator("#title")).to_have_text("My-evening")
    assert (folder / "My-evening.md").is_file()


def _build_and_open_the_pack(page: Page, hands: Hands, folder: Path) -> None:
    hands.press(page.get_by_role("button", name="Make", exact=True), back=True)
    hands.choose_tab("A pack", page.get_by_role("tab", name="A session"), 1)
    for name, text in (("title", "Evenings"), ("voice", "system")):
        hands.go_to(page.locator(f'.pack-form > .fields [name="{name}"]'))
        page.keyboard.type(text)
    hands.press(page.get_by_role("button", name="Add this script"))
    expect(page.locator('.rows-of [name="lengths"]')).to_be_focused()
    hands.press(page.get_by_role("button", name="Build the pack"))
    player = page.frame_locator(".player-frame")
    expect(player.get_by_role("heading", name="Evenings")).to_be_visible()
    hands.press(page.get_by_role("button", name="Pack it as a zip"))
    expect(page.get_by_role("link", name="Download scripts.zip")).to_be_focused()
    built = folder / "packs" / "scripts"
    assert (built / "index.html").is_file()
    assert len(list(built.glob("My-evening.*.mp3"))) == 1
    assert (folder / "packs" / "scripts.zip").is_file()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Make")).to_be_hidden()
