"""A window of its own: with pywebview, and what is said without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.command_line import Run
from tests.support.paths import ROOT

STAND_IN = """
import http.client, json, pathlib, urllib.parse

settings = {}

def create_window(title, url, **options):
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request("GET", f"{address.path}?{address.query}")
    pathlib.Path("seen.json").write_text(json.dumps([title, connection.getresponse().status, settings]))
    connection.close()

def start():
    if pathlib.Path("no-display").exists():
        raise RuntimeError("no display")
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module in pywebview's place, which opens the address as a window would, and closes it."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "webview.py").write_text(STAND_IN)
    return tmp_path


def _path(folder: Path) -> str:
    return os.pathsep.join([str(folder / "modules"), str(ROOT)])


def test_a_window_shows_the_studio_and_ends_it(voiceguide: Run, stand_in: Path) -> None:
    result = voiceguide("studio", "--window", PYTHONPATH=_path(stand_in))
    assert (result.returncode, result.stderr, result.stdout) == (0, "", "")
    assert (stand_in / "seen.json").read_text() == '["voiceguide studio", 303, {"ALLOW_DOWNLOADS": true}]'


def test_without_a_display_that_is_said(voiceguide: Run, stand_in: Path) -> None:
    (stand_in / "no-display").touch()
    result = voiceguide("studio", "--window", PYTHONPATH=_path(stand_in))
    assert result.returncode == 1
    assert "No window could be opened (no display). Without --window" in result.stderr


def test_without_pywebview_that_is_said(voiceguide: Run, tmp_path: Path) -> None:
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "webview.py").write_text("raise ImportError('not here')")
    result = voiceguide("studio", "--window", PYTHONPATH=_path(tmp_path))
    assert result.returncode == 1
    assert 'pip install "voiceguide[window]"' in result.stderr
