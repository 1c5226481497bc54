"""A session in a library."""

from __future__ import annotations

import json
from pathlib import Path

from voiceguide.companions.library import folder_of, lay_into, metadata
from voiceguide.encoder.cover import DrawnCover
from voiceguide.encoder.tags import Tags
from voiceguide.timeline import ChapterRange

RATE = 44_100
TAGS = Tags(
    "Evening: calm",
    20 * RATE,
    artist="Ada Löw",
    album="Evenings",
    date="2024-05-31",
    comment="For bedtime.",
    chapters=(ChapterRange("Arrive", 0, 12 * RATE), ChapterRange("Rest", 12 * RATE, 20 * RATE)),
    cover=DrawnCover("Evening"),
)


def test_the_folder_names_author_collection_and_title() -> None:
    shelf = Path("shelf")
    assert folder_of(shelf, TAGS) == shelf / "Ada Löw" / "Evenings" / "Evening calm"
    assert folder_of(shelf, Tags("Calm", RATE, artist="Ada", album="Calm")) == shelf / "Ada" / "Calm"
    assert folder_of(shelf, Tags("../..", RATE, album="Evenings")) == shelf / "untitled"


def test_the_file_its_cover_and_its_description_lie_together(tmp_path: Path) -> None:
    (tmp_path / "evening.m4b").write_bytes(b"sound")
    written = lay_into(tmp_path / "shelf", tmp_path / "evening.m4b", TAGS, ("sleep",))
    folder = tmp_path / "shelf" / "Ada Löw" / "Evenings" / "Evening calm"
    assert sorted(file.path for file in written) == sorted(folder.iterdir())
    assert sorted(path.name for path in folder.iterdir()) == ["cover.jpg", "evening.m4b", "metadata.json"]
    assert (folder / "evening.m4b").read_bytes() == b"sound"
    document = json.loads((folder / "metadata.json").read_text("utf-8"))
    assert document == metadata(TAGS, ("sleep",))
    assert document["chapters"][1] == {"id": 1, "start": 12.0, "end": 20.0, "title": "Rest"}
    assert (document["authors"], document["series"], document["tags"]) == (["Ada Löw"], ["Evenings"], ["sleep"])
