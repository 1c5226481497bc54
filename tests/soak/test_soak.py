"""The soak's own judgement: it would see a fault, and it counts what it did."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.soak.attacks import Soak
from tests.soak.damage import damage
from tests.soak.running import Ended
from tests.soak.tally import Outcome, Tally
from tests.soak.world import COMMANDS, World

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the soak is for Linux")


def test_the_table_counts_what_was_tried_what_landed_and_what_was_wrong() -> None:
    tally = Tally()
    tally.add("kill", Outcome(True))
    tally.add("kill", Outcome(False, ("a", "b")))
    tally.skipped["clock"] = "there is no libfaketime"
    assert tally.table().splitlines() == [
        "attack  tried  landed  faults",
        "kill       2       1       1",
        "all        2       1       1",
        "clock  skipped: there is no libfaketime",
    ]
    assert tally.faults == ["kill: a", "kill: b"]


def test_a_wrong_a_missing_and_a_left_file_are_seen(tmp_path: Path) -> None:
    world, (command, *_) = World.made(tmp_path / "world"), COMMANDS
    soak = Soak(world, random.Random(1))
    (world.folder / "out/x.mp3").write_bytes(b"right")
    soak.known[command.name] = world.results(command)
    assert soak._wrong(command, "now") == []
    (world.folder / "out/x.mp3").write_bytes(b"wrong")
    (world.folder / "tmp/voiceguide-scratch-1").mkdir()
    assert soak._wrong(command, "now") == ["render mp3 now: not the same bytes in ['out/x.mp3']"]
    assert world.left() == ["tmp/voiceguide-scratch-1"]
    (world.folder / "out/x.mp3").unlink()
    assert "out/x.mp3" in soak._wrong(command, "now")[0]


def test_times_in_a_report_are_no_difference(tmp_path: Path) -> None:
    world, (command, *_) = World.made(tmp_path / "world"), COMMANDS
    report, found = world.folder / "out/r.json", []
    for text in ('{"a": 1, "run": 1}', '{"a": 1, "run": 2}', '{"a": 2, "run": 2}'):
        report.write_text(text)
        found.append(world.results(command))
    assert found[0] == found[1] != found[2]


def test_what_no_command_should_say_is_a_fault() -> None:
    assert Ended(1, "Traceback (most recent call last):").faults == ("Traceback",)
    assert Ended(1, "x.md: error: there is no such file").faults == ()


def test_entries_are_damaged_in_every_way(tmp_path: Path) -> None:
    dice, seen = random.Random(1), set()
    for number in range(200):
        entry, other = tmp_path / f"{number}.clip", tmp_path / "other"
        for path in (entry, other):
            path.write_bytes(b"0123456789")
        seen.add(damage(entry, [other], dice))
    assert len(seen) == 10
