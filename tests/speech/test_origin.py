"""Where a session's voice comes from."""

from __future__ import annotations

import pytest

from voiceguide.speech.engines.engine import ENGINES
from voiceguide.speech.origin import origins
from voiceguide.timeline import Line


def line(voice: str) -> Line:
    return Line("Rest.", voice, 1.0, "en")


def test_each_voice_is_named_once_with_its_engines_version() -> None:
    heart, system = origins([line("system:en-us"), line("hibari:heart"), line("system:en-us")], ENGINES)
    assert (heart.voice, heart.trained, heart.recorded) == ("hibari:heart", True, False)
    assert "hibari 0." in heart.version
    assert (system.voice, system.trained) == ("system:en-us", False)
    assert "eSpeak NG" in system.version


def test_a_voice_that_is_not_there_has_no_origin() -> None:
    with pytest.raises(KeyError):
        origins([line("nobody:x")], ENGINES)
