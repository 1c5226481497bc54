"""A table of people in a pack: a session for each row."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide.packs.jobs import Prepared, prepared
from voiceguide.packs.pack_file import read_pack
from voiceguide.session.options import known_sounds

SCRIPT = "---\nvoice: silent\n---\nGood night, {name}.\n\nRest your arms. [pause ~5s]\n"
PACK = "title: Clients\nsessions:\n  - {script: evening.md, people: people.csv}\n"


def pack_of(folder: Path, table: str, pack: str = PACK) -> Path:
    (folder / "evening.md").write_text(SCRIPT)
    (folder / "people.csv").write_text(table, "utf-8")
    (folder / "pack.yaml").write_text(pack)
    return folder / "pack.yaml"


def jobs(pack: Path) -> list[Prepared]:
    found, problems = read_pack(pack, known_sounds())
    assert found is not None, problems
    made = list(prepared(found))
    assert all(isinstance(one, Prepared) for one in made)
    return [one for one in made if isinstance(one, Prepared)]


def test_a_row_is_a_session_and_a_changed_row_makes_one_session_again(tmp_path: Path) -> None:
    before = jobs(pack_of(tmp_path, "name;file;length\nAnna;for anna;12s\nBén;;\n"))
    assert [(one.job.name, one.job.length_name) for one in before] == [("for-anna", "12s"), ("evening-bén", None)]
    said = [{line.as_written for line in one.cast.lines} for one in before]
    assert said == [{f"Good night, {name}.", "Rest your arms."} for name in ("Anna", "Bén")]
    assert before[0].job.options(tmp_path).variables == {"name": "Anna"}
    after = jobs(pack_of(tmp_path, "name;file;length\nAnna;for anna;12s\nBen;evening-bén;\n"))
    same = [old.job.fingerprint == new.job.fingerprint for old, new in zip(before, after, strict=True)]
    assert same == [True, False]


@pytest.mark.parametrize(
    ("table", "pack", "message"),
    [
        ("nam\nAnna\n", PACK, "people.csv, row 1: the script has no variable 'nam' (did you mean 'name'?)"),
        ("name\nAnna\n", PACK.replace("people.csv", "persons.csv"), "there is no table 'persons.csv' in the pack's folder"),
        ("name\nAnna\n", PACK.replace("people.csv", "../people.csv"), "leaves the pack's folder"),
        ("name\nAnna\n", PACK.replace("csv}", "csv, lengths: [5m, 6m]}"), "goes with one length and one voice"),
        ("name,file\nAnna,a b\nBen,a-b\n", PACK, "another session is called 'a-b' too"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, table: str, pack: str, message: str) -> None:
    found, problems = read_pack(pack_of(tmp_path, table, pack), known_sounds())
    assert found is None
    assert message in "\n".join(problem.message for problem in problems)
    assert {problem.span.line for problem in problems} == {3}


def test_one_length_and_voice_hold_for_those_who_name_none(tmp_path: Path) -> None:
    pack = PACK.replace("csv}", "csv, lengths: [5m], voices: [joe]}")
    found, _ = read_pack(pack_of(tmp_path, "name,length,voice\nAnna,6m,\nBen,,system\n", pack), known_sounds())
    assert found is not None
    assert [(entry.length, entry.voice) for entry in found.entries] == [(360, "joe"), (300, "system")]


def test_a_pack_for_people_cannot_be_living(tmp_path: Path) -> None:
    """Its page would put one person's session together from the sounds of another's."""
    pack = pack_of(tmp_path, "name\nAnna\n", f"{PACK}living: true\n")
    found, problems = read_pack(pack, known_sounds())
    assert found is None
    assert ["cannot be living" in one.message for one in problems] == [True]
