"""The studio's folder: nothing outside of it, and nothing that was written is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import NAMES
from voiceguide.examples import belongings, routines
from voiceguide.script import parse_file
from voiceguide.studio.workspace import Conflict, NoSuchName, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "evening.md").write_text("Good evening.\n")
    (folder / "pack.yaml").write_text("title: x\n")
    (folder / "README.md").write_text("not a script\n")
    (folder / "notes.txt").write_text("not a script either\n")
    (tmp_path / "secret.md").write_text("secret\n")
    return Workspace(folder)


def test_scripts_and_packs_are_found_in_folders_below_too(workspace: Workspace) -> None:
    workspace.add("more/breath.md", "In.\n")
    workspace.save("evening.md", "Changed.\n", workspace.mark("evening.md"))
    assert workspace.names() == ("evening.md", "more/breath.md", "pack.yaml")


@pytest.mark.parametrize(
    "name",
    [
        "../secret.md",
        "/etc/passwd.md",
        "more/../../secret.md",
        "",
        ".",
        "a\\b.md",
        "C:x.md",
        ".voiceguide/versions/x.md",
        "x.txt",
        "x.md ",
        "a\x00.md",
        "\u202edm.x.md",
        "x" * 200 + ".md",
        ".md",
        "a//../b.md",
    ],
)
def test_a_name_that_leaves_the_folder_or_is_none_is_refused(workspace: Workspace, name: str) -> None:
    for act in (workspace.read, workspace.delete, workspace.path, lambda name: workspace.save(name, "x", None)):
        with pytest.raises(NoSuchName):
            act(name)


@pytest.mark.parametrize("name", ["bedtime-unwind", "desk-break", "four-seven-eight"])
def test_a_routine_comes_with_the_parts_that_it_includes(workspace: Workspace, name: str) -> None:
    source = routines()[name]
    for copy in ("mine.md", "again.md"):  # what is there with the same content is shared
        workspace.add_copy(copy, source, belongings(source))
        assert workspace.read(copy).text == source.read_text("utf-8")
        routine, findings = parse_file(workspace.path(copy), NAMES)
        assert routine is not None, findings
    with pytest.raises(NoSuchName, match="choose another name"):
        workspace.add_copy("mine.md", source, belongings(source))


def test_a_routine_takes_the_place_of_no_part_of_ones_own(workspace: Workspace, tmp_path: Path) -> None:
    source = routines()["bedtime-unwind"]
    (part, *_) = belongings(source)
    own = workspace.folder / part
    own.parent.mkdir(parents=True)
    own.write_text("Mine.\n")
    with pytest.raises(NoSuchName, match="there is another of that name"):
        workspace.add_copy("mine.md", source, belongings(source))
    assert own.read_text() == "Mine.\n"
    assert "mine.md" not in workspace.names()
    own.unlink()
    own.parent.rmdir()
    own.parent.symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(NoSuchName, match="outside"):
        workspace.add_copy("mine.md", source, belongings(source))
    assert not (tmp_path / part.name).exists()


def test_links_are_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.folder / "link.md").symlink_to(tmp_path / "secret.md")
    (workspace.folder / "out").symlink_to(tmp_path)
    assert "link.md" not in workspace.names()
    for name in ("link.md", "out/secret.md"):
        with pytest.raises(NoSuchName, match="link"):
            workspace.read(name)


def test_every_saved_text_is_kept_as_a_version(workspace: Workspace) -> None:
    saved = workspace.read("evening.md")
    for text in ("One.\n", "Two.\n", "Two.\n", "Three.\n"):
        saved = workspace.save("evening.md", text, saved.mark)
    texts = [workspace.versions.read("evening.md", version.key) for version in workspace.versions.of("evening.md")]
    assert texts == ["Three.\n", "Two.\n", "One.\n", "Good evening.\n"]


def test_what_another_program_wrote_is_not_overwritten(workspace: Workspace) -> None:
    saved = workspace.read("evening.md")
    (workspace.folder / "evening.md").write_text("Theirs.\n")
    with pytest.raises(Conflict) as conflict:
        workspace.save("evening.md", "Mine.\n", saved.mark)
    assert conflict.value.now is not None
    assert conflict.value.now.text == "Theirs.\n"
    workspace.save("evening.md", "Mine.\n", conflict.value.now.mark)
    kept = [workspace.versions.read("evening.md", version.key) for version in workspace.versions.of("evening.md")]
    assert "Theirs.\n" in kept


def test_the_same_text_is_no_conflict_and_a_file_that_is_gone_is_one(workspace: Workspace) -> None:
    saved = workspace.read("evening.md")
    (workspace.folder / "evening.md").write_text("Mine.\n")
    workspace.save("evening.md", "Mine.\n", saved.mark)
    (workspace.folder / "evening.md").unlink()
    with pytest.raises(Conflict) as conflict:
        workspace.save("evening.md", "More.\n", saved.mark)
    assert conflict.value.now is None
    workspace.save("evening.md", "More.\n", None)


def test_deleting_can_be_taken_back(workspace: Workspace) -> None:
    key = workspace.delete("evening.md")
    assert "evening.md" not in workspace.names()
    assert [entry.name for entry in workspace.trash.entries()] == ["evening.md"]
    assert workspace.restore(key) == "evening.md"
    assert workspace.read("evening.md").text == "Good evening.\n"
    assert not workspace.trash.entries()


def test_a_restored_file_replaces_no_other(workspace: Workspace) -> None:
    key = workspace.delete("evening.md")
    workspace.add("evening.md", "A new one.\n")
    with pytest.raises(NoSuchName, match="again"):
        workspace.restore(key)
    assert workspace.read("evening.md").text == "A new one.\n"
    for strange in ("../x", "0000000000000-00000000-..%2Fsecret.md", ""):
        with pytest.raises(NoSuchName):
            workspace.restore(strange)


def test_renaming_takes_the_versions_along(workspace: Workspace) -> None:
    workspace.save("evening.md", "Changed.\n", workspace.mark("evening.md"))
    workspace.rename("evening.md", "late/night.md")
    assert workspace.names() == ("late/night.md", "pack.yaml")
    assert len(workspace.versions.of("late/night.md")) == 2
    workspace.add("evening.md", "Again.\n")
    with pytest.raises(NoSuchName, match="another name"):
        workspace.rename("evening.md", "late/night.md")


def test_a_review_goes_with_its_script(workspace: Workspace) -> None:
    review = workspace.folder / "evening.review.json"
    review.write_text("{}")
    workspace.rename("evening.md", "late/night.md")
    moved = workspace.folder / "late" / "night.review.json"
    assert moved.read_text() == "{}"
    key = workspace.delete("late/night.md")
    assert not moved.exists()
    assert [entry.name for entry in workspace.trash.entries()] == ["late/night.md"]
    workspace.restore(key)
    assert moved.read_text() == "{}"
    other = workspace.folder / "pack.review.json"  # of a script pack.md, and not of pack.yaml
    other.write_text("{}")
    workspace.delete("pack.yaml")
    assert other.exists()


def test_a_copy_gets_a_free_name(workspace: Workspace) -> None:
    assert workspace.duplicate("evening.md") == "evening-2.md"
    assert workspace.duplicate("evening.md") == "evening-3.md"
    assert workspace.read("evening-3.md").text == "Good evening.\n"


def test_what_is_no_text_is_said(workspace: Workspace) -> None:
    (workspace.folder / "latin.md").write_bytes(b"caf\xe9")
    with pytest.raises(NoSuchName, match="UTF-8"):
        workspace.read("latin.md")
    with pytest.raises(NoSuchName, match="MiB"):
        workspace.save("big.md", "x" * (2**20 + 1), None)
    with pytest.raises(NoSuchName, match="no file"):
        workspace.read("nothing.md")


def test_a_byte_order_mark_and_line_ends_make_no_other_text(workspace: Workspace) -> None:
    (workspace.folder / "windows.md").write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\r\n")
    saved = workspace.read("windows.md")
    assert saved.text == "One.\r\nTwo.\r\n"
    workspace.save("windows.md", "One.\r\nTwo!\r\n", saved.mark)
