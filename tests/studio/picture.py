"""Makes the pictures of docs/studio.md: ``python -m tests.studio.picture``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.studio.running import running
from tests.support.chromium import chromium
from tests.support.paths import ROOT, ROUTINES

PICTURES = ROOT / "docs" / "pictures"
PACK = "title: Facial massage\nsessions:\n  - script: three-minute-wake.md\n    lengths: [3m, 4m]\n"


def main() -> None:
    """A routine in the studio, planned and ready; and a pack, built."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROUTINES / "three-minute-wake.md", folder)
        with running(Path(folder), jobs=2) as studio, chromium() as browser:
            page = browser.new_page(viewport={"width": 1200, "height": 760}, color_scheme="light", locale="en-GB")
            page.goto(studio.address)
            page.get_by_role("button", name="three-minute-wake", exact=True).click()
            page.wait_for_selector(".thing-speech")
            page.wait_for_selector(".thing.missing", state="detached", timeout=120_000)
            page.locator(".cm-line", has_text="Good morning.").click()
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / "studio.png")
            (Path(folder) / "pack.yaml").write_text(PACK)
            page.set_viewport_size({"width": 1200, "height": 1180})
            page.get_by_role("button", name="Make", exact=True).click()
            page.get_by_role("tab", name="A pack").click()
            page.get_by_role("button", name="Build the pack").click()
            page.wait_for_selector(".player-frame", timeout=300_000)
            page.wait_for_timeout(1000)
            page.get_by_text("The finished pack lies in").evaluate(
                "(place) => { place.textContent = place.textContent.replace(/in .*/, 'in my-scripts/packs/my-scripts'); }"
            )
            page.locator(".pack-form fieldset").first.evaluate("(rows) => rows.scrollIntoView({ block: 'start' })")
            page.screenshot(path=PICTURES / "studio-pack.png")


if __name__ == "__main__":
    main()
