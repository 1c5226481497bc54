"""Has atheris feed a reader: ``python -m tests.fuzz.guided --target ssml --seconds 600``.

It keeps the texts that reach new code, and disturbs those (pip install "voiceguide[test-fuzz]", Linux). Ends at the first
finding, with its text in a file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided", description="Has atheris feed a reader.")
    parser.add_argument("--target", default="script", help="the reader, as python -m tests.fuzz --help names it")
    parser.add_argument("--seconds", type=float, default=600.0)
    asked = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["voiceguide"]):  # before anything of it is loaded
        from tests.fuzz.run import seeds
        from tests.fuzz.targets import TARGETS
    target = next((one for one in TARGETS if one.name == asked.target), None)
    if target is None:
        parser.error(f"there is no reader '{asked.target}'")
    folder = Path(tempfile.mkdtemp(prefix="fuzz-guided-"))
    for number, seed in enumerate(seeds(target.name)):
        (folder / f"{number}.txt").write_bytes(seed.encode("utf-8"))

    def feed(data: bytes) -> None:
        target.feed(data.decode("utf-8", "replace"))

    limits = (f"-max_total_time={asked.seconds:g}", "-max_len=4000", f"-artifact_prefix={folder}/")
    atheris.Setup([sys.argv[0], str(folder), *limits], feed)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
