"""The takes of the sentence at the cursor: heard, chosen, and taken back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.studio.visits import Visit, saved

TEXT = "---\nvoice: heart\n---\n# Arrive\n\nSit down.\n\n[voice system]\nRest now.\n"


def test_other_takes_are_heard_and_one_is_chosen(visit: Visit, folder: Path) -> None:
    (folder / "evening.md").write_text(TEXT)
    page = visit()
    page.get_by_role("button", name="evening", exact=True).click()
    page.locator(".cm-line", has_text="Sit down.").click()
    page.get_by_role("tab", name="Voice").click()
    expect(page.locator(".voice .now")).to_have_text("The session has take 1.")
    bodies = []
    for number in (1, 3):
        with page.expect_response("**/sounds/*") as fetched:
            page.get_by_role("button", name=f"Hear take {number}", exact=True).click()
        bodies.append(page.request.get(fetched.value.url).body())
        expect(page.locator(".voice .takes li").nth(number - 1).locator(".about")).to_contain_text(" s")
    assert bodies[0] != bodies[1]
    page.get_by_role("button", name="Choose take 3", exact=True).click()
    expect(page.locator(".voice .now")).to_have_text("The script chooses take 3.")
    saved(folder, TEXT.replace("Sit", "[take 3] Sit"))
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+z")
    saved(folder, TEXT)
    page.get_by_role("button", name="More takes").click()
    expect(page.locator(".voice .takes li")).to_have_count(8)

    page.locator(".cm-line", has_text="Rest now.").click()
    expect(page.locator(".voice")).to_contain_text("in one way only")
    with page.expect_response("**/sounds/*"):
        page.get_by_role("button", name="Hear it").click()
    page.locator(".cm-line", has_text="# Arrive").click()
    page.keyboard.press("End")
    page.keyboard.type(" [puase 3s]")
    expect(page.locator(".voice")).to_contain_text("The script has errors")
