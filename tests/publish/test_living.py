"""A living session in real browsers: recorded as the page puts it together, against the files that were rendered."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.publish.serving import Served, serving
from tests.publish.visits import PHONE, Open, Visit, visits
from tests.support.audio import decoded
from tests.support.cases import NAMES
from tests.support.chromium import chromium
from tests.support.firefox import firefox
from voiceguide.living import beds
from voiceguide.packs.building import BuildOptions, build
from voiceguide.packs.destination import LocalFolder
from voiceguide.packs.pack_file import read_pack
from voiceguide.publish.manifest import Manifest, load, load_timeline

RATE = 48_000
KINDS = ("speech", "breath", "chime")
EVENING = """---
title: Evening face
bed: brown
---

# Breath

Breathe with the tones. [breathe 2-3 x2..4] [hold 6s countdown]

# Settle

Close your eyes. [pause 2s..400s] Let your shoulders sink. [pause 2s..400s] Good night. [chime]
"""
PACK = """title: Living
voice: system
living: true
sessions:
  - {script: evening.md, lengths: [1m, 90s]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built pack."""
    source, made = tmp_path_factory.mktemp("scripts"), tmp_path_factory.mktemp("pack") / "made"
    (source / "evening.md").write_text(EVENING, "utf-8")
    (source / "pack.yaml").write_text(PACK, "utf-8")
    pack, problems = read_pack(source / "pack.yaml", NAMES)
    assert pack is not None, problems
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beds, "CHOICE", ("rain",))
        built = build(pack, LocalFolder(made), BuildOptions(processes=False))
    assert built.whole, built.outcomes
    return made


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    found = load(folder)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serving(folder) as started:
        yield started


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    with request.param() as started:
        yield started


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    with visits(browser, folder / "index.html") as opened:
        yield opened


IN_BOTH = pytest.mark.parametrize("browser", [chromium, firefox], indirect=True)
IN_CHROMIUM = pytest.mark.parametrize("browser", [chromium], indirect=True)


@pytest.fixture
def there(visit: Open, served: Served) -> Visit:
    opened = visit("#/evening-1m", script=SPY, address=served.address)
    opened.until("!document.getElementById('wishes').hidden")
    return opened


SPY = """
globalThis.begun = [];
document.addEventListener("DOMContentLoaded", () => {
  const { Mix } = voiceguide.living, { begin } = Mix.prototype;
  Mix.prototype.begin = function (at, until) {
    begun.push({ ...this.wishes, seconds: this.plan.seconds, from: this.from, wait: at - this.context.currentTime });
    return begin.call(this, at, until);
  };
});
"""
"""Takes down how the page begins to play a living session. It runs before the page's own scripts have."""

RECORD = """async ({ session, seconds, wishes, starts, length }) => {
  const { Parts, Mix } = voiceguide.living;
  const parts = await Parts.open(voiceguide.pack.sessions.find(({ name }) => name === session));
  const plan = parts.plan(seconds);
  const context = new OfflineAudioContext(2, Math.max(...starts) + length, 48000);
  const mix = new Mix(context, parts, plan, { voice: 1, background: 1, bed: null, ready: 0, after: 0, ...wishes }, 0, 0);
  await mix.ready();
  await mix.begin(0, Infinity);
  const sound = (await context.startRendering()).getChannelData(0);
  const pieces = new Int16Array(starts.length * length);
  starts.forEach((start, n) => sound.subarray(start, start + length).forEach((value, at) => (pieces[n * length + at] = Math.round(32000 * value))));
  const bytes = new Uint8Array(pieces.buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""


def recorded(there: Visit, starts: list[int], length: int, seconds: float = 60, **wishes: Any) -> Any:
    """Pieces of the left channel of what the page plays, ``(pieces, length)`` at 48 kHz."""
    asked = {"session": "evening-1m", "seconds": seconds, "wishes": wishes, "starts": starts, "length": length}
    raw = base64.b64decode(there.page.evaluate(RECORD, asked))
    return np.frombuffer(raw, "<i2").reshape(len(starts), length) / 32000


def lag(one: Any, other: Any, most: int = 96) -> int:
    """By how many samples ``other`` is behind ``one``, where they are most alike."""
    return int(np.correlate(np.pad(other, most), one, "valid").argmax()) - most


def rms(sound: Any) -> float:
    return float(np.sqrt(np.mean(np.square(sound))))


@IN_BOTH
def test_every_sound_begins_where_it_does_in_the_rendered_file(there: Visit, folder: Path, manifest: Manifest) -> None:
    length = int(0.35 * RATE)
    for session in manifest.sessions:
        events = load_timeline(folder, session)["events"]
        rendered = soxr.resample(decoded(folder / session.audio.path)[:, 0], 44_100, RATE)
        # with its bed, up to where that begins to go round, and the voice to the end
        for kinds, until, wishes in ((KINDS, 38.0, {}), (("speech", "chime"), session.seconds, {"bed": "none"})):
            starts = [round(row["start"] * RATE) for row in events if row["kind"] in kinds and row["start"] < until]
            assert len(starts) > 9
            for start, piece in zip(starts, recorded(there, starts, length, session.seconds, **wishes), strict=True):
                was = rendered[start : start + length]
                assert abs(lag(was, piece)) <= RATE // 1000
                assert rms(piece) == pytest.approx(rms(was), rel=0.1)
                assert rms(piece - was) < 0.4 * rms(was)


@IN_CHROMIUM
def test_the_mix_is_as_it_is_wished(there: Visit, folder: Path, manifest: Manifest) -> None:
    timeline = load_timeline(folder, manifest.sessions[0])
    voice, pause = (
        max((row for row in timeline["events"] if row["kind"] == kind), key=lambda row: row["end"] - row["start"])
        for kind in ("speech", "pause")
    )
    second = RATE
    places = [
        round(voice["start"] * second),
        round((pause["end"] - 1.1) * second),
        round(59.5 * second),
        63 * second,
    ]

    def heard(**wishes: Any) -> list[float]:
        return [rms(piece) for piece in recorded(there, places, second, **wishes)]

    usual = heard(after=20)
    assert min(usual) > 0.002
    assert usual[3] > 0.5 * usual[1]  # the bed goes on after the end
    alone = heard(voice=0, background=2)
    assert alone[0] < 0.5 * usual[0]
    assert alone[1] == pytest.approx(2 * usual[1], rel=0.05)
    assert alone[3] == 0
    without = heard(bed="none")
    assert without[0] == pytest.approx(usual[0], rel=0.1)
    assert without[1] < 0.02 * usual[1]
    rain = there.page.evaluate("voiceguide.pack.beds[0]")
    assert rain["name"] == "rain"
    assert heard(bed=rain)[1] == pytest.approx(usual[1], rel=0.5)


def begun(there: Visit) -> dict[str, Any]:
    there.until("begun.length > 0")
    found: dict[str, Any] = there.page.evaluate("begun.splice(0).at(-1)")
    return found


@IN_CHROMIUM
def test_each_control_does_what_it_says(there: Visit) -> None:
    page = there.page
    slider = page.get_by_role("slider", name="Length")
    expect(slider).to_have_attribute("aria-valuetext", "1 minute")
    expect(page.locator(".variants .chips")).to_be_hidden()
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "2 minutes")
    expect(page.locator("#length")).to_have_text("\u22122:00")
    expect(page.locator("#position")).to_have_attribute("max", "120")
    page.locator("#toggle").click()
    now = begun(there)
    assert now["seconds"] == 120
    assert now["from"] == 0
    assert now["wait"] < 0.5
    expect(page.locator("#toggle")).to_have_attribute("aria-label", "Pause")
    there.until("document.getElementById('at').textContent > '0:00'")
    assert page.evaluate("audio.paused")
    page.locator("#transcript").get_by_role("link", name="Good night.").click()
    there.until("begun.length > 0")
    assert begun(there)["from"] > 60
    page.get_by_text("The session as you like it").click()
    page.get_by_label("Background sound").select_option("rain")
    now = begun(there)
    assert now["bed"]["name"] == "rain"
    assert now["from"] > 60
    page.get_by_label("Voice", exact=True).fill("50")
    page.get_by_label("Background", exact=True).fill("150")
    assert page.evaluate("begun.length") == 0  # it sounds on, softer
    page.get_by_label("Background sound").select_option("none")
    now = begun(there)
    assert (now["bed"], now["voice"], now["background"]) == ("none", 0.5, 1.5)
    expect(page.get_by_label("Background", exact=True)).to_be_disabled()
    page.get_by_role("button", name="As it was recorded").click()
    there.begins()
    assert there.now > 10
    expect(page.locator("#length")).to_contain_text("\u22120:")
    expect(page.get_by_role("button", name="As it was recorded")).to_be_hidden()


@IN_BOTH
def test_one_gets_ready_and_the_bed_goes_on(there: Visit) -> None:
    page = there.page
    page.get_by_text("The session as you like it").click()
    page.get_by_label("Time to get ready").select_option("10")
    page.get_by_label("goes on after it").select_option("5")
    page.locator("#toggle").click()
    assert begun(there)["wait"] == pytest.approx(10, abs=0.5)
    expect(page.locator("#getting-ready")).to_contain_text("It begins in 0:")
    page.locator("#position").fill("59")
    assert begun(there)["wait"] < 0.5
    expect(page.get_by_role("heading", name="Done.")).to_be_visible()
    expect(page.locator("#toggle")).to_have_attribute("aria-label", "Pause")
    page.locator("#toggle").click()
    expect(page.locator("#toggle")).to_have_attribute("aria-label", "Play")
    page.reload()
    page.get_by_text("The session as you like it").click()
    expect(page.get_by_label("Time to get ready")).to_have_value("10")
    page.locator(".way a").first.click()
    expect(page.locator(".card").first).to_contain_text("heard once")


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


@IN_CHROMIUM
def test_the_recorded_file_plays_where_the_page_cannot_and_it_says_so(visit: Open, served: Served) -> None:
    for words, how in (
        ("need the page to come from a web address", {}),
        ("This phone would stop", {"address": served.address, "user_agent": IPHONE, **PHONE}),
        ("This browser can't", {"address": served.address, "script": "delete globalThis.AudioContext;"}),
        ("could not be read", {"address": served.address, "script": "globalThis.fetch = () => Promise.reject(0);"}),
    ):
        there = visit("#/evening-1m", **how)
        expect(there.page.locator("#wishes-note")).to_contain_text(words)
        expect(there.page.locator("#wish-length")).to_be_hidden()
        there.page.locator("#toggle").click()
        there.begins()


@IN_CHROMIUM
def test_the_recorded_file_goes_on_where_the_sound_is_missing(there: Visit) -> None:
    page = there.page
    page.evaluate("() => { globalThis.fetch = () => Promise.reject(new Error()); }")
    page.get_by_role("slider", name="Length").fill("2")
    page.locator("#toggle").click()
    expect(page.locator("#wishes-note")).to_contain_text("could not be read")
    there.begins()


@IN_CHROMIUM
def test_a_phone_that_stops_it_gets_the_recorded_file(visit: Open, served: Served) -> None:
    there = visit("#/evening-1m", script=SPY, address=served.address, **PHONE)
    page = there.page
    page.get_by_text("The session as you like it").click()
    page.get_by_label("Background sound").select_option("none")
    page.locator("#toggle").click()
    begun(there)
    page.evaluate(
        """() => {
          const { now } = performance;
          for (const [hidden, later] of [[true, 0], [false, 60000]]) {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            performance.now = () => now.call(performance) + later;
            document.dispatchEvent(new Event("visibilitychange"));
          }
          performance.now = now;
        }"""
    )
    expect(page.locator("#wishes-note")).to_contain_text("This phone would stop")
    page.locator("#toggle").click()
    there.begins()
    page.reload()
    expect(page.locator("#wishes-note")).to_contain_text("This phone would stop")


@IN_CHROMIUM
def test_it_is_accessible_and_made_for_fingers(visit: Open, served: Served) -> None:
    there = visit("#/evening-1m", address=served.address, **PHONE)
    there.until("!document.getElementById('wishes').hidden")
    there.page.get_by_text("The session as you like it").click()
    found = Axe().run(
        there.page,
        context="#wishes",
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    )
    assert found.violations_count == 0, found.generate_report()
    for control in there.page.locator(".wishes input, .wishes select, .wishes summary, .wishes button").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 47.9, control.evaluate("element => element.outerHTML")


@IN_CHROMIUM
def test_it_plays_without_a_network_when_it_is_kept(visit: Open, folder: Path) -> None:
    with serving(folder) as served:
        there = visit("#/evening-1m", script=SPY, address=served.address)
        page = there.page
        page.evaluate("navigator.serviceWorker.ready")
        page.reload()
        page.get_by_role("button", name="Keep offline").click()
        expect(page.get_by_role("button", name="Kept offline")).to_be_visible()
        served.stop()
        page.reload()
        page.get_by_role("slider", name="Length").fill("4")
        page.locator("#toggle").click()
        assert begun(there)["seconds"] > 120


def test_a_pack_of_many_lengths_has_a_tenth_of_the_bytes(folder: Path, manifest: Manifest) -> None:
    first, second = manifest.sessions
    assert {"living", "living opus", "living aac"} <= set(first.files)
    assert "living" not in second.files
    plans = json.loads((folder / first.files["living"].path).read_text("utf-8"))["plans"]
    lengths = [plan["frames"] / 44_100 for plan in plans]
    assert lengths == [30.0 * number for number in range(2, len(lengths) + 2)]
    rate = first.audio.size / first.seconds  # of the same MP3
    whole = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert whole < 0.1 * rate * sum(lengths)
