"""What a finished file says about itself: ID3v2.3 for MP3 and WAV, Vorbis comments for FLAC.

ID3v2.3 and not v2.4, because every player reads it and its chapter frames are the same (ID3v2 Chapter Frame
Addendum 1.0). All of it is known before the audio, so it is written first and never moved.
"""

# mypy: disable-error-code="no-untyped-call"
# mutagen has types for its values but not for its constructors.

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voiceguide.errors import TURNS_TEXT_AROUND
from voiceguide.languages import base_language
from voiceguide.timeline import ChapterRange
from voiceguide.units import SAMPLE_RATE

if TYPE_CHECKING:
    from mutagen.flac import Picture
    from mutagen.id3 import Frame

    from voiceguide.encoder.cover import Cover, DrawnCover
    from voiceguide.encoder.origin import Origin

LONGEST_TITLE = 250
"""Characters of a title, a name or a chapter's title; what is longer is cut with an ellipsis."""

LONGEST_COMMENT = 4_000
LONGEST_LINE = 2_000
_LARGEST_TAG = 1 << 28  # bytes that an ID3 tag's size can say

_TOC_CHILDREN = 255  # the addendum counts the entries of one CTOC frame in a byte
_NO_OFFSET = 0xFFFFFFFF  # "use the times": the addendum's value for a chapter without byte offsets
_HEADER = 10  # bytes of an ID3v2 header
_PAST_MILLISECONDS = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Tags:
    """A session's tags. Chapters and ``text`` (start, spoken line) are in frames of the finished file.

    ``date`` is ``YYYY``, ``YYYY-MM-DD`` or empty, ``language`` a BCP 47 tag, ``frames`` the length of the audio,
    ``track`` a part's number, from 1, and how many there are.
    ``origin`` says what made the voice.
    All text is cleaned on the way in: control characters and line ends become spaces (a comment keeps its line
    ends), and over-long text is cut. Raises ValueError for a date of another form.
    """

    title: str
    frames: int
    artist: str = ""
    album: str = ""
    date: str = ""
    language: str = "en"
    comment: str = ""
    genre: str = "Speech"
    track: tuple[int, int] | None = None
    chapters: tuple[ChapterRange, ...] = ()
    text: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    cover: Cover | DrawnCover | None = field(default=None, repr=False)
    origin: Origin | None = None

    def __post_init__(self) -> None:
        if self.date and not _is_date(self.date):
            raise ValueError(f"'{self.date}' is no date; write it like 2024 or 2024-05-31")
        for name in ("title", "artist", "album", "genre"):
            object.__setattr__(self, name, clean(getattr(self, name), LONGEST_TITLE))
        paragraphs = (clean(line, LONGEST_COMMENT) for line in self.comment.splitlines())
        object.__setattr__(self, "comment", _cut("\n".join(paragraphs).strip(), LONGEST_COMMENT))
        chapters = tuple(replace(c, title=clean(c.title, LONGEST_TITLE)) for c in self.chapters)
        object.__setattr__(self, "chapters", chapters)
        text = tuple((start, line) for start, raw in self.text if (line := clean(raw, LONGEST_LINE)))
        object.__setattr__(self, "text", text)


def clean(text: str, longest: int) -> str:
    """Text for one line: control characters are spaces, runs of spaces are one, at most ``longest`` characters."""
    kept = (
        " " if unicodedata.category(c) in ("Cc", "Cs", "Cn", "Zl", "Zp") else c
        for c in text
        if c not in TURNS_TEXT_AROUND
    )
    return _cut(" ".join("".join(kept).split()), longest)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _is_date(date: str) -> bool:
    parts = date.split("-")
    if len(parts) not in (1, 3) or not all(part.isascii() and part.isdigit() for part in parts):
        return False
    if [len(part) for part in parts] not in ([4], [4, 2, 2]):
        return False
    return len(parts) == 1 or (1 <= int(parts[1]) <= 12 and 1 <= int(parts[2]) <= 31)


