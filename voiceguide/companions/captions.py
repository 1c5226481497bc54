"""The spoken lines as captions beside a session, and the table of the kinds of captions.

A script's words are text and never markup: WebVTT has escapes for the characters of tags, times and arrows (W3C WebVTT,
4.2.2); LRC has none, so other brackets replace them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voiceguide.encoder.kinds import TEXT_TYPES
from voiceguide.encoder.tags import LONGEST_LINE, Tags, clean, clock, milliseconds
from voiceguide.timeline import Timeline

_VTT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LRC_ESCAPES = str.maketrans({"[": "(", "]": ")", "<": "‹", ">": "›"})


def webvtt(timeline: Timeline, tags: Tags) -> str:
    """A WebVTT file with a cue for each spoken line, as long as the line lasts."""
    cues = ["WEBVTT"]
    for start, end, text in _lines(timeline):
        begin, over = milliseconds(start), max(milliseconds(end), milliseconds(start) + 1)
        cues.append(f"{clock(begin)} --> {clock(over)}\n{text.translate(_VTT_ESCAPES)}")
    return "\n\n".join(cues) + "\n"


def lrc(timeline: Timeline, tags: Tags) -> str:
    """An LRC file: tags in square brackets, then each line behind the minutes and seconds of its start."""
    seconds = round(milliseconds(timeline.frames) / 1000)
    head = {"ti": tags.title, "ar": tags.artist, "al": tags.album, "length": f"{seconds // 60:02d}:{seconds % 60:02d}"}
    rows = [f"[{name}:{text.translate(_LRC_ESCAPES)}]" for name, text in head.items() if text]
    for start, _, text in _lines(timeline):
        minutes, hundredths = divmod((milliseconds(start) + 5) // 10, 6000)
        rows.append(f"[{minutes:02d}:{hundredths // 100:02d}.{hundredths % 100:02d}]{text.translate(_LRC_ESCAPES)}")
    return "\n".join(rows) + "\n"


def _lines(timeline: Timeline) -> list[tuple[int, int, str]]:
    """Start, end and text of each spoken line; frames."""
    return [
        (event.start, event.end, text)
        for event in timeline.events
        if event.kind == "speech" and (text := clean(event.text or "", LONGEST_LINE))
    ]


@dataclass(frozen=True, slots=True)
class CaptionKind:
    """A kind of captions. ``name`` is what ``--captions`` calls it and what its files' names end in, ``about`` its
    name for people; ``media_type`` is the IANA name. ``write`` makes the file's text."""

    name: str
    about: str
    media_type: str
    write: Callable[[Timeline, Tags], str]

    @property
    def suffix(self) -> str:
        """What the files' names end in, with its dot."""
        return f".{self.name}"


_ROWS = (
    CaptionKind("vtt", "WebVTT, for players and web pages", TEXT_TYPES[".vtt"], webvtt),
    CaptionKind("lrc", "LRC, for music players", TEXT_TYPES[".lrc"], lrc),
)

CAPTIONS: Mapping[str, CaptionKind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""The kinds of captions by name."""
