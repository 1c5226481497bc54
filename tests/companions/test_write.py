"""What comes beside a session, made of a real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.audio import decoded
from voiceguide.atomic import Written
from voiceguide.companions.paths import Companions
from voiceguide.companions.write import beside, chapters_apart
from voiceguide.encoder.kinds import KINDS
from voiceguide.errors import OutputError
from voiceguide.session.options import SessionOptions
from voiceguide.session.render import render
from voiceguide.session.session import Session, planned

SCRIPT = """---
bed: brown
voice: system
---
# Arrive & settle
Sit down. [chime bell]
# Breathe
[breathe 1-1 x1]
# End
Done.
"""


def quiet(stage: str, done: int, total: int) -> None:
    pass


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    script = tmp_path_factory.mktemp("script") / "calm.md"
    script.write_text(SCRIPT)
    with planned(script, SessionOptions()) as session:
        yield session


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_texts_and_stems_are_written_and_told(session: Session, tmp_path: Path) -> None:
    wanted = Companions(tmp_path / "x.vtt", tmp_path / "x.chapters.json", tmp_path / "stems")
    told: list[tuple[str, int, int]] = []
    with beside(session, wanted, lambda *step: told.append(step)) as files:
        assert names(tmp_path) != []
        assert not (tmp_path / "x.vtt").exists()
    assert [(file.kind, file.path.name) for file in files] == [
        ("captions", "x.vtt"), ("chapters", "x.chapters.json"), ("labels", "labels.txt"), ("stem", "voice.wav"),
        ("stem", "breath.wav"), ("stem", "chimes.wav"), ("stem", "bed.wav"),
    ]  # fmt: skip
    assert all(file == Written.of(file.kind, file.path) for file in files)
    assert len(names(tmp_path)) == 7
    assert "-->" in (tmp_path / "x.vtt").read_text("utf-8")
    chapters = json.loads((tmp_path / "x.chapters.json").read_text("utf-8"))["chapters"]
    assert [chapter["title"] for chapter in chapters] == ["Arrive & settle", "Breathe", "End"]
    assert chapters[-1]["endTime"] == pytest.approx(session.timeline.frames / 44_100, abs=1e-6)
    assert told[-1] == ("Stems of", 4 * session.timeline.frames, 4 * session.timeline.frames)
    mix = np.concatenate(list(session.mixer().blocks()))
    stems = [soundfile.read(file.path, dtype="float64")[0] for file in files if file.kind == "stem"]
    assert np.abs(sum(stems) - mix).max() < 1e-6
    labels = (tmp_path / "stems" / "labels.txt").read_text("utf-8").splitlines()
    assert len(labels) == len(session.timeline.events) + 3


def test_nothing_is_written_that_is_not_wanted(session: Session, tmp_path: Path) -> None:
    with beside(session, Companions(), quiet) as files:
        assert files == ()
    assert chapters_apart(session, tmp_path / "x.mp3", KINDS["mp3"].format(), Companions(), quiet) == ()
    assert names(tmp_path) == []


def test_what_fails_afterwards_leaves_older_files_as_they_were(session: Session, tmp_path: Path) -> None:
    (tmp_path / "x.lrc").write_text("the last good one")
    with pytest.raises(OutputError, match="later"), beside(session, Companions(tmp_path / "x.lrc"), quiet):
        raise OutputError("later")
    assert names(tmp_path) == ["x.lrc"]
    assert (tmp_path / "x.lrc").read_text() == "the last good one"


def test_a_file_for_each_chapter_and_a_playlist(session: Session, tmp_path: Path) -> None:
    audio, wanted = tmp_path / "calm.mp3", Companions(playlist=tmp_path / "calm.m3u8")
    render(session, audio, KINDS["mp3"].format())
    files = chapters_apart(session, audio, KINDS["mp3"].format(), wanted, quiet)
    rows = (tmp_path / "calm.m3u8").read_text("utf-8").splitlines()
    listed = [row for row in rows if not row.startswith("#")]
    assert listed == ["calm/01-arrive-settle.mp3", "calm/02-breathe.mp3", "calm/03-end.mp3"]
    assert [(file.kind, file.path) for file in files] == [
        *(("part", tmp_path / row) for row in listed), ("playlist", tmp_path / "calm.m3u8"),
    ]  # fmt: skip
    joined = np.concatenate([decoded(tmp_path / row) for row in listed])
    assert np.array_equal(joined, decoded(audio))


def test_parts_of_an_older_session_go_and_a_stranger_s_files_stay(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "calm"
    folder.mkdir()
    for name in ("01-old.mp3", "03-gone.mp3", "04-kept.mp3", "notes.txt"):
        (folder / name).write_text("x")
    (tmp_path / "05-outside.mp3").write_text("x")
    (tmp_path / "calm.m3u8").write_text(
        "#EXTM3U\ncalm/01-old.mp3\ncalm/03-gone.mp3\ncalm/notes.txt\ncalm/../05-outside.mp3\n/etc/passwd\n"
    )
    audio = tmp_path / "calm.wav"
    render(session, audio, KINDS["wav"].format())
    chapters_apart(session, audio, KINDS["wav"].format(), Companions(playlist=tmp_path / "calm.m3u8"), quiet)
    assert sorted(path.name for path in folder.iterdir()) == [
        "01-arrive-settle.wav", "02-breathe.wav", "03-end.wav", "04-kept.mp3", "notes.txt",
    ]  # fmt: skip
    assert (tmp_path / "05-outside.mp3").exists()
