"""The session panel: what is set is heard first, and written into the front matter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.studio.visits import Visit, saved
from tests.support.waiting import until

SCRIPT = """---
voice: system
---
# Arrive

Sit down, {name}. [pause ~20s] Let your eyes close.

# Breathe [optional]

[breathe 4-6 x2..4 words none]

# Return

Open your eyes. [pause ~5s]
"""


def _panel(folder: Path, visit: Visit, text: str = SCRIPT, **options: object) -> Page:
    (folder / "evening.md").write_text(text)
    page = visit(**options)
    page.get_by_role("button", name="evening", exact=True).click()
    page.wait_for_selector("body.opened")
    page.get_by_role("tab", name="Session").click()
    return page


def _whole(page: Page) -> int:
    """The session's seconds, as the clock shows them."""
    minutes, seconds = page.locator("#clock").inner_text().rpartition("/ ")[2].split(":")
    return 60 * int(minutes) + int(seconds)


def _front(folder: Path) -> Callable[[], str]:
    return lambda: (folder / "evening.md").read_text().partition("\n# ")[0]


def test_settings_are_heard_chosen_written_and_undone(visit: Visit, folder: Path) -> None:
    page = _panel(folder, visit)
    page.get_by_label("{name}").fill('Anna: "A"')
    page.get_by_label("{name}").press("Tab")
    page.wait_for_selector(".thing-speech:not(.missing)")
    expect(page.locator(".cm-content")).to_contain_text(r'variables: {name: "Anna: \"A\""}')

    page.locator(".part-bed > summary").click()
    with page.expect_response("**/sounds/*") as answered:
        page.get_by_role("button", name="Hear Rain").click()
    assert answered.value.headers["content-type"] == "audio/wav"
    page.get_by_label("Rain", exact=True).check()
    expect(page.locator(".thing-bed")).to_contain_text("rain −17 dB")
    page.keyboard.press("Control+z")
    expect(page.locator(".thing-bed")).to_have_count(0)
    expect(page.get_by_label("None", exact=True)).to_be_checked()

    page.locator(".part-chimes > summary").click()
    page.get_by_label("Tingsha", exact=True).check()
    page.get_by_label("Air", exact=True).check()
    page.locator(".part-levels > summary").click()
    page.get_by_role("slider", name="Chimes").press("ArrowLeft")
    page.get_by_role("slider", name="Bed under the voice").press("End")
    page.get_by_label("The night").check()
    page.get_by_role("slider", name="Pace", exact=True).press("ArrowLeft")
    page.get_by_label("Calms down as it goes").check()
    with page.expect_response("**/sounds/*"):
        page.get_by_role("button", name="Hear The best there is").click()
    expected = {
        "chimes: tingsha air", "levels: {chimes: -1dB}", "ducking: 18dB", "profile: sleep", "pace: 0.95..0.85"
    }  # fmt: skip
    until(lambda: expected <= set(_front(folder)().splitlines()), "all of it was saved")
    page.get_by_label("Listening by day").check()
    until(lambda: "profile" not in _front(folder)(), "what is usual is not written")


def test_a_length_says_what_it_costs_and_is_met(visit: Visit, folder: Path) -> None:
    page = _panel(folder, visit, SCRIPT.replace("{name}", "Anna"))
    length = page.get_by_role("slider", name="The session lasts")
    page.wait_for_selector(".thing-speech")
    expect(page.locator(".thing.missing")).to_have_count(0)
    until(lambda: abs(int(length.input_value()) - _whole(page)) <= 1, "what was spoken counts in the lengths")
    expect(page.locator(".length-cost")).to_contain_text("Everything as it is written")
    natural = int(length.input_value())
    length.press("Home")
    expect(page.locator(".length-cost")).to_contain_text("Left out: Breathe")
    expect(page.locator(".chapter-tool")).to_contain_text("Left out: Breathe")
    until(lambda: "length: " in _front(folder)(), "the length was written")
    length.press("End")
    expect(page.locator(".length-cost")).to_contain_text("4 breaths instead of 3")
    expect(page.locator(".length-cost")).to_contain_text("of the way to their longest")
    longest = int(length.input_value())
    until(lambda: page.locator("#clock").inner_text().endswith(f"{longest // 60}:{longest % 60:02d}"), "it lasts so")
    page.get_by_role("button", name="As it is written").click()
    until(lambda: "length" not in _front(folder)(), "the length was taken back")
    assert int(length.get_attribute("min") or 0) < natural < longest


def test_a_table_names_many_people(visit: Visit, folder: Path) -> None:
    page = _panel(folder, visit)
    page.get_by_text("For several people").click()
    table = page.get_by_label("Table of people").first
    table.fill("name\tlength\nAnna\t1m\nBen\t10")
    expect(page.locator(".people-table")).to_contain_text("Row 3: '10' needs a unit")
    table.fill("name\tlength\nAnna\t1m\nBen\t2m")
    expect(page.locator(".people-table")).to_contain_text("2 people, 2 files.")
    expect(page.locator(".people tbody th").last).to_have_text("evening-ben")
    page.locator("#people-file").set_input_files(
        {"name": "p.csv", "mimeType": "text/csv", "buffer": "name;length\nZoë;1m\n".encode("cp1252")}
    )
    expect(page.locator(".people-table")).to_contain_text("evening-zoë")
    assert [path.read_text() for path in (folder / ".voiceguide" / "people").iterdir()] == ["name;length\nZoë;1m\n"]
    page.reload()
    page.get_by_role("tab", name="Session").click()
    page.get_by_text("For several people").click()
    expect(page.locator(".people-table")).to_contain_text("One person, one file.")


def test_a_click_mends_what_is_certain(visit: Visit, folder: Path) -> None:
    text = SCRIPT.replace("[pause ~20s]", "[puase 5s]").replace("# Return", "[repeat 2]\nMore.\n\n# Return")
    text = text.replace("voice: system", "voice: system\nvariables: {name: Anna}")
    (folder / "evening.md").write_text(text)
    page = visit()
    page.get_by_role("button", name="evening", exact=True).click()
    page.get_by_role("button", name="Write “pause”").click()
    expect(page.get_by_role("button", name="Write “pause”")).to_have_count(0)
    page.get_by_role("button", name="Write “[end]”").click()
    page.wait_for_selector(".thing-speech")
    saved(folder, text.replace("puase", "pause").replace("More.\n\n", "More.\n\n[end]\n\n"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_panel(visit: Visit, folder: Path, scheme: str) -> None:
    page = _panel(folder, visit, SCRIPT.replace("{name}", "Anna {name}"), color_scheme=scheme)
    page.wait_for_selector(".values input")
    page.evaluate("for (const part of document.querySelectorAll('.session details')) part.open = true")
    page.get_by_label("Table of people").first.fill("name\nAnna\nAnna\n")
    expect(page.locator(".people-table")).to_contain_text("Row 3")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
