"""Makes the picture of docs/studio.md: ``python -m tests.studio.picture``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.studio.running import running
from tests.support.chromium import chromium
from tests.support.paths import ROOT, ROUTINES

PICTURE = ROOT / "docs" / "pictures" / "studio.png"


def main() -> None:
    """A routine in the studio, planned and ready."""
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
            page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
