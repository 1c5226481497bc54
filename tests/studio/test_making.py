"""Importing, making and building in real browsers: by mouse, and by keyboard alone."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.studio.visits import BOTH, Visit
from tests.support.audio import decoded
from tests.support.waiting import until

SCRIPT = "---\ntitle: Evening\nvoice: system\n---\n# Arrive\n\nSit down. [pause ~5s] Rest here.\n"
PACK = "# mine\ntitle: Evenings   # shown\nsessions:\n  - evening.md\n"


def _open(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_selector(".thing-speech:not(.missing)")


# -- import


@BOTH
def test_files_are_dropped_on_the_page_and_what_is_no_text_is_refused(visit: Visit, folder: Path) -> None:
    page = visit()
    files = {"calm.txt": b"Rest your hands. [PAUSE:2]\n", "sun.png": b"\x89PNG\r\n\x1a\n" + bytes(40)}
    page.evaluate(
        """(files) => {
          const moved = new DataTransfer();
          for (const [name, data] of Object.entries(files)) {
            moved.items.add(new File([Uint8Array.from(atob(data), (char) => char.charCodeAt(0))], name));
          }
          for (const type of ["dragover", "drop"]) {
            document.body.dispatchEvent(new DragEvent(type, { dataTransfer: moved, bubbles: true, cancelable: true }));
          }
        }""",
        {name: base64.b64encode(data).decode() for name, data in files.items()},
    )
    report = page.get_by_role("dialog", name="Imported")
    expect(report.get_by_role("alert")).to_contain_text(
        "This is a picture (PNG), which holds no text to import. Type the words"
    )
    expect(report).to_contain_text("[PAUSE:2] → [pause 2s]")
    assert (folder / "calm.md").read_text() == "Rest your hands. [pause 2s]\n"
    assert {path.name for path in folder.iterdir()} == {".voiceguide", "calm.md"}


# -- sessions


@BOTH
def test_sessions_are_made_heard_and_downloaded(visit: Visit, folder: Path, tmp_path: Path) -> None:
    (folder / "evening.md").write_text(SCRIPT)
    (folder / "sessions").mkdir()
    (folder / "sessions" / "evening-8s.flac").write_bytes(b"mine")
    page = visit()
    _open(page, "evening")
    page.get_by_role("button", name="Make", exact=True).click()
    page.get_by_text("every sample kept", exact=True).click()
    page.get_by_label("Length, such as").fill("8s, 9s")
    page.get_by_role("dialog", name="Make").get_by_role("button", name="Make", exact=True).click()
    expect(page.get_by_role("alertdialog")).to_contain_text("sessions/evening-8s.flac")
    assert (folder / "sessions" / "evening-8s.flac").read_bytes() == b"mine"
    page.get_by_role("button", name="Replace it").click()
    made = page.locator(".making-session .made")
    expect(made).to_contain_text(f"In the folder {folder / 'sessions'}")
    assert [len(decoded(folder / "sessions" / f"evening-{length}s.flac")) for length in (8, 9)] == [352_800, 396_900]
    sound = made.locator("audio").first
    until(
        lambda: sound.evaluate("(audio) => audio.readyState > 0 && audio.duration") == 8.0, "the session can be played"
    )
    with page.expect_download() as got:
        made.get_by_role("link", name="Download").first.click()
    assert got.value.suggested_filename == "evening-8s.flac"


def test_work_is_cancelled_and_a_length_that_cannot_be_met_is_said(visit: Visit, folder: Path) -> None:
    (folder / "evening.md").write_text(SCRIPT.replace("voice: system", "voice: silent"))
    page = visit()
    page.get_by_role("button", name="evening", exact=True).click()
    page.get_by_role("button", name="Make", exact=True).click()
    go = page.get_by_role("dialog", name="Make").get_by_role("button", name="Make", exact=True)
    page.get_by_label("Length, such as").fill("soon")
    go.click()
    expect(page.locator(".making-session [role=alert]")).to_contain_text("soon")
    page.get_by_role("button", name="Leave out soon").click()
    page.get_by_label("Length, such as").fill("3h, 8s")
    go.click()
    expect(page.locator(".making-session .made .wrong")).to_contain_text("cannot last 3h")
    expect(page.locator(".making-session .made")).to_contain_text("evening-8s.mp3")


def test_a_session_is_made_for_each_person_of_the_table(visit: Visit, folder: Path) -> None:
    (folder / "evening.md").write_text("---\nvoice: silent\nvariables: {name: you}\n---\nGood evening, {name}.\n")
    page = visit()
    page.get_by_role("button", name="evening", exact=True).click()
    page.wait_for_selector(".thing-speech:not(.missing)")
    page.get_by_role("tab", name="Session").click()
    page.locator(".part-names > summary").click()
    page.locator("details.people > summary").click()
    page.locator("details.people textarea").fill("name,file\nAnna,for-anna\nBen,for-ben")
    expect(page.locator(".people-table")).to_contain_text("for-ben")
    page.get_by_role("button", name="Make", exact=True).click()
    expect(page.get_by_label("A file for each person of the table (2)")).to_be_checked()
    page.get_by_role("dialog", name="Make").get_by_role("button", name="Make", exact=True).click()
    expect(page.locator(".making-session .made")).to_contain_text("for-ben.mp3")
    assert (folder / "sessions" / "for-anna.mp3").is_file()


# -- packs


def _in_player(page: Page) -> None:
    """The built page works in its sandbox: a session is opened and heard."""
    player = page.frame_locator(".player-frame")
    expect(player.get_by_role("heading", name="Evenings")).to_be_visible()
    player.get_by_role("link", name="Evening").first.click()
    player.get_by_role("button", name="Play", exact=True).first.click()
    expect(player.get_by_role("button", name="Pause").first).to_be_visible()
    until(lambda: player.locator("audio").evaluate("(audio) => audio.currentTime") > 0.3, "the player goes on")


@BOTH
def test_a_pack_is_changed_by_form_built_shown_and_packed(visit: Visit, folder: Path) -> None:
    (folder / "evening.md").write_text(SCRIPT)
    (folder / "pack.yaml").write_text(PACK)
    page = visit()
    page.get_by_role("button", name="pack.yaml", exact=True).click()
    page.locator('.rows-of [name="lengths"]').first.fill("8s")
    page.get_by_role("button", name="Add a week").click()
    page.get_by_label("The week is about").fill("Learn")
    page.get_by_label("Sessions, with commas between").fill("evening-8s")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".making-pack .made")).to_contain_text("All is in order")
    page.get_by_role("button", name="Build the pack").click()
    _in_player(page)
    assert (folder / "pack.yaml").read_text() == (
        "# mine\ntitle: Evenings   # shown\nsessions:\n  - {script: evening.md, lengths: [8s]}\n"
        "programme:\n  weeks:\n    - title: Learn\n      sessions: [evening-8s]\n      times_per_week: 3\n"
    )
    page.get_by_role("button", name="Pack it as a zip").click()
    expect(page.get_by_role("link", name="Download scripts.zip")).to_be_visible()
    assert (folder / "packs" / "scripts.zip").is_file()


@BOTH
def test_a_strangers_page_in_a_packs_folder_reaches_nothing(visit: Visit, folder: Path) -> None:
    """What it tries goes to its title: the studio's page, its socket, its storage, its cookie, the page around it."""
    (folder / "evening.md").write_text(SCRIPT)
    (folder / "pack.yaml").write_text(PACK)
    built = folder / "packs" / "scripts"
    built.mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>trying</title><p>Hostile</p><script src=bad.js></script>")
    (built / "bad.js").write_text(
        """
        const tried = async (what) => { try { return await what(); } catch { return "no"; } };
        const socket = () => new Promise((yes) => {
          const opened = new WebSocket(`ws://${location.host}/ws`);
          opened.onopen = () => yes("OPEN");
          opened.onerror = opened.onclose = () => yes("no");
        });
        (async () => {
          const found = [await tried(() => fetch("/").then((answer) => answer.text())), await tried(socket),
            await tried(() => localStorage.getItem("language") ?? "STORAGE"), await tried(() => document.cookie || "no"),
            await tried(() => parent.document.title), await tried(() => fetch("/import?name=x", { method: "POST", body: "x" }).then(() => "SENT"))];
          document.querySelector("p").textContent = found.join(" ");
        })();
        """
    )
    page = visit(complains=True)
    page.get_by_role("button", name="pack.yaml", exact=True).click()
    expect(page.frame_locator(".player-frame").locator("p")).to_have_text("no no no no no no")
    assert {path.name for path in folder.glob("*.md")} == {"evening.md"}


