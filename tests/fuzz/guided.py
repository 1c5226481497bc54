"""A reader is fed by atheris, which keeps the texts that reach new code, and disturbs those (pip install "voiceguide[test-fuzz]")."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.fuzz.run import seeds
from tests.fuzz.targets import Target


def guide(target: Target, seconds: float) -> None:
    """Feeds it for so long, and ends the process: with 0, or at the first finding with its text in a file."""
    import atheris

    folder = Path(tempfile.mkdtemp(prefix="fuzz-guided-"))
    for number, seed in enumerate(seeds(target.name)):
        (folder / f"{number}.txt").write_bytes(seed.encode("utf-8"))

    def feed(data: bytes) -> None:
        target.feed(data.decode("utf-8", "replace"))

    atheris.instrument_all()
    atheris.Setup(
        [sys.argv[0], str(folder), f"-max_total_time={seconds:g}", "-max_len=4000", f"-artifact_prefix={folder}/"], feed
    )
    atheris.Fuzz()
