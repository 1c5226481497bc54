from __future__ import annotations

import io
import re
from calendar import timegm
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import feedparser
import podcastparser
import pytest
from lxml import etree

from tests.publish.published import LINK, pack, session
from tests.support.cases import FIXTURES
from voiceguide.encoder.origin import Origin
from voiceguide.publish.feed import feed, show_guid
from voiceguide.publish.manifest import File, Manifest

SCHEMA = etree.RelaxNG(etree.parse(FIXTURES / "rss-2.0.rng"))
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
PODCAST_DOCUMENT = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"


def tree(manifest: Manifest) -> Any:
    """The feed as XML, held to the schema."""
    root = etree.fromstring(feed(manifest))
    SCHEMA.assertValid(root)
    return root


def by_podcastparser(manifest: Manifest) -> Any:
    """As gPodder reads it, which knows the podcast namespace by its other name alone; both are one, by its own words."""
    written = feed(manifest).replace(PODCAST.strip("{}").encode(), PODCAST_DOCUMENT.encode())
    return podcastparser.parse(f"{LINK}/feed.xml", io.BytesIO(written))


def guids(manifest: Manifest) -> list[str]:
    return [guid.text for guid in tree(manifest).iter("guid")]


def test_a_podcast_app_finds_everything_of_a_session() -> None:
    found = by_podcastparser(pack())
    assert found["title"] == "Facial massage, eyes closed"
    assert found["description"] == "Short routines for the evening."
    assert found["link"] == f"{LINK}/"
    assert found["language"] == "en"
    assert found["type"] == "serial"
    assert found["itunes_author"] == "A. Therapist"
    assert found["explicit"] is False
    assert found["itunes_categories"] == [["Health & Fitness", "Alternative Health"]]
    assert found["cover_url"] == f"{LINK}/cover.png"
    assert found["generator"] == "voiceguide 0.1.0"
    first = next(episode for episode in found["episodes"] if episode["title"] == "First lesson")
    assert first["enclosures"] == [{"url": f"{LINK}/first-lesson.mp3", "file_size": 1005, "mime_type": "audio/mpeg"}]
    assert first["total_time"] == 600
    assert first["number"] == 1
    assert first["type"] == "full"
    assert first["explicit"] is False
    assert first["description"] == "For closed eyes."
    assert first["episode_art_url"] == f"{LINK}/first-lesson.jpg"
    assert first["chapters_json_url"] == f"{LINK}/first-lesson.chapters.json"
    assert first["transcript_url"] == f"{LINK}/first-lesson.vtt"
    assert UUID(first["guid"]).version == 5


def test_a_feed_reader_finds_the_same() -> None:
    found = feedparser.parse(feed(pack()))
    assert not found.bozo
    assert found.version == "rss20"
    assert (found.feed.title, found.feed.language) == ("Facial massage, eyes closed", "en")
    assert [link.href for link in found.feed.links if link.rel == "self"] == [f"{LINK}/feed.xml"]
    assert found.feed.image.href == f"{LINK}/cover.png"
    assert [entry.title for entry in found.entries] == ["First lesson", "Bedtime unwind", "Three minute wake"]
    entry = found.entries[0]
    assert (entry.enclosures[0].href, entry.enclosures[0].length, entry.enclosures[0].type) == (
        f"{LINK}/first-lesson.mp3",
        "1005",
        "audio/mpeg",
    )
    assert not entry.guidislink
    assert entry.itunes_duration == "600"
    assert [tag.term for tag in entry.tags] == ["facial massage", "sleep"]
    assert entry.content[0].value == "<p>For closed eyes.</p>"
    assert timegm(entry.published_parsed) == 1795392000  # 2026-11-23 00:00 UTC


def test_the_tags_of_the_podcast_namespace() -> None:
    root = tree(pack())
    assert root.findtext(f"channel/{PODCAST}guid") == show_guid(f"{LINK}/feed.xml")
    assert root.findtext(f"channel/{PODCAST}medium") == "podcast"
    item = root.find("channel/item")
    assert dict(item.find(f"{PODCAST}chapters").attrib) == {
        "url": f"{LINK}/first-lesson.chapters.json",
        "type": "application/json+chapters",
    }
    assert dict(item.find(f"{PODCAST}transcript").attrib) == {
        "url": f"{LINK}/first-lesson.vtt",
        "type": "text/vtt",
        "language": "en",
        "rel": "captions",
    }


