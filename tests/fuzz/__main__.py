"""Feeds readers with made-up texts for a time: ``python -m tests.fuzz --seconds 600``.

Every text follows from the seed and its number. What is found is printed once for each place in the code, with the text
beside it in a folder. Exits 1 if anything was found.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.run import Finding, fed, seeds
from tests.fuzz.targets import TARGETS

_TOLD_EVERY = 60.0  # seconds


def main() -> None:
    asked = _asked()
    chosen = [target for target in TARGETS if asked.target in (None, target.name)]
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Seed {asked.seed}; what is found lies in {folder}.", flush=True)
    tally: Counter[str] = Counter()
    found: dict[str, Finding] = {}
    begin = told = time.monotonic()
    dice = random.Random(asked.seed)
    while time.monotonic() - begin < asked.seconds and tally.total() < asked.count:
        target = dice.choices(chosen, [one.share for one in chosen])[0]
        finding = fed(target, f"{asked.seed}/{tally[target.name]}")
        tally[target.name] += 1
        if finding is not None and finding.place not in found:
            found[finding.place] = finding
            (folder / f"{len(found)}.txt").write_bytes(finding.text.encode("utf-8", "replace"))
            print(f"{len(found)}: {target.name}: {finding.place}: {finding.what}", flush=True)
        if time.monotonic() - told > _TOLD_EVERY:
            told = time.monotonic()
            print(f"{time.strftime('%H:%M')} {tally.total()} texts, {len(found)} findings", flush=True)
    for name, count in sorted(tally.items()):
        print(f"{name:14} {count:8}  {len(seeds(name)):3} seeds")
    print(f"{'all':14} {tally.total():8}  {len(found)} findings", flush=True)
    sys.exit(bool(found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Feeds readers with made-up texts.")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument(
        "--count", type=float, default=float("inf"), help="texts after which it ends, if that is earlier"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same one makes the same texts")
    parser.add_argument("--target", choices=[target.name for target in TARGETS], help="this reader alone")
    parser.add_argument("--folder", type=Path, help="where the texts of findings are put")
    return parser.parse_args()


if __name__ == "__main__":
    main()
