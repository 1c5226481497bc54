"""The routines that come with voiceguide: clean by every rule, and as long as their packs say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.support.cases import plan
from tests.support.paths import ROOT
from voiceguide import check_translated_pack, planner
from voiceguide.checks import check
from voiceguide.checks.tables import words_of
from voiceguide.checks.words import Words
from voiceguide.errors import Source
from voiceguide.packs.pack_file import Pack, read_pack
from voiceguide.routine import Breathe, Chime, Count, Each, Hold, Pause, Repeat, Routine, SoundRef, Within
from voiceguide.script import parse, parse_file
from voiceguide.session.options import known_sounds
from voiceguide.sounds.files import SoundStore
from voiceguide.timeline import Line
from voiceguide.units import SAMPLE_RATE, frames

SCRIPTS = ROOT / "scripts"
PACKS = sorted(SCRIPTS.glob("*/pack.yaml"))
ROUTINES = sorted(SCRIPTS.glob("*/*.md"))
MASSAGE = [path for path in ROUTINES if path.parent.name == "facial-massage"]
GERMAN = SCRIPTS / "gesichtsmassage"
PAGE = ROOT / "docs" / "writing-for-closed-eyes.md"

_LETTER = {"en": 0.0846, "de": 0.0977}
"""Seconds that a voice takes for one at pace 1, pauses at commas included, measured over 24 sentences and over 137."""


def _id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}" if path.suffix == ".md" else path.parent.name


class _Measured:
    """Lines about as long as a voice's, so that nobody has to speak them, and the library's own sounds."""

    def __init__(self, sounds: SoundStore, language: str) -> None:
        self._sounds, self._letter = sounds, _LETTER[language]

    def line(self, line: Line) -> int:
        return round(self._letter * len(line.text) * SAMPLE_RATE / line.pace)

    def sound(self, sound: SoundRef) -> int:
        return self._sounds.frames(sound)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundStore]:
    with SoundStore(tmp_path_factory.mktemp("sounds")) as store:
        yield store


@cache
def _read(path: Path) -> Routine:
    routine, findings = parse_file(path, known_sounds())
    assert [finding.render() for finding in findings] == []
    assert routine is not None
    return routine


@cache
def _pack(path: Path) -> Pack:
    pack, problems = read_pack(path, known_sounds())
    assert [problem.render() for problem in problems] == []
    assert pack is not None
    return pack


def _words(path: Path) -> Words:
    words = words_of(_read(path).settings.language)
    assert words is not None
    return words


def _entries() -> list[pytest.param]:  # type: ignore[valid-type]
    return [
        pytest.param(entry.path, entry.length, id=f"{path.parent.name}/{entry.name}")
        for path in PACKS
        for entry in _pack(path).entries
    ]


def test_the_packs_have_all_their_routines() -> None:
    assert Counter(path.parent.name for path in ROUTINES) == {
        "breathing": 5,
        "deep-rest": 4,
        "expecting": 2,
        "facial-massage": 16,
        "for-two": 2,
        "gesichtsmassage": 16,
        "head-and-hands": 4,
        "stretching": 3,
    }
    for path in PACKS:
        named = Counter(entry.path.resolve() for entry in _pack(path).entries)
        assert set(named) == {script.resolve() for script in path.parent.glob("*.md")}
        for script, number in named.items():
            titled = _words(script).titled_duration.search(_read(script).settings.title)
            assert number >= (1 if titled else 2), script.name


@pytest.mark.parametrize("path", PACKS, ids=_id)
def test_the_practice_plan_has_every_routine_in_a_week(path: Path) -> None:
    pack = _pack(path)
    scripts = {entry.name: entry.script for entry in pack.entries}
    assert {scripts[name] for week in pack.programme for name in week.sessions} == set(scripts.values())
    assert all(week.title for week in pack.programme)


def test_the_massage_is_practised_for_eight_weeks() -> None:
    assert len(_pack(SCRIPTS / "facial-massage" / "pack.yaml").programme) == 8


@pytest.mark.parametrize("path", ROUTINES, ids=_id)
def test_a_routine_can_be_read_and_has_no_finding_in_its_words(path: Path) -> None:
    routine = _read(path)
    assert [finding.render() for finding in check(routine).findings] == []


@pytest.mark.parametrize(("path", "length"), _entries())
def test_a_session_of_a_pack_is_exactly_as_long_as_asked_and_has_no_finding(
    path: Path, length: object, sounds: SoundStore
) -> None:
    routine = _read(path)
    lengths = _Measured(sounds, routine.settings.language)
    asked = replace(routine, settings=replace(routine.settings, length=length))
    timeline, problems = plan(asked, lengths)
    assert [problem.render() for problem in problems] == []
    assert timeline.frames == frames(length)  # type: ignore[arg-type]
    assert [finding.render() for finding in check(asked, timeline).findings] == []


@pytest.mark.parametrize("path", ROUTINES, ids=_id)
def test_a_routine_is_written_for_the_first_length_of_its_pack(path: Path, sounds: SoundStore) -> None:
    lengths = _Measured(sounds, _read(path).settings.language)
    pack = _pack(path.parent / "pack.yaml")
    written_for = next(entry.length for entry in pack.entries if entry.path.resolve() == path.resolve())
    assert written_for is not None
    voices = {name: name for name in planner.voice_names(_read(path))}
    found = planner.length_range(_read(path), voices, lengths)
    assert found.natural / SAMPLE_RATE == pytest.approx(float(written_for), rel=0.09)
    assert found.shortest <= 0.85 * found.natural
    assert found.longest >= 1.1 * found.natural


def test_titles_and_descriptions_are_unique_and_claim_nothing() -> None:
    settings = [_read(path).settings for path in ROUTINES]
    assert len({each.title.casefold() for each in settings}) == len(ROUTINES)
    assert len({each.description for each in settings}) == len(ROUTINES)
    for each in settings:
        assert each.description
        assert each.tags
        words = words_of(each.language)
        assert words is not None
        assert not words.claims.search(f"{each.title}. {each.description}")


def test_each_part_is_shared_by_two_routines_or_more() -> None:
    used = Counter(part for path in ROUTINES for part in set(_read(path).scripts[1:]))
    assert set(used) == {part.resolve() for part in SCRIPTS.glob("*/parts/*.md")}
    assert min(used.values()) >= 2


def test_the_routines_of_the_massage_sound_different() -> None:
    settings = [_read(path).settings for path in MASSAGE]
    assert len({each.bed.sound.name for each in settings if each.bed and each.bed.sound}) >= 6
    assert len({each.chimes for each in settings}) >= 8
    nodes = [node for path in MASSAGE for node in _read(path).nodes()]
    assert {type(node) for node in nodes} >= {Breathe, Each, Hold, Repeat, Count, Within}


def test_only_what_is_for_sleep_ends_without_a_chime() -> None:
    asleep = {path.stem for path in ROUTINES if _read(path).settings.sleep}
    assert asleep == {"abendruhe", "bedtime-unwind", "body-scan-for-sleep", "night-rest"}
    for path in ROUTINES:
        last = _read(path).chapters[-1].body[-1]
        assert isinstance(last, Pause if path.stem in asleep else Chime), path.name


def test_the_german_facial_massage_is_in_step_with_the_english_one() -> None:
    results = check_translated_pack(SCRIPTS / "facial-massage", GERMAN)
    assert len(results) == 17
    assert [finding.render() for result in results for finding in result.findings if finding.severity == "error"] == []
    assert {finding.rule for result in results for finding in result.findings} <= {"lengths-differ"}


_OF_WHOLE_SCRIPTS = ("missing-safety", "no-drive-note")  # what the page shows are parts of scripts


@pytest.mark.parametrize("script", re.findall(r"^```markdown\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S))
def test_what_the_page_on_writing_shows_keeps_the_rules_of_words(script: str) -> None:
    routine, _ = parse(Source("shown.md", script), known_sounds())
    assert [finding.render() for finding in check(routine).findings if finding.rule not in _OF_WHOLE_SCRIPTS] == []
