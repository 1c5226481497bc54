"""Nothing touches the network unless it is asked to: every connection and every look-up of a name is watched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.command_line import Run
from tests.support.paths import ROOT

_WATCH = """
import os, sys
_ASKING = ("connect", "getaddrinfo", "gethostbyname", "gethostbyaddr", "sendto", "sendmsg", "bind")
def _watched(event, arguments):
    kind, _, what = event.partition(".")
    if kind == "socket" and what in _ASKING and not (what in ("connect", "bind") and isinstance(arguments[1], (str, bytes))):
        with open(os.environ["WATCHED"], "a") as file:
            file.write(f"{event} {arguments[1:]}\\n")
        raise OSError("no network in this test")
sys.addaudithook(_watched)
"""
SCRIPT = "---\nbed: rain\n---\n# Calm\nRest your hands. [chime bowl] [breathe box x1]\n"
PACK = "title: Calm\nvoice: silent\nlink: https://example.org/calm\nsessions: [{script: x.md}]\n"


@pytest.fixture
def watched(tmp_path: Path) -> Path:
    """What was asked of the network, one row each; every process of Python writes there."""
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(_WATCH)
    (tmp_path / "x.md").write_text(SCRIPT)
    (tmp_path / "pack.yaml").write_text(PACK)
    (tmp_path / "a.html").write_text("<h1>Calm</h1><p>Rest. <img src='https://example.org/x.png'></p>")
    return tmp_path / "watched.txt"


def _watching(watched: Path) -> dict[str, str]:
    return {"PYTHONPATH": f"{watched.parent / 'watch'}{os.pathsep}{ROOT}", "WATCHED": str(watched)}


def test_no_command_uses_the_network(watched: Path, voiceguide: Run) -> None:
    for arguments in (
        ("render", "x.md"),
        ("render", "x.md", "--voice", "system", "--split", "chapters"),
        ("import", "a.html"),
        ("record", "x.md"),
        ("pack", "build", "pack.yaml", "-o", "built"),
        ("voices", "list"),
        ("new", "--list"),
    ):
        done = voiceguide(*arguments, **_watching(watched))
        assert done.returncode == 0, (arguments, done.stderr)
    assert not watched.exists(), watched.read_text()


def test_what_is_asked_to_would_be_seen(watched: Path, voiceguide: Run) -> None:
    assert voiceguide("voices", "add", "amy", **_watching(watched)).returncode == 1
    assert "getaddrinfo" in watched.read_text()
