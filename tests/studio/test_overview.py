"""What the list of a folder says of each script and pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.studio import overview
from voiceguide.studio.overview import Overview

SCRIPT = """---
title: Evening calm
voice: silent
---
Sit down. [pause ~10s]

[include more.md]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "evening.md").write_text(SCRIPT)
    (tmp_path / "more.md").write_text("Rest. [pause 5s]\n")
    return tmp_path


def test_a_script_has_its_title_length_and_range(folder: Path) -> None:
    about = Overview().about(folder / "evening.md")
    assert about["title"] == "Evening calm"
    assert about["shortest"] < about["length"] < about["longest"]
    assert about["length"] - about["shortest"] == pytest.approx(5)
    assert about["longest"] - about["length"] == pytest.approx(20)
    assert (about["errors"], about["sessions"]) == (0, None)


def test_a_script_with_errors_has_its_title_and_their_number(folder: Path) -> None:
    (folder / "evening.md").write_text(SCRIPT.replace("[pause ~10s]", "[puase 10s] {who}"))
    about = Overview().about(folder / "evening.md")
    assert (about["title"], about["length"], about["errors"]) == ("Evening calm", None, 2)


def test_a_pack_has_its_title_and_sessions(folder: Path) -> None:
    (folder / "pack.yaml").write_text("title: Two evenings\nlanguage: en\nsessions: [evening.md, more.md]\n")
    about = Overview().about(folder / "pack.yaml")
    assert (about["title"], about["sessions"], about["errors"]) == ("Two evenings", 2, 0)
    (folder / "pack.yaml").write_text("title: x\nsessions: []\n")
    assert Overview().about(folder / "pack.yaml")["errors"] > 0


def test_it_is_looked_up_once_for_each_content(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = overview._looked_up
    monkeypatch.setattr(overview, "_looked_up", lambda path: (looked.append(path.name), look(path))[1])
    known = Overview()
    first = known.about(folder / "evening.md")
    assert known.about(folder / "evening.md") == first
    assert looked == ["evening.md"]
    (folder / "more.md").write_text("Rest. [pause 8s]\n")
    assert known.about(folder / "evening.md")["length"] == pytest.approx(first["length"] + 3)
    known.forget(folder / "evening.md")
    known.about(folder / "evening.md")
    assert len(looked) == 3
