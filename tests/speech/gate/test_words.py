"""Whether a clip says its words: two dozen lines, of which half are spoiled, by the voice and the recogniser as they
are. ``python -m tests.benchmarks.gate`` does it with thousands."""

from __future__ import annotations

import pytest

from tests.benchmarks.gate import texts
from tests.support.faulty import FAULTS, spoiled
from voiceguide.errors import RecognitionError
from voiceguide.speech.clips import make_clip
from voiceguide.speech.engines.engine import Utterance
from voiceguide.speech.engines.hibari.engine import HibariEngine
from voiceguide.speech.gate.sound import sound_faults
from voiceguide.speech.gate.words import Said, listen
from voiceguide.speech.recognition import can_recognise
from voiceguide.spoken import spoken_form

pytestmark = pytest.mark.skipif(not can_recognise("en"), reason="the extra listen is not installed")

LINES = [text for text in texts(2_000) if len(text.split()) <= 6][:24]
SPOILED = [(text, FAULTS[index % len(FAULTS)]) for index, text in enumerate(LINES[:12])]


def heard(utterance: Utterance, text: str) -> Said:
    return listen(make_clip(utterance, text, 1.0), (spoken_form(text, "en"), text), "en")


def test_good_lines_pass() -> None:
    engine = HibariEngine()
    refused = {
        text: said for text in LINES[12:] if (said := heard(engine.speak(text, "hibari:heart", 1.0), text)).faults
    }
    assert len(refused) <= 1, refused


def test_spoiled_lines_are_refused() -> None:
    """Of 150 short lines that end in a breath or noise right behind the last word one passes."""
    passed = []
    for text, fault in SPOILED:
        utterance = spoiled(text, fault)
        if not sound_faults(utterance, text, 1.0) and not heard(utterance, text).faults:
            passed.append((text, fault))
    assert len(passed) <= 1, passed
    assert all(fault == "noise" for _, fault in passed), passed


@pytest.mark.parametrize(
    "text", ["Count to 10 with me.", "Take 2 breaths.", "Their weight is here.", "It's a knight, too."]
)
def test_numbers_and_words_that_sound_alike_pass(text: str) -> None:
    assert heard(HibariEngine().speak(text, "hibari:heart", 1.0), text) == Said()


def test_what_is_wrong_is_told() -> None:
    text = "Stroke down the left side of your neck."
    said = heard(HibariEngine().speak("Stroke down the right side of your neck.", "hibari:heart", 1.0), text)
    assert said.faults == ("does not say “left”",)
    assert said.misread
    assert "right" in said.heard
    twice = heard(HibariEngine().speak("Stroke down the left left side of your neck.", "hibari:heart", 1.0), text)
    assert twice.faults[0] in ("says “left” twice", "does not say “side”")


def test_a_language_without_a_recogniser_is_told() -> None:
    clip = make_clip(HibariEngine().speak("Rest.", "hibari:heart", 1.0), "Rest.", 1.0)
    with pytest.raises(RecognitionError, match="'de'"):
        listen(clip, ("Rest.",), "de")
