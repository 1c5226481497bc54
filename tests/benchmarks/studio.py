"""How quick the studio's page is, and whether it grows: ``python -m tests.benchmarks.studio [--minutes 180]``.

The studio runs in a process of its own and its page in Chromium. With a script of 2,000 lines, all of them kept: from a
keystroke that makes a mistake, or mends it, until that is underlined, or no longer; and from a click until the first sample
of a sentence leaves the page. Given are the median and the longest of the seconds that passed, and the processor time of
the studio. With ``--minutes`` the page is used for so long instead, without a rest: sentences are typed and taken back, pauses
dragged, chapters played; memory of the studio's processes and of the page is measured after each round, and how fast it
grows in the second half of the time. Prints JSON. Linux only, by ``/proc``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.support.chromium import chromium
from voiceguide.speech.cache import VARIABLE

_LINES = 2000
_TIMES = 20
_PLAYED = 8
_TICK = os.sysconf("SC_CLK_TCK")
_PATIENCE = 600_000  # ms: all lines of the script are spoken first
_SAID = (
    "Rest your hands",
    "Let your shoulders sink",
    "Stroke along the jaw",
    "Hold still",
    "Let the breath come and go",
)
_LEAVES = """
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to === this.context?.destination) {
      window.leaving = this.context.createAnalyser();
      window.leaving.fftSize = 2048;
      connect.call(this, window.leaving);
    }
    return connect.call(this, to, ...more);
  };
  document.addEventListener("keydown", () => { window.began = performance.now(); }, true);
  document.addEventListener("click", () => { window.began = performance.now(); }, true);
"""
_UNDERLINED = """(wanted) => new Promise((done) => {
  const look = () => Boolean(document.querySelector(".cm-lintRange-error")) === wanted && done((performance.now() - window.began) / 1000);
  const seen = new MutationObserver(() => look() !== false && seen.disconnect());
  seen.observe(document.querySelector(".cm-content"), { subtree: true, childList: true, attributes: true });
  if (look() !== false) seen.disconnect();
})"""
_HEARD = """() => new Promise((done) => {
  const samples = new Float32Array(2048);
  const timer = setInterval(() => {
    window.leaving?.getFloatTimeDomainData(samples);
    if (!samples.some((value) => Math.abs(value) > 1e-4)) return;
    clearInterval(timer);
    done((performance.now() - window.began) / 1000);
  }, 2);
})"""


def script(lines: int) -> str:
    """So many lines, each with a sentence of its own and a pause; a chapter for every forty."""
    head = ["---", "title: Two thousand lines", "voice: system", "---"]
    rows = (
        f"# Part {number // 40 + 1}" if number % 40 == 0 else f"{_SAID[number % len(_SAID)]}, line {number}. [pause 2s]"
        for number in range(lines - len(head))
    )
    return "\n".join([*head, *rows]) + "\n"


@dataclass(frozen=True)
class Server:
    """The studio's process and the workers that it starts."""

    process: int

    def _all(self) -> Iterator[int]:
        waiting = [self.process]
        for one in waiting:
            yield one
            for children in Path(f"/proc/{one}/task").glob("*/children"):
                waiting += map(int, children.read_text().split())

    def spent(self) -> float:
        """Processor seconds until now."""
        return sum(_spent(one) for one in self._all())

    def memory(self) -> dict[str, float]:
        """Resident MB of the studio itself, and of its workers."""
        own, *workers = [_resident(one) for one in self._all()]
        return {"studio": own, "workers": sum(workers)}


