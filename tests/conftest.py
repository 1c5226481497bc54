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

# Hundreds of processes are started here. Where none of them may keep its bytecode, each compiles the whole package anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

FIRST = (
    "tests/session/test_session.py",
    "tests/packs/test_building.py",
    "tests/recording/test_recording.py",
    "tests/session/test_long_sessions.py",
    "tests/test_quality.py",
    "tests/test_growth.py",
    "tests/test_walkthroughs.py",
)
"""The files that take longest. With several workers each file has one, and a long file at the end would keep one of
them alone at work."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first."""
    rank = {name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(FIRST)))


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
