"""The tags that Amazon's and Microsoft's services add to SSML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

from voiceguide.importing.quantities import level_of_gain, read_time
from voiceguide.importing.ssml.walk import Walk, inside, opening_tag
from voiceguide.importing.ssml.xml_tree import Element
from voiceguide.mix_levels import BED_LEVEL, LOUDEST_BED
from voiceguide.units import SOFTEST_LEVEL, format_duration

_LONGEST_GAP = 60


def _style(walk: Walk, element: Element) -> None:
    """A way of speaking that the voices here do not have."""
    for name in element.attributes:
        element.take(name)
    walk.state.ledger.lost(element.line, opening_tag(element), "the same words, as the voice says them by itself")
    walk.inside(element)


def _silence(walk: Walk, element: Element) -> None:
    """Microsoft's silence at the start, at the end, or between sentences, for all that its voice says."""
    state = walk.state
    kind, value = (element.take("type") or "").lower(), element.take("value") or ""
    what = opening_tag(element)
    found = read_time(value)
    if found is None:
        state.ledger.lost(element.line, what, f"nothing; '{value}' is no time")
    elif kind.startswith("sentenceboundary") and "gaps" not in state.writer.settings and found.value <= _LONGEST_GAP:
        gap = format_duration(found.value)
        state.writer.settings["gaps"] = {"sentence": gap}
        state.ledger.guessed(element.line, what, f"gaps: {{sentence: {gap}}} for the whole script")
    elif kind.startswith("leading"):
        state.writer.silence(found.value)
        state.ledger.guessed(element.line, what, f"[pause {format_duration(found.value)}] at this place")
    else:
        state.ledger.lost(element.line, what, "nothing; write [pause …] where it is to be")


def _background(walk: Walk, element: Element) -> None:
    state = walk.state
    source = element.take("src")
    volume, fade_in, fade_out = element.take("volume"), element.take("fadein"), element.take("fadeout")
    name = state.file(source)
    what = opening_tag(element)
    if name is None:
        state.writer.comment(f"background: {source or ''}")
        state.ledger.lost(element.line, what, "a comment, since no such file lies beside the script")
        return
    gain = level_of_gain(volume) if volume is not None else None
    level = f" {max(SOFTEST_LEVEL, min(LOUDEST_BED, BED_LEVEL + gain)):.3g}dB" if gain else ""
    fade = _fade(fade_in)
    cue = f"bed {name}{level}" + (f" fade {format_duration(fade)}" if fade else "")
    state.writer.cue(cue, timed=False)
    state.ledger.guessed(element.line, what, f"[{cue}]; how far it lies under the voice is ours")
    if fade_out is not None:
        state.ledger.guessed(element.line, f'fadeout="{fade_out}"', "the usual fade at the session's end")


def _fade(text: str | None) -> Fraction | None:
    found = read_time(f"{text}ms" if text and text.isdecimal() else text or "")
    return found.value if found and 0 < found.value <= _LONGEST_GAP else None


def _breath(walk: Walk, element: Element) -> None:
    for name in element.attributes:
        element.take(name)
    walk.state.ledger.lost(element.line, opening_tag(element), "nothing; the voices here do not breathe audibly")


def _turn(walk: Walk, element: Element) -> None:
    """A speaker's turn in a dialogue."""
    state = walk.state
    pace, voice = state.pace, state.voice
    state.writer.paragraph()
    name = element.take("speaker")
    if name:
        state.named_voice(element.line, f'<mstts:turn speaker="{name}">', name)
    walk.inside(element)
    state.writer.paragraph()
    state.restore(pace, voice)


VENDORS: Mapping[str, Callable[[Walk, Element], None]] = MappingProxyType(
    {
        "amazon:effect": _style,
        "amazon:domain": _style,
        "amazon:emotion": _style,
        "amazon:auto-breaths": _style,
        "amazon:breath": _breath,
        "google:style": _style,
        "mstts:express-as": _style,
        "mstts:prosody": _style,
        "mstts:silence": _silence,
        "mstts:backgroundaudio": _background,
        "mstts:dialog": inside,
        "mstts:turn": _turn,
    }
)
