"""What ``voiceguide play`` is given."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import Run


def test_a_routine_that_comes_with_voiceguide_is_played_by_its_name(voiceguide: Run, tmp_path: Path) -> None:
    told = voiceguide("play", "three-minute-wake", "--voice", "silent", "--chapter", "no such chapter").stderr
    assert "three-minute-wake: this is the routine that comes with voiceguide" in told
