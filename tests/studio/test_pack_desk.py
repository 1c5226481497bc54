"""Packs in the studio: checked, built, and taken away."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from voiceguide.errors import Cancelled, OutputError
from voiceguide.studio import pack_desk
from voiceguide.studio.work import Doing
from voiceguide.studio.workspace import Workspace

SCRIPT = "---\nvoice: system\n---\nGood evening. [pause ~5s]\n"
PACK = "title: Evenings\nsessions:\n  - script: evening.md\n    lengths: [8s, 3h]\n"


def _doing(cancelled: bool = False) -> Doing:
    return Doing(lambda _: None, lambda: cancelled, lambda _: None)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "evening.md").write_text(SCRIPT)
    (folder / "pack.yaml").write_text(PACK)
    return Workspace(folder)


def test_a_pack_is_checked_built_and_archived(workspace: Workspace) -> None:
    checked = pack_desk.check(workspace, "pack.yaml", 1, _doing())
    assert [(row["name"], bool(row["problem"])) for row in checked["sessions"]] == [
        ("evening-8s", False),
        ("evening-3h", True),
    ]
    built = pack_desk.build(workspace, "pack.yaml", 1, _doing())
    assert built["name"] == "packs/scripts"
    assert not built["whole"]
    assert next((row["title"], row["seconds"], row["made"]) for row in built["sessions"]) == ("evening", 8.0, True)
    folder = workspace.folder / "packs" / "scripts"
    (folder / "notes.txt").write_text("not a part of it")
    assert workspace.names() == ("evening.md", "pack.yaml")
    digests = set()
    for _ in range(2):
        told = pack_desk.archive(workspace, "pack.yaml", _doing())
        archive = workspace.folder / told["name"]
        digests.add(hashlib.sha256(archive.read_bytes()).hexdigest())
    assert len(digests) == 1
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        sound = next(folder.glob("evening-8s.*.mp3"))
        assert packed.read(f"scripts/{sound.name}") == sound.read_bytes()
    assert {"scripts/index.html", "scripts/manifest.json", "scripts/player.js"} <= set(names)
    assert not [name for name in names if "notes" in name or "/." in name]


def test_nothing_outside_the_pack_goes_into_an_archive(workspace: Workspace) -> None:
    with pytest.raises(OutputError, match="not been built"):
        pack_desk.archive(workspace, "pack.yaml", _doing())
    (workspace.folder / "pack.yaml").write_text(PACK.replace(", 3h", ""))
    pack_desk.build(workspace, "pack.yaml", 1, _doing())
    page = workspace.folder / "packs" / "scripts" / "index.html"
    (workspace.folder.parent / "secret.txt").write_text("secret")
    page.unlink()
    page.symlink_to(workspace.folder.parent / "secret.txt")
    with pytest.raises(OutputError, match=r"index\.html is missing"):
        pack_desk.archive(workspace, "pack.yaml", _doing())


def test_a_build_that_is_cancelled_ends_as_such(workspace: Workspace) -> None:
    with pytest.raises(Cancelled):
        pack_desk.build(workspace, "pack.yaml", 1, _doing(cancelled=True))


def test_another_packs_name_makes_another_folder(workspace: Workspace) -> None:
    workspace.add("more/deep sleep.yaml", PACK)
    assert pack_desk.output_name(workspace, "more/deep sleep.yaml") == "more/packs/deep-sleep"
    workspace.add("more/pack.yaml", PACK)
    assert pack_desk.archive_name(workspace, "more/pack.yaml") == "more/packs/more.zip"


@pytest.mark.parametrize(
    "row",
    [None, {}, {"settings": {}, "sessions": [{}], "weeks": []}, {"settings": {}, "sessions": [0] * 501, "weeks": []}],
)
def test_what_is_no_form_is_refused(row: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        pack_desk.form_from(row)
