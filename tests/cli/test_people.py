"""A session for each person of a table."""

from __future__ import annotations

from pathlib import Path

import soundfile

from tests.support.command_line import Run

SCRIPT = "---\nvoice: silent\nvariables: {place: home}\n---\nGood evening, {name}. Welcome to {place}.\n\n[pause ~5s]\n"


def _files(tmp_path: Path, table: str) -> tuple[str, str]:
    (tmp_path / "evening.md").write_text(SCRIPT)
    (tmp_path / "people.csv").write_text(table, "utf-8")
    return str(tmp_path / "evening.md"), str(tmp_path / "people.csv")


def test_each_row_is_a_session_and_only_what_differs_is_spoken(voiceguide: Run, tmp_path: Path) -> None:
    script, table = _files(tmp_path, "name;file;length\nAnna;for-anna;12s\nBén;für Bén;\n")
    out = tmp_path / "out"
    done = voiceguide("render", script, "--people", table, "-o", str(out), "--format", "flac")
    assert sorted(path.name for path in out.iterdir()) == ["for-anna.flac", "für Bén.flac"]
    assert soundfile.info(out / "for-anna.flac").frames == 12 * 44_100
    assert "3 lines spoken for all of them, 0 kept" in done.stderr
    assert done.stderr.count("0 lines spoken, 2 kept") == 2
    assert "2 of 2 sessions are made" in done.stderr


def test_what_is_wrong_in_the_table_is_told_before_anything_is_made(voiceguide: Run, tmp_path: Path) -> None:
    script, table = _files(tmp_path, "nam,length\nAnna,soon\n")
    done = voiceguide("render", script, "--people", table)
    assert done.returncode == 2
    assert "no variable 'nam' (did you mean 'name'?)" in done.stderr
    assert not (tmp_path / "sessions").exists()


def test_one_that_fails_stops_no_other(voiceguide: Run, tmp_path: Path) -> None:
    script, table = _files(tmp_path, "name,length\nAnna,3h\nBen,9s\n")
    done = voiceguide("render", script, "--people", table, "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "cannot last 3h" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["evening-ben.mp3"]
    for wrong in (["--report", "x.json"], ["-o", "x.mp3"], ["--length", "5m", "--length", "6m"]):
        assert "--people" in voiceguide("render", script, "--people", table, *wrong).stderr
