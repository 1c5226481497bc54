"""The tables of words: every word that the published files ask for is there in each language, none is left over, and
none that they show is written elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from lxml import html

from tests.publish.published import session, timeline
from tests.publish.serving import serving
from tests.publish.silent import SCRIPTS, long_pack
from tests.publish.visits import Open, Pack
from voiceguide.publish import words
from voiceguide.publish.cue_sheet import cue_sheet
from voiceguide.publish.labels import length_in_words
from voiceguide.publish.timeline_document import Document
from voiceguide.reviews import Comment, Standing

ASSETS = words._TABLES.parent
CODE = "".join(path.read_text("utf-8") for path in sorted((ASSETS / "player").glob("*.js")))
PAGE = (ASSETS / "index.html").read_text("utf-8")
MODULES = "".join(path.read_text("utf-8") for path in ASSETS.parent.glob("*.py"))
FORMS = r"_(zero|one|two|few|many|other)$"
COMPUTED = (
    r"(phase|origin|wait|bed)_\w+|sheet_(time|lasts|fitted|name|date|signature|notes|bed|chime|sound|rounds|breaths)"
)
COMPUTED += "|sheet_(draft|in_review|approved)"
"""Keys that are put together."""

SAME = {
    *("audio_file", "cue_sheet", "feed", "pause", "phase_in", "sheet", "sheet_file", "sheet_name", "sheet_notes"),
    *("filters", "sheet_script", "sheet_signature", "sheet_date", "transcript", "sheet_pause", "stop", "voice", "week"),
    *("wait_pause", "text_usual", "sheet_comment", "decimal", "quoted", "at_of", "working", "sessions", "in_60"),
    *("bed_wind", "in_10", "in_20", "in_30", "in_45", "minutes_one", "minutes_other"),
}
"""Keys whose text may be the English one: names, and words that languages share."""

WAY_OF_ADDRESS = {
    "de": r"\b(Sie|Ihnen|Ihr\w*)\b",
    "es": r"\b(usted|ustedes)\b",
    "fr": r"\b([Tt]u|[Tt]on|[Tt]a|[Tt]es|[Tt]oi)\b|\bt’",
    "it": r"\b(Lei|Suo|Sua|voi)\b",
    "nl": r"\b([Uu]|[Uu]w)\b",
    "pt": r"\b([Tt]u|teu|tua|teus|tuas)\b",
}
"""What would address the listener otherwise than the rest of the table does."""


def english() -> words.Wording:
    return words.wording("en")


def test_there_is_a_table_for_each_language() -> None:
    assert words.TONGUES == ("de", "en", "es", "fr", "it", "nl", "pt")


def test_a_table_has_what_is_asked_for_and_nothing_else() -> None:
    own = {re.sub(FORMS, "", key) for key in english().table}
    by_name = set(re.findall(r"\$w_(\w+)", PAGE)) | set(re.findall(r'\bt\("(\w+)"', CODE))
    by_name |= set(re.findall(r'\.(?:said|counted)\("(\w+)"', MODULES))
    assert by_name <= own
    asked = by_name | set(re.findall(r'"([a-z]+(?:_[a-z0-9]+)*)"', CODE + MODULES))
    assert {key for key in own - asked if not re.fullmatch(COMPUTED, key)} == set()


@pytest.mark.parametrize("tongue", words.TONGUES)
def test_tables_have_the_same_keys_and_places(tongue: str) -> None:
    table = words.wording(tongue).table
    assert list(table) == list(english().table)
    for key, text in table.items():
        assert text, key
        assert text == text.strip(), key
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english().table[key])), key


@pytest.mark.parametrize("tongue", sorted(WAY_OF_ADDRESS))
def test_a_table_is_in_its_language_and_addresses_the_listener_in_one_way(tongue: str) -> None:
    table = words.wording(tongue).table
    untranslated = {key for key, text in table.items() if text == english().table[key] and re.search("[a-z]{3}", text)}
    assert untranslated <= SAME
    assert {key: text for key, text in table.items() if re.search(WAY_OF_ADDRESS[tongue], text)} == {}


def test_a_language_without_a_table_gets_english() -> None:
    assert words.tongue("en-GB") == words.tongue("xx") == "en"
    assert words.wording("xx") == english()


def test_numbers_are_told_as_the_language_does() -> None:
    assert length_in_words(90, "de-AT") == "1 Minute 30 Sekunden"
    assert length_in_words(0, "fr") == "0 seconde"
    assert length_in_words(0, "es") == "0 segundos"
    assert words.wording("it").figure("0:01.5") == "0:01,5"


CYRILLIC = "ж"
SHARED = {"min", "ko", "Mo", "Go", "Esc", "LUFS", "dBTP", "SHA", "lj", "mp", "QR"}
"""Units, and names of keys, that are the same in all languages."""


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is one of a language whose only letter is ж: Latin letters are of no table then."""

    def letters(text: str) -> str:
        return "".join(
            part if part.startswith("{") else re.sub(r"\w", CYRILLIC, part) for part in re.split(r"({\w+})", text)
        )

    table = MappingProxyType({key: letters(text) for key, text in english().table.items()})
    monkeypatch.setattr(words, "_table", lambda own: table)


