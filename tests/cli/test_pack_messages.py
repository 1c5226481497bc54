"""Messages about a pack say which of its sessions they are about."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from voiceguide.cli import cli
from voiceguide.cli.pack.options import for_sessions


def test_pack_check_names_the_sessions_of_each_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("vague.md").write_text("# Vague\n\nPress your fingertips here. [pause 2s..9s]\n")
    Path("wrong.md").write_text("[paws 5s]\n")
    sessions = "  - {script: vague.md, lengths: [8s, 9s]}\n  - wrong.md\n"
    Path("pack.yaml").write_text(f"title: A pack\nvoice: system\nsessions:\n{sessions}")
    result = CliRunner().invoke(cli, ["pack", "check", "--text-only", "-q", "pack.yaml"])
    rows = [row for row in result.stdout.splitlines() if ".md:" in row]
    assert [row.split(": ")[0] for row in rows] == ["vague-8s, vague-9s", "wrong"]
    assert "[vague-place]" in rows[0]
    assert "unknown cue 'paws'" in rows[1]


def test_of_many_sessions_the_first_are_named() -> None:
    assert for_sessions("x.md:1:1: error", ["a"]) == "a: x.md:1:1: error"
    assert for_sessions("x.md:1:1: error", ["a", "b", "c", "d", "e"]) == "a, b, c and 2 more: x.md:1:1: error"
