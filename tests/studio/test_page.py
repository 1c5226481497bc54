"""The studio in a real browser, by mouse and by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.studio.visits import BOTH, TEXT, Visit, open_script, saved
from tests.support.waiting import until


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


def test_what_is_chosen_stays_so_when_an_edit_before_it_moves_it_in_the_text(visit: Visit, folder: Path) -> None:
    page = open_script(folder, visit)
    page.get_by_role("listbox", name="Timeline").focus()
    page.keyboard.press("Home")
    chosen = page.locator('.thing[aria-selected="true"]')
    while "pause" not in (chosen.get_attribute("class") or ""):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".thing-pause").first).to_have_attribute("aria-label", re.compile("5.5"))
    expect(chosen).to_have_text("Let your eyes close.")


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
    _it_says_in_german(page)


def _it_says_in_german(page: Page) -> None:
    """What is found in a text, what cannot be done, and what a cue does."""
    page.get_by_role("button", name="evening", exact=True).click()
    page.wait_for_selector(".thing-speech:not(.missing)")
    page.get_by_role("listbox", name="Zeitleiste").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("#told")).to_have_text("Davor ist keine Stille, die kürzer sein könnte.")
    page.locator(".cm-line", has_text="Sit down.").click()
    page.keyboard.press("End")
    page.keyboard.type(" [puase 3s] {nobody}")
    findings = page.locator(".findings")
    expect(findings).to_contain_text("Zeile 7: unbekannte Anweisung „puase“ (ist „pause“ gemeint?)")
    expect(findings).to_contain_text("unbekannte Variable „nobody“")
    expect(findings).to_contain_text("gib ihr einen Wert")
    said = page.evaluate(
        """async (texts) => { const { inWords } = await import("/assets/messages.js"); return texts.map(inWords); }""",
        [
            "Line 3: Unknown cue 'x'. Write \\[ for a bracket that is spoken; 'voiceguide docs language' lists the cues. There are 2 more.",
            "x.md:3:1: error: this cue is empty\n    help: it knows no options",
            "“try harder” asks for more than does anybody good",
            "Nobody has said this.",
            "unknown cue 'this cue is empty'",
        ],
    )
    assert said == [
        "Zeile 3: Unbekannte Anweisung „x“. Schreib \\[ für eine Klammer, die gesprochen wird; „voiceguide docs language“ "
        "nennt alle Anweisungen. Es gibt noch 2 weitere.",
        "x.md:3:1: Fehler: diese Anweisung ist leer\n    Hilfe: es hat keine Angaben",
        "„try harder“ verlangt mehr, als irgendjemandem guttut",
        "Nobody has said this.",
        "unbekannte Anweisung „this cue is empty“",
    ]


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
