"""Versions are thinned out as they get old; the newest of every stretch stays."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from voiceguide.studio.versions import Version, Versions, thinned

DAY = 24 * 3600.0
NOW = 1_800_000_000.0


def _versions(ages: list[float]) -> list[Version]:
    return [Version(f"{number}", NOW - age, 1) for number, age in enumerate(sorted(ages))]


def test_all_of_a_day_one_an_hour_then_one_a_day_are_kept() -> None:
    ages = [minutes * 600.0 for minutes in range(6 * 24 * 20)]  # every ten minutes for twenty days
    versions = _versions(ages)
    gone = set(thinned(versions, NOW))
    kept = [NOW - version.at for version in versions if version not in gone]
    assert len([age for age in kept if age <= DAY]) == 6 * 24 + 1
    assert 13 * 24 - 1 <= len([age for age in kept if DAY < age <= 14 * DAY]) <= 13 * 24 + 1
    assert len(kept) <= 1_000


@given(st.lists(st.floats(0, 400 * DAY), max_size=60))
def test_the_newest_is_never_removed_and_thinning_again_removes_nothing(ages: list[float]) -> None:
    versions = _versions(ages)
    gone = set(thinned(versions, NOW))
    left = [version for version in versions if version not in gone]
    assert left[:1] == versions[:1]
    assert not thinned(left, NOW)


def test_a_text_is_kept_once_in_a_row_and_read_back(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    for number, text in enumerate((b"a", b"a", b"b", b"a")):
        versions.keep("more/x.md", text, NOW + number)
    found = versions.of("more/x.md")
    assert [versions.read("more/x.md", version.key) for version in found] == ["a", "b", "a"]
    assert versions.read("more/x.md", "../../x") is None
    assert versions.read("other.md", found[0].key) is None


def test_a_clock_that_was_put_back_loses_no_order(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    versions.keep("x.md", b"first", NOW)
    versions.keep("x.md", b"second", NOW - 1000)
    assert [versions.read("x.md", version.key) for version in versions.of("x.md")] == ["second", "first"]
