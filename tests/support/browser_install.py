"""Browsers for tests: the system's, else Playwright's own, else one that is installed now."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock

_PATIENCE = 240.0
"""Seconds for one command that installs."""


def system_browser(names: Sequence[str], package: str, own: Path, playwright_name: str) -> Path | None:
    """A browser of the system by one of its ``names``; None where Playwright's own, at ``own``, is to be taken.

    Where there is neither, Debian's ``package`` is installed, or Playwright's browser. Fails the test where that cannot
    be done.
    """
    with _alone():
        if (found := _found(names)) or own.exists() or (found := _installed(names, package)):
            return found
        done = subprocess.run(
            ["playwright", "install", playwright_name], capture_output=True, check=False, timeout=_PATIENCE
        )
    if done.returncode != 0:
        pytest.fail(f"These tests need {playwright_name}, which is neither here nor could be installed. {how(package)}")
    return None


def from_debian(name: str, *packages: str) -> Path | None:
    """A program of the system, else one of Debian's ``packages``, which are installed now; None where they can't be."""
    with _alone():
        return _found([name]) or _installed([name], *packages)


def _alone() -> FileLock:
    return FileLock(Path(tempfile.gettempdir()) / "voiceguide-tests-browsers.lock")  # workers need one at the same time


def how(package: str) -> str:
    """What a person can do who has no such browser."""
    name = package.removesuffix("-esr")
    return f"Install it with `apt-get install {package}`, or with `playwright install --with-deps {name}`."


def _found(names: Sequence[str]) -> Path | None:
    path = next(filter(None, map(shutil.which, names)), None)
    return None if path is None else Path(path)


def _installed(names: Sequence[str], *packages: str) -> Path | None:
    """Installs packages, where we may."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    install = [apt, "install", "-y", "--no-install-recommends", *packages]
    for command in (install, [apt, "update"], install):
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
        if done.returncode == 0 and (found := _found(names)):
            return found
    return None
