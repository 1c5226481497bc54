"""Drags on the timeline in a real browser, at random: ``python -m tests.studio.drags --count 200``.

What the mouse does is held against what the page asks for, and what the studio answers against the text and its timeline
(``tests.editing.edits``); then some of it is taken back and done again. Prints how many of each were done, and how many were
refused with a sentence.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, WebSocket

from tests.editing.edits import Case, Place, judged_drag
from tests.editing.made import script
from tests.studio.running import running
from tests.support.chromium import chromium
from tests.support.waiting import HANGS
from voiceguide.editing.edits import Edit
from voiceguide.studio.messages import characters

_EACH_SCRIPT = 10  # drags, one after another
_LEAST = 6  # pixels of a drag: less is a click
_ZOOMS = (0, 0, 1, 2, 3)  # clicks on “Closer”

THINGS = """() => [...document.querySelectorAll(".thing")].map((thing) => {
  const box = thing.getBoundingClientRect();
  const grip = thing.querySelector(".grip")?.getBoundingClientRect();
  const at = (x, y) => document.elementFromPoint(x, y);
  const y = box.top + box.height / 2;
  const x = Math.min(box.left + box.width * 0.3, box.right - 1);
  const gripX = grip ? grip.left + grip.width / 2 : 0;
  return {
    index: Number(thing.dataset.index), left: box.left, width: box.width, y, x, gripX,
    body: at(x, y)?.closest(".thing") === thing && !at(x, y).classList.contains("grip"),
    grip: Boolean(grip) && at(gripX, y)?.parentElement === thing && at(gripX, y).classList.contains("grip"),
  };
})"""


@dataclass
class Wire:
    """What the page and the studio have told each other."""

    page: Page
    asked: list[dict[str, Any]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)

    def listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.asked.append(json.loads(frame)) if isinstance(frame, str) else None)
        socket.on(
            "framereceived", lambda frame: self.told.append(json.loads(frame)) if isinstance(frame, str) else None
        )

    def wait(self, found: Any, what: str) -> Any:
        """What ``found`` gives, as soon as that is something."""
        for _ in range(round(HANGS * 100)):
            if (value := found()) is not None:
                return value
            self.page.wait_for_timeout(10)
        raise AssertionError(f"{what} did not happen")

    def texts(self) -> list[str]:
        return [str(one["text"]) for one in self.asked if one["op"] == "text"]

    def text_since(self, count: int) -> str:
        """The newest text, which is sent after so many."""
        newest: str = self.wait(lambda: self.texts()[count:] or None, "a text that is sent")[-1]
        return newest

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        answered: dict[str, Any] = self.wait(
            lambda: next((one for one in self.told if one.get("key") == request["key"]), None), "an answer"
        )
        return answered

    def plan_of(self, text: int) -> dict[str, Any]:
        """The timeline of the text with this number."""

        def newest() -> dict[str, Any] | None:
            plans = [one for one in self.told if one.get("op") == "plan" and "timeline" in one]
            return plans[-1]["timeline"] if plans and plans[-1]["number"] == text else None

        timeline: dict[str, Any] = self.wait(newest, f"the plan of text {text}")
        return timeline


def drags(page: Page, wire: Wire, folder: Path, count: int, seed: int = 1) -> Counter[str]:
    """Does so many drags, all that can be done."""
    tally: Counter[str] = Counter()
    done = number = 0
    while done < count:
        chance = random.Random(f"{seed}/{number}")
        number += 1
        text = _silent(script(chance))
        name = f"made-{number}"
        (folder / f"{name}.md").write_text(text)
        page.reload()
        page.wait_for_selector("body.ready")
        wire.asked.clear()
        wire.told.clear()
        page.evaluate("document.body.classList.add('files-shown')")
        page.get_by_role("button", name=name, exact=True).click()
        wire.plan_of(0)
        page.wait_for_selector(".thing")
        done += _one_script(page, wire, Case.of(text), min(_EACH_SCRIPT, count - done), chance, tally)
    return tally


def _silent(text: str) -> str:
    return (
        text.replace("---\n", "---\nvoice: silent\n", 1)
        if text.startswith("---\n")
        else f"---\nvoice: silent\n---\n{text}"
    )


def _one_script(page: Page, wire: Wire, case: Case, count: int, chance: random.Random, tally: Counter[str]) -> int:
    done = 0
    for _ in range(3 * count):
        if done == count:
            break
        _zoom(page, chance.choice(_ZOOMS))
        events = wire.plan_of(len(wire.texts()))["events"]
        drag = _chosen(page.evaluate(THINGS), events, case, chance)
        if drag is None:
            continue
        before = len(wire.texts())
        request, answer = _do(page, wire, drag)
        if "error" in answer:
            assert answer["error"].endswith(".")
            tally["refused"] += 1
            continue
        if answer["result"] is None:
            tally["already so"] += 1
            continue
        edit = _edit(case.text, answer["result"])
        after = edit.applied(case.text)
        assert wire.text_since(before) == after
        wire.plan_of(len(wire.texts()))
        judged_drag(case, edit, request, drag.place)
        tally[request["action"]] += 1
        done += 1
        if chance.random() < 0.4:
            _taken_back(page, wire, case.text, after)
            tally["taken back, and done again"] += 1
        case = Case.of(after)
    return done


def _zoom(page: Page, times: int) -> None:
    page.get_by_role("button", name="All of it").click()
    for _ in range(times):
        page.get_by_role("button", name="Closer").click()


@dataclass(frozen=True)
class Drag:
    place: Place | None  # None: the bed that the front matter names
    kind: str
    x: float
    y: float
    by: float  # pixels to the right; of a bed upwards
    seconds: float  # that so many pixels are


def _chosen(
    things: list[dict[str, Any]], events: list[dict[str, Any]], case: Case, chance: random.Random
) -> Drag | None:
    """A drag that can be done with what is seen now; None when there is none."""
    places = {one.node.span.position[1:]: one for one in case.places() if one.node.span is not None}
    if not things:
        return None
    widest = max(things, key=lambda thing: thing["width"])
    event = events[widest["index"]]
    scale = (event["end"] - event["start"]) / widest["width"]
    if widest["width"] < 20:
        return None
    chance.shuffle(things)
    for thing in things:
        event = events[thing["index"]]
        by = chance.choice((-1, 1)) * chance.uniform(_LEAST, 90)
        if event["kind"] == "bed" and event["first"] and thing["body"]:
            return Drag(None, "bed", thing["x"], thing["y"], by / 3, 0.0)
        place = places.get((event.get("line"), event.get("column")))
        if place is None or (chance.random() < 0.5 and not thing["grip"]):
            continue
        if thing["grip"] and event["kind"] != "bed":
            return Drag(place, "ends_later", thing["gripX"], thing["y"], by, by * scale)
        if thing["body"] and event["kind"] == "bed":
            return Drag(place, "louder", thing["x"], thing["y"], by / 3, 0.0)
        if thing["body"]:
            return Drag(place, "begins_later", thing["x"], thing["y"], by, by * scale)
    return None


def _do(page: Page, wire: Wire, drag: Drag) -> tuple[dict[str, Any], dict[str, Any]]:
    """Drags, and gives back what the page asked for and the studio's answer."""
    before = len(wire.asked)
    level = drag.kind in ("bed", "louder")
    page.mouse.move(drag.x, drag.y)
    page.mouse.down()
    for part in (0.3, 1.0):
        page.mouse.move(drag.x + (0 if level else drag.by * part), drag.y - (drag.by * part if level else 0))
    page.mouse.up()
    request: dict[str, Any] = wire.wait(
        lambda: next((one for one in wire.asked[before:] if one["op"] == "move"), None), f"{drag} was asked for"
    )
    assert request["action"] == drag.kind, (request, drag)
    if not level:
        assert abs(request["amount"] - drag.seconds) < 0.06 + abs(drag.seconds) * 0.02, (request, drag)
    return request, wire.answer(request)


def _edit(text: str, row: dict[str, Any]) -> Edit:
    return Edit(characters(text, row["from"]), characters(text, row["to"]), row["insert"])


def _taken_back(page: Page, wire: Wire, before: str, after: str) -> None:
    for key, expected in (("Control+z", before), ("Control+y", after)):
        count = len(wire.texts())
        page.locator(".cm-content").focus()
        page.keyboard.press(key)
        assert wire.text_since(count) == expected, key
    wire.plan_of(len(wire.texts()))


def listened(page: Page) -> Wire:
    """Listens to the page's connection, from its next load on."""
    wire = Wire(page)
    page.on("websocket", wire.listen)
    return wire


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, running(Path(name)) as studio, chromium() as browser:
        (Path(name) / "first.md").write_text("Rest.\n")
        page = browser.new_page(viewport={"width": 1440, "height": 844}, locale="en-GB")
        wire = listened(page)
        page.goto(studio.address)
        for kind, number in drags(page, wire, Path(name), options.count, options.seed).most_common():
            print(f"{number:7} {kind}")


if __name__ == "__main__":
    main()
