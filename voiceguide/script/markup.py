"""What Markdown takes as it stands: code spans, HTML tags, addresses in angle brackets; and entities.

CommonMark 0.31, sections 2.5, 6.1, 6.5 and 6.6.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

SpanKind = Literal["code", "tag", "address"]

_ATTRIBUTE = r"\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+"
_TAG = (
    rf"<(?:(?P<closes>/)?(?P<name>[A-Za-z][A-Za-z0-9-]*+(?::[A-Za-z][\w-]*+)?)(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+/?>"
    r"|\?.{0,2000}?\?>|![A-Za-z][^>]{0,2000}+>|!\[CDATA\[.{0,2000}?\]\]>)"
)
TAG = re.compile(_TAG, re.DOTALL)
ADDRESS = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]++@[A-Za-z0-9.-]++)>")
ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")

_OPAQUE = re.compile(r"\\.|(?P<ticks>`++)|(?P<angle><)", re.DOTALL)

BLOCK_TAGS = frozenset(
    re.findall(
        r"[\w-]+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
        "figcaption figure  footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
        "link main menu menuitem meta nav  noframes noscript ol optgroup option p param search section "
        "summary table tbody td tfoot th thead title tr track  ul",
    )
)
INLINE_TAGS = frozenset(
    re.findall(
        r"[\w-]+",
        "a abbr acronym audio b bdi bdo big br button cite code data del dfn em embed font i img input ins "
        "kbd label map mark  math meter nobr object output picture progress q rp rt ruby s samp select small "
        "source span strike strong sub sup  svg template time tt u var video wbr",
    )
)
STRUCK_TAGS = frozenset({"del", "s", "strike"})
HIDDEN_TAGS = frozenset({"script", "style", "template"})
PICTURE_TAGS = frozenset({"img", "picture", "svg", "video", "object", "embed", "iframe", "audio"})
_SPEECH_TAGS = frozenset(
    re.findall(
        r"[\w-]+",
        "break silence speak prosody phoneme say-as emphasis voice lexicon lang mark sentence paragraph par "
        "seq media desc  w token audio sub bookmark",
    )
)
_SPEECH_ATTRIBUTES: Mapping[str, str] = {"mark": "name", "sub": "alias"}


@dataclass(frozen=True, slots=True)
class Opaque:
    """A part of a text that holds no other Markdown; ``inner`` is what lies between the marks of code."""

    kind: SpanKind
    start: int
    end: int
    inner: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML or SSML tag. A declaration or the like has no name."""

    name: str
    closes: bool
    attributes: Mapping[str, str | None]

    @property
    def speech(self) -> bool:
        """Whether SSML has it and HTML does not, with these attributes."""
        if ":" in self.name:
            return True
        if self.name not in _SPEECH_TAGS:
            return False
        needed = _SPEECH_ATTRIBUTES.get(self.name)
        return self.name != "audio" and (needed is None or needed in self.attributes)

    @property
    def certain(self) -> bool:
        """Whether HTML has it, and all its attributes look like such."""
        known = self.name in BLOCK_TAGS or self.name in INLINE_TAGS or self.name in HIDDEN_TAGS or not self.name
        return known and (
            self.closes
            or all(value is not None for value in self.attributes.values())
            or self.name in ("details", "input", "audio", "video", "script", "option", "ol")
        )


_ATTRIBUTE_PARTS = re.compile(r"\s++([A-Za-z_:][\w.:-]*+)(?:\s*+=\s*+([^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+")


def read_tag(text: str) -> Tag:
    """The tag that is the whole of ``text``."""
    match = TAG.fullmatch(text)
    if match is None or not match["name"]:
        return Tag("", False, {})
    parts = _ATTRIBUTE_PARTS.findall(match["attributes"])
    attributes = {key.casefold(): html.unescape(value.strip("\"'")) if value else None for key, value in parts}
    return Tag(match["name"].casefold(), bool(match["closes"]), attributes)


def find_opaque(chars: str) -> dict[int, Opaque]:
    """Code spans, tags and addresses by their start. What stands in one of them is part of it."""
    found: dict[int, Opaque] = {}
    runs: dict[int, list[int]] | None = None
    position = 0
    while match := _OPAQUE.search(chars, position):
        start, position = match.span()
        if match["ticks"]:
            length = position - start
            runs = runs or _tick_runs(chars)
            starts = runs[length]
            index = bisect.bisect_left(starts, position)
            if index < len(starts):
                end = starts[index] + length
                found[start] = Opaque("code", start, end, (position, starts[index]))
                position = end
        elif match["angle"]:
            if address := ADDRESS.match(chars, start):
                found[start] = Opaque("address", start, address.end(), (start + 1, address.end() - 1))
                position = address.end()
            elif tag := TAG.match(chars, start):
                found[start] = Opaque("tag", start, tag.end(), (tag.end(), tag.end()))
                position = tag.end()
    return found


def _tick_runs(chars: str) -> dict[int, list[int]]:
    runs: dict[int, list[int]] = {}
    for match in re.finditer("`+", chars):
        runs.setdefault(match.end() - match.start(), []).append(match.start())
    return runs


def entity_text(match: re.Match[str]) -> str | None:
    """The character that a match of :data:`ENTITY` stands for; None when there is no such name."""
    if match[3]:
        return html5.get(f"{match[3]};")
    code = int(match[1]) if match[1] else int(match[2], 16)
    return "\ufffd" if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)
