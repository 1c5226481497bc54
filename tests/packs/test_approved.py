"""Packs of what is approved alone: the rest is left out, and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import Run
from voiceguide.packs.building import Built
from voiceguide.publish.manifest import load
from voiceguide.reviews import Review, read_review, write_review

TEXTS = {
    "one.md": "# One\n\nRest.\n",
    "two.md": "# Two\n\n[include one.md]\nRest more.\n",
    "three.md": "# Three\n\nStay.\n",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    rows = "".join(f"  - {name}\n" for name in TEXTS)
    (folder / "pack.yaml").write_text(f"title: Small\nvoice: silent\nformat: wav\nsessions:\n{rows}")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


def _approve(pack: Path, *names: str) -> None:
    for name in names:
        text = (pack / name).read_text()
        write_review(pack / name, read_review(pack / name).with_state("approved", text, "Ben"))


def _built(pack: Path, *, approved_only: bool) -> Built:
    import voiceguide

    return voiceguide.build_pack(pack, pack.parent / "out", jobs=1, approved_only=approved_only)


def test_what_is_not_approved_is_left_out_and_its_files_stay_until_they_are_pruned(pack: Path) -> None:
    _approve(pack, "one.md", "two.md")
    built = _built(pack, approved_only=False)
    assert [outcome.left_out for outcome in built.outcomes] == [None, None, None]
    (pack / "one.md").write_text(TEXTS["one.md"] + "More.\n")
    built = _built(pack, approved_only=True)
    assert {outcome.name: outcome.left_out for outcome in built.outcomes} == {
        "one": "has been changed since",
        "two": "one.md, which it includes, has been changed since",
        "three": "has not been reviewed",
    }
    found = load(pack.parent / "out")
    assert found is not None
    assert found.sessions == ()
    sound = next((pack.parent / "out").glob("three.*.wav"))
    assert sound.name in built.left_over
    assert sound.is_file()
    _approve(pack, "one.md")
    built = _built(pack, approved_only=True)
    assert [outcome.name for outcome in built.outcomes if outcome.session] == ["one", "two"]
    page = (pack.parent / "out" / "one.html").read_text()
    assert "approved by Ben on 20" in page


def test_a_comment_changes_the_cue_sheet_and_no_audio(pack: Path) -> None:
    _built(pack, approved_only=False)
    out = pack.parent / "out"
    sheet, audio = out / "three.html", next(out.glob("three.*.wav"))
    before = sheet.read_bytes(), audio.stat().st_mtime_ns
    write_review(pack / "three.md", Review().with_comment("Softer <b>?", line=3, quote="Stay.", author="Ada"))
    built = _built(pack, approved_only=False)
    assert not any(outcome.made for outcome in built.outcomes)
    assert audio.stat().st_mtime_ns == before[1]
    assert "Line 3, “Stay.”: Softer &lt;b&gt;? (Ada)" in sheet.read_text()
    assert b"Open comments" not in before[0]


def test_the_command_tells_what_it_leaves_out(pack: Path, voiceguide: Run, tmp_path: Path) -> None:
    _approve(pack, "three.md")
    result = voiceguide("pack", "build", pack / "pack.yaml", "-o", "out", "--approved-only", "--jobs", "1")
    assert result.returncode == 0, result.stderr
    assert "one was left out: its script has not been reviewed." in result.stderr
    assert "1 made, 0 kept, 2 left out." in result.stderr
    (pack / "three.review.json").unlink()
    result = voiceguide("pack", "build", pack / "pack.yaml", "-o", "out", "--approved-only", "--jobs", "1")
    assert result.returncode == 1
    assert "0 made, 0 kept, 3 left out." in result.stderr
