"""The tables of sounds and beds."""

import subprocess
import sys

from tests.support.waiting import HANGS
from voiceguide.planner.scene import HALFWAY, RELEASE
from voiceguide.sounds import bed_recipes, sound_recipes
from voiceguide.sounds.catalogue import BEDS, SOUNDS, bed_names, chime_names, sound_names
from voiceguide.vocabulary import BREATH_SETS


def test_every_row_has_a_recipe_and_every_recipe_a_row() -> None:
    assert sorted(sound_names()) == sorted(sound_recipes.RECIPES)
    assert sorted(bed_names()) == sorted(bed_recipes.RECIPES)


def test_no_name_stands_for_two_things() -> None:
    names = sound_names() + bed_names() + tuple(BREATH_SETS) + ("none",)
    assert len(set(names)) == len(names)


def test_what_a_session_needs_is_there() -> None:
    assert chime_names() == ("bowl", "bowl-medium", "bowl-small", "bell", "tingsha", "rin", "wood", "gong")
    assert {RELEASE.name, HALFWAY.name, "switch"} <= set(sound_names())


def test_every_breath_sound_belongs_to_a_set_and_every_set_has_its_sounds() -> None:
    of_sets = {sound for sounds in BREATH_SETS.values() for sound in sounds.values()}
    assert of_sets == {spec.name for spec in SOUNDS if spec.use == "breath"}
    assert list(BREATH_SETS) == ["plain", "air", "tone"]
    assert dict(BREATH_SETS["plain"]) == {"in": "rise", "out": "fall", "hold": "tick", "rest": "tick"}
    for name, sounds in BREATH_SETS.items():
        for sound in sounds.values():
            assert next(spec for spec in SOUNDS if spec.name == sound).summary.startswith(f"{name}: ")


def test_nothing_is_louder_than_the_voice_allows() -> None:
    for spec in SOUNDS:
        assert -12 <= spec.level <= -3, spec.name
        assert spec.summary
    assert all(spec.summary for spec in BEDS)
    assert {spec.name: spec.level for spec in BEDS if spec.level} == {"silence": -20.0}


def test_the_headphones_of_binaural_are_told() -> None:
    assert "headphones" in next(spec.summary for spec in BEDS if spec.name == "binaural")


def test_the_catalogue_loads_nothing_heavy() -> None:
    code = "import sys, voiceguide.sounds.catalogue as c; print([m for m in ('numpy', 'scipy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=HANGS, check=True)
    assert out.stdout.strip() == "[]"