def milliseconds(frames: int) -> int:
    """Frames to the nearest millisecond, a half goes up; at most what 32 bits hold."""
    return min((2000 * frames + SAMPLE_RATE) // (2 * SAMPLE_RATE), _PAST_MILLISECONDS)


def clock(milliseconds: int) -> str:
    """``00:01:02.345``, as WebVTT and chapter comments have it."""
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{thousandths:03d}"


# ISO 639-1 to ISO 639-2/T for the languages that voices are commonly made for.
_LANGUAGES = """
    af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cy:cym da:dan de:deu el:ell en:eng
    eo:epo es:spa et:est eu:eus fa:fas fi:fin fr:fra ga:gle gd:gla gl:glg gu:guj he:heb hi:hin hr:hrv hu:hun
    hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm kn:kan ko:kor ku:kur ky:kir la:lat lb:ltz lo:lao
    lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob ne:nep nl:nld nn:nno no:nor
    pa:pan pl:pol ps:pus pt:por ro:ron ru:rus sa:san sd:snd si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa
    ta:tam te:tel th:tha tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie xh:xho yi:yid zh:zho zu:zul
"""
_ISO_639_2 = dict(pair.split(":") for pair in _LANGUAGES.split())


def language_code(language: str) -> str:
    """The three letters of ISO 639-2 for a BCP 47 tag (``en-GB`` is ``eng``); ``und`` when there are none known."""
    primary = base_language(language)
    if len(primary) == 3 and primary.isascii() and primary.isalpha():
        return primary
    return _ISO_639_2.get(primary, "und")


def id3(tags: Tags) -> bytes:
    """A whole ID3v2.3 tag: small frames first, chapters in their order, the cover last; no padding."""
    body = b"".join(_serialised(frame) for frame in _id3_frames(tags))
    size = len(body)
    if size >= _LARGEST_TAG:
        raise ValueError(f"an ID3 tag can't be larger than {_LARGEST_TAG >> 20} MiB")
    header = b"ID3\x03\x00\x00" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return header + body


def _serialised(frame: Frame) -> bytes:
    """One frame's bytes. Saved alone, since a tag saved as a whole has its frames sorted by size."""
    from mutagen.id3 import ID3

    alone = ID3()
    alone.add(frame)
    file = io.BytesIO()
    alone.save(file, v1=0, v2_version=3, padding=lambda _: 0)
    return file.getvalue()[_HEADER:]


def _encoding(text: str) -> int:
    """ID3v2.3 knows ISO 8859-1 (0) and UTF-16 with a byte order mark (1); ASCII is the shorter where it serves."""
    return 0 if text.isascii() else 1


def _id3_frames(tags: Tags) -> Iterator[Frame]:
    from mutagen import id3 as frames

    code = language_code(tags.language)
    year, _, day = tags.date.partition("-")
    plain = {
        "TIT2": tags.title,
        "TPE1": tags.artist,
        "TALB": tags.album,
        "TYER": year,
        "TDAT": "".join(reversed(day.split("-"))),  # DDMM
        "TRCK": "/".join(map(str, tags.track or ())),
        "TCON": tags.genre,
        "TLAN": code,
        "TLEN": str(milliseconds(tags.frames)),
    }
    for name, text in plain.items():
        if text:
            yield getattr(frames, name)(encoding=_encoding(text), text=[text])
    for name, text in tags.origin.pairs() if tags.origin else ():
        yield frames.TXXX(encoding=_encoding(text), desc=name, text=[text])
    if tags.comment:
        yield frames.COMM(encoding=_encoding(tags.comment), lang=code, desc="", text=[tags.comment])
    yield from _chapter_frames(tags.chapters)
    if tags.text:
        words = "\n".join(line for _, line in tags.text)
        timed = [(line, milliseconds(start)) for start, line in tags.text]
        yield frames.USLT(encoding=_encoding(words), lang=code, desc="", text=words)
        yield frames.SYLT(encoding=_encoding(words), lang=code, format=2, type=1, desc="", text=timed)
    if tags.cover:
        yield frames.APIC(encoding=0, mime=tags.cover.media_type, type=3, desc="", data=tags.cover.data)


def _chapter_frames(chapters: tuple[ChapterRange, ...]) -> Iterator[Frame]:
    from mutagen.id3 import CHAP, CTOC, TIT2, CTOCFlags

    if not chapters:
        return
    names = [f"chp{number}" for number in range(len(chapters))]
    groups = [names[at : at + _TOC_CHILDREN] for at in range(0, len(names), _TOC_CHILDREN)]
    top = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    if len(groups) == 1:
        yield CTOC(element_id="toc", flags=top, child_element_ids=names, sub_frames=[])
    else:
        tables = [f"toc{number}" for number in range(len(groups))]
        yield CTOC(element_id="toc", flags=top, child_element_ids=tables[:_TOC_CHILDREN], sub_frames=[])
        for table, group in zip(tables, groups, strict=True):
            yield CTOC(element_id=table, flags=CTOCFlags.ORDERED, child_element_ids=group, sub_frames=[])
    for name, chapter in zip(names, chapters, strict=True):
        yield CHAP(
            element_id=name,
            start_time=milliseconds(chapter.start),
            end_time=milliseconds(chapter.end),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[TIT2(encoding=_encoding(chapter.title), text=[chapter.title])],
        )


def vorbis_comments(tags: Tags) -> list[tuple[str, str]]:
    """Vorbis comments in a fixed order; chapters as ``CHAPTER001`` and ``CHAPTER001NAME``, Xiph's chapter extension."""
    words = "\n".join(line for _, line in tags.text)
    pairs = [
        ("TITLE", tags.title),
        ("ARTIST", tags.artist),
        ("ALBUM", tags.album),
        ("DATE", tags.date),
        ("TRACKNUMBER", str(tags.track[0]) if tags.track else ""),
        ("TRACKTOTAL", str(tags.track[1]) if tags.track else ""),
        ("GENRE", tags.genre),
        ("LANGUAGE", language_code(tags.language)),
        ("COMMENT", tags.comment),
        *(tags.origin.pairs() if tags.origin else ()),
        ("LYRICS", words),
    ]
    for number, chapter in enumerate(tags.chapters, start=1):
        start = clock(milliseconds(chapter.start))
        pairs += [(f"CHAPTER{number:03d}", start), (f"CHAPTER{number:03d}NAME", chapter.title)]
    return [(name, text) for name, text in pairs if text]


def picture(cover: Cover | DrawnCover) -> Picture:
    """The cover as FLAC has it, and Vorbis comments as ``METADATA_BLOCK_PICTURE``."""
    from mutagen.flac import Picture

    found = Picture()
    found.type, found.mime, found.depth = 3, cover.media_type, 24
    found.width, found.height, found.data = cover.width, cover.height, cover.data
    return found
