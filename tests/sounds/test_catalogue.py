"""The tables of sounds and beds."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from tests.support.waiting import HANGS
from voiceguide.mix_levels import BED_DIPS, BED_LEVEL, FILE_LEVEL, SWELL_LEVEL
from voiceguide.planner.scene import HALFWAY, RELEASE
from voiceguide.routine import PhaseKind, SoundRef
from voiceguide.rules import BY_NAME
from voiceguide.sound_settings import Chimes
from voiceguide.sounds import bed_recipes, sound_recipes
from voiceguide.sounds.catalogue import BEDS, SOUNDS, Use, bed_level, bed_names, sound_level, sound_names
from voiceguide.vocabulary import BREATH_SETS


def test_every_row_has_a_recipe_and_every_recipe_a_row() -> None:
    assert sorted(sound_names()) == sorted(sound_recipes.RECIPES)
    assert sorted(bed_names()) == sorted(bed_recipes.RECIPES)


def test_no_name_stands_for_two_things() -> None:
    names = sound_names() + bed_names() + tuple(BREATH_SETS) + ("none",)
    assert len(set(names)) == len(names)


def test_what_a_session_needs_is_there() -> None:
    uses = {spec.name: spec.use for spec in SOUNDS}
    assert uses[Chimes().struck] == "chime"
    assert Chimes().breath in BREATH_SETS
    assert {name for name, use in uses.items() if use == "hold"} == {RELEASE.name, HALFWAY.name}
    assert set(uses.values()) == set(get_args(Use))


def test_every_breath_sound_belongs_to_a_set_and_every_set_has_its_sounds() -> None:
    of_sets = {sound for sounds in BREATH_SETS.values() for sound in sounds.values()}
    assert of_sets == {spec.name for spec in SOUNDS if spec.use == "breath"}
    for name, sounds in BREATH_SETS.items():
        assert set(sounds) == set(get_args(PhaseKind))
        assert len({sounds["in"], sounds["out"], sounds["hold"]}) == 3
        for sound in sounds.values():
            assert next(spec for spec in SOUNDS if spec.name == sound).summary.startswith(f"{name}: ")


def test_nothing_is_louder_than_the_voice_allows() -> None:
    least = -BY_NAME["chime-too-loud"]["under"]
    for spec in SOUNDS:
        assert SWELL_LEVEL < spec.level <= least, spec.name
    assert all(spec.level <= 0 for spec in BEDS)
    assert BY_NAME["bed-too-loud"]["under"] <= BED_DIPS - BED_LEVEL


def test_every_row_says_what_it_is_in_words_of_its_own() -> None:
    summaries = [spec.summary for spec in (*SOUNDS, *BEDS)]
    assert all(summaries)
    assert len(set(summaries)) == len(summaries)


def test_the_level_of_a_row_is_found_by_its_name() -> None:
    assert {spec.name: sound_level(SoundRef(spec.name)) for spec in SOUNDS} == {s.name: s.level for s in SOUNDS}
    assert {spec.name: bed_level(SoundRef(spec.name)) for spec in BEDS} == {spec.name: spec.level for spec in BEDS}
    with pytest.raises(KeyError):
        sound_level(SoundRef("rain"))


def test_a_persons_file_is_as_loud_as_a_chime_and_its_bed_as_a_bed(tmp_path: Path) -> None:
    assert sound_level(SoundRef("bowl", tmp_path / "bowl")) == FILE_LEVEL
    assert bed_level(SoundRef("silence", tmp_path / "silence")) == 0


def test_the_headphones_of_binaural_are_told() -> None:
    assert "headphones" in next(spec.summary for spec in BEDS if spec.name == "binaural")


def test_the_catalogue_loads_nothing_heavy() -> None:
    code = "import sys, voiceguide.sounds.catalogue as c; print([m for m in ('numpy', 'scipy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=HANGS, check=True)
    assert out.stdout.strip() == "[]"
