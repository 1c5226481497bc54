"""The marks that only Speech Markdown has: ``(words)[rate:"slow"]``, ``[break:"2s"]``, ``#[voice:"…"]``."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from voiceguide.importing.quantities import read_time
from voiceguide.importing.state import ImportState

_SAID_AS = {
    "address": "address",
    "bleep": "bleep",
    "cardinal": "cardinal",
    "characters": "characters",
    "chars": "characters",
    "date": "date",
    "digits": "digits",
    "expletive": "expletive",
    "fraction": "fraction",
    "number": "number",
    "ordinal": "ordinal",
    "phone": "telephone",
    "telephone": "telephone",
    "time": "time",
    "unit": "unit",
}
_STYLES = frozenset(
    re.findall(
        r"\w+",
        "cheerful disappointed dj emphasis excited friendly interjection lang newscaster pitch timbre vol volume "
        "whisper ipa audio defaults mark break",
    )
)
_KEYS = frozenset({*_SAID_AS, *_STYLES, "rate", "sub", "voice"})
_MODIFIER = re.compile(r"\s*(?P<key>[A-Za-z]+)\s*(?::\s*(?P<value>\"[^\"]*\"|'[^']*'|[^;\"']*))?\s*(?:;|$)")
_SIGNS = re.compile(
    r"\([^()\n]{1,300}\)\[\s*(?:" + "|".join(sorted(_KEYS)) + r")\s*[:;\]]|\[(?:break|mark|audio)\s*:\s*[\"']|^#\[",
    re.MULTILINE,
)


def is_speech_markdown(text: str) -> bool:
    """Whether a text has marks that are unlikely in other texts."""
    return _SIGNS.search(text) is not None


@lru_cache(maxsize=1024)  # a text has the same few again and again
def _modifiers(text: str) -> tuple[tuple[str, str], ...] | None:
    """Keys and values; None if the brackets hold something else."""
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _MODIFIER.match(text, position)
        if not match or match.end() == position:
            return None
        found.append((match["key"].lower(), (match["value"] or "").strip().strip("\"'")))
        position = match.end()
    return tuple(found) if found and all(key in _KEYS for key, _ in found) else None


def say_modified(state: ImportState, line: int, words: str, modifiers: str, before: Callable[[], None]) -> bool:
    """``(words)[modifiers]``; ``before`` is called first if it is one. False if it is not."""
    found = _modifiers(modifiers)
    if found is None:
        return False
    before()
    pace, voice = state.pace, state.voice
    said = False
    for key, value in found:
        what = f'[{key}:"{value}"]' if value else f"[{key}]"
        if key in _SAID_AS and not said:
            state.say_as(line, f"[{key}]", _SAID_AS[key], value, words)
            said = True
        elif key == "sub" and value and not said:
            state.ledger.guessed(line, f"[sub]: “{words}”", f"the words “{value}”")
            state.writer.words(value, line)
            said = True
        else:
            _styled(state, line, what, key, value)
    if not said:
        state.writer.words(words, line)
    state.restore(pace, voice)
    return True


def _styled(state: ImportState, line: int, what: str, key: str, value: str) -> None:
    if key == "rate":
        state.rate(line, what, value)
    elif key in ("voice", "lang") and value:
        if key == "voice":
            state.named_voice(line, what, value)
        else:
            state.foreign(line, what, value)
    else:
        state.ledger.lost(line, what, "the same words, as the voice says them by itself")


def say_standalone(state: ImportState, line: int, raw: str, inner: str, before: Callable[[], None]) -> bool:
    """``[break:"strong"]``, ``[mark:"name"]``, ``!["chime.mp3"]``. False if it is none of them."""
    if raw.startswith("!["):
        source = inner.strip().strip("\"'")
        name = state.file(source)
        before()
        if name is None:
            state.writer.comment(f"sound: {source}")
            state.ledger.lost(line, raw, "a comment, since no such file lies beside the script")
        else:
            state.writer.cue(f"sound {name}")
            state.ledger.translated(line, raw, f"[sound {name}]")
        return True
    found = _modifiers(inner)
    if found is None or len(found) != 1 or found[0][0] not in ("break", "mark") or not found[0][1]:
        return False
    key, value = found[0]
    if key == "break":
        state.break_(line, raw, value if read_time(value) else None, value)
    else:
        state.writer.comment(f"mark: {value}")
        state.ledger.lost(line, raw, "a comment at this place")
    return True


def read_section(state: ImportState, line: int, modifiers: str) -> None:
    """``#[…]``: the voice and pace of all that follows, up to the next such mark."""
    state.writer.paragraph()
    state.restore(Fraction(1), "")
    for key, value in _modifiers(modifiers) or (("defaults", ""),):
        if key == "defaults":
            if modifiers.strip() not in ("", "defaults"):
                state.ledger.lost(line, f"#[{modifiers}]", "the start of a paragraph")
            else:
                state.ledger.translated(line, f"#[{modifiers}]", "the session's own voice and pace")
            continue
        _styled(state, line, f'#[{key}:"{value}"]' if value else f"#[{key}]", key, value)