# -- how it looks, and what a stranger's script does


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_what_is_made(visit: Visit, folder: Path, scheme: str, width: int) -> None:
    (folder / "evening.md").write_text(SCRIPT)
    (folder / "pack.yaml").write_text(PACK)
    page = visit(color_scheme=scheme, viewport={"width": width, "height": 844})
    _open(page, "evening")
    page.get_by_role("button", name="Make", exact=True).click()
    page.get_by_label("Length, such as").fill("8s")
    page.get_by_role("button", name="Add a length").click()
    for tab in ("A session", "A pack"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_selector(".kinds label" if tab == "A session" else ".rows-of li", state="attached")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_hostile_script_is_text_and_nothing_else(visit: Visit, folder: Path) -> None:
    wrong = "<img src=x onerror=document.title='broken'><script>document.title='broken'</script>"
    bidi = "\u202eecila\u202c \u2066x"
    body = f"# {wrong}\n\n{wrong} {bidi} [pause <b>] [{wrong}]\n\n" + "Rest. " * 40 + "\n"
    (folder / "evil.md").write_text(f"---\ntitle: '{wrong.replace(chr(39), '')}'\nvoice: system\n---\n{body}")
    (folder / "huge.md").write_text("word " * 180_000 + "\n" + "[repeat 9]\n" * 9000)
    page = visit()
    page.get_by_role("button", name="evil", exact=True).click()
    expect(page.locator(".findings li").first).to_be_visible()
    assert page.locator("img, .editor script, .side script").count() == 0
    page.get_by_role("button", name="Scripts", exact=True).click()
    page.get_by_role("button", name="huge", exact=True).click()
    expect(page.locator("#title")).to_have_text("huge")
    expect(page.locator(".findings li").first).to_be_visible()
    assert "broken" not in page.title()
