"""A microphone that is refused or missing, the prompter's looks without one, and where a take ends."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.studio.running import running
from tests.studio.visits import Visit, open_script
from tests.support.chromium import chromium

NONE = """() => {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotFoundError"));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """With a microphone on every machine, which pages may not hear."""
    with chromium("--use-fake-device-for-media-stream", "--deny-permission-prompts") as started:
        yield started


@pytest.fixture(autouse=True)
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))


def _prompter(page: Page, name: str) -> None:
    page.locator("#open-prompter").click()
    page.locator(".prompter-setup input").fill(name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refused_and_a_missing_microphone_are_told_and_axe_finds_nothing(
    scheme: str, visit: Visit, folder: Path
) -> None:
    page = open_script(folder, visit, color_scheme=scheme, viewport={"width": 390, "height": 844})
    page.locator("#open-prompter").click()
    page.wait_for_selector(".prompter-setup")
    _clean(page)
    page.keyboard.press("Escape")
    _prompter(page, "auto")
    expect(page.locator(".problem")).to_contain_text("please choose another name")
    page.keyboard.press("Escape")
    _prompter(page, "Anna")
    page.wait_for_selector(".stage .line")
    page.keyboard.press(" ")
    expect(page.locator(".tell")).to_contain_text("does not let this page hear the microphone")
    page.evaluate(NONE)
    page.keyboard.press(" ")
    expect(page.locator(".tell")).to_contain_text("No microphone was found")
    _clean(page)


def _clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


_TAKE = """async ([noise, parts]) => {
  const { Recording, wavOf } = await import("/assets/take.js");
  const recording = new Recording();
  const add = (seconds, level) => {
    for (let i = 0; i < Math.round(seconds / 0.02) && !(recording.from !== null && recording.ended); i += 1) {
      const block = new Float32Array(960);
      block.forEach((_, at) => { block[at] = (at % 2 ? 1 : -1) * 10 ** (level / 20); });
      recording.add(block);
    }
  };
  add(2, noise);
  recording.begin();
  for (const [seconds, level] of parts) add(seconds, level);
  const samples = recording.samples();
  const file = new Uint8Array(await wavOf(samples.subarray(-24000), 48000).arrayBuffer());
  return { ended: recording.ended, seconds: samples.length / 48000, file: [...file], last: [...samples.subarray(-24000)] };
}"""


@pytest.mark.parametrize(
    ("noise", "parts", "ended", "seconds"),
    [
        (-70, [(1, -70), (2, -20), (1.2, -70), (1, -20), (5, -70)], "spoken", 0.5 + 1 + 2 + 1.2 + 1 + 0.7),
        (-35, [(1, -35), (2, -18), (5, -35)], "spoken", 0.5 + 1 + 2 + 0.7),
        (-70, [(2, -70), (0.06, -10), (20, -70)], "nothing", 0.5 + 10),
        (-70, [(1, -70), (90, -20)], "long", 0.5 + 80),
        (-70, [(1, -70), (2, -20)], None, 0.5 + 1 + 2),
    ],
)
def test_a_take_ends_when_somebody_has_spoken_and_is_quiet(
    noise: int, parts: list[tuple[float, int]], ended: str | None, seconds: float, visited: Page
) -> None:
    found = visited.evaluate(_TAKE, [noise, parts])
    assert found["ended"] == ended
    assert found["seconds"] == pytest.approx(seconds, abs=0.03)
    samples, rate = soundfile.read(io.BytesIO(bytes(found["file"])))
    assert rate == 48_000
    assert np.abs(samples - np.array(found["last"])).max() < 2.0**-23


@pytest.fixture(scope="module")
def visited(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The page of one studio for all of these cases."""
    with running(tmp_path_factory.mktemp("scripts")) as studio:
        page = browser.new_context().new_page()
        page.goto(studio.address)
        page.wait_for_selector("body.ready")
        yield page
        page.context.close()
