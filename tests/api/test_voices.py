from __future__ import annotations

import numpy as np
import pytest

import voiceguide
from voiceguide import OptionError, SpeechError


def test_a_line_has_the_samples_that_a_session_has() -> None:
    line = voiceguide.speak("Sit down.", voice="silent")
    with voiceguide.plan(voiceguide.read_text("---\nvoice: silent\nroom: none\n---\nSit down.\n")) as session:
        event = session.timeline.events[0]
        heard = np.concatenate(list(session.blocks(event.start, event.end, mastered=False)))
    assert (line.dtype, line.shape) == (np.float32, (event.end - event.start, 2))
    assert np.array_equal(line, heard)


def test_pace_and_spaces() -> None:
    calm, quick = (voiceguide.speak("Sit  down.\n", voice="silent", pace=pace) for pace in (1, 2.0))
    assert 1.9 < len(calm) / len(quick) < 2.1


@pytest.mark.parametrize("text", ["", " \n", "…!"])
def test_there_must_be_something_to_say(text: str) -> None:
    with pytest.raises(OptionError, match=r"^text: there is nothing to speak in"):
        voiceguide.speak(text, voice="silent")


def test_a_voice_is_found_by_what_a_script_may_call_it() -> None:
    found = voiceguide.find_voice("system", "de")
    assert (found.engine, found.language) == ("system", "de")
    assert found in voiceguide.list_voices("de")
    assert found in voiceguide.list_voices()
    assert voiceguide.find_voice("silent").quality == "test"
    with pytest.raises(SpeechError, match="There is no voice 'nobody'"):
        voiceguide.find_voice("nobody")
