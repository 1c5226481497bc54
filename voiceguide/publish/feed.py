"""A pack as a podcast: RSS 2.0 with the tags of Apple Podcasts and of Podcasting 2.0.

Sources: RSS 2.0 (rssboard.org/rss-specification), Apple's podcast RSS requirements, and the podcast namespace
(podcastindex.org/namespace/1.0). The sessions are episodes of a serial show, meant to be heard from the first on.
"""

# mypy: disable-error-code="import-untyped, misc, no-untyped-call, unused-ignore"
# feedgenerator, which is Django's own writer of feeds, has no types.

from __future__ import annotations

import html
import io
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from feedgenerator import Enclosure, Rss201rev2Feed

from voiceguide.encoder.kinds import CHAPTERS_SUFFIX, TEXT_TYPES
from voiceguide.publish.addresses import file_address, folder_address, session_address
from voiceguide.publish.identity import identity
from voiceguide.publish.labels import labels
from voiceguide.publish.manifest import File, Manifest, PackSession
from voiceguide.publish.text import one_line, paragraphs
from voiceguide.publish.words import wording

NAME = "feed.xml"
CATEGORY = ("Health & Fitness", "Alternative Health")
"""A category of Apple's list, and its subcategory."""

_SHOWS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")  # the namespace that podcast:guid is derived in
_NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xmlns:podcast": "https://podcastindex.org/namespace/1.0",
}
_COVERS = ("image/jpeg", "image/png")  # Apple takes no others
_APART = timedelta(minutes=1)
UNDATED = date(2000, 1, 1)
"""The day from which a pack counts that does not say one: directories want a date, and no clock is read."""


def feed(manifest: Manifest) -> bytes:
    """The pack's ``feed.xml`` in UTF-8; the same manifest gives the same bytes.

    Raises ValueError, with a sentence for the user, when the pack has no ``link`` or one that is no address of a
    folder: an app that has fetched a feed can find the audio only by whole addresses.
    """
    base = folder_address(manifest.link)
    show = _Show(
        title=one_line(manifest.title),
        link=base,
        description=_safe(paragraphs(manifest.description) or one_line(manifest.title)),
        language=one_line(manifest.language),
        feed_url=base + NAME,
        manifest=manifest,
        category=manifest.category or CATEGORY,
        cover=_cover(base, manifest.artwork or manifest.cover),
    )
    told = labels(manifest)
    for number, session in enumerate(manifest.sessions, 1):
        _add(show, manifest, session, number, base, told[session.name])
    written = io.BytesIO()
    show.write(written, "utf-8")
    return written.getvalue() + b"\n"


def show_guid(feed_address: str) -> str:
    """The ``podcast:guid`` of a show: a UUIDv5 of its feed's address without scheme and slashes at the end."""
    return str(uuid5(_SHOWS, re.sub(r"^[a-z][a-z0-9+.-]*://", "", feed_address, flags=re.IGNORECASE).rstrip("/")))


def _add(show: _Show, manifest: Manifest, session: PackSession, number: int, base: str, label: str) -> None:
    text = _description(session, label)
    title = one_line(session.title) or session.name
    show.add_item(
        title=f"{title} ({label})" if label else title,
        link=session_address(base, session),
        description=_safe(text) if text else None,
        # Serial shows start with the oldest episode, so the first session is the oldest. Apps hide future episodes;
        # midnight UTC is in the future on that day only in the far east, for some hours.
        pubdate=datetime.combine(manifest.published or UNDATED, time(), UTC) + (number - 1) * _APART,
        unique_id=identity(manifest, "session", session.name),
        unique_id_is_permalink=False,
        categories=[tag for tag in map(one_line, session.tags) if tag],
        enclosures=[Enclosure(file_address(base, session.audio), str(session.audio.size), session.audio.media_type)],
        session=session,
        number=number,
        notes=text,
        base=base,
    )


