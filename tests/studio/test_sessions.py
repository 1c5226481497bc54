"""A script as finished sessions: their names, and making them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from voiceguide.editing.people import Person
from voiceguide.errors import Cancelled
from voiceguide.studio.made import Made
from voiceguide.studio.sessions import CannotMake, Wish, make, pieces, strange
from voiceguide.studio.work import Doing
from voiceguide.studio.workspace import NoSuchName, Workspace

SCRIPT = "---\nvoice: system\nvariables: {name: you}\n---\nGood evening, {name}. [pause ~5s]\n"


def _doing(cancelled: bool = False) -> Doing:
    return Doing(lambda _: None, lambda: cancelled, lambda _: None)


def test_a_file_for_each_length_and_person() -> None:
    people = (Person(2, "evening-anna", {"name": "Anna"}), Person(3, "für Ben", length=Fraction(480), voice="joe"))
    made = pieces("more/evening.md", Wish("opus", ("10m", "7m30s", "600s"), people))
    assert [piece.name for piece in made] == [
        "more/sessions/evening-anna-10m.opus",
        "more/sessions/evening-anna-7m30s.opus",
        "more/sessions/für Ben-8m.opus",
    ]
    assert [piece.voice for piece in made] == [None, None, "joe"]
    (alone,) = pieces("evening.md", Wish("mp3", captions=True))
    assert alone.names == ("sessions/evening.mp3", "sessions/evening.vtt")


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish("exe"), "no kind"),
        (Wish("mp3", ("soon",)), "soon"),
        (Wish("mp3", people=tuple(Person(number, str(number)) for number in range(501))), "501 files"),
    ],
)
def test_a_wish_that_names_no_files_is_refused(wish: Wish, sentence: str) -> None:
    with pytest.raises(CannotMake, match=sentence):
        pieces("evening.md", wish)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "evening.md").write_text(SCRIPT)
    return Workspace(tmp_path)


def test_sessions_are_made_beside_the_script_and_failures_stop_no_other(workspace: Workspace) -> None:
    made = Made(workspace.folder / ".voiceguide" / "made.json")
    people = (Person(2, "evening", {"name": "Anna"}),)
    wanted = pieces("evening.md", Wish("wav", ("8s", "3h"), people, captions=True))
    rows: list[dict[str, Any]] = make(workspace, made, "evening.md", wanted, 1, _doing())
    assert [row["name"] for row in rows] == ["sessions/evening-8s.wav", "sessions/evening-3h.wav"]
    assert rows[0]["seconds"] == 8.0
    assert rows[0]["folder"] == str(workspace.folder / "sessions")
    assert "3h" in rows[1]["error"]
    assert "Anna" in (workspace.folder / "sessions" / "evening-8s.vtt").read_text()
    assert not strange(workspace, made, wanted)
    (workspace.folder / "sessions" / "evening-8s.wav").write_bytes(b"mine")
    assert strange(workspace, made, wanted) == ("sessions/evening-8s.wav",)


def test_cancelled_work_writes_nothing_and_a_link_is_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    made = Made(workspace.folder / ".voiceguide" / "made.json")
    with pytest.raises(Cancelled):
        make(workspace, made, "evening.md", pieces("evening.md", Wish("wav")), 1, _doing(cancelled=True))
    assert not (workspace.folder / "sessions").exists()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (workspace.folder / "sessions").symlink_to(elsewhere)
    with pytest.raises(NoSuchName, match="link"):
        strange(workspace, made, pieces("evening.md", Wish("wav")))
