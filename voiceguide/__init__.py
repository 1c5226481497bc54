"""voiceguide turns a routine script into one voice-guided audio file.

::

    import voiceguide

    with voiceguide.plan("evening.md", length="10m") as session:
        session.render("evening.mp3")

docs/api.md is a tour. Every public name stands here; it is loaded when it is first asked for, so that importing the
package costs next to nothing. The package prints nothing, and keeps no state but files in the user's cache folder.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # type checkers take it for true; importing it from typing costs more than all else here

if TYPE_CHECKING:
    from typing import Any

    from voiceguide.api.checking import CheckResult, check
    from voiceguide.api.library import Sound, find_sound, list_routines, list_sounds
    from voiceguide.api.listening import listen
    from voiceguide.api.live import open_live
    from voiceguide.api.notebook import Preview
    from voiceguide.api.options import Options
    from voiceguide.api.packs import PackFile, build_pack, read_pack
    from voiceguide.api.progress import Progress
    from voiceguide.api.rendering import Report
    from voiceguide.api.scripts import Script, read, read_text
    from voiceguide.api.session import Session, length_range, plan
    from voiceguide.api.translations import TranslationResult, check_translated_pack, check_translation
    from voiceguide.api.voices import find_voice, list_voices, speak
    from voiceguide.atomic import Written
    from voiceguide.errors import (
        Cancelled,
        ConfigurationError,
        Diagnostic,
        OptionError,
        OutputError,
        RecognitionError,
        ScriptError,
        SoundError,
        Span,
        SpeechError,
        VoiceguideError,
    )
    from voiceguide.listening.result import Finding, HeardLine, HeardSound, Listening
    from voiceguide.live.plan import Balance, LivePlan
    from voiceguide.live.session import LiveSession
    from voiceguide.packs.building import Built, Outcome
    from voiceguide.planner import Range
    from voiceguide.routine import SoundRef
    from voiceguide.speech.engines.engine import Voice
    from voiceguide.spoken import spoken_form
    from voiceguide.timeline import ChapterRange, Clip, Event, Fit, Line, Timeline
    from voiceguide.units import SAMPLE_RATE

__version__ = "0.1.0"

__all__ = [
    "SAMPLE_RATE",
    "Balance",
    "Built",
    "Cancelled",
    "ChapterRange",
    "CheckResult",
    "Clip",
    "ConfigurationError",
    "Diagnostic",
    "Event",
    "Finding",
    "Fit",
    "HeardLine",
    "HeardSound",
    "Line",
    "Listening",
    "LivePlan",
    "LiveSession",
    "OptionError",
    "Options",
    "Outcome",
    "OutputError",
    "PackFile",
    "Preview",
    "Progress",
    "Range",
    "RecognitionError",
    "Report",
    "Script",
    "ScriptError",
    "Session",
    "Sound",
    "SoundError",
    "SoundRef",
    "Span",
    "SpeechError",
    "Timeline",
    "TranslationResult",
    "Voice",
    "VoiceguideError",
    "Written",
    "__version__",
    "build_pack",
    "check",
    "check_translated_pack",
    "check_translation",
    "find_sound",
    "find_voice",
    "length_range",
    "list_routines",
    "list_sounds",
    "list_voices",
    "listen",
    "open_live",
    "plan",
    "read",
    "read_pack",
    "read_text",
    "speak",
    "spoken_form",
]

_HOMES = {
    **dict.fromkeys(("CheckResult", "check"), "api.checking"),
    **dict.fromkeys(("Sound", "find_sound", "list_routines", "list_sounds"), "api.library"),
    "listen": "api.listening",
    "open_live": "api.live",
    "Preview": "api.notebook",
    "Options": "api.options",
    **dict.fromkeys(("PackFile", "build_pack", "read_pack"), "api.packs"),
    "Progress": "api.progress",
    "Report": "api.rendering",
    **dict.fromkeys(("Script", "read", "read_text"), "api.scripts"),
    **dict.fromkeys(("Session", "length_range", "plan"), "api.session"),
    **dict.fromkeys(("TranslationResult", "check_translated_pack", "check_translation"), "api.translations"),
    **dict.fromkeys(("find_voice", "list_voices", "speak"), "api.voices"),
    "Written": "atomic",
    **dict.fromkeys(("Cancelled", "ConfigurationError", "Diagnostic", "OptionError", "OutputError"), "errors"),
    **dict.fromkeys(("RecognitionError", "ScriptError", "SoundError", "Span", "SpeechError"), "errors"),
    "VoiceguideError": "errors",
    **dict.fromkeys(("Finding", "HeardLine", "HeardSound", "Listening"), "listening.result"),
    **dict.fromkeys(("Balance", "LivePlan"), "live.plan"),
    "LiveSession": "live.session",
    **dict.fromkeys(("Built", "Outcome"), "packs.building"),
    "Range": "planner",
    "SoundRef": "routine",
    "Voice": "speech.engines.engine",
    "spoken_form": "spoken",
    **dict.fromkeys(("ChapterRange", "Clip", "Event", "Fit", "Line", "Timeline"), "timeline"),
    "SAMPLE_RATE": "units",
}
"""The module of each public name, as in the imports above, which only type checkers read."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
