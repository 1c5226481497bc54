"""Plans and translated scripts are byte for byte what they were; audio is compared by ``python -m tests.golden``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.runs import TEXT_RUNS, hashes
from tests.support.paths import ROOT

GOLDEN: dict[str, dict[str, str]] = json.loads((ROOT / "tests" / "golden" / "hashes.json").read_text("utf-8"))


@pytest.mark.parametrize("name", GOLDEN)
def test_the_bytes_are_what_they_were(name: str, tmp_path: Path) -> None:
    found = hashes(TEXT_RUNS[name], tmp_path)
    assert {path: value for path, value in found.items() if path != "stderr"} == GOLDEN[name]
