"""Hashes everything that the command line writes for twelve sessions: ``python -m tests.golden FILE.json``.

Run it on two checkouts of the same machine and compare the files: a change that should alter no sound must give the same
hashes. Audio differs in its last bits from one processor to another, so those hashes are not kept here; what holds on any
machine is in ``hashes.json``, which ``tests/test_golden.py`` reads.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.golden.runs import AUDIO_RUNS, hashes


def main(output: Path) -> None:
    with tempfile.TemporaryDirectory() as cache, ThreadPoolExecutor(os.cpu_count()) as pool:
        found: dict[str, str] = {}
        for name, hashed in zip(
            AUDIO_RUNS, pool.map(lambda run: hashes(run, Path(cache)), AUDIO_RUNS.values()), strict=True
        ):
            found |= {f"{name}/{path}": value for path, value in hashed.items()}
            print(name, len(hashed), "files", file=sys.stderr)
    output.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
