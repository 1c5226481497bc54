"""What only Speech Markdown has: ``(words)[rate:"slow"]``, ``[break:"2s"]``, ``#[voice:"…"]``."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from voiceguide.importing.desk import Desk
from voiceguide.importing.quantities import read_time

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
    """Whether a text holds what nothing else is likely to mean."""
    return _SIGNS.search(text) is not None


def _modifiers(text: str) -> list[tuple[str, str]] | None:
    """Keys and values; None when this is something else in brackets."""
    found: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _MODIFIER.match(text, position)
        if not match or match.end() == position:
            return None
        found.append((match["key"].lower(), (match["value"] or "").strip().strip("\"'")))
        position = match.end()
    return found if found and all(key in _KEYS for key, _ in found) else None


def say_modified(desk: Desk, line: int, words: str, modifiers: str, before: Callable[[], None]) -> bool:
    """``(words)[modifiers]``; ``before`` is called first when it is one. False when it is not."""
    found = _modifiers(modifiers)
    if found is None:
        return False
    before()
    pace, voice = desk.pace, desk.voice
    said = False
    for key, value in found:
        what = f'[{key}:"{value}"]' if value else f"[{key}]"
        if key in _SAID_AS and not said:
            desk.say_as(line, f"[{key}]", _SAID_AS[key], value, words)
            said = True
        elif key == "sub" and value and not said:
            desk.ledger.guessed(line, f"[sub]: “{words}”", f"the words “{value}”")
            desk.writer.words(value, line)
            said = True
        else:
            _styled(desk, line, what, key, value)
    if not said:
        desk.writer.words(words, line)
    desk.restore(pace, voice)
    return True


def _styled(desk: Desk, line: int, what: str, key: str, value: str) -> None:
    if key == "rate":
        desk.rate(line, what, value)
    elif key in ("voice", "lang") and value:
        if key == "voice":
            desk.named_voice(line, what, value)
        else:
            desk.foreign(line, what, value)
    else:
        desk.ledger.lost(line, what, "the same words, as the voice says them by itself")


def say_standalone(desk: Desk, line: int, raw: str, inner: str, before: Callable[[], None]) -> bool:
    """``[break:"strong"]``, ``[mark:"name"]``, ``!["chime.mp3"]``. False when it is none of them."""
    if raw.startswith("!["):
        source = inner.strip().strip("\"'")
        name = desk.file(source)
        before()
        if name is None:
            desk.writer.comment(f"sound: {source}")
            desk.ledger.lost(line, raw, "a comment, since no such file lies beside the script")
        else:
            desk.writer.cue(f"sound {name}")
            desk.ledger.translated(line, raw, f"[sound {name}]")
        return True
    found = _modifiers(inner)
    if found is None or len(found) != 1 or found[0][0] not in ("break", "mark") or not found[0][1]:
        return False
    key, value = found[0]
    if key == "break":
        desk.break_(line, raw, value if read_time(value) else None, value)
    else:
        desk.writer.comment(f"mark: {value}")
        desk.ledger.lost(line, raw, "a comment at this place")
    return True


def read_section(desk: Desk, line: int, modifiers: str) -> None:
    """``#[…]``: how all that follows is said, up to the next of its kind."""
    desk.writer.paragraph()
    desk.restore(Fraction(1), "")
    for key, value in _modifiers(modifiers) or [("defaults", "")]:
        if key == "defaults":
            if modifiers.strip() not in ("", "defaults"):
                desk.ledger.lost(line, f"#[{modifiers}]", "the start of a paragraph")
            continue
        _styled(desk, line, f'#[{key}:"{value}"]' if value else f"#[{key}]", key, value)