def latin(shown: str) -> set[str]:
    return set(re.findall("[A-Za-z]{2,}", shown)) - SHARED


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return long_pack(tmp_path_factory.mktemp("long"))


SEEN = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node; (node = walker.nextNode()); ) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest("script, style, noscript")) found.push(node.data);
    } else for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext"]) {
      if (node.hasAttribute(name)) found.push(node.getAttribute(name));
    }
  }
  return found.join("\\n");
}"""


@pytest.mark.usefixtures("invented")
def test_the_page_says_nothing_that_is_in_no_table(visit: Open, pack: Pack, tmp_path: Path) -> None:
    own = set(re.findall("[A-Za-z]{2,}", " ".join(SCRIPTS.values()))) | {"Long", "ones", "Learn", "Box", "Still"}
    for path in pack.folder.glob("*.wav"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    pack.write(tmp_path, replace(pack.manifest, language="fr"))
    with serving(tmp_path) as served:
        there = visit(address=served.address)
        page = there.page
        assert page.evaluate("document.documentElement.lang") == "fr"
        seen = page.evaluate(SEEN)
        for place in ("#/box-2m", "#/box-2m/eyes-closed", "#downloads"):
            page.evaluate("place => { location.hash = place }", place)
            there.until("[...document.querySelectorAll('main')].some((page) => !page.hidden && page.id !== 'list')")
            page.wait_for_timeout(200)
            seen += page.evaluate(SEEN)
    assert seen.count(CYRILLIC) > 1000
    assert latin(seen) - own == set()


@pytest.mark.usefixtures("invented")
def test_cue_sheets_say_nothing_that_is_in_no_table(pack: Pack) -> None:
    script = (
        "# Α\n\nΒ. [pause ~4s]\n[breathe box x~3]\n[hold 9s countdown]\n\n# Γ [optional]\n\n"
        "[bed brown]\n[repeat ~2]\nΔ. [pause ~9s]\n[end]\n[chime bowl]\n"
    )
    document = Document.of(timeline(script, "80"))
    one = session(
        "α", "Α", script="α", author="Α", language="el", voice="system:α", description="", sound="1", fingerprint="0"
    )
    standing = Standing(
        "in review", "Β", 1.8e9, comments=(Comment("k", "Α", line=3, seconds=2.5), Comment("l", "Β", line=3))
    )
    manifest = replace(
        pack.manifest, title="Α", sessions=(one,), link="https://a.example/", language="fr", description=""
    )
    page = html.fromstring(cue_sheet(manifest, one, document, standing))
    for part in page.xpath("//style|//figcaption"):
        part.drop_tree()
    shown = page.text_content() + " ".join(page.xpath("//@aria-label"))
    assert shown.count(CYRILLIC) > 400
    kept = {"el", "system", "bowl", "brown", "halfway", "release", "tick"} | {
        "five",
        "four",
        "three",
        "two",
        "one",
        "md",
    }
    assert latin(shown) - kept - {"Breathe", "in", "out", "Hold", "Rest"} == set()
