from __future__ import annotations

import threading
from pathlib import Path

import pytest

import voiceguide
from tests.api.scripts import QUIET
from tests.support.command_line import Run
from voiceguide import Cancelled, OptionError, Progress, ScriptError


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(QUIET.replace("quiet", name))
    (folder / "pack.yaml").write_text("title: Mornings\nsessions: [one.md, two.md]\n")
    return folder


def test_threads_and_processes_and_the_command_line_make_the_same(pack: Path, tmp_path: Path, voiceguide: Run) -> None:
    assert voiceguide("pack", "build", "-q", "pack", "-o", "cli", "--jobs", "1").returncode == 0
    _build(pack, tmp_path / "api")
    sound = next((tmp_path / "api").glob("one.*.mp3")).name
    for name in (sound, "two.vtt", "index.html"):
        assert (tmp_path / "api" / name).read_bytes() == (tmp_path / "cli" / name).read_bytes()


def _build(pack: Path, output: Path) -> None:
    told: list[Progress] = []
    built = voiceguide.build_pack(pack, output, jobs=2, progress=told.append)
    assert built.whole
    assert [(outcome.name, outcome.made) for outcome in built.outcomes] == [("one", True), ("two", True)]
    assert told[-1].share == 1.0
    assert {"Reading", "Making", "Publishing"} <= {one.stage for one in told}


def test_a_build_that_is_called_off_goes_on_the_next_time(pack: Path, tmp_path: Path) -> None:
    stop, threads = threading.Event(), threading.active_count()

    def progress(told: Progress) -> None:
        if told.stage == "Making" and told.done == 1:
            stop.set()

    with pytest.raises(Cancelled):
        voiceguide.build_pack(pack, tmp_path / "out", jobs=1, progress=progress, cancelled=stop.is_set)
    assert threading.active_count() == threads
    built = voiceguide.build_pack(pack, tmp_path / "out", jobs=1)
    assert built.whole
    assert not (tmp_path / "out" / ".making").exists()


def test_mistakes_in_a_pack_file_are_values(pack: Path, tmp_path: Path) -> None:
    (pack / "pack.yaml").write_text("title: Mornings\nsesions: [one.md]\n")
    found = voiceguide.read_pack(pack)
    assert not found.ok
    assert any("did you mean 'sessions'" in finding.message for finding in found.findings)
    with pytest.raises(ScriptError, match="sesions"):
        voiceguide.build_pack(found, tmp_path / "out")


def test_a_link_that_is_none_is_told(pack: Path, tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"^link: "):
        voiceguide.build_pack(pack, tmp_path / "out", link="nowhere")