@pytest.mark.parametrize(
    ("given", "guid"),  # the examples of the specification of podcast:guid
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("HTTP://podnews.net/rss//", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_a_shows_guid_is_derived_as_the_specification_says(given: str, guid: str) -> None:
    assert show_guid(given) == guid


def test_the_first_session_is_the_oldest_a_minute_apart() -> None:
    dates = [date.text for date in tree(pack()).iter("pubDate")]
    assert dates == [f"Mon, 23 Nov 2026 00:0{minute}:00 +0000" for minute in range(3)]


def test_without_a_day_the_dates_are_of_a_day_that_never_changes() -> None:
    dates = [date.text for date in tree(pack(published=None)).iter("pubDate")]
    assert dates == [f"Sat, 01 Jan 2000 00:0{minute}:00 +0000" for minute in range(3)]
    assert b"lastBuildDate" not in feed(pack())


def test_sessions_of_one_script_carry_their_length_and_voice() -> None:
    made = [
        session(
            f"jaw-{length}-{voice}", "Jaw", script="jaw", length=length, voice=f"hibari:{voice}", description="Soft."
        )
        for length in ("5m", "1h30m")
        for voice in ("heart", "bell")
    ]
    found = feedparser.parse(feed(pack(*made, session("brow")))).entries
    assert [entry.title for entry in found] == [
        "Jaw (5 minutes · heart)",
        "Jaw (5 minutes · bell)",
        "Jaw (1 hour 30 minutes · heart)",
        "Jaw (1 hour 30 minutes · bell)",
        "Brow",
    ]
    assert found[2].description == "Soft.\n1 hour 30 minutes · heart."


@pytest.mark.parametrize(
    ("origin", "sentence"),
    [
        (Origin.of(["hibari:heart"], recorded=False, trained=True), "The voice is synthetic: a computer speaks."),
        (Origin.of([], recorded=True, trained=False), "The voice is a person's, recorded."),
        (
            Origin.of(["x"], recorded=True, trained=True),
            "The voice is partly a person's, recorded, and partly synthetic.",
        ),
    ],
)
def test_a_session_says_what_made_its_voice(origin: Origin, sentence: str) -> None:
    manifest = pack(session("a", description="Soft.", origin=origin))
    assert Manifest.from_json(manifest.to_json()) == manifest
    assert tree(manifest).findtext("channel/item/description") == f"Soft.\n{sentence}"


def test_whom_to_write_to_and_the_category_are_the_packs() -> None:
    found = by_podcastparser(pack(owner=("Ada", "ada@example.org"), category=("Education", "How To")))
    assert found["itunes_owner"] == {"name": "Ada", "email": "ada@example.org"}
    assert found["itunes_categories"] == [["Education", "How To"]]
    alone = tree(pack(category=("History", "")))
    assert [row.get("text") for row in alone.iter(f"{ITUNES}category")] == ["History"]


APPLE = {
    "channel": (
        *("title", "description", f"{ITUNES}image", "language", f"{ITUNES}category", f"{ITUNES}explicit"),
        *(f"{ITUNES}author", "link", f"{ITUNES}owner", f"{ITUNES}type", f"{PODCAST}guid", f"{PODCAST}locked"),
        f"{PODCAST}medium",
    ),
    "item": (
        *("title", "enclosure", "guid", "pubDate", "description", f"{ITUNES}duration", "link", f"{ITUNES}image"),
        *(
            f"{ITUNES}explicit",
            f"{ITUNES}episode",
            f"{ITUNES}episodeType",
            f"{PODCAST}transcript",
            f"{PODCAST}chapters",
        ),
    ),
}
"""What Apple Podcasts requires and recommends of a feed ("Podcast RSS feed requirements"), and Podcasting 2.0's tags."""


@pytest.mark.parametrize("published", [None, date(2026, 11, 23)])
def test_all_that_directories_ask_for_is_there_once(published: date | None) -> None:
    root = tree(pack(owner=("Ada", "ada@example.org"), published=published))
    for place, names in APPLE.items():
        for found in root.iter(place):
            counts = {name: len(found.findall(name)) for name in names}
            assert set(counts.values()) == {1}, counts
    guid_texts = [guid.text for guid in root.iter("guid")]
    assert len(set(guid_texts)) == len(guid_texts)


def test_guids_stay_when_sessions_are_built_again_or_the_pack_moves() -> None:
    before = guids(pack())
    rebuilt = tuple(
        replace(each, seconds=1.0, fingerprint="0", title="T", description="D") for each in reversed(pack().sessions)
    )
    assert guids(pack(*rebuilt, link="https://elsewhere.example/a/b")) == before[::-1]
    assert len(set(before)) == 3
    assert not set(before) & set(guids(pack(title="Another pack")))
    # A value that was published once: were it to change, apps would take every session as new.
    assert before[0] == "66c8edb4-cae3-53d5-b3f4-558b17523090"


def test_the_same_pack_gives_the_same_bytes() -> None:
    written = feed(pack())
    assert written == feed(Manifest.from_json(pack().to_json()))
    assert written.startswith(b'<?xml version="1.0" encoding="utf-8"?>')


def test_hostile_text_stays_text() -> None:
    hostile = '</title><script>alert("1")</script> & ]]> <!-- &amp; \u202e'
    manifest = pack(session("a", hostile, description=hostile, author=hostile, tags=(hostile,)), title=hostile)
    kept = hostile.removesuffix(" \u202e")
    root = tree(manifest)
    assert [title.text for title in root.iter("title")] == [kept] * 3  # the channel's, its image's and the item's
    assert root.findtext(f"channel/item/{ITUNES}author") == kept
    assert root.findtext("channel/item/category") == kept
    escaped = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert root.findtext("channel/item/description") == escaped  # apps show a description as HTML
    assert root.findtext(f"channel/item/{CONTENT}encoded") == f"<p>{escaped}</p>"
    assert by_podcastparser(manifest)["episodes"][0]["title"] == kept


@pytest.mark.parametrize("text", ["Neck & jaw", "a > b", 'said "so"', "Ätsch 👩‍🔬 – 頬"])
def test_harmless_text_reads_the_same_as_plain_text_and_as_html(text: str) -> None:
    manifest = pack(session("a", text, description=text))
    assert tree(manifest).findtext("channel/item/description") == text
    assert feedparser.parse(feed(manifest)).entries[0].title == text


def test_characters_that_xml_cannot_hold_are_shown_as_such() -> None:
    root = tree(pack(session("a", "a\0b\x1bc\ud800d\ufffee", description="one\r\n\r\ntwo\x07")))
    assert root.findtext("channel/item/title") == "a\ufffdb\ufffdc\ufffdd\ufffde"
    assert root.findtext("channel/item/description") == "one\n\ntwo\ufffd"
    assert root.findtext(f"channel/item/{CONTENT}encoded") == "<p>one</p><p>two\ufffd</p>"


def test_what_a_pack_lacks_is_left_out() -> None:
    bare = session("a", description="", author="", tags=())
    bare = replace(bare, files={role: bare.files[role] for role in ("audio", "timeline")})
    root = tree(pack(bare, description="", author="", cover=None))
    names = {etree.QName(element).localname for element in root.iter()}
    assert not names & {"image", "author", "chapters", "transcript", "encoded"}
    assert root.find("channel/item/description") is None
    assert root.findtext("channel/description") == "Facial massage, eyes closed"


def test_only_covers_that_apps_take_are_shown() -> None:
    webp = File("cover.webp", 1, "0" * 64, "image/webp")
    assert tree(pack(cover=webp)).find(f"channel/{ITUNES}image") is None


def test_names_become_addresses() -> None:
    each = session("ä b")
    audio = File("ä b?#%.mp3", 1, "0" * 64, "audio/mpeg")
    item = tree(pack(replace(each, files={**each.files, "audio": audio}))).find("channel/item")
    assert item.find("enclosure").get("url") == f"{LINK}/%C3%A4%20b%3F%23%25.mp3"
    assert item.findtext("link") == f"{LINK}/#/%C3%A4%20b"


def test_without_an_address_there_is_no_feed() -> None:
    with pytest.raises(ValueError, match="a feed needs the address"):
        feed(pack(link=None))


@pytest.mark.parametrize(
    ("of", "instead"),
    [
        (rb"<link>.*?</link>", b""),
        (rb' length="\d+"', b""),
        (rb'isPermaLink="false"', b'isPermaLink="perhaps"'),
        (rb"<itunes:explicit>false", b"<itunes:explicit>no"),
        (rb"<pubDate>Mon, 23 Nov", b"<pubDate>Mon, Nov 23"),
        (rb"<generator>.*?</generator>", b"<unknown/>"),
        (rb"<enclosure [^>]*/>", rb"\g<0>\g<0>"),
        (rb'"https://example.org/face/first-lesson.vtt"', b'"first-lesson.vtt"'),
    ],
)
def test_the_schema_refuses_what_is_wrong(of: bytes, instead: bytes) -> None:
    written = feed(pack())
    broken = re.sub(of, instead, written, count=1)
    assert broken != written
    assert not SCHEMA.validate(etree.fromstring(broken))
