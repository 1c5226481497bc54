"""The player as listeners use it: a real browser, real sound, from a folder and from a server that goes away."""

from __future__ import annotations

import gzip
import json
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.publish.serving import serving
from tests.publish.visits import DESKTOP, PHONE, SLOW_CLOCK, Open, Pack, Visit, documents, file, player, session
from voiceguide.encoder.cover import generate
from voiceguide.encoder.kinds import KINDS
from voiceguide.publish.manifest import Manifest, Week
from voiceguide.session.options import SessionOptions
from voiceguide.session.render import render
from voiceguide.session.session import speak_script
from voiceguide.timeline import SCHEMA

EVENING = """---
title: Evening face
description: A short one for the end of the day.
author: Ada
bed: none
---

# Settle

Close your eyes. Let your shoulders sink. [pause 2s]

Warm your hands. [pause 2s]

# Brow

Press gently up against the bone. [hold 12s countdown]

Let go. [pause 2s]

# Breath

Breathe with the tones. [breathe 2-2 x2]

Good night.
"""

MORNING = """---
title: Morning
bed: none
---

Good morning. [pause 2s]
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("pack")
    sessions, timelines = [], {}
    for name, text in {"evening": EVENING, "morning": MORNING}.items():
        script = tmp_path_factory.mktemp("scripts") / f"{name}.md"
        script.write_text(text, "utf-8")
        with speak_script(script, SessionOptions(voice="system")) as spoken:
            planned = spoken.sessions()[0]
            render(planned, folder / f"{name}.mp3", KINDS["mp3"].format())
        settings, timeline = planned.routine.settings, planned.timeline.to_json()
        (folder / f"{name}.jpg").write_bytes(generate(settings.title).data)
        cover = {"cover": file(folder, f"{name}.jpg", "image/jpeg")}
        sessions.append(
            session(
                folder,
                name,
                settings.title,
                f"{name}.mp3",
                description=settings.description,
                seconds=timeline["seconds"],
                files=cover,
            )
        )
        timelines[name] = timeline
    (folder / "evening.html").write_text("<!doctype html><title>Cue sheet</title>", "utf-8")
    weeks = (Week("Learn", ("morning",), 1), Week("Keep", ("evening", "morning"), 7))
    manifest = Manifest(
        "Quiet face", "Two short sessions.", "Ada", "en", None, None, tuple(sessions), weeks, version="1"
    )
    made = Pack(folder, manifest, timelines)
    made.write(folder)
    return made


def test_plays_from_a_folder_and_asks_for_nothing_else(visit: Open, pack: Pack) -> None:
    there = visit()
    expect(there.page).to_have_title("Quiet face")
    assert not any("transcripts" in url for url in there.requests)
    there.page.get_by_role("link", name="Evening face").first.click()
    expect(there.page.get_by_role("heading", level=1)).to_have_text("Evening face")
    expect(there.page.get_by_role("heading", level=1)).to_be_focused()
    there.page.locator("#toggle").click()
    there.until("audio.currentTime > 0.4")
    expect(there.page.get_by_role("button", name="Pause")).to_be_visible()
    assert there.page.evaluate("audio.duration") == pytest.approx(pack.timelines["evening"]["seconds"], abs=0.05)
    assert there.page.evaluate("document.getElementById('cover').naturalWidth") > 100
    assert all(url.startswith(pack.folder.as_uri()) for url in there.requests)
    assert there.complaints == []


def test_seeks_by_chapter_and_by_line(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    there.page.get_by_text("Chapters", exact=True).click()
    there.page.locator("#chapters").get_by_role("link", name="Brow").click()
    there.begins()
    there.near(pack.chapter("Brow"))
    expect(there.page.locator("#chapter")).to_have_text("Brow")
    there.page.keyboard.press("]")
    there.near(pack.chapter("Breath"))
    expect(there.page.locator("#chapters [aria-current=true]")).to_have_text("Breath")
    there.page.keyboard.press("[")
    there.near(pack.chapter("Brow"))
    there.page.locator("#transcript").get_by_role("link", name="Warm your hands.").click()
    there.near(pack.line("Warm your hands.")["start"])
    expect(there.page.locator(".line[aria-current]")).to_have_text("Warm your hands.")
    there.page.keyboard.press("ArrowRight")
    there.near(pack.chapter("Brow"))
    expect(there.page.locator(".line[aria-current]")).to_have_text("Press gently up against the bone.")
    slider = there.page.get_by_role("slider")
    slider.fill("3")
    there.near(3.0)
    assert slider.get_attribute("aria-valuetext") == f"0:03 of 0:{pack.timelines['evening']['seconds']:.0f}, Settle"
    there.page.locator("#letters").evaluate("box => box.click()")
    slider.blur()
    there.page.keyboard.press("]")
    there.near(3.0)


@pytest.mark.parametrize("kind", ["hold", "pause", "breath"])
def test_going_on_in_a_wait_begins_with_its_line(visit: Open, pack: Pack, kind: str) -> None:
    there = visit("#/evening")
    wait = pack.of(kind)
    events = pack.timelines["evening"]["events"]
    lines = {
        "hold": "Press gently up against the bone.",
        "pause": "Close your eyes.",
        "breath": "Breathe with the tones.",
    }
    line = pack.line(lines[kind])
    assert line["end"] <= wait["start"]
    assert line in events
    there.page.locator("#toggle").click()
    there.begins()
    there.jump(wait["end"] - 1.5 if kind != "hold" else wait["start"] + 7.5)
    there.page.keyboard.press("Space")
    there.stops()
    assert wait["start"] < there.now < wait["end"]
    there.page.keyboard.press("Space")
    there.begins()
    there.near(line["start"], before=1.01 if kind == "pause" else 0.3)  # the first step begins with the session


def test_going_on_in_a_sentence_begins_with_the_sentence(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    second = pack.line("Let your shoulders sink.")
    there.jump(second["end"] - 0.3)
    there.page.locator("#toggle").click()
    there.begins()
    there.near(second["start"])


def test_eyes_closed_by_touch(visit: Open, pack: Pack) -> None:
    there = visit("#/evening", script=SLOW_CLOCK, **PHONE)
    page = there.page
    page.get_by_role("link", name="Close your eyes", exact=True).tap()
    surface = page.locator("#surface")
    box = surface.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, page.evaluate("innerHeight"))
    assert page.evaluate("getComputedStyle(document.getElementById('eyes')).backgroundColor") == "rgb(0, 0, 0)"

    def tap(x: int, times: int = 1) -> None:
        for _ in range(times):
            page.touchscreen.tap(x, 400)

    def rest() -> None:
        """Until a tap does not belong to the double tap before it any more: 0.3 s by the page's slow clock."""
        page.wait_for_timeout(1600)

    heard = {}
    there.begins()  # with the mode
    tap(200)
    there.stops()
    heard["pause"] = there.tones
    tap(200)
    there.begins()
    heard["go"] = there.tones
    tap(300, 3)  # an oily finger: the third belongs to the double tap
    there.until("tones.length > 1")
    heard["forth"] = there.tones
    there.near(pack.line("Warm your hands.")["start"])
    assert there.playing
    rest()
    tap(60, 2)
    there.until("tones.length > 1")
    heard["back"] = there.tones
    there.near(0.0, before=0.0)
    rest()
    tap(200)
    there.stops()
    assert there.tones == heard["pause"]
    tap(300, 2)  # while it rests, too, a step is taken, and heard
    there.begins()
    there.near(pack.line("Warm your hands.")["start"])
    assert there.tones == heard["forth"]
    hold(there)
    there.until("tones.length > 2")
    heard["stop"] = there.tones
    expect(page.get_by_role("heading", level=1)).to_have_text("Evening face")
    assert len({tuple(notes) for notes in heard.values()}) == 5
    ramps = page.evaluate("ramps")
    assert len(ramps) >= 11
    assert all(begin == 0 and seconds >= 0.03 for begin, seconds in ramps)
    assert there.complaints == []


