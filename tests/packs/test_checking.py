"""Every problem of a pack, before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.errors import Cancelled
from voiceguide.packs.checking import checked
from voiceguide.packs.pack_file import Pack, read_pack
from voiceguide.session.options import known_sounds


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    (tmp_path / "good.md").write_text("---\nvoice: system\n---\nRest here. [pause ~5s]\n")
    (tmp_path / "bad.md").write_text("[puase 3s]\n")
    text = "title: x\nsessions:\n  - {script: good.md, lengths: [8s, 3h]}\n  - bad.md\n  - gone.md\n"
    (tmp_path / "pack.yaml").write_text(text)
    found, problems = read_pack(tmp_path / "pack.yaml", known_sounds())
    assert found is not None, problems
    return found


def test_each_session_has_its_problem_or_its_findings(pack: Pack) -> None:
    found = {one.entry.name: one.problem for one in checked(pack, 1)}
    assert found.pop("good-8s") is None
    for name, what in {"good-3h": "cannot last 3h", "bad": "unknown cue", "gone": "there is no script"}.items():
        assert what in (found[name] or "")
    spoken = [one.problem for one in checked(pack, 1, text_only=True)]
    assert spoken[:2] == [None, None]


def test_a_cancellation_is_no_problem_of_a_session(pack: Pack) -> None:
    def cancelled(stage: str, done: int, total: int) -> None:
        raise Cancelled("The work was cancelled.")

    with pytest.raises(Cancelled):
        list(checked(pack, 1, cancelled))
