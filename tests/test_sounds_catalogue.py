"""The tables of sounds and beds."""

import subprocess
import sys

from voiceguide.planner.scene import BREATH_SOUNDS, HALFWAY, RELEASE
from voiceguide.sounds import beds, synthesis
from voiceguide.sounds.catalogue import BEDS, SOUNDS, bed_names, chime_names, sound_names


def test_every_row_has_a_recipe_and_every_recipe_a_row() -> None:
    assert sorted(sound_names()) == sorted(synthesis.RECIPES)
    assert sorted(bed_names()) == sorted(beds.RECIPES)


def test_no_name_stands_for_two_things() -> None:
    names = sound_names() + bed_names() + ("none",)
    assert len(set(names)) == len(names)


def test_what_a_session_needs_is_there() -> None:
    assert chime_names() == ("bowl", "bell")
    assert {"rise", "fall", "tick", "release", "halfway"} <= set(sound_names())
    assert {sound.name for sound in (*BREATH_SOUNDS.values(), RELEASE, HALFWAY)} <= set(sound_names())


def test_nothing_is_louder_than_the_voice_allows() -> None:
    for spec in SOUNDS:
        assert -9 <= spec.level <= -3, spec.name
        assert spec.summary
    assert all(spec.summary for spec in BEDS)


def test_the_catalogue_loads_nothing_heavy() -> None:
    code = "import sys, voiceguide.sounds.catalogue as c; print([m for m in ('numpy', 'scipy') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert out.stdout.strip() == "[]"
