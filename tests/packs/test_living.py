"""Which sessions of a living pack bring the files for any length, and what that changes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from tests.support.cases import NAMES
from voiceguide.packs.jobs import Job, Prepared, prepared
from voiceguide.packs.pack_file import read_pack

SCRIPT = "# Rest\nRest. [pause ~30s]\n"
PACK = """title: Small
voice: system
{living}
sessions:
  - {{script: a.md, lengths: [30s, 40s]}}
  - {{script: b.md}}
"""


def jobs(folder: Path, living: str) -> list[Job]:
    for name in ("a.md", "b.md"):
        (folder / name).write_text(SCRIPT)
    (folder / "pack.yaml").write_text(PACK.format(living=living))
    pack, problems = read_pack(folder / "pack.yaml", NAMES)
    assert pack is not None, problems
    found = list(prepared(pack))
    assert all(isinstance(one, Prepared) for one in found)
    return [one.job for one in found if isinstance(one, Prepared)]


def test_the_first_session_of_a_script_brings_them_for_all_its_lengths(tmp_path: Path) -> None:
    living, usual = jobs(tmp_path, "living: true"), jobs(tmp_path, "living: false")
    assert [job.living for job in living] == [(Fraction(30), Fraction(40)), None, (None,)]
    assert [job.living for job in usual] == [None] * 3
    same = [one.fingerprint == other.fingerprint for one, other in zip(living, usual, strict=True)]
    assert same == [False, True, False]


def test_it_is_true_or_false(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK.format(living="living: perhaps"))
    _, problems = read_pack(tmp_path / "pack.yaml", NAMES)
    assert "this must be true or false" in [problem.message for problem in problems]
