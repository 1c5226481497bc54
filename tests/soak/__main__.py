"""Disturbs every command for hours, continues it, and compares the bytes: ``python -m tests.soak --hours 2``.

Linux alone; small disks need root, clocks need libfaketime. Exits 1 if anything was lost, wrong, left behind or said
badly; the faults are printed as they are found, and a table at the end tells what was done.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.soak.attacks import NotHereError, Soak
from tests.soak.running import Nursery
from tests.soak.tally import Outcome, Tally
from tests.soak.world import World

_SHARES = {
    "kill": 24,
    "damaged_cache": 2,
    "together": 1,
    "changed_script": 1,
    "vanished_folder": 2,
    "forbidden": 2,
    "cleared_cache": 1,
    "server": 2,
    "limits": 2,
    "odd_engine": 1,
    "clock": 1,
    "full_disk": 3,
    "read_only": 1,
}
"""How often each attack is made, against the others."""

_TOLD_EVERY = 25


def main() -> None:
    asked = _asked()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # what started us may ignore some of them
        signal.signal(name, signal.default_int_handler)
    dice, tally = random.Random(asked.seed), Tally()
    folder = Path(tempfile.mkdtemp(prefix="soak-", dir=asked.folder))
    print(f"Seed {asked.seed}, in {folder}.", flush=True)
    nursery = Nursery()
    try:
        soak = Soak(World.made(folder, nursery), dice)
        _add(tally, "undisturbed", Outcome(True, soak.learn()))
        ends = time.monotonic() + asked.hours * 3600
        while time.monotonic() < ends and not tally.faulty["undisturbed"]:
            names = [name for name in _SHARES if name not in tally.skipped]
            name = dice.choices(names, [_SHARES[name] for name in names])[0]
            try:
                _add(tally, name, getattr(soak, name)())
            except NotHereError as why:
                tally.skipped[name] = str(why)
            if tally.tried.total() % _TOLD_EVERY == 0:
                print(
                    f"{time.strftime('%H:%M')} {tally.tried.total()} tried, {tally.landed['kill']} killed", flush=True
                )
    except KeyboardInterrupt:
        print("Stopped.")
    finally:
        nursery.close()
        shutil.rmtree(folder, ignore_errors=True)
    print(tally.table(), flush=True)
    sys.exit(bool(tally.faults))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Disturbs every command for hours.")
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same one rolls the same dice")
    parser.add_argument("--folder", type=Path, help="where it works; the system's place for temporary files")
    return parser.parse_args()


def _add(tally: Tally, name: str, outcome: Outcome) -> None:
    tally.add(name, outcome)
    for fault in outcome.faults:
        print(f"{name}: {fault}", flush=True)


if __name__ == "__main__":
    main()
