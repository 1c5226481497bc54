from __future__ import annotations

import copyreg
import json
import pickle
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from tests.publish.published import pack, session, timeline, write
from voiceguide.errors import OutputError
from voiceguide.publish.manifest import NAME, SCHEMA, Manifest, PackSession, load, load_timeline

SAID = timeline("Rest your hands.")


def document() -> dict[str, Any]:
    return pack().to_json()


@pytest.mark.parametrize(
    "manifest",
    [
        pack(),
        pack(link=None, published=None, cover=None, programme=(), version=""),
        pack(session("ä", length="10m", loudness_lufs=None, true_peak_dbtp=None, tags=(), warnings=("Say less.",))),
    ],
)
def test_a_manifest_comes_back_from_its_json(manifest: Manifest) -> None:
    assert Manifest.from_json(json.loads(json.dumps(manifest.to_json()))) == manifest


def test_the_json_names_everything_in_plain_values() -> None:
    found = document()
    assert found["schema"] == SCHEMA
    assert found["published"] == "2026-11-23"
    assert found["programme"][1] == {
        "title": "Practise",
        "sessions": ["first-lesson", "bedtime-unwind"],
        "times_per_week": 2,
    }
    assert found["sessions"][0]["files"]["audio"]["path"] == "first-lesson.mp3"
    assert found["sessions"][0]["files"]["audio"]["bytes"] == 1005


@pytest.mark.parametrize(
    "made", [session("ä", length="10m", loudness_lufs=None, warnings=("Say less.",)), session("b")]
)
def test_a_session_goes_to_another_process_as_it_is(made: PackSession) -> None:
    sent = pickle.loads(pickle.dumps(made))
    assert sent == made
    with pytest.raises(TypeError):
        sent.files["audio"] = sent.files["cover"]  # type: ignore[index]
    assert MappingProxyType not in copyreg.dispatch_table  # other mappings of the process are as they were


def test_what_was_read_cannot_be_changed() -> None:
    read = Manifest.from_json(document())
    with pytest.raises(TypeError):
        read.sessions[0].files["audio"] = read.sessions[0].files["cover"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        read.title = "Other"  # type: ignore[misc]


LATER = ("earlier", "artwork", "owner", "category")
"""What manifests of older builds do not have yet."""


def test_a_manifest_of_an_older_build_is_read() -> None:
    older = {key: value for key, value in document().items() if key not in LATER}
    for row in older["sessions"]:
        del row["origin"]
    assert Manifest.from_json(older) == Manifest.from_json(document())


def _without(name: str) -> dict[str, Any]:
    return {key: value for key, value in document().items() if key != name}


def _with_session(**changes: Any) -> dict[str, Any]:
    found = document()
    found["sessions"][0] |= changes
    return found


@pytest.mark.parametrize(
    "damaged",
    [
        *(_without(name) for name in document() if name not in LATER),
        {**document(), "schema": "voiceguide.manifest/2"},
        {**document(), "sessions": None},
        {**document(), "sessions": ["first-lesson"]},
        {**document(), "programme": [{"title": "Learn"}]},
        {**document(), "cover": {"path": "cover.png"}},
        {**document(), "published": "yesterday"},
        {**document(), "published": 20261123},
        _with_session(files={}),
        _with_session(files={**document()["sessions"][0]["files"], "film": document()["cover"]}),
        _with_session(inputs=None),
        _with_session(tags=None),
        [],
        "manifest",
        None,
    ],
)
def test_a_damaged_one_is_refused(damaged: Any) -> None:
    with pytest.raises(ValueError, match=r"damaged|no manifest|isoformat"):
        Manifest.from_json(damaged)


def test_a_folder_gives_its_manifest_and_timelines(tmp_path: Path) -> None:
    manifest = pack()
    folder = write(tmp_path / "pack", manifest, {each.name: SAID for each in manifest.sessions})
    assert load(folder) == manifest
    assert load_timeline(folder, manifest.sessions[0]) == SAID


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert load(tmp_path) is None
    assert load(tmp_path / "nowhere") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b'{"schema": "voiceguide.manifest/1"}'])
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(OutputError, match=r"manifest\.json can't be read: .* Remove it"):
        load(tmp_path)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(OutputError, match="can't be read"):
        load(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"[]", b"{}", b"null"])
def test_a_timeline_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    each = replace(pack().sessions[0])
    if content is not None:
        (tmp_path / each.files["timeline"].path).write_bytes(content)
    with pytest.raises(OutputError, match=r"report\.json can't be read\. Build the pack again"):
        load_timeline(tmp_path, each)