def hold(there: Visit) -> None:
    """A finger that stays on the screen until that stops the session, and slips a little."""
    touch = there.page.context.new_cdp_session(there.page)
    point = {"x": 200, "y": 500}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 212, "y": 505}]})
    there.stops()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_eyes_closed_by_keys_and_for_a_screen_reader(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    page = there.page
    page.keyboard.press("e")
    there.begins()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.keyboard.press("Space")
    there.stops()
    expect(page.get_by_role("button", name="Play")).to_be_focused()
    page.keyboard.press("Space")
    there.begins()
    page.keyboard.press("ArrowRight")
    there.near(pack.line("Warm your hands.")["start"])
    page.keyboard.press("Space")
    there.stops()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Step forth")).to_be_focused()
    page.keyboard.press("Enter")
    there.begins()
    there.near(pack.chapter("Brow"))
    assert len(there.tones) == 10
    page.keyboard.press("Escape")
    there.stops()
    expect(page.get_by_role("heading", level=1)).to_have_text("Evening face")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiet face")


def test_headset_buttons_are_steps(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    there.page.locator("#toggle").click()
    there.begins()
    there.page.evaluate("headset.nexttrack()")
    there.near(pack.line("Warm your hands.")["start"])
    there.page.evaluate("headset.seekforward()")
    there.near(pack.chapter("Brow"))
    told = "(({title, artist, album}) => [title, artist, album])(navigator.mediaSession.metadata)"
    assert there.page.evaluate(told) == ["Evening face", "Brow", "Quiet face"]
    there.page.evaluate("headset.previoustrack()")
    there.near(pack.line("Warm your hands.")["start"])
    there.page.evaluate("headset.pause()")
    there.stops()
    assert there.page.evaluate("navigator.mediaSession.playbackState") == "paused"


def test_the_time_is_remembered(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    press = pack.line("Press gently up against the bone.")
    there.page.locator("#toggle").click()
    there.begins()
    there.jump(press["end"] + 4)
    there.page.reload()
    there.until("audio.readyState > 0")
    there.near(press["start"])
    assert not there.playing
    there.page.get_by_role("link", name="All sessions").click()
    there.page.locator("#continue").click()
    there.near(press["start"])
    there.page.get_by_role("link", name="All sessions").click()
    expect(there.page.locator("#sessions li").first).to_contain_text(f"stopped at 0:{int(press['start'] - 0.2):02}")


def test_without_storage_it_works_for_the_visit(visit: Open, pack: Pack) -> None:
    blocked = "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    there = visit("#/evening", script=blocked)
    there.page.keyboard.press("]")
    there.page.get_by_role("link", name="All sessions").click()
    there.page.locator("#continue").click()
    there.near(pack.chapter("Brow"))
    assert there.complaints == []


def test_a_session_that_ended_begins_anew(visit: Open, pack: Pack) -> None:
    there = visit("#/morning")
    there.page.locator("#toggle").click()
    there.begins()
    there.jump(pack.timelines["morning"]["seconds"] - 0.15)
    there.until("audio.ended")
    expect(there.page.get_by_role("button", name="Play")).to_be_visible()
    there.page.locator("#toggle").click()
    there.begins()
    there.near(0.0, before=0.0)
    there.page.keyboard.press("Escape")
    expect(there.page.locator("#sessions li").nth(1)).to_contain_text(re.compile("heard once|stopped at"))


def test_the_sleep_timer_fades(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    there.page.clock.install()
    there.page.reload()
    there.page.clock.pause_at(datetime.now() + timedelta(days=1))
    there.page.get_by_text("Sleep timer and settings").click()
    there.page.locator("#timer").select_option("10")
    there.page.locator("#toggle").click()
    there.begins()
    assert there.page.evaluate("audio.volume") == 1
    there.page.clock.fast_forward("09:45")
    there.until("audio.volume < 0.3")
    assert there.page.evaluate("audio.volume") == pytest.approx(0.25, abs=0.01)
    assert there.playing
    there.page.clock.fast_forward("00:16")
    there.stops()
    there.page.clock.resume()
    expect(there.page.locator("#timer")).to_have_value("")
    there.page.locator("#toggle").click()
    there.begins()
    assert there.page.evaluate("audio.volume") == 1
    there.page.locator("#timer").select_option("end")
    there.jump(pack.timelines["evening"]["seconds"] - 6)
    there.until("audio.volume < 0.1")


def test_breathing_and_holds_keep_their_own_time(visit: Open, pack: Pack) -> None:
    there = visit("#/evening")
    there.page.get_by_text("Sleep timer and settings").click()
    there.page.locator("#speed").select_option("1.25")
    there.page.locator("#toggle").click()
    there.until("audio.playbackRate === 1.25")
    for kind in ("hold", "breath"):
        there.jump(pack.of(kind)["start"] - 0.6)
        there.until("audio.playbackRate === 1.25")
        there.until("audio.playbackRate === 1")
        assert there.now <= pack.of(kind)["start"]


def test_the_screen_stays_on_only_when_asked(visit: Open) -> None:
    there = visit("#/morning")
    there.page.locator("#toggle").click()
    there.begins()
    assert there.page.evaluate("locks") == 0
    there.page.get_by_text("Sleep timer and settings").click()
    there.page.get_by_label("Keep the screen on").check()
    there.until("locks === 1")


@contextmanager
def copied(pack: Pack, folder: Path) -> Iterator[Any]:
    """The pack at an address, so that it may be changed."""
    for path in pack.folder.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    pack.write(folder)
    with serving(folder) as served:
        yield served


def test_kept_sessions_play_without_a_network(visit: Open, pack: Pack, tmp_path: Path) -> None:
    with copied(pack, tmp_path) as served:
        there = visit(address=served.address)
        page = there.page
        page.evaluate("navigator.serviceWorker.ready")
        page.get_by_role("link", name="Evening face").first.click()
        page.get_by_role("button", name=re.compile("Keep offline .* Evening face")).click()
        expect(page.get_by_role("button", name=re.compile("Kept offline .* Evening face"))).to_be_visible()
        page.get_by_role("link", name="All sessions").click()
        served.stop()
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Quiet face")
        page.get_by_role("link", name="Morning").first.click()
        expect(page.get_by_role("status").filter(has_text="not kept on this device")).to_be_visible()
        page.locator("#sessions").get_by_role("link", name="Evening face").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Evening face")
        page.keyboard.press("]")
        page.locator("#toggle").click()
        there.begins()
        there.near(pack.chapter("Brow"))
        art = page.evaluate("navigator.mediaSession.metadata.artwork[0].src")
        assert page.evaluate("art => fetch(art).then(answer => answer.status)", art) == 200
        audio = (tmp_path / "evening.mp3").read_bytes()
        size = len(audio)
        for asked, first, last in (
            ("bytes=5-9", 5, 9),
            ("bytes=-4", size - 4, size - 1),
            (f"bytes={size - 9}-", size - 9, size - 1),
        ):
            answer = page.evaluate(
                "async range => { const answer = await fetch(audio.src, { headers: { range } });"
                " return [answer.status, answer.headers.get('content-range'), [...new Uint8Array(await answer.arrayBuffer())]]; }",
                asked,
            )
            assert answer == [206, f"bytes {first}-{last}/{size}", list(audio[first : last + 1])]
        assert page.evaluate("fetch(audio.src, { headers: { range: 'bytes=99999999-' } }).then(a => a.status)") == 416


def test_what_was_played_stays_and_a_new_pack_takes_the_place(visit: Open, pack: Pack, tmp_path: Path) -> None:
    kept = "async () => (await (await caches.open(`voiceguide kept ${location.href.split('#')[0]}`)).keys()).map(r => r.url)"
    with copied(pack, tmp_path) as served:
        there = visit(address=served.address)
        page = there.page
        page.evaluate("navigator.serviceWorker.ready")
        page.get_by_role("link", name="Morning").first.click()
        page.locator("#toggle").click()
        there.begins()
        there.jump(pack.timelines["morning"]["seconds"] - 0.15)
        there.until("audio.ended")
        expect(page.get_by_role("button", name=re.compile("Kept offline .* Morning"))).to_be_visible()
        assert len(page.evaluate(kept)) == 3
        before = page.evaluate("caches.keys()")
        (tmp_path / "morning.mp3").write_bytes((tmp_path / "evening.mp3").read_bytes())
        evening, morning = pack.manifest.sessions
        changed = dict(morning.files) | {"audio": file(tmp_path, "morning.mp3", "audio/mpeg")}
        renewed = replace(pack.manifest, title="New face", sessions=(evening, replace(morning, files=changed)))
        pack.write(tmp_path, renewed)
        page.goto(served.address)
        page.get_by_role("button", name="Show it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("New face")
        page.goto(f"{served.address}#downloads")
        expect(page.get_by_role("button", name=re.compile("Kept offline .* Morning"))).to_be_visible()
        sound = [url for url in page.evaluate(kept) if ".mp3" in url]
        assert sound == [f"{served.address}morning.mp3?{changed['audio'].sha256[:12]}"]
        after = page.evaluate("caches.keys()")
        assert len(after) == len(before) == 2
        assert after != before
        assert [line for line in there.complaints if "404" not in line] == []


NASTY = "<img src=x onerror=alert(1)></script><script>alert(2)</script><!--\u2028'\"&amp;${1}`🌙 שלום"


def test_text_is_never_markup(visit: Open, pack: Pack, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(3)>'\"&#?%20🌙"
    audio = f"{name}.mp3"
    (tmp_path / audio).write_bytes((pack.folder / "morning.mp3").read_bytes())
    (tmp_path / f"{name}.html").write_text("cue sheet", "utf-8")
    seconds = pack.timelines["morning"]["seconds"]
    row = {"track": "voice", "file": NASTY, "line": 1}
    timeline = {
        "schema": SCHEMA,
        "seconds": seconds,
        "chapters": [{"title": NASTY, "start": 0.0, "end": 2.0}, {"title": NASTY, "start": 2.0, "end": seconds}],
        "events": [
            {**row, "kind": "speech", "start": 1.0, "end": 1.5, "text": NASTY},
            {**row, "kind": "hold", "start": 1.5, "end": 2.0, "elastic": False},
            {**row, "kind": "speech", "start": 1.6, "end": 1.8, "text": NASTY},
            {**row, "kind": "speech", "start": 2.0, "end": 2.4, "text": NASTY},
            {**row, "kind": "sound", "start": 2.4, "end": 2.8, "text": NASTY},
        ],
    }
    sessions = (session(tmp_path, name, NASTY, audio, description=NASTY, seconds=seconds),)
    manifest = Manifest(NASTY, NASTY, NASTY, '"><script>', NASTY, None, sessions, (Week(NASTY, (name,), 2),))
    for path, content in player(
        manifest, documents({name: timeline}), {NASTY: "javascript:alert(4)"}, frozenset({f"{name}.html"})
    ).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    there = visit(address=(tmp_path / "index.html").as_uri())
    page = there.page
    words = NASTY.replace("\u2028", " ")
    seen = "element => element.textContent.replaceAll('\\u2028', ' ')"
    for part in ("h1", ".lead", "#sessions h3", ".about", "#programme h3", "#links a"):
        assert page.locator(f"#list {part}, #foot {part}").first.evaluate(seen).strip() == words, part
    assert page.title().replace("\u2028", " ") == words
    assert page.locator("#links a").evaluate("link => link.protocol") == "file:"
    page.locator("#sessions a").first.click()
    page.locator("#toggle").click()
    there.begins()
    there.page.keyboard.press("ArrowRight")
    for part in ("h1", "#chapter", "#transcript h3", ".line", ".counted", "#chapters a", ".ranges span"):
        assert page.locator(f"#player {part}").first.evaluate(seen) == words, part
    page.locator("#close-eyes").click()
    assert page.locator("#eyes h1").evaluate(seen) == f"{words}, eyes closed"
    assert page.evaluate("[document.images.length, document.scripts.length]") == [1, 4]
    assert there.complaints == []
    assert json.loads((tmp_path / "manifest.webmanifest").read_bytes())["name"] == words


@pytest.mark.parametrize(
    ("size", "settings", "level"),
    [
        (PHONE, {"color_scheme": "light"}, ""),
        (DESKTOP, {"color_scheme": "dark"}, ""),
        (DESKTOP, {"color_scheme": "light", "contrast": "more"}, "wcag2aaa"),
        (PHONE, {"color_scheme": "dark", "contrast": "more"}, "wcag2aaa"),
    ],
    ids=["light phone", "dark desktop", "light desktop, strong contrast", "dark phone, strong contrast"],
)
def test_axe_finds_nothing(visit: Open, size: dict[str, Any], settings: dict[str, Any], level: str) -> None:
    there = visit(reduced_motion="reduce", **settings, **size)
    page = there.page

    def judge() -> None:
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", *filter(None, [level])]
        # at AAA, links stand alone: what they lead to is said beside them
        rules = {"identical-links-same-purpose": {"enabled": False}}
        found = Axe().run(page, options={"runOnly": tags, "rules": rules, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    judge()
    page.locator("#sessions a").first.click()
    page.locator("#toggle").click()
    for details in page.locator("summary:visible").all():
        details.click()
    expect(page.locator(".line[aria-current]")).to_be_visible()
    judge()
    page.locator("#close-eyes").click()
    judge()


def test_plan_links_and_cue_sheets(visit: Open) -> None:
    there = visit()
    weeks = there.page.locator("#programme .weeks > li")
    expect(weeks).to_have_text(
        [re.compile("Learn.*once a week.*Morning"), re.compile("Keep.*every day.*Evening face.*Morning")]
    )
    expect(there.page.get_by_role("link", name="Calendar")).to_have_attribute("href", "programme.ics")
    expect(there.page.locator("link[type='application/rss+xml']")).to_have_attribute("href", "feed.xml")
    weeks.nth(1).get_by_role("link", name="Evening face").click()
    expect(there.page.locator("#session-links").get_by_role("link", name="Cue sheet")).to_have_attribute(
        "href", "evening.html"
    )


def test_light_and_dark_can_be_chosen(visit: Open) -> None:
    there = visit(color_scheme="light")
    there.page.get_by_label("Look").select_option("dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = there.page.evaluate(ground)
    there.page.reload()
    assert there.page.evaluate(ground) == dark == "rgb(23, 18, 15)"


def test_small_exact_and_free_of_others(pack: Pack) -> None:
    many = tuple(replace(pack.manifest.sessions[0], name=f"s{n}") for n in range(200))
    timelines = {row.name: pack.timelines["evening"] for row in many}
    large = replace(pack.manifest, sessions=many, programme=())
    files = player(large, documents(timelines))
    assert files == player(large, documents(timelines))
    page = {name: content for name, content in files.items() if "/" not in name and name != "sessions.js"}
    own = player(pack.manifest, documents(pack.timelines))
    assert sum(len(gzip.compress(own[name])) for name in page) < 80 * 1024
    assert {name for name in files if "/" in name} == {f"transcripts/s{n}.js" for n in range(200)}
    for name, content in page.items():
        assert not re.search(rb"https?://(?!www\.w3\.org/|schema\.org|cv\.iptc\.org/)", content), name
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', files["index.html"])
    assert policy is not None
    assert b"default-src 'none'" in policy[1]
    assert b"unsafe" not in policy[1]
    assert struct.unpack(">II", files["icon-512.png"][16:24]) == (512, 512)


def test_the_worker_changes_with_all_that_it_stores(pack: Pack) -> None:
    def worker(manifest: Manifest = pack.manifest, timelines: Mapping[str, Any] = pack.timelines) -> bytes:
        return player(manifest, documents(timelines))["service-worker.js"]

    first, second = pack.manifest.sessions
    sound = replace(first, files=dict(first.files) | {"audio": replace(first.audio, sha256="0" * 64)})
    words = dict(pack.timelines) | {
        "evening": {**pack.timelines["evening"], "events": pack.timelines["evening"]["events"][:-1]}
    }
    assert (
        len(
            {
                worker(),
                worker(replace(pack.manifest, description="x")),
                worker(replace(pack.manifest, sessions=(sound, second))),
                worker(timelines=words),
            }
        )
        == 4
    )