def _spent(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:  # a worker that has ended meanwhile
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def _resident(process: int) -> float:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def _opened(folder: Path, cache: Path) -> Iterator[tuple[Page, Server]]:
    """The page with the script open, planned and spoken."""
    command = [sys.executable, "-m", "voiceguide", "studio", str(folder), "--no-open", "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, VARIABLE: str(cache)})
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with chromium() as browser:
            page = browser.new_page(viewport={"width": 1440, "height": 844}, locale="en-GB")
            page.set_default_timeout(_PATIENCE)
            page.add_init_script(_LEAVES)
            page.goto(address)
            page.get_by_role("button", name="long", exact=True).click()
            page.wait_for_selector(".thing-speech")
            page.wait_for_selector(".thing.missing", state="detached")
            page.wait_for_timeout(3000)  # until its gain is found too
            yield page, Server(process.pid)
    finally:
        process.terminate()
        process.wait()


# -- how quick it is


def _quick(page: Page, server: Server) -> dict[str, Any]:
    _go_into_a_cue(page)
    return {
        "until it is underlined": _row(
            server, lambda: _typed(page, "x", wanted=True), lambda: _typed(page, "Backspace", wanted=False)
        ),
        "until it is heard": _row(server, lambda: _clicked(page), lambda: _stopped(page)),
    }


def _row(server: Server, measured: Any, between: Any) -> dict[str, float]:
    times, spent = [], []
    for _ in range(_TIMES):
        begin = server.spent()
        times.append(measured())
        spent.append(server.spent() - begin)
        between()
    return {
        "first": round(times[0], 3),
        "median": round(statistics.median(times), 3),
        "longest": round(max(times[1:]), 3),
        "processor": round(statistics.median(spent), 3),
    }


def _go_into_a_cue(page: Page) -> None:
    """In the middle of the script."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+Home")
    for _ in range(20):
        page.keyboard.press("PageDown")
    page.wait_for_timeout(500)
    page.locator(".cm-line", has_text="[pause 2s]").nth(5).click()
    page.keyboard.press("End")
    for _ in range(len("e 2s]")):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(500)


def _typed(page: Page, key: str, *, wanted: bool) -> float:
    page.keyboard.press(key)
    seconds: float = page.evaluate(_UNDERLINED, wanted)
    page.wait_for_timeout(700)  # as somebody rests who reads what is underlined
    return seconds


def _clicked(page: Page) -> float:
    page.get_by_role("button", name="Play from the cursor").click()
    seconds: float = page.evaluate(_HEARD)
    return seconds


def _stopped(page: Page) -> None:
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_timeout(400)


# -- whether it grows


def _used(page: Page, server: Server, minutes: float, told: Path | None) -> dict[str, Any]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    chance, begin, rows = random.Random(1), time.monotonic(), []
    spent = server.spent()
    while (passed := time.monotonic() - begin) < minutes * 60:
        _round(page, chance)
        rows.append({"minute": round(passed / 60, 2), **server.memory(), **_page_memory(session)})
        if told is not None:
            told.write_text(json.dumps(rows))
    late = rows[len(rows) // 2 :]
    hours = [row["minute"] / 60 for row in late]
    kinds = [key for key in rows[0] if key != "minute"]
    return {
        "minutes": round(passed / 60, 1),
        "rounds": len(rows),
        "share of a core": round((server.spent() - spent) / passed, 3),
        "first": rows[0],
        "middle": late[0],
        "last": rows[-1],
        "an hour": {
            key: round(statistics.linear_regression(hours, [row[key] for row in late]).slope, 2) for key in kinds
        },
    }


def _page_memory(session: CDPSession) -> dict[str, float]:
    """MB of the page's own memory after what is no longer needed is given back, and how many nodes and listeners."""
    session.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return {"page": found["JSHeapUsedSize"] / 1e6, "nodes": found["Nodes"], "listeners": found["JSEventListeners"]}


def _round(page: Page, chance: random.Random) -> None:
    """Types a sentence, hears it, takes it back; drags a pause; looks at the panels; plays a chapter for a while."""
    page.keyboard.press("Escape")
    lines = page.locator(".cm-line")
    lines.nth(chance.randrange(4, lines.count() - 2)).click()
    page.keyboard.press("End")
    words = chance.sample(("rest", "softly", "again", "the", "hands", "now", "slowly", "jaw"), 5)
    typed = f" {' '.join(words).capitalize()}. [pause {chance.randint(1, 9)}s]"
    page.keyboard.type(typed, delay=60)
    page.get_by_role("button", name="Play from the cursor").click()
    page.wait_for_timeout(_PLAYED * 1000)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.locator(".cm-content").focus()
    for _ in range(len(typed)):
        page.keyboard.press("Backspace")
    page.get_by_role("listbox", name="Timeline").focus()
    page.keyboard.press(chance.choice(("PageDown", "PageDown", "PageUp")))
    page.keyboard.press("ArrowRight")
    for key in ("Shift+ArrowRight", "Shift+ArrowLeft", "+", "-"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    for name in ("Session", "Voice", "Review", "Findings"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(200)
    if chance.random() < 0.1:
        page.get_by_role("button", name="Make", exact=True).click()
        page.wait_for_timeout(500)
        page.keyboard.press("Escape")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, help="Use the page for so long, and watch its memory.")
    parser.add_argument("--lines", type=int, default=_LINES)
    parser.add_argument("--cache", type=Path, help="Where spoken lines are kept for the next run.")
    parser.add_argument("--rows", type=Path, help="Where every measurement of the memory is written meanwhile.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "scripts", options.cache or Path(name) / "cache"
        folder.mkdir()
        (folder / "long.md").write_text(script(options.lines))
        with _opened(folder, cache) as (page, server):
            found = _used(page, server, options.minutes, options.rows) if options.minutes else _quick(page, server)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
