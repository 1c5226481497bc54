"""Fixtures of all tests: a cache of their own, and the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import Run
from tests.support.paths import ROOT
from tests.support.waiting import HANGS


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Tests never read or fill the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEGUIDE_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def voiceguide(tmp_path: Path) -> Run:
    """Runs the command line in an empty folder, as a person would."""

    def run(*arguments: str | Path, timeout: float = HANGS, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "voiceguide", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run