def _description(session: PackSession, label: str) -> str:
    """The session's own, what tells it from others of its script, and what made its voice."""
    made = session.origin.voice.replace(" ", "_") if session.origin else ""
    origin = wording(session.language).said(f"origin_{made}") if made else ""
    return "\n".join(part for part in (paragraphs(session.description), label and f"{label}.", origin) if part)


class _Show(Rss201rev2Feed):
    """Adds the podcast tags to RSS 2.0, and omits ``lastBuildDate``, which would read the clock."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **_NAMESPACES}

    def add_root_elements(self, handler: Any) -> None:
        manifest: Manifest = self.feed["manifest"]
        for name in ("title", "link", "description", "language"):
            _element(handler, name, self.feed[name])
        _element(handler, "atom:link", rel="self", type="application/rss+xml", href=self.feed["feed_url"])
        _element(handler, "generator", f"voiceguide {one_line(manifest.version)}".rstrip())
        if cover := self.feed["cover"]:
            handler.startElement("image", {})
            for name, text in (("url", cover), ("title", self.feed["title"]), ("link", self.feed["link"])):
                handler.addQuickElement(name, text)
            handler.endElement("image")
            _element(handler, "itunes:image", href=cover)
        if author := one_line(manifest.author):
            _element(handler, "itunes:author", author)
        _element(handler, "itunes:type", "serial")
        _element(handler, "itunes:explicit", "false")
        outer, inner = self.feed["category"]
        handler.startElement("itunes:category", {"text": outer})
        if inner:
            _element(handler, "itunes:category", text=inner)
        handler.endElement("itunes:category")
        if owner := manifest.owner:
            handler.startElement("itunes:owner", {})
            for name, text in zip(("itunes:name", "itunes:email"), owner, strict=True):
                _element(handler, name, one_line(text))
            handler.endElement("itunes:owner")
            _element(handler, "podcast:locked", "no", owner=one_line(owner[1]))
        _element(handler, "podcast:guid", show_guid(self.feed["feed_url"]))
        _element(handler, "podcast:medium", "podcast")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        session: PackSession = item["session"]
        base: str = item["base"]
        if item["notes"]:
            rows = (html.escape(row, quote=False) for row in item["notes"].split("\n") if row)
            _element(handler, "content:encoded", "".join(f"<p>{row}</p>" for row in rows))
        _element(handler, "itunes:duration", str(round(session.seconds)))
        _element(handler, "itunes:episode", str(item["number"]))
        _element(handler, "itunes:episodeType", "full")
        _element(handler, "itunes:explicit", "false")
        if author := one_line(session.author):
            _element(handler, "itunes:author", author)
        if cover := _cover(base, session.files.get("artwork") or session.files.get("cover")):
            _element(handler, "itunes:image", href=cover)
        if chapters := session.files.get("chapters"):
            _element(handler, "podcast:chapters", url=file_address(base, chapters), type=TEXT_TYPES[CHAPTERS_SUFFIX])
        if captions := session.files.get("captions"):
            language = one_line(session.language)
            kind = captions.media_type.partition(";")[0]
            _element(
                handler,
                "podcast:transcript",
                url=file_address(base, captions),
                type=kind,
                language=language,
                rel="captions",
            )
        handler.ignorableWhitespace("\n")


def _element(handler: Any, name: str, text: str | None = None, /, **attributes: str) -> None:
    handler.ignorableWhitespace("\n")
    handler.addQuickElement(name, text, attributes)


def _cover(base: str, file: File | None) -> str | None:
    return file_address(base, file) if file and file.media_type in _COVERS else None


def _safe(text: str) -> str:
    """Text that reads the same as plain text and as HTML, since apps differ in what they expect.

    Where that is impossible, as with a ``<``, it is escaped for HTML, so that it never becomes markup.
    """
    return html.escape(text, quote=False) if "<" in text or html.unescape(text) != text else text
