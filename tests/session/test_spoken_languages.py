"""Sessions in seven languages, spoken by the system's real voices: numbers and breath phases follow the script."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest

from voiceguide.session.options import SessionOptions
from voiceguide.session.session import planned
from voiceguide.units import SAMPLE_RATE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="eSpeak NG's voices")

SAID = {
    "en": ("Breathe in", "Hold", "Breathe out", "Rest", "one", "two", "three", "sixteen"),
    "de": ("Einatmen", "Halten", "Ausatmen", "Ruhen", "eins", "zwei", "drei", "sechzehn"),
    "fr": ("Inspirez", "Retenez", "Expirez", "Repos", "un", "deux", "trois", "seize"),
    "es": ("Inhala", "Mantén", "Exhala", "Descansa", "uno", "dos", "tres", "dieciséis"),
    "it": ("Inspira", "Trattieni", "Espira", "Riposa", "uno", "due", "tre", "sedici"),
    "pt": ("Inspire", "Segure", "Expire", "Descanse", "um", "dois", "três", "dezasseis"),
    "nl": ("Adem in", "Houd vast", "Adem uit", "Rust", "één", "twee", "drie", "zestien"),
}
REGIONS = {"en-GB": "en", "de-AT": "de", "fr-CH": "fr", "es-MX": "es", "pt-BR": "pt", "nl-BE": "nl"}
SCRIPT = "---\nlanguage: {tag}\n---\n[breathe box x1]\n[hold 4s count]\n[count 16 to 15 every 2s]\n"


@pytest.mark.parametrize("tag", [*SAID, *REGIONS])
def test_numbers_and_phases_are_said_in_the_scripts_language(tag: str, tmp_path: Path) -> None:
    base = REGIONS.get(tag, tag)
    (tmp_path / "x.md").write_text(SCRIPT.format(tag=tag))
    with planned(tmp_path / "x.md", SessionOptions(voice="system")) as session:
        voice = session.timeline.voice
        assert voice.startswith("system:")
        assert voice.removeprefix("system:").partition("-")[0] == base
        spoken = [event for event in session.timeline.events if event.kind == "speech"]
        texts = [event.text for event in spoken]
        expected = list(SAID[base])
        if tag == "pt-BR":
            expected[-1] = "dezesseis"
        assert texts[:7] == expected[:7]
        assert texts[-2] == expected[-1]
        assert len(set(texts)) == len(texts)
        for event in spoken:
            assert event.clip is not None
            clip = session.clips.samples(event.clip.source)
            assert np.abs(clip).max() > 0.05
            assert event.end - event.start < 1.9 * SAMPLE_RATE
        late = [float(re.search(r"([\d.]+)s longer", found.message)[1]) for found in session.warnings]  # type: ignore[index]
        assert all(seconds < 0.1 for seconds in late), "hardly anything is longer than its beat"


def test_the_same_number_sounds_different_in_every_language(tmp_path: Path) -> None:
    clips = {}
    for tag in SAID:
        (tmp_path / "x.md").write_text(f"---\nlanguage: {tag}\n---\n[count 16 to 16]\n")
        with planned(tmp_path / "x.md", SessionOptions(voice="system")) as session:
            (event,) = (event for event in session.timeline.events if event.kind == "speech")
            assert event.clip is not None
            clips[tag] = session.clips.samples(event.clip.source).tobytes()
    assert len(set(clips.values())) == len(SAID)
