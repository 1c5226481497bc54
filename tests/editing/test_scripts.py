"""Scripts and other Markdown; what a script includes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.paths import ROOT
from voiceguide.editing.scripts import included, is_script
from voiceguide.errors import Source
from voiceguide.script.files import Folder
from voiceguide.session.options import known_sounds


def _is_script(text: str) -> bool:
    return is_script(Source("x.md", text), known_sounds())


@pytest.mark.parametrize(
    "text", ["Rest. [pause 5s]", "---\nvoice: auto\n---\nRest.", "[include parts/end.md]", "[chime]"]
)
def test_a_script(text: str) -> None:
    assert _is_script(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\nWords. [link](a.md) [pause 5s](b.md)",
        "- [ ] one\n- [x] two",
        "`[pause 5s]`\n\n```\n[pause 5s]\n```\n",
        "---\ntitle: Notes\ntags: [a]\n---\nWords [for thought], [pause for thought], [voice of reason].",
        "[end of story] [sound] [include]",
    ],
)
def test_no_script(text: str) -> None:
    assert not _is_script(text)


def test_every_routine_is_one_and_no_page_of_this_project_about_other_things() -> None:
    for path in (ROOT / "scripts").glob("*/*.md"):
        assert path.name == "README.md" or _is_script(path.read_text("utf-8")), path
    assert not _is_script((ROOT / "CHANGELOG.md").read_text("utf-8"))


def test_included_scripts_and_those_that_they_include(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "a.md").write_text("[include b.md]")
    (parts / "b.md").write_text("Saved.")
    text = "[include parts/a.md] [repeat 2] [include gone.md] [include ../x.md] [include] [end]"
    folder = Folder(tmp_path, {parts / "b.md": "Not saved."})
    found = included(Source("x.md", text), folder)
    assert {path.name: source.text for path, source in found.items()} == {
        "a.md": "[include b.md]",
        "b.md": "Not saved.",
    }
    assert included(Source("x.md", text), folder, (text.index("[repeat"), len(text))) == {}
