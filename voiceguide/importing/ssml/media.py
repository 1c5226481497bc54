"""Sound files in SSML: ``audio``, and Google's ``par``, ``seq`` and ``media`` as far as they can be said.

A script has one voice line after another. What stands side by side there is put in order: sounds that go on under the
speech first, then the speech; a begin that waits for another part's end is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from voiceguide.importing.quantities import level_words, read_level, read_time
from voiceguide.importing.ssml.walk import Walk, opening_tag
from voiceguide.importing.ssml.xml_tree import Characters, Element
from voiceguide.units import format_duration

_MOST_ORDERED = 200
_MOST_TIMES = 100
_BEGIN = re.compile(r"(?:([\w.-]+)\.(begin|end))?\s*([+-]?)\s*([0-9.]+(?:ms|s))?")
_IGNORED = (
    "clipBegin",
    "clipEnd",
    "speed",
    "repeatDur",
    "fetchtimeout",
    "fetchhint",
    "maxage",
    "maxstale",
    "end",
    "fadeInDur",
    "fadeOutDur",
)


def _audio(walk: Walk, element: Element) -> None:
    play(walk, element)


def play(walk: Walk, element: Element, level: float = 0.0, *, under: bool = False, times: int = 1) -> None:
    """A sound file that lies beside the script, or else what stands in the element in its place."""
    desk = walk.desk
    source = element.take("src")
    what = f'<audio src="{source}">' if source else "<audio>"
    own_level, own_times = element.take("soundLevel"), element.take("repeatCount")
    name = desk.file(source)
    if name is None:
        others = element.text()
        desk.ledger.lost(
            element.line,
            what,
            "the words in it, since no such file lies beside the script"
            if others
            else "a comment, since no such file lies beside the script",
        )
        desk.writer.comment(f"sound: {source or ''}")
        _spoken_instead(walk, element)
        return
    if own_level is not None:
        level = _level(walk, element, own_level)
    if own_times is not None:
        times = _times(walk, element, own_times)
    cue = f"sound {name}{' under' if under else ''}{level_words(level)}"
    _repeated(walk, cue, times)
    desk.ledger.translated(element.line, what, f"[{cue}]" + (f" {times} times" if times > 1 else ""))
    if others := element.text():
        desk.writer.comment(others)
        desk.ledger.translated(element.line, f"“{others}” in its place", "a comment, since the sound is there")
    _report_ignored(walk, element)


def _spoken_instead(walk: Walk, element: Element) -> None:
    for child in element.children:
        if isinstance(child, Element) and child.name == "desc":
            walk.desk.writer.comment(child.text())
            walk.desk.ledger.lost(child.line, f"<desc> {child.text()}", "a comment")
        elif isinstance(child, Element):
            walk.element(child)
        elif isinstance(child, Characters):
            walk.desk.writer.words(child.text, child.line)


def _repeated(walk: Walk, cue: str, times: int) -> None:
    if times > 1:
        walk.desk.writer.cue(f"repeat {times}", timed=False)
    walk.desk.writer.cue(cue)
    if times > 1:
        walk.desk.writer.cue("end", timed=False)


def _level(walk: Walk, element: Element, text: str) -> float:
    level = read_level(text)
    if level is None:
        walk.desk.ledger.lost(element.line, f'soundLevel="{text}"', "nothing, since it is no level")
    return level or 0.0


def _times(walk: Walk, element: Element, text: str) -> int:
    if re.fullmatch(r"[0-9]{1,4}(\.0*)?", text) and 1 <= int(float(text)) <= _MOST_TIMES:
        return int(float(text))
    walk.desk.ledger.lost(element.line, f'repeatCount="{text}"', "once")
    return 1


def _report_ignored(walk: Walk, element: Element) -> None:
    for name in _IGNORED:
        value = element.take(name)
        if value is not None:
            walk.desk.ledger.lost(element.line, f'{name}="{value}" of <{element.name}>', "nothing")


# -- par, seq and media


@dataclass(frozen=True, slots=True)
class _Part:
    """A child of ``par``: ``after`` names the part whose begin or end it waits for, then ``wait`` seconds."""

    element: Element
    name: str
    after: str | None
    at_end: bool
    wait: Fraction
    sound: Element | None


def _part(walk: Walk, element: Element) -> _Part:
    begin = element.take("begin") or ""
    match = _BEGIN.fullmatch(begin.strip())
    wait = read_time(match[4]) if match and match[4] else None
    seconds = wait.value if wait else Fraction(0)
    if match is None or (match[3] == "-" and seconds):
        walk.desk.ledger.lost(element.line, f'begin="{begin}"', "the earliest moment that there is")
        seconds = Fraction(0)
    sounds = [child for child in element.children if isinstance(child, Element)]
    sound = sounds[0] if len(sounds) == 1 and sounds[0].name == "audio" and element.name == "media" else None
    name = element.attributes.get("xml:id") or element.attributes.get("id") or ""
    return _Part(element, name, match[1] if match else None, bool(match and match[2] == "end"), seconds, sound)


def _ordered(parts: Sequence[_Part]) -> list[_Part]:
    """Sounds that begin with the whole come first; a part that waits for another's end stands behind it.

    Very many parts stay in the order in which they are written.
    """
    if len(parts) > _MOST_ORDERED:
        return list(parts)
    names = {part.name for part in parts if part.name}
    waiting = [part for part in parts if part.after in names and part.at_end]
    order = sorted((part for part in parts if part not in waiting), key=lambda part: part.sound is None)
    while waiting:
        placed = {part.name for part in order}
        ready = [part for part in waiting if part.after in placed] or waiting[:1]
        for part in ready:
            at = max((i for i, other in enumerate(order) if part.after in (other.name, other.after)), default=-1)
            order.insert(at + 1 if at >= 0 else len(order), part)
            waiting.remove(part)
    return order


def _par(walk: Walk, element: Element) -> None:
    desk = walk.desk
    desk.writer.paragraph()
    parts = [_part(walk, child) for child in element.children if isinstance(child, Element)]
    words = [child for child in element.children if isinstance(child, Characters) and child.text.strip()]
    speaking = 0
    bed = False
    for part in _ordered(parts):
        if part.sound is None:
            if part.wait:
                desk.writer.silence(part.wait)
                desk.ledger.translated(part.element.line, "begin= of <media>", f"[pause {format_duration(part.wait)}]")
            elif speaking and not part.at_end:
                desk.ledger.lost(part.element.line, "speech at the same time as other speech", "one after the other")
            speaking += 1
        elif part.wait:
            into = "the moment at which the part before it begins or ends"
            desk.ledger.lost(part.element.line, f"begin= of a sound, {format_duration(part.wait)} later", into)
        bed = _media(walk, part.element, part) or bed
        desk.writer.paragraph()
    if bed:
        desk.writer.cue("bed none", timed=False)
        desk.writer.paragraph()
    for text in words:
        desk.writer.words(text.text, text.line)
    desk.ledger.guessed(element.line, "<par>", "sounds under the speech, and one speech after the other")
    desk.writer.paragraph()


def _seq(walk: Walk, element: Element) -> None:
    walk.desk.writer.paragraph()
    for child in element.children:
        if isinstance(child, Element):
            part = _part(walk, child)
            if part.wait:
                walk.desk.writer.silence(part.wait)
                into = f"[pause {format_duration(part.wait)}]"
                walk.desk.ledger.translated(child.line, "begin= of <media>", into)
            _media(walk, child, None)
            walk.desk.writer.paragraph()
        elif isinstance(child, Characters):
            walk.desk.writer.words(child.text, child.line)


def _media_alone(walk: Walk, element: Element) -> None:
    _media(walk, element, None)


def _media(walk: Walk, element: Element, part: _Part | None) -> bool:
    """One part; ``part`` is given when it goes on beside others, so that its sound lies under them.

    True when that sound has become the background.
    """
    if element.name != "media":
        walk.element(element)
        return False
    sound = part.sound if part else None
    level, times = element.take("soundLevel"), element.take("repeatCount")
    if sound is not None and part is not None and _as_bed(walk, element, sound, times, level):
        return True
    only = next((c for c in element.children if isinstance(c, Element)), None)
    if only is not None and only.name == "audio":
        decibels = _level(walk, element, level) if level is not None else 0.0
        under = part is not None and sound is not None and not part.at_end
        play(walk, only, decibels, under=under, times=_times(walk, element, times) if times is not None else 1)
        for name in sorted(only.untaken):
            walk.desk.ledger.lost(only.line, f'{name}="{only.attributes[name]}" of <audio>', "nothing")
    else:
        if level is not None:
            walk.desk.ledger.lost(element.line, f'soundLevel="{level}" of speech', "nothing")
        if times is not None:
            walk.desk.ledger.lost(element.line, f'repeatCount="{times}" of speech', "once")
        walk.inside(element)
    _report_ignored(walk, element)
    for name in sorted(element.untaken - {"xml:id", "id"}):
        walk.desk.ledger.lost(element.line, f'{name}="{element.attributes[name]}" of <media>', "nothing")
    return False


def _as_bed(walk: Walk, element: Element, sound: Element, times: str | None, level: str | None) -> bool:
    """A sound that goes round and round, or fades, is a background. False when it is none, or no file is there."""
    fade = element.attributes.get("fadeInDur") or element.attributes.get("fadeOutDur")
    endless = times is not None and not (re.fullmatch(r"[0-9.]+", times) and float(times) <= 1)
    if not (fade or endless or element.attributes.get("repeatDur")):
        return False
    name = walk.desk.file(sound.attributes.get("src"))
    if name is None:
        return False
    for attribute in ("fadeInDur", "fadeOutDur", "repeatDur", "end"):
        element.take(attribute)
    sound.untaken.clear()
    found = read_time(fade) if fade else None
    cue = f"bed {name}" + (f" fade {format_duration(found.value)}" if found and found.value else "")
    walk.desk.writer.cue(cue, timed=False)
    walk.desk.ledger.guessed(element.line, f"{opening_tag(element)} around a sound", f"[{cue}], up to the end of <par>")
    if level is not None:
        walk.desk.ledger.guessed(element.line, f'soundLevel="{level}"', "24dB under the voice, as beds are")
    if others := sound.text():
        walk.desk.writer.comment(others)
        walk.desk.ledger.translated(sound.line, f"“{others}” in its place", "a comment, since the sound is there")
    return True


MEDIA: Mapping[str, Callable[[Walk, Element], None]] = MappingProxyType(
    {"audio": _audio, "par": _par, "seq": _seq, "media": _media_alone}
)
