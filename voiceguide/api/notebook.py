"""Sessions as notebooks show them: small HTML, in which the text of a script is escaped."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from voiceguide.errors import OptionError
from voiceguide.scratch import scratch
from voiceguide.timeline import Timeline
from voiceguide.units import format_duration, frames, seconds

if TYPE_CHECKING:
    from voiceguide.api.rendering import Report
    from voiceguide.api.session import Session

LARGEST_EMBEDDED = 1_000_000
"""Bytes of audio that are put into the HTML itself; a larger file is linked to."""

_LONGEST_PREVIEW = 60.0  # seconds
_BITRATE = 64  # kbit/s


@dataclass(frozen=True, slots=True)
class Preview:
    """A part of a session as a small MP3: ``data``, from the second ``start`` on, ``seconds`` long."""

    data: bytes = field(repr=False)
    start: float
    seconds: float

    def _repr_html_(self) -> str:
        return _page([_player(_embedded(self.data, "audio/mpeg"))])


def preview(session: Session, start: float, length: float) -> Preview:
    """A part of a session. Raises OptionError when it is longer than a minute, or not within the session."""
    from voiceguide.encoder.encode import encode
    from voiceguide.encoder.mp3 import Mp3
    from voiceguide.encoder.tags import Tags

    first, after = frames(Fraction(start)), min(frames(Fraction(start + length)), session.frames)
    if not 0 < length <= _LONGEST_PREVIEW or not 0 <= first < after:
        raise OptionError(f"preview: it should be within the session, and at most {_LONGEST_PREVIEW:g} s long.")
    with scratch() as folder:
        path = folder / "preview.mp3"
        tags = Tags(title=session.title, frames=after - first)
        encode(session.blocks(first, after), path, Mp3(bitrate=_BITRATE), tags)
        return Preview(path.read_bytes(), start, seconds(after - first))


def session_html(session: Session) -> str:
    """The picture of a session that has been planned, and what is known of it."""
    findings = len(session.findings)
    facts = (*_facts(session.timeline), *([f"{findings} warnings"] if findings else []))
    return _page([_heading(session.timeline, facts), _picture(session.timeline)])


def report_html(report: Report) -> str:
    """The picture of a session that has been rendered, with its loudness, and a player."""
    facts = (*_facts(report.timeline), f"{report.size / 1e6:.1f} MB", report.loudness, str(report.output))
    return _page(
        [
            _heading(report.timeline, facts),
            _picture(report.timeline, report.loudness_curve),
            _player(_source(report)),
        ]
    )


def _page(parts: Iterable[str]) -> str:
    return f'<div class="voiceguide">{"".join(parts)}</div>'


def _facts(timeline: Timeline) -> tuple[str, ...]:
    return format_duration(round(seconds(timeline.frames), 1)), timeline.voice


def _heading(timeline: Timeline, facts: Sequence[str]) -> str:
    return f"<p><strong>{escape(timeline.title)}</strong><br>{escape(' · '.join(facts))}</p>"


def _picture(timeline: Timeline, loudness: Sequence[tuple[float, float]] = ()) -> str:
    from voiceguide.picture.draw import drawn
    from voiceguide.picture.svg import svg_element

    return svg_element(drawn(timeline, loudness))


def _player(source: str) -> str:
    return f'<audio controls preload="none" src="{escape(source)}"></audio>'


def _source(report: Report) -> str:
    """The file as a data URL when it is small and still there, else a link to it, relative to the notebook."""
    try:
        if report.size <= LARGEST_EMBEDDED:
            return _embedded(report.output.read_bytes(), report.media_type)
    except OSError:
        pass
    return quote(report.output.as_posix())


def _embedded(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
