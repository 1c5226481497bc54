"""The player with long sessions: gestures, steps, troubles, the plan, and many routines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.publish.serving import serving
from tests.publish.silent import breaths, long_pack, silence
from tests.publish.visits import PHONE, SLOW_CLOCK, Open, Pack, Visit, file, visits


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return long_pack(tmp_path_factory.mktemp("long"))


def test_after_a_long_pause_nothing_is_waited_for_again(visit: Open, pack: Pack) -> None:
    there = visit("#/still")
    for kind, waited, back_to in (("pause", 60, 60), ("hold", 24, 0), ("hold", 50, 50)):
        start = pack.of(kind, "still")["start"]
        there.jump(start + waited)
        there.page.evaluate("globalThis.sought = null")
        there.page.locator("#toggle").click()
        there.begins()
        there.page.locator("#toggle").click()
        there.stops()
        sought = there.page.evaluate("sought")
        assert (there.now if sought is None else sought) == pytest.approx(start + back_to, abs=0.5), (kind, waited)


def test_a_step_is_never_longer_than_half_a_minute(visit: Open, pack: Pack) -> None:
    there = visit("#/resonant")
    places = [0.0]
    while there.page.evaluate("document.getElementById('position').max") > "0":
        there.page.keyboard.press("ArrowRight")
        there.until("!audio.seeking")
        if there.now <= places[-1] + 0.01:
            break
        places.append(there.now)
    gaps = [after - before for before, after in pairwise(places)]
    assert len(gaps) > 8
    assert max(gaps) <= 30 + 11
    starts = breaths(pack)
    inner = [place for place in places if starts[2] < place < starts[-1]]
    assert all(min(abs(place - start) for start in starts) < 0.02 for place in inner)


def test_the_eyes_closed_mode_begins_and_keeps_the_screen_on(visit: Open) -> None:
    there = visit("#/still")
    assert there.page.evaluate("locks") == 0
    expect(there.page.locator("#awake")).to_be_visible()
    there.page.get_by_role("link", name="Close your eyes").click()
    there.begins()
    there.until("locks === 1")
    expect(there.page.locator("#first-gesture")).to_have_text("Tap: pause, and go on")
    there.page.keyboard.press("Space")
    expect(there.page.locator("#first-gesture")).to_have_text("Tap to begin")


def test_each_gesture_means_one_thing_or_nothing(visit: Open) -> None:
    there = visit("#/resonant", script=SLOW_CLOCK, **PHONE)
    page = there.page
    page.get_by_role("link", name="Close your eyes").tap()
    there.begins()
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *points: tuple[int, int]) -> None:
        rows = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": rows})

    there.tones.clear()
    for _ in range(3):
        page.touchscreen.tap(300, 400)
    there.until("tones.length > 1")
    page.wait_for_timeout(2000)
    assert len(there.tones) == 2  # one step, and no pause
    assert there.playing
    for gesture in ([(100, 300), (250, 500)], [(100, 300)]):
        send("touchStart", *gesture)
        send("touchMove", *((x + 90, y) for x, y in gesture))
        page.wait_for_timeout(4500)  # longer than it takes to stop the session by holding
        send("touchEnd")
    page.wait_for_timeout(2000)
    assert there.tones == []
    assert there.playing


def test_the_plan_fills_and_the_end_says_what_is_next(visit: Open, pack: Pack) -> None:
    there = visit("#/still")
    page = there.page
    page.locator("#toggle").click()
    there.begins()
    there.jump(pack.timelines["still"]["seconds"] - 0.15)
    there.until("audio.ended")
    expect(page.get_by_role("heading", name="Done.")).to_be_focused()
    expect(page.locator("#done-next")).to_contain_text("Box")
    page.locator("#done-next").click()
    page.locator(".way a").first.click()
    expect(page.locator("#today")).to_contain_text("Box")
    expect(page.locator(".dots")).to_have_attribute("aria-label", "1 of 2 practices done")
    page.locator("#plan-start").fill("2026-12-01")
    with page.expect_download() as told:
        page.locator("#plan-calendar").click()
    text = Path(told.value.path()).read_text("utf-8")
    assert "DTSTART:20261201T200000" in text
    assert text.count("BEGIN:VEVENT") == 2


def test_a_landscape_phone_shows_the_play_button(visit: Open) -> None:
    there = visit("#/still", viewport={"width": 844, "height": 390}, has_touch=True, is_mobile=True)
    box = there.page.locator("#toggle").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 390


def test_the_words_of_the_slider_follow_each_key(visit: Open) -> None:
    there = visit("#/still")
    slider = there.page.get_by_role("slider")
    slider.focus()
    for number in range(1, 4):
        there.page.keyboard.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuetext", f"0:0{number} of 2:54, Still")


def test_an_error_is_named_by_its_cause(visit: Open, pack: Pack, tmp_path: Path) -> None:
    for path in pack.folder.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    pack.write(tmp_path)
    (tmp_path / "still.wav").unlink()
    (tmp_path / "box-2m.wav").write_bytes(b"RIFF" + b"\0" * 400)
    with serving(tmp_path) as served:
        for name, words in (("still", "the sessions have been renewed"), ("box-2m", "broke off")):
            there = visit(f"#/{name}", address=served.address)
            expect(there.page.locator("#told")).to_contain_text(words)
        expect(there.page.locator("#renewed")).to_be_hidden()


def test_words_of_a_newer_version_are_never_shown_with_older_sound(visit: Open, pack: Pack, tmp_path: Path) -> None:
    for path in pack.folder.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    pack.write(tmp_path)
    with serving(tmp_path) as served:
        there = visit(address=served.address)
        silence(tmp_path / "still-2.wav", 9)
        sessions = [
            replace(one, files={**one.files, "audio": file(tmp_path, "still-2.wav", "audio/wav")})
            if one.name == "still"
            else one
            for one in pack.manifest.sessions
        ]
        pack.write(tmp_path, replace(pack.manifest, sessions=tuple(sessions)))
        there.page.evaluate("location.hash = '#/still'")
        expect(there.page.locator("#renewed")).to_be_visible()
        expect(there.page.locator("#list")).to_be_visible()
        assert not there.page.evaluate("audio.src")


IOS = """
Object.defineProperty(HTMLMediaElement.prototype, "volume", { get() { return 1; }, set() {} });
globalThis.gains = [];
const target = AudioParam.prototype.setTargetAtTime;
AudioParam.prototype.setTargetAtTime = function (value, at, share) { gains.push([share, value]); return target.call(this, value, at, share); };
"""


def test_the_sleep_timer_fades_where_the_volume_is_fixed(visit: Open, pack: Pack) -> None:
    with serving(pack.folder) as served:
        there = visit("#/still", script=IOS, address=served.address)
        page = there.page
        page.locator("#toggle").click()
        there.begins()
        page.get_by_text("Sleep timer and settings").click()
        page.locator("#timer").select_option("end")
        expect(page.locator("#sleep-left")).to_contain_text("sleep in 2:5")
        page.wait_for_timeout(300)
        there.jump(pack.timelines["still"]["seconds"] - 10)
        there.until("gains.some(([share, value]) => share === 0.05 && value > 0 && value < 0.2)")


def test_five_hundred_routines_come_at_once_and_keep_their_place(browser: Browser, pack: Pack, tmp_path: Path) -> None:
    many = tuple(
        replace(pack.manifest.sessions[3], name=f"s{number}", script=f"s{number}", title=f"Routine {number}")
        for number in range(500)
    )
    large = Pack(
        tmp_path,
        replace(pack.manifest, sessions=many, programme=()),
        {one.name: pack.timelines["still"] for one in many},
    )
    silence(tmp_path / "still.wav", 9)
    large.write(tmp_path)
    with visits(browser, tmp_path / "index.html") as opened:
        there: Visit = opened(**PHONE)
        page = there.page
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.reload()
        there.until("document.querySelectorAll('.card').length === 500")
        page.locator("#search").fill("routine 48")
        expect(page.locator(".card:visible")).to_have_count(15)
        page.locator("#search").fill("")
        page.evaluate("scrollTo(0, 9000)")
        there.until("scrollY > 8000")
        place = page.evaluate("scrollY")
        page.evaluate("location.hash = '#/s70'")
        expect(page.locator("#player")).to_be_visible()
        page.evaluate("document.querySelectorAll('.card').forEach((card) => (card.same = true))")
        page.evaluate("location.hash = '#/'")
        there.until("!document.getElementById('list').hidden")
        made_anew = page.evaluate("[...document.querySelectorAll('.card')].filter((card) => !card.same).length")
        assert made_anew <= 1  # that of the session that was opened
        assert page.evaluate("scrollY") == pytest.approx(place, abs=40)
